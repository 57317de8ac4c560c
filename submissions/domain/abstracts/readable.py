r"""TeX for people who read it in a calendar or an e-mail: ``\alpha`` as α, ``10^{-3}`` as 10^-3.

Only what stays readable in one line is replaced; a formula with a fraction, a root or anything
else that needs two dimensions is returned as it was typed.
"""

import re
import unicodedata

from latex2mathml.symbols_parser import SYMBOLS

from submissions.domain.abstracts.tex_macros import (
    ALPHABETS,
    ATOMS,
    NAMED,
    TEXTS,
    is_symbol,
    roman,
)

_MACRO = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
# A blank that only ended a macro's name, as in "M\\sim 10"; those of "z \\sim 6" stay.
_END_OF_NAME = re.compile(r"(?<!\s)(\\[A-Za-z]+)\s+")
_ION = re.compile(r"\\ion\s*\{([^{}\\]*)\}\s*\{([^{}\\]*)\}")
_SCRIPT = re.compile(r"([_^])\{([^{}]*)\}(?=([A-Za-z0-9])?)")
_GROUP = re.compile(r"\{([^{}]*)\}")
_ONE_WORD = re.compile(r"[-+−]?[^\s\-+−=<>/_^]*")
_DEEPEST = 20

_REPLACED = {
    r"\sim": "~",
    r"\kms": "km s^-1",
    r"\Msun": "M_⊙",
    r"\msun": "M_⊙",
    r"\Lsun": "L_⊙",
    r"\lsun": "L_⊙",
    r"\Rsun": "R_⊙",
    r"\rsun": "R_⊙",
    r"\Zsun": "Z_⊙",
    **dict.fromkeys([r"\,", r"\;", r"\:", r"\>", "\\ ", r"\quad", r"\qquad", r"\space"], " "),
    **dict.fromkeys([r"\!", r"\left", r"\right", r"\xspace", *ALPHABETS, *TEXTS], ""),
    **{macro: macro[1:] for macro in NAMED},
}


def readable(tex: str) -> str:
    """Return a formula in one line of text, or its TeX if that would no longer be readable."""
    shown = _ION.sub(lambda match: f"{match[1]} {roman(match[2])}", tex)
    shown = shown.replace("~", " ")
    if any(_character(macro) is None for macro in _MACRO.findall(shown)):
        return " ".join(tex.split())
    shown = _END_OF_NAME.sub(_without_blank, shown)
    shown = _MACRO.sub(lambda match: _character(match[0]) or "", shown)
    for _ in range(_DEEPEST):
        without = (
            _GROUP.sub(r"\1", shown) if not _SCRIPT.search(shown) else _SCRIPT.sub(_script, shown)
        )
        if without == shown:
            break
        shown = without
    return " ".join(shown.split())


def _character(macro: str) -> str | None:
    if macro in _REPLACED:
        return _REPLACED[macro]
    if macro in ATOMS:
        return ATOMS[macro][1]
    return chr(int(SYMBOLS[macro], 16)) if is_symbol(macro) else None


def _without_blank(match: re.Match[str]) -> str:
    is_operator = unicodedata.category((_character(match[1]) or " ")[0]) == "Sm"
    return match[1] if is_operator else match[0]


def _script(match: re.Match[str]) -> str:
    mark, content, follower = match[1], match[2].strip(), match[3]
    return (
        mark
        + (content if _ONE_WORD.fullmatch(content) else f"({content})")
        + (" " if follower else "")
    )
