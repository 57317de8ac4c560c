"""HTML from other systems becomes Markdown once, without losing a word."""

import pytest

from submissions.domain.abstracts import from_html, plain_text, render
from tests.submissions.domain.abstracts.allowed_html import links, offences, shown

PLAIN = [
    "",
    "if a<b then c>d",
    "c > b > a",
    "a<b and 3 < 4 <alpha> and <10 pc",
    "x <i and j> y",
    "the mean <b> of it",
    "H&K, H&amp;K and AT&T",
    r"~10^9, $10^5$, \alpha, \\, C:\data",
    "*stars*, _lines_, # marks\n1. one\n- two\n> three",
    "<me@a.example> and <https://a.example>",
    "<script>alert(1)</script>",
    "<span>only</span>",
    "a line\r\nand another\x0b",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_without_formatting_tags_is_returned_unchanged(text: str) -> None:
    assert from_html(text) == text


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("<p>One</p> <p>two</p>", "One\n\ntwo"),
        ("One<br>two<br/><br />three", "One\\\ntwo\\\nthree"),
        ("<P CLASS='x'>One<BR>two</P>", "One\\\ntwo"),
        ("<p>One\n  two</p>", "One two"),
        ("<p>&nbsp;</p><p>a</p><p> </p>", "a"),
        ("<i>a</i>, <b>b</b>, <em>c</em>, <strong>d</strong>", "*a*, **b**, *c*, **d**"),
        ("<p><i> a </i>b</p>", "*a* b"),
        ("<b>un</b>believable <i>x</i>", "unbelievable *x*"),
        ("<b><i>a</b> b</i>", "***a*** *b*"),
        ("<b>open <p>a</p> b", "<b>open\n\na\n\nb"),
        ("H<sub>2</sub>O, 10<sup>-3</sup>", "H$_{2}$O, 10$^{-3}$"),
        ("M<sub>BH</sub>, 5<sup>th</sup>", r"M$_{\mathrm{BH}}$, 5$^{\mathrm{th}}$"),
        ("$M<sub>2</sub>$ and <i>a</i>", "$M_{2}$ and *a*"),
        ("x<sup>a &amp; b</sup>", "x^(a & b)"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol start='3'><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>d", "- a\n  1. b\n- c\n\nd"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\\\n  b"),
        ("<a href='http://a.example/x'>data</a>", "[data](http://a.example/x)"),
        ("<a href='http://a.example'>http://a.example</a>.", "http://a.example."),
        ("<a href='mailto:me@a.example'>me@a.example</a>", "<me@a.example>"),
        ("<a href='http://a.example/(x)'>[1]</a>", "[[1]](http://a.example/%28x%29)"),
        ("<a href='//a.example'>a</a>", "[a](https://a.example)"),
        ("<a href=' www.a.example/b c '>a</a>", "[a](https://www.a.example/b%20c)"),
        ("<a href='javascript:alert(1)'>a</a> <a href='/b'>b</a>", "a b"),
        ("<p>a<b then c>d</p>", "a<b then c>d"),
        ("<p>H&K &amp; H&amp;amp;K &lt;3</p>", r"H&K & H\&amp;K <3"),
        ("<p>$a &lt; b$, $5 and $6</p>", "$a < b$, $5 and $6"),
        ("<p>*a* and [b](http://c.example)</p>", r"\*a\* and [b\](http://c.example)"),
        ("<p>1. one</p><p>- two</p><p># three</p>", "1\\. one\n\n\\- two\n\n# three"),
        (r"<p>\alpha and C:\data</p>", r"\alpha and C:\data"),
        ("<p>about &lt;b&gt;bold&lt;/b&gt;</p>", r"about \<b>bold\</b>"),
        ("<p>a<!-- b -->c</p><style>p {}</style><script>d</script>", "ac"),
        ("<div>a</div><span>b</span><blockquote>c</blockquote>", None),
        ("<table><tr><td>a</td><td><i>b</i></td></tr></table>", "a *b*"),
        ("<p>a<img src='x.png' alt='plot'></p>", "aplot"),
        ("<p>a\u202eb\x00c</p>", "abc"),
    ],
)
def test_html_is_converted(text: str, markdown: str | None) -> None:
    converted = from_html(text)

    assert converted == (text if markdown is None else markdown)
    assert from_html(converted) == converted


def test_every_word_and_link_of_an_imported_text_is_shown() -> None:
    text = (
        '<p>If a<b then c>d, see <a href="https://a.example/a_b">the *data*</a> &amp; H&K.</p>'
        '<ul><li>one<br>two</li></ul><p>At <a href="http://b.example">http://b.example</a></p>'
    )
    html = render(from_html(text)).html

    assert offences(html) == []
    assert links(html) == ["https://a.example/a_b", "http://b.example"]
    assert " ".join(shown(html).split()) == (
        "If a<b then c>d, see the *data* & H&K. one two At http://b.example"
    )


def test_a_link_that_shows_its_address_is_told_once_in_plain_text() -> None:
    text = '<p>At <a href="http://a.example">http://a.example</a>, <a href="http://b.example">b</a></p>'

    assert plain_text(from_html(text)) == "At http://a.example, b (http://b.example)"


def test_a_line_break_before_a_display_formula_is_left_out() -> None:
    text = "<p>so<br>$$x$$<br>and</p>"

    assert from_html(text) == "so\n$$x$$\\\nand"


def test_emphasis_goes_on_in_the_next_paragraph() -> None:
    assert from_html("<i><p>a</p><p>b</p></i>") == "*a*\n\n*b*"


def test_a_link_around_paragraphs_is_kept_in_each() -> None:
    assert from_html("<a href='http://a.example'><p>a</p><p>b</p></a>") == (
        "[a](http://a.example)\n\n[b](http://a.example)"
    )


def test_brackets_in_the_text_of_a_link_are_kept() -> None:
    converted = from_html("<a href='http://a.example'>a ] b</a> <a href='http://b.example'>[</a>")

    assert shown(render(converted).html) == "a ] b ["
    assert links(render(converted).html) == ["http://a.example", "http://b.example"]


def test_a_long_import_is_written_as_it_will_be_shown() -> None:
    """Beyond the limit of formatting nothing is escaped, because nothing will be unescaped."""
    assert from_html("<p>*a* <i>b</i></p>" + "<p>c</p>" * 3_000).startswith("*a* b\n\nc\n\nc")


def test_a_text_nobody_typed_is_returned_unchanged() -> None:
    text = "<p>" + "a" * 200_000

    assert from_html(text) == text
