"""TeX as astronomers type it, and the MathML it becomes."""

import pytest

from submissions.domain.abstracts.problems import Problem, ProblemKind
from submissions.domain.abstracts.tex import _Rewriter
from submissions.domain.abstracts.tex_macros import (
    ATOMS,
    RENAMED,
    REWRITTEN,
    STRUCTURES,
    TEXTS,
    WITH_ARGUMENTS,
)
from submissions.domain.abstracts.typesetting import typeset


def inner(tex: str, *, is_display: bool = False) -> str:
    """The MathML between ``<math …>`` and ``</math>``."""
    result = typeset(tex, is_display=is_display)
    assert result.problem is None
    return result.html.partition(">")[2].removesuffix("</math>")


# Macros that mean something only beside another one.
USED_WITH_OTHERS = {
    r"\left": r"\left( x \right)",
    r"\right": r"\left( x \right)",
    r"\middle": r"\left( x \middle| y \right)",
    r"\limits": r"\sum\limits_{i}^{n} x",
    r"\nolimits": r"\int\nolimits_{i}^{n} x",
    r"\hline": r"\begin{array}{cc} a & b \\ \hline c & d \end{array}",
    r"\nonumber": r"\begin{align} a &= b \nonumber \\ c &= d \end{align}",
    r"\notag": r"\begin{align} a &= b \notag \\ c &= d \end{align}",
}

