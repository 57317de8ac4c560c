"""Where a formula begins and ends."""

import pytest

from submissions.domain.abstracts.formulas import formulas_in


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("", []),
        ("a lone $ stays", []),
        ("$x$", ["x"]),
        ("$x$$y$", ["x", "y"]),
        ("$$x$$", ["x"]),
        (r"\(x\) and \[y\]", ["x", "y"]),
        (r"\$x\$", []),
        (r"$a\$b$", [r"a\$b"]),
        (r"\\(x\\)", []),
        (r"\(a\\[2pt]b\)", [r"a\\[2pt]b"]),
        ("10$^{-3}$", ["^{-3}"]),
        (r"$\sim$5", [r"\sim"]),
        ("$x$5", ["x"]),
        ("$3 \\times 10^5$2", ["3 \\times 10^5"]),
        ("$5 and $6", []),
        ("$5-$6", []),
        ("$5/$6", []),
        ("$5,$6", []),
        ("$10.50-$11.00", []),
        ("$5 per night in US$", []),
        ("($5), ($6)", []),
        ("$10<z<$20", ["10<z<"]),
        (r"$ \alpha $", [r" \alpha "]),
        ("$ 5 and $ 6", []),
        ("$ 10^9 and $ 10^10", []),
        ("$x $y", []),
        ("$x\n\ny$", []),
        ("$x\ny$", ["x\ny"]),
        ("$$ $$", []),
        ("$" + "x" * 5_000 + "$", []),
        (r"\(a \(b\)", ["b"]),
    ],
)
def test_formulas_are_told_from_money_and_text(text: str, formulas: list[str]) -> None:
    assert [formula.tex for formula in formulas_in(text)] == formulas


def test_a_formula_knows_where_it_stands_and_how_it_was_typed() -> None:
    (formula,) = formulas_in(r"so \[x\] is")

    assert (formula.start, formula.end) == (3, 8)
    assert formula.source == r"\[x\]"
    assert formula.is_display
