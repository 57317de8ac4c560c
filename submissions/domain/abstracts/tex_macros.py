r"""The TeX macros authors may use in a formula: tables, and the questions they answer.

An allow-list. What is neither in these tables nor the name of a symbol in latex2mathml's table is
unknown, so ``\href``, ``\style``, ``\class``, ``\def``, ``\newcommand``, ``\unicode``, ``\input``,
``\csname`` and whatever a later version of the library may bring are refused without being named
anywhere.
"""

import unicodedata
from functools import cache

from latex2mathml.symbols_parser import SYMBOLS


def _macros(names: str) -> frozenset[str]:
    return frozenset(rf"\{name}" for name in names.split())


# Functions and operators that show their own name.
NAMED = _macros(
    """
    arccos arcsin arctan cos cosh cot coth csc dim exp hom ker ln lg log sec sin sinh tan tanh
    lim sup inf max min argmax argmin det gcd liminf limsup Pr
    """
)

# Such names that latex2mathml does not know.
_SPELLED = _macros("sgn erf erfc sinc sech csch arcsinh arccosh arctanh Tr tr diag")

# Styles of letters.
ALPHABETS = _macros(
    """
    mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathbb mathnormal
    boldsymbol bm pmb rm bf it sf tt cal
    """
)

# Passed on to latex2mathml, which knows their arguments: fractions and stacks, accents, sizes and
# spaces, brackets, modulo and negation, what stands inside an environment.
STRUCTURES = (
    NAMED
    | ALPHABETS
    | _macros(
        """
    frac dfrac tfrac cfrac over binom dbinom tbinom choose sqrt overset underset stackrel substack
    overbrace underbrace overline underline limits nolimits
    acute bar breve check dot ddot dddot grave hat mathring tilde vec widecheck widehat widetilde
    overrightarrow overleftarrow xrightarrow xleftarrow
    displaystyle textstyle scriptstyle scriptscriptstyle
    quad qquad enspace thinspace thickspace negthinspace space nobreakspace
    phantom hphantom vphantom
    left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr
    bigm Bigm biggm Biggm lvert rvert lVert rVert bra ket braket
    mod pmod bmod not
    nonumber notag hline
    , ; : ! > { } | \\
    """
    )
    | {"\\ "}
)

# One macro, one thing to show: the element it becomes, its text, and what kind of word it is.
ATOMS: dict[str, tuple[str, ...]] = {
    **{macro: ("mi", macro[1:], "function") for macro in _SPELLED},
    r"\AA": ("mi", "Å"),
    r"\angstrom": ("mi", "Å"),
    r"\Angstrom": ("mi", "Å"),
    r"\aa": ("mi", "å"),
    r"\micron": ("mi", "µm"),
    r"\um": ("mi", "µm"),
    r"\textmu": ("mi", "µ"),
    r"\ohm": ("mi", "Ω"),
    r"\celsius": ("mi", "°C"),
    r"\permil": ("mi", "‰"),
    r"\arcsec": ("mi", "″"),
    r"\arcmin": ("mi", "′"),
    r"\arcdeg": ("mi", "°"),
    r"\degr": ("mi", "°"),
    r"\degree": ("mi", "°"),
    r"\deg": ("mi", "°"),
    r"\textdegree": ("mi", "°"),
    r"\farcs": ("mi", "″."),
    r"\farcm": ("mi", "′."),
    r"\fdg": ("mi", "°."),
    r"\sun": ("mi", "⊙"),
    r"\odot": ("mi", "⊙"),
    r"\earth": ("mi", "⊕"),
    r"\jupiter": ("mi", "♃"),
    r"\sim": ("mo", "∼"),
    r"\la": ("mo", "≲"),
    r"\lsim": ("mo", "≲"),
    r"\apprle": ("mo", "≲"),
    r"\ga": ("mo", "≳"),
    r"\gsim": ("mo", "≳"),
    r"\apprge": ("mo", "≳"),
    r"\%": ("mi", "%"),
    r"\&": ("mo", "&"),
    r"\#": ("mi", "#"),
    r"\_": ("mi", "_"),
    r"\$": ("mi", "$"),
    r"\P": ("mi", "¶"),
    r"\copyright": ("mi", "©"),
    r"\backslash": ("mi", "\\"),
}

