"""What readers see of what authors type, compared as whole HTML."""

import pytest

from submissions.domain.abstracts import Problem, ProblemKind, render, render_inline
from tests.submissions.domain.abstracts.allowed_html import shown

REL = 'rel="noopener nofollow ugc"'

WITHOUT_FORMULAS = [
    ("", ""),
    ("   \n\n  ", ""),
    ("One.\n\nTwo\nlines.", "<p>One.</p>\n<p>Two\nlines.</p>"),
    ("Ca II H&K", "<p>Ca II H&amp;K</p>"),
    ("H&amp;K", "<p>H&amp;K</p>"),
    ("&alpha; Cen", "<p>α Cen</p>"),
    ("an M1.1 flare of ~10^9 erg", "<p>an M1.1 flare of ~10^9 erg</p>"),
    ("*one* and **two**", "<p><em>one</em> and <strong>two</strong></p>"),
    ("_one_ and __two__", "<p><em>one</em> and <strong>two</strong></p>"),
    ("***both***", "<p><em><strong>both</strong></em></p>"),
    ("Sgr A* and the A* search", "<p>Sgr A* and the A* search</p>"),
    ("2*3*4, M_* and SFR_*, snake_case_name", "<p>2*3*4, M_* and SFR_*, snake_case_name</p>"),
    ("# Not a heading", "<p># Not a heading</p>"),
    ("> 5 sigma", "<p>&gt; 5 sigma</p>"),
    ("a < b, if a<b then c>d", "<p>a &lt; b, if a&lt;b then c&gt;d</p>"),
    ("    four blanks", "<p>four blanks</p>"),
    ("text\n---\ntext", "<p>text\n---\ntext</p>"),
    ("| a | b |\n|---|---|", "<p>| a | b |\n|---|---|</p>"),
    ("[1]: http://a.example", f'<p>[1]: <a href="http://a.example" {REL}>http://a.example</a></p>'),
    ("a `code` b", "<p>a <code>code</code> b</p>"),
    ("``quoted'' and `single' ones", "<p>``quoted'' and `single' ones</p>"),
    ("`don't` and `f'`", "<p><code>don't</code> and <code>f'</code></p>"),
    ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
    (r"5\% of \*these\*", "<p>5% of *these*</p>"),
    (r"C:\data and \\ and Schr\"odinger", r"<p>C:\data and \ and Schr\"odinger</p>"),
    ("- one\n- two", "<ul><li>one</li>\n<li>two</li>\n</ul>"),
    ("1. one\n2. two", "<ol><li>one</li>\n<li>two</li>\n</ol>"),
    ("3) c\n5) e", '<ol start="3"><li>c</li>\n<li value="5">e</li>\n</ol>'),
    ("1. a\n1. b\n1. c", "<ol><li>a</li>\n<li>b</li>\n<li>c</li>\n</ol>"),
    ("2021. A year", '<ol start="2021"><li>A year</li>\n</ol>'),
    ("See\n2021. A year", "<p>See\n2021. A year</p>"),
    ("-5 K\n+3 K", "<p>-5 K\n+3 K</p>"),
    (
        "[data](https://a.example/x?a=1&b=2 'the data')",
        f'<p><a href="https://a.example/x?a=1&amp;b=2" title="the data" {REL}>data</a></p>',
    ),
    ("<https://a.example>", f'<p><a href="https://a.example" {REL}>https://a.example</a></p>'),
    ("<me@a.example>", f'<p><a href="mailto:me@a.example" {REL}>me@a.example</a></p>'),
    (
        "(see http://a.example/a_b_(c).)",
        f'<p>(see <a href="http://a.example/a_b_(c)" {REL}>http://a.example/a_b_(c)</a>.)</p>',
    ),
    ("![plot](http://a.example/p)", f'<p>!<a href="http://a.example/p" {REL}>plot</a></p>'),
    ("a talk at http://", "<p>a talk at http://</p>"),
]

MONEY = [
    "$5 and $6",
    "$5-$6",
    "$5/$6",
    "from $5M-$10M",
    "US$5 to US$6",
    "a lone $ stays",
    "$",
    "$$",
    "costs $5.",
    "$ 5 and $ 6",
    "US $ 10 per hour and US $ 20",
]


@pytest.mark.parametrize(("source", "html"), WITHOUT_FORMULAS)
def test_text_is_rendered_as_described(source: str, html: str) -> None:
    rendered = render(source)

    assert rendered.html == html
    assert rendered.problems == ()


@pytest.mark.parametrize("source", MONEY)
def test_money_is_not_a_formula(source: str) -> None:
    rendered = render(source)

    assert rendered.html == f"<p>{source}</p>"
    assert rendered.problems == ()


def test_escaped_dollars_are_dollars() -> None:
    assert render(r"\$x\$ and \$5").html == "<p>$x$ and $5</p>"


