"""What holds for every text, however strange."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.domain.abstracts import (
    count_words,
    from_html,
    plain_text,
    render,
    render_inline,
)
from submissions.domain.abstracts.html_tags import is_html
from tests.submissions.domain.abstracts.allowed_html import inline_offences, offences, shown

MARKDOWN = ["*", "**", "_", "`", "[", "]", "(", ")", "](http://a.example)", "\\", "- ", "1. ", "> "]
TEX = ["$", "$$", r"\(", r"\)", r"\[", r"\]", "{", "}", "^", "_", r"\alpha", r"\frac", r"\text{"]
HTML = [
    "<p>", "</p>", "<br>", "<b>", "</b>", "<i>", "</i>", '<a href="http://a.example/_x_">', "</a>",
    "<ul>", "<li>", "</ul>", "<ol>", "</ol>", "<sub>", "</sub>", "<sup>", "</sup>", "<div>", "<td>",
    "&lt;", "&amp;", "&#36;", "&nbsp;", "<!--", "-->", "<script>", "</script>", "<", ">", '"', "'",
]  # fmt: skip
WORDS = [
    "a",
    "b",
    "word",
    "5",
    " ",
    " ",
    "\n",
    "\n\n",
    "http://b.example/a_b",
    "é",
    "\u202e",
    "\x00",
]

anything = st.text(alphabet=st.characters(codec=None), max_size=200)
marks = st.lists(st.sampled_from([*MARKDOWN, *TEX, *HTML, *WORDS]), max_size=30).map("".join)
formulas = st.lists(st.sampled_from([*TEX, *WORDS, r"\left", r"\begin{array}", "&", r"\\"])).map(
    lambda parts: "$" + "".join(parts) + "$"
)
texts = st.one_of(anything, marks, formulas)


@given(texts)
@settings(deadline=None)
def test_whatever_is_typed_renders_to_allowed_html(text: str) -> None:
    assert offences(render(text).html) == []
    assert inline_offences(render_inline(text).html) == []


@given(texts)
@settings(deadline=None)
def test_whatever_is_typed_has_a_plain_text_and_a_number_of_words(text: str) -> None:
    assert isinstance(plain_text(text), str)
    assert count_words(text) == render(text).words >= 0


@given(texts)
@settings(deadline=None)
def test_an_import_is_converted_once(text: str) -> None:
    converted = from_html(text)

    assert from_html(converted) == converted
    assert converted == text or not is_html(converted)


@given(
    st.lists(st.sampled_from(["one", "two", " ", "\n", *MARKDOWN, "<", ">", "&", "$", "#", "~"]))
)
@settings(deadline=None)
def test_no_word_typed_is_ever_lost(parts: list[str]) -> None:
    text = "".join(part for part in parts if part != "](http://a.example)")
    letters = re.findall("one|two|[0-9]", text)

    assert re.findall("one|two|[0-9]", shown(render_inline(text).html)) == letters


@given(st.lists(st.sampled_from(["one", "two", " ", *HTML]), min_size=1))
@settings(deadline=None)
def test_no_word_imported_is_ever_lost(parts: list[str]) -> None:
    visible = [part for part in parts if part not in {"<!--", "-->", "<script>", "</script>"}]
    text = "".join(visible)

    assert re.findall("one|two", shown(render(from_html(text)).html)) == re.findall("one|two", text)
