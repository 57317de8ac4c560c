r"""Where the formulas are in a text: ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]``.

Written for this project instead of using a Markdown extension's rule, because the import of HTML
has to find exactly the same formulas outside any Markdown parser, because backslash delimiters
need the same treatment as dollars, and because dollars are money too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A delimiter whose partner is further away than this many characters is not a delimiter.
_LONGEST_SPAN = 4_000

# A backslash always takes the next character with it, so "\$" and "\\)" close nothing. A formula
# does not contain the delimiter it began with: looking for the end stops there, which keeps the
# search linear.
_ENDS = {
    "$": re.compile(r"((?:[^\\$]++|\\.)*+)\$", re.DOTALL),
    "$$": re.compile(r"((?:[^\\$]++|\\.|\$(?!\$))*+)\$\$", re.DOTALL),
    r"\(": re.compile(r"((?:[^\\]++|\\[^()])*+)\\\)", re.DOTALL),
    r"\[": re.compile(r"((?:[^\\]++|\\[^\[\]])*+)\\\]", re.DOTALL),
}
_CLOSERS = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}
_OPENER = re.compile(r"\$\$?|\\[(\[]")
_CANDIDATE = re.compile(r"\$\$?|\\.", re.DOTALL)

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_TEX_SIGN = re.compile(r"[\\^_{}=<>]")
_TEX_EVIDENCE = re.compile(r"\\[A-Za-z]|[\^_]")
_PROSE = re.compile(r"\s[A-Za-z]{2,}")
_BEGINS_LIKE_TEX = re.compile(r"(?:\$|\\[(\[])[^\s$]*[\\^_{][^\s$]*")


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula in a text: ``text[start:end]`` includes the delimiters, ``tex`` does not."""

    start: int
    end: int
    opener: str
    tex: str

    @property
    def is_display(self) -> bool:
        """Whether it asks for a line of its own."""
        return self.opener in {"$$", r"\["}

    @property
    def source(self) -> str:
        """The formula as it was typed."""
        return self.opener + self.tex + _CLOSERS[self.opener]


def formula_at(text: str, start: int, limit: int | None = None) -> Formula | None:
    r"""Return the formula that begins exactly at ``start`` and ends before ``limit``, if any.

    ``10$^{-3}$`` and ``$\sim$5`` are formulas; ``$5 and $6``, ``$5-$6`` and a lone ``$`` are not.
    """
    opener = _OPENER.match(text, start)
    if opener is None:
        return None
    furthest = min(len(text) if limit is None else limit, start + _LONGEST_SPAN)
    end = _ENDS[opener[0]].match(text, opener.end(), furthest)
    if end is None:
        return None
    tex = end[1]
    if not tex.strip() or _BLANK_LINE.search(tex):
        return None
    if opener[0] == "$" and not _is_inline_tex(tex, followed_by=text[end.end() : end.end() + 1]):
        return None
    return Formula(start, end.end(), opener[0], tex)


def formulas_in(text: str) -> Iterator[Formula]:
    r"""Yield the formulas of a text from left to right; an escaped ``\$`` begins none."""
    position = 0
    while candidate := _CANDIDATE.search(text, position):
        formula = formula_at(text, candidate.start())
        if formula is not None:
            yield formula
        position = formula.end if formula is not None else candidate.end()


def unclosed_at(text: str, start: int) -> str:
    """Return the word at ``start`` if it begins like a formula (``$10^5``), otherwise nothing."""
    word = _BEGINS_LIKE_TEX.match(text, start, start + 80)
    return word[0] if word else ""


def _is_inline_tex(tex: str, *, followed_by: str) -> bool:
    """Tell TeX between single dollars from two amounts of money.

    An amount begins with a digit, has no sign of TeX, and either runs into the next amount
    (``$5-$6``) or has words in it (``$5 per night in US$``).
    """
    is_amount = tex[0].isdigit() and not _TEX_SIGN.search(tex)
    if is_amount and (followed_by.isdigit() or _PROSE.search(tex)):
        return False
    if not tex[0].isspace() and not tex[-1].isspace():
        return True
    # "$ \alpha $" is common in pasted TeX; blanks on one side only are prose between two amounts.
    is_spaced = tex[0].isspace() and tex[-1].isspace()
    return is_spaced and bool(_TEX_EVIDENCE.search(tex)) and not _has_words(tex)


def _has_words(tex: str) -> bool:
    return bool(re.search(r"(?:^|\s)[A-Za-z]{3,}(?=\s|$)", tex))