def test_formulas_beside_numbers_words_and_punctuation_are_typeset() -> None:
    rendered = render(r"10$^{-3}$, $\sim$5, ($x$), $y$-axis")

    assert rendered.html == (
        '<p>10<math alttext="^{-3}"><msup><mi></mi><mrow><mo>−</mo><mn>3</mn></mrow></msup>'
        "</math>, "
        '<math alttext="\\sim"><mo lspace="0" rspace="0">∼</mo></math>5, '
        '(<math alttext="x"><mi>x</mi></math>), <math alttext="y"><mi>y</mi></math>-axis</p>'
    )


def test_signs_of_order_in_a_formula_are_escaped_once() -> None:
    assert render("$c > b > a$").html == (
        '<p><math alttext="c &gt; b &gt; a"><mi>c</mi><mo>&gt;</mo><mi>b</mi><mo>&gt;</mo>'
        "<mi>a</mi></math></p>"
    )


@pytest.mark.parametrize("source", ["$$E=m$$", r"\[E=m\]", "$$\nE=m\n$$", "\\[\nE=m\n\\]"])
def test_a_display_formula_stands_alone(source: str) -> None:
    assert render(source).html.replace("\n", "") == (
        '<p><math display="block" alttext="E=m"><mi>E</mi><mo>=</mo><mi>m</mi></math></p>'
    )


def test_backslash_parentheses_are_an_inline_formula() -> None:
    assert render(r"\(x\)").html == '<p><math alttext="x"><mi>x</mi></math></p>'


def test_a_display_formula_may_hold_lines_that_look_like_a_list() -> None:
    assert render("$$\na\n- b\n$$\nafter").html == (
        '<p><math display="block" alttext="a\n- b"><mi>a</mi><mo>−</mo><mi>b</mi></math></p>\n'
        "<p>after</p>"
    )


def test_dollars_in_code_are_no_formula() -> None:
    assert render("`$x$`").html == "<p><code>$x$</code></p>"


def test_a_formula_in_emphasis_and_in_a_link_is_typeset() -> None:
    maths = '<math alttext="x"><mi>x</mi></math>'

    assert render("*see $x$* [$x$](http://a.example)").html == (
        f'<p><em>see {maths}</em> <a href="http://a.example" {REL}>{maths}</a></p>'
    )


@pytest.mark.parametrize(
    ("source", "kind", "about"),
    [
        (r"$\foo{x}$", ProblemKind.UNKNOWN_MACRO, r"\foo"),
        (r"$\frac{1}{2$", ProblemKind.FORMULA_UNBALANCED, r"\frac{1}{2"),
        (r"$\left( x$", ProblemKind.FORMULA_UNBALANCED, r"\left( x"),
        ("$a^b^c$", ProblemKind.FORMULA_UNBALANCED, "a^b^c"),
        ("$" + "x" * 1001 + "$", ProblemKind.FORMULA_TOO_LONG, "x" * 1001),
        ("$" + "^{" * 21 + "}" * 21 + "$", ProblemKind.FORMULA_TOO_DEEP, "^{" * 21 + "}" * 21),
        (r"$\frac$", ProblemKind.FORMULA_UNBALANCED, r"\frac"),
        ("$^^5c$", ProblemKind.FORMULA_NOT_TYPESET, "^^5c"),
    ],
)
def test_a_formula_that_cannot_be_typeset_shows_its_source(
    source: str, kind: ProblemKind, about: str
) -> None:
    rendered = render(source)

    assert rendered.html == f'<p><code class="tex">{source[1:-1]}</code></p>'
    assert rendered.problems == (Problem(kind, about),)


@pytest.mark.parametrize(
    ("source", "kind", "about"),
    [
        ("more than $10^5 lenses", ProblemKind.FORMULA_NOT_CLOSED, "$10^5"),
        (r"the $\frac{1}{2 case", ProblemKind.FORMULA_NOT_CLOSED, r"$\frac{1}{2"),
        (r"the \(x^2 case", ProblemKind.FORMULA_NOT_CLOSED, r"\(x^2"),
        (r"an \alpha source", ProblemKind.MACRO_OUTSIDE_FORMULA, r"\alpha"),
    ],
)
def test_tex_outside_a_formula_is_shown_as_typed_and_reported(
    source: str, kind: ProblemKind, about: str
) -> None:
    rendered = render(source)

    assert shown(rendered.html) == source
    assert rendered.problems == (Problem(kind, about),)


def test_the_same_problem_is_reported_once() -> None:
    assert render(r"$\foo$ and $\foo$").problems == (Problem(ProblemKind.UNKNOWN_MACRO, r"\foo"),)


def test_a_title_has_formulas_and_emphasis_only() -> None:
    rendered = render_inline("# *Deep* `nets`\n- [at](http://a.example) $z$ $$x$$")

    assert rendered.html == (
        "# <em>Deep</em> <code>nets</code> - [at](http://a.example) "
        '<math alttext="z"><mi>z</mi></math> <math alttext="x"><mi>x</mi></math>'
    )
    assert rendered.problems == ()


def test_words_are_counted_while_rendering() -> None:
    assert render("Two *words* and $x > 5$").words == 4
    assert render_inline("H $\\alpha$").words == 2