M_SUN = '<msub><mi>M</mi><mi mathvariant="normal">⊙</mi></msub>'
KMS = (
    '<mrow><mi>km</mi><mspace width="0.167em"></mspace>'
    '<msup><mi mathvariant="normal">s</mi><mrow><mo>−</mo><mn>1</mn></mrow></msup></mrow>'
)


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        (r"\alpha", "<mi>α</mi>"),
        ("10^5", "<msup><mn>10</mn><mn>5</mn></msup>"),
        (r"M_\odot", M_SUN),
        (r"\Msun", M_SUN),
        (r"M_{\rm BH}", "<msub><mi>M</mi><mi>BH</mi></msub>"),
        (r"M_\mathrm{BH}", "<msub><mi>M</mi><mi>BH</mi></msub>"),
        (r"T_\text{eff}", "<msub><mi>T</mi><mtext>eff</mtext></msub>"),
        (r"\mathrm{d}x", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
        (r"\mathrm{km\,s^{-1}}", KMS),
        (r"\unit{km s^{-1}}", KMS),
        (r"\unit{km.s^{-1}}", KMS),
        (r"\kms", KMS),
        (r"\SI{5}{km}", '<mn>5</mn><mspace width="0.167em"></mspace><mi>km</mi>'),
        (r"\num{1.5e4}", "<mn>1.5</mn><mo>×</mo><msup><mn>10</mn><mn>4</mn></msup>"),
        (r"\AA^2", '<msup><mi mathvariant="normal">Å</mi><mn>2</mn></msup>'),
        (r"3\arcsec", '<mn>3</mn><mi mathvariant="normal">″</mi>'),
        (r"3\arcmin", '<mn>3</mn><mi mathvariant="normal">′</mi>'),
        (r"3\farcs5", "<mn>3</mn><mi>″.</mi><mn>5</mn>"),
        (r"41\deg", '<mn>41</mn><mi mathvariant="normal">°</mi>'),
        (r"5\micron", "<mn>5</mn><mi>µm</mi>"),
        (r"\ion{Ca}{2}", "<mtext>Ca\u202fII</mtext>"),
        (r"\ion{H}{ii}", "<mtext>H\u202fII</mtext>"),
        (r"\textsc{Hii}", "<mtext>HII</mtext>"),
        (r"\text{if } x", "<mtext>if&nbsp;</mtext><mi>x</mi>".replace("&nbsp;", "\u00a0")),
        (r"\textbf{x1}", "<mtext>𝐱𝟏</mtext>"),
        (r"z \gtrsim 6", "<mi>z</mi><mo>≳</mo><mn>6</mn>"),
        (r"z \la 6", "<mi>z</mi><mo>≲</mo><mn>6</mn>"),
        (r"a \pm b", "<mi>a</mi><mo>±</mo><mi>b</mi>"),
        (r"a \not= b", "<mi>a</mi><mo>≠</mo><mi>b</mi>"),
        ("5%", '<mn>5</mn><mi mathvariant="normal">%</mi>'),
        (r"5\%", '<mn>5</mn><mi mathvariant="normal">%</mi>'),
        ("10 pc", "<mn>10</mn><mi>p</mi><mi>c</mi>"),
        ("314{,}000", "<mn>314</mn><mn>,</mn><mn>000</mn>"),
        (".5", "<mn>.5</mn>"),
        (r"\infty", "<mi>∞</mi>"),
        ("f'", "<msup><mi>f</mi><mi>′</mi></msup>"),
        (r"\mathbf{xy}", "<mrow><mi>𝐱</mi><mi>𝐲</mi></mrow>"),
        (r"\boldsymbol{\theta}", "<mi>𝜽</mi>"),
        (r"\mathcal{L}", "<mi>ℒ</mi>"),
        (r"{\cal N}", "<mi>𝒩</mi>"),
        (r"\mathbb{R}", "<mi>ℝ</mi>"),
        (r"\mathfrak{C}", "<mi>ℭ</mi>"),
        (r"\mathit{xk}", "<mrow><mi>𝑥</mi><mi>𝑘</mi></mrow>"),
        (r"\log x", '<mi>log</mi><mspace width="0.167em"></mspace><mi>x</mi>'),
        (r"\log|x", '<mi>log</mi><mo stretchy="false">|</mo><mi>x</mi>'),
        (r"\operatorname{erf} x", '<mi>erf</mi><mspace width="0.167em"></mspace><mi>x</mi>'),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\nicefrac12", inner(r"\tfrac12")),
        (r"\sgn x", inner(r"\operatorname{sgn} x")),
        (r"\Lambda", '<mi mathvariant="normal">Λ</mi>'),
        (r"\operatorname*{argmin} x", inner(r"\operatorname{argmin} x")),
        (r"\text x", "<mtext>x</mtext>"),
        (r"\text xy", "<mtext>x</mtext><mi>y</mi>"),
        (r"\text{a {b}\,\% c--d~e}", "<mtext>a b\u2009% c–d\u00a0e</mtext>"),
        (r"x \label{eq} \hspace{2em} y", r'<mi>x</mi><mspace width="0.167em"></mspace><mi>y</mi>'),
        (r"a \not\subset b", "<mi>a</mi><mo>⊄</mo><mi>b</mi>"),
        (r"\displaylimits", ""),
        (r"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
        (r"\bar x", '<mover accent="false"><mi>x</mi><mo stretchy="true">¯</mo></mover>'),
        (r"\dot M", '<mover accent="true"><mi>M</mi><mo>˙</mo></mover>'),
        (r"\ensuremath{x}", "<mi>x</mi>"),
        ("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (r"a \& b", "<mi>a</mi><mo>&amp;</mo><mi>b</mi>"),
    ],
)  # fmt: skip
def test_tex_becomes_mathml(tex: str, mathml: str) -> None:
    assert inner(tex) == mathml


def test_limits_stand_below_their_operator_in_a_display_formula() -> None:
    assert inner(r"\sum_{i}^{n}", is_display=True).startswith("<munderover><mo")
    assert inner(r"\lim_{x}") == ('<munder><mo movablelimits="true">lim</mo><mi>x</mi></munder>')


@pytest.mark.parametrize("name", ["align", "align*", "aligned", "split"])
def test_aligned_equations_become_a_table(name: str) -> None:
    assert inner(rf"\begin{{{name}}}a&=b\end{{{name}}}", is_display=True) == (
        '<mtable displaystyle="true"><mtr><mtd columnalign="right"><mi>a</mi></mtd>'
        '<mtd columnalign="left"><mi></mi><mo>=</mo><mi>b</mi></mtd></mtr></mtable>'
    )


def test_the_source_is_the_alternative_text() -> None:
    assert typeset(r" \rm \"<&' ", is_display=True).problem is not None
    assert typeset("a < b", is_display=True).html.startswith(
        '<math display="block" alttext="a &lt; b">'
    )


@pytest.mark.parametrize(
    ("tex", "macro"),
    [
        (r"\foo", r"\foo"),
        (r"x + \text{a \foo b}", r"\foo"),
        (r"\begin{foo}x\end{foo}", r"\begin{foo}"),
        (r"\unit{\kilo\metre}", r"\kilo"),
        (r"\SI{many}{km}", None),
        (r"\num{many}", None),
        (r"\text{$x$}", None),
        (r"\hline", None),
        (r"\'e", r"\'"),
    ],
)
def test_what_is_not_known_is_named(tex: str, macro: str | None) -> None:
    result = typeset(tex, is_display=False)

    assert result.html == f'<code class="tex">{tex}</code>'.replace("'", "&#x27;")
    expected = (
        Problem(ProblemKind.UNKNOWN_MACRO, macro)
        if macro
        else Problem(ProblemKind.FORMULA_NOT_TYPESET, tex)
    )
    assert result.problem == expected


def test_every_macro_rewritten_by_code_is_in_the_table_of_known_macros() -> None:
    assert set(_Rewriter._with_arguments) == WITH_ARGUMENTS


def test_every_macro_of_the_tables_is_typeset() -> None:
    """A misspelled entry would come back as a macro latex2mathml does not know."""
    for macro in STRUCTURES | ATOMS.keys() | RENAMED.keys() | REWRITTEN.keys() | TEXTS.keys():
        tex = USED_WITH_OTHERS.get(macro, rf"a {macro}{{x}}{{y}} b")

        assert typeset(tex, is_display=True).problem is None, macro