# One macro, other TeX, always set in a group of its own.
REWRITTEN = {
    r"\Msun": r"M_\odot",
    r"\msun": r"M_\odot",
    r"\Lsun": r"L_\odot",
    r"\lsun": r"L_\odot",
    r"\Rsun": r"R_\odot",
    r"\rsun": r"R_\odot",
    r"\Zsun": r"Z_\odot",
    r"\kms": r"\mathrm{km\,s^{-1}}",
    r"\xspace": "",
    r"\relax": "",
    r"\displaylimits": "",
}

# Other names of macros that latex2mathml knows.
RENAMED = {
    r"\nicefrac": r"\tfrac",
    r"\sfrac": r"\tfrac",
    r"\mathds": r"\mathbb",
    r"\mathbbm": r"\mathbb",
    r"\hdots": r"\dots",
    r"\sl": r"\it",
    r"\em": r"\it",
}

# One argument of ordinary text; the value is its mathvariant.
TEXTS = {
    r"\text": "",
    r"\textrm": "",
    r"\textnormal": "",
    r"\textup": "",
    r"\textmd": "",
    r"\mbox": "",
    r"\hbox": "",
    r"\textsc": "",
    r"\textbf": "bold",
    r"\textit": "italic",
    r"\emph": "italic",
    r"\textsf": "sans-serif",
    r"\texttt": "monospace",
}

# Rewritten by code, which takes their arguments.
WITH_ARGUMENTS = _macros(
    "begin end ion unit si SI qty num operatorname ensuremath label hspace not"
)

# What may stand inside such a text.
IN_TEXT = {
    r"\,": "\u2009",
    "\\ ": " ",
    r"\;": " ",
    r"\:": " ",
    r"\!": "",
    r"\%": "%",
    r"\&": "&",
    r"\#": "#",
    r"\_": "_",
    r"\$": "$",
    r"\{": "{",
    r"\}": "}",
    r"\AA": "Å",
    r"\degr": "°",
    r"\textdegree": "°",
    r"\micron": "µm",
    r"\textmu": "µ",
    r"\rm": "",
    r"\it": "",
    r"\bf": "",
    r"\sc": "",
}

# The environment authors write, and the one latex2mathml is given; nothing = its content alone.
ENVIRONMENTS = {
    "matrix": "matrix",
    "pmatrix": "pmatrix",
    "bmatrix": "bmatrix",
    "Bmatrix": "Bmatrix",
    "vmatrix": "vmatrix",
    "Vmatrix": "Vmatrix",
    "smallmatrix": "smallmatrix",
    "cases": "cases",
    "array": "array",
    "split": "split",
    "align*": "align*",
    "align": "align*",  # without numbers, which nothing in an abstract could refer to
    "aligned": "split",
    "gathered": "split",
    "gather": "split",
    "gather*": "split",
    "eqnarray": "array",
    "eqnarray*": "array",
    "multline": "",
    "multline*": "",
    "equation": "",
    "equation*": "",
    "displaymath": "",
    "math": "",
}

_ROMAN_NUMERALS = ("0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@cache
def is_symbol(macro: str) -> bool:
    """Whether the macro stands for one character and takes no argument.

    latex2mathml's table also holds combining accents, which would stick to what precedes them.
    """
    if macro not in SYMBOLS or macro in STRUCTURES or len(macro) < 3:
        return False
    return unicodedata.category(chr(int(SYMBOLS[macro], 16))) not in {"Mn", "Me"}


def is_known(macro: str) -> bool:
    """Whether the macro may stand in a formula."""
    tables = (STRUCTURES, ATOMS, RENAMED, REWRITTEN, TEXTS, WITH_ARGUMENTS)
    return any(macro in table for table in tables) or is_symbol(macro)


def roman(stage: str) -> str:
    """Return the ionisation stage of an ion as spectroscopists write it: 2 and ii are II."""
    is_number = stage.isascii() and stage.isdecimal() and int(stage) < len(_ROMAN_NUMERALS)
    return _ROMAN_NUMERALS[int(stage)] if is_number else stage.upper()
