"""The abstracts of two real meetings, read where they lie; records are named by number only."""

import re
from html import unescape
from pathlib import Path

import pytest

from submissions.domain.abstracts import count_words, from_html, plain_text, render, render_inline
from tests.submissions.domain.abstracts.allowed_html import (
    elements,
    inline_offences,
    links,
    offences,
    shown,
)

SEEDS = Path(__file__).parents[4] / ".." / "shared" / "seeds"
SPREADSHEET = SEEDS / "004_9f9624201ff46f28.txt"
PAGE = SEEDS / "002_69adfc5bcd187caa.txt"

pytestmark = pytest.mark.skipif(
    not SPREADSHEET.exists(), reason="the real spreadsheet is not beside the repository"
)


def records() -> list[list[str]]:
    """The rows below the header: given name, family name, title, two columns of areas, abstract."""
    lines = SPREADSHEET.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip()]
    return [row for row in rows if len(row) == 6][1:]


def abstracts() -> list[str]:
    return [row[5] for row in records()]


def words_before(text: str) -> list[str]:
    """The words of a text with its tags taken out by hand (none of the real ones has a < b)."""
    in_lines = re.sub(r"</?(?:p|br|ul|li)\b[^>]*>", " ", text)
    return unescape(re.sub(r"</?(?:a|i|b)\b[^>]*>", "", in_lines)).split()


def words_after(text: str) -> list[str]:
    return shown(render(from_html(text)).html).split()


def test_every_real_abstract_renders_without_a_problem() -> None:
    rendered = [render(from_html(abstract)) for abstract in abstracts()]

    assert len(rendered) == 19
    assert [offences(abstract.html) for abstract in rendered] == [[]] * 19
    assert [abstract.problems for abstract in rendered] == [()] * 19


def test_every_real_title_renders_as_it_is() -> None:
    for row in records():
        rendered = render_inline(row[2])

        assert inline_offences(rendered.html) == []
        assert shown(rendered.html).split() == row[2].split()


@pytest.mark.parametrize(
    ("formula", "mathml"),
    [
        ("$10^5$", "<msup><mn>10</mn><mn>5</mn></msup>"),
        (r"$\alpha$", "<mi>α</mi>"),
        ("$c > b > a$", "<mi>c</mi><mo>&gt;</mo><mi>b</mi><mo>&gt;</mo><mi>a</mi>"),
    ],
)
def test_the_formulas_of_the_real_abstracts_become_mathml(formula: str, mathml: str) -> None:
    (abstract,) = [text for text in abstracts() if formula in text]
    html = render(from_html(abstract)).html

    assert mathml in html
    assert elements(html).count("math") == 1
    assert "$" not in html


def test_abstracts_without_formulas_keep_every_character() -> None:
    plain = [text for text in abstracts() if "$" not in text and "<p>" not in text]

    assert len(plain) == 14
    for abstract in plain:
        assert from_html(abstract) == abstract
        assert shown(render(abstract).html).split() == abstract.split()
        assert plain_text(abstract).split() == abstract.split()


def test_the_two_abstracts_in_html_keep_words_paragraphs_and_links() -> None:
    in_html = [text for text in abstracts() if "<p>" in text]

    assert len(in_html) == 2
    for abstract in in_html:
        html = render(from_html(abstract)).html
        addresses = re.findall(r'href="([^"]*)"', abstract)

        assert re.sub(r"\s", "", shown(html)) == "".join(words_before(abstract))
        assert elements(html).count("p") == abstract.count("<p>") == 3
        assert links(html) == addresses
        assert [plain_text(from_html(abstract)).count(address) for address in addresses] == [
            1 for _ in addresses
        ]
        assert count_words(from_html(abstract)) == len(
            [word for word in plain_text(from_html(abstract)).split() if re.search(r"\w", word)]
        )


def test_the_longest_real_abstract_has_its_known_number_of_words() -> None:
    """244 pieces between blanks, one of which is a dash."""
    assert max(count_words(from_html(abstract)) for abstract in abstracts()) == 243


def test_the_abstracts_of_the_published_page_keep_their_words() -> None:
    if not PAGE.exists():
        pytest.skip("the real page is not beside the repository")
    found = re.findall(
        r"<blockquote>(.*?)</blockquote>", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )

    assert len(found) > 5
    for abstract in found:
        assert offences(render(from_html(abstract)).html) == []
        assert words_after(abstract) == words_before(abstract)
