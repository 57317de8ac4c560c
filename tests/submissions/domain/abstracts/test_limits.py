"""Texts nobody types for a reader: shown without formatting rather than not at all."""

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from submissions.domain.abstracts import (
    Problem,
    ProblemKind,
    count_words,
    from_html,
    plain_text,
    render,
    render_inline,
)
from tests.submissions.domain.abstracts.allowed_html import (
    elements,
    inline_offences,
    offences,
    shown,
)


def test_a_text_beyond_the_limit_is_shown_without_formatting() -> None:
    source = "*a* $x$ <b>\n\n" + "word " * 4_000
    rendered = render(source)

    assert rendered.html.startswith("<p>*a* $x$ &lt;b&gt;</p>\n<p>word word")
    assert rendered.problems == (Problem(ProblemKind.TEXT_TOO_LONG),)
    assert rendered.words == 4_003
    assert plain_text(source).startswith("*a* $x$ <b>\n\nword word")
    assert count_words(source) == 4_003


def test_a_title_beyond_the_limit_is_shown_without_formatting() -> None:
    rendered = render_inline("<b>*" + "x" * 20_000)

    assert rendered.html == "&lt;b&gt;*" + "x" * 20_000
    assert rendered.problems == (Problem(ProblemKind.TEXT_TOO_LONG),)


def test_a_text_at_the_limit_is_formatted() -> None:
    assert render("*a* " + "x" * 19_996).problems == ()


def test_formulas_beyond_the_limit_are_shown_as_typed() -> None:
    rendered = render("$x$ " * 200 + "and $y$, $$z$$")

    assert elements(rendered.html).count("math") == 200
    assert shown(rendered.html).endswith("and $y$, $$z$$")
    assert rendered.problems == (Problem(ProblemKind.TOO_MANY_FORMULAS, "$y$"),)


def test_lists_nested_too_deeply_lose_no_word() -> None:
    rendered = render("- " * 40 + "word")

    assert "word" in shown(rendered.html)
    assert offences(rendered.html) == []


def test_brackets_nested_too_deeply_lose_no_word() -> None:
    source = "[" * 40 + "word" + "](http://a.example)" * 40

    assert "word" in shown(render(source).html)


PIECES = [
    "$", "[", "*", "_", "`", "<", "&", "\\", "**a ", "*a **b ", "[a](", "![", "](", "- ", "- - ",
    "> ", "1. ", "\n", "\n\n", "$$\n", "\\(", "\\[", "$a ", "$^{", r"$\frac{", r"$\sqrt",
    "http://", "://", "http://@", "https://a.b/)", "<a href=", "<!--", "<script>", "<p>",
    "<ol><li>", "<sub>", "<b>", "</p>", "\u00a0", "&nbsp;", "\x00", "\ud800", "\u202e", "a", "字",
]  # fmt: skip


# Work that grew with the square of the length would not come back from these.
@pytest.mark.thorough
@pytest.mark.parametrize("piece", PIECES)
def test_a_sign_repeated_up_to_the_limit_is_rendered_to_allowed_html(piece: str) -> None:
    source = (piece * 20_000)[:20_000]

    assert offences(render(source).html) == []
    assert inline_offences(render_inline(source).html) == []
    assert offences(render(from_html(source)).html) == []
    assert isinstance(plain_text(source), str)
    assert count_words(source) >= 0


@pytest.mark.parametrize("piece", ["$", "[", "*", "\\(", "<p>", "a ", "\n\n", "\ud800"])
def test_a_million_characters_are_shown_without_formatting(piece: str) -> None:
    source = piece * (1_000_000 // len(piece))

    assert render(source).problems == (Problem(ProblemKind.TEXT_TOO_LONG),)
    assert len(plain_text(source)) <= len(source)
    assert from_html(source) == source


def test_a_text_the_parser_fails_on_is_shown_without_formatting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> list[Token]:
        raise RecursionError

    monkeypatch.setattr(MarkdownIt, "parse", fail)
    monkeypatch.setattr(MarkdownIt, "parseInline", fail)

    assert render("*a* <b>\n\nc").html == "<p>*a* &lt;b&gt;</p>\n<p>c</p>"
    assert render("*a*").problems == (Problem(ProblemKind.TEXT_NOT_UNDERSTOOD),)
    assert render_inline("*a*").problems == (Problem(ProblemKind.TEXT_NOT_UNDERSTOOD),)
    assert plain_text("*a*") == "*a*"
    assert count_words("*a* b") == 2
    assert from_html("<p>*a*</p>") == r"\*a\*"


def test_a_deeply_nested_formula_is_refused() -> None:
    rendered = render("$" + "^{" * 400 + "x" + "}" * 400 + "$")

    assert [problem.kind for problem in rendered.problems] == [ProblemKind.FORMULA_TOO_LONG]


def test_recursion_inside_the_typesetting_library_is_contained() -> None:
    rendered = render("$" + r"\sqrt" * 199 + " x$")

    assert offences(rendered.html) == []
    assert [problem.kind for problem in rendered.problems] == [ProblemKind.FORMULA_NOT_TYPESET]
