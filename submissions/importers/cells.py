"""One cell: what is taken out of it before anybody looks at what it says."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from submissions.domain.abstracts.characters import clean
from submissions.importers.column_names import Field

LONGEST: Final[Mapping[Field, int]] = MappingProxyType(
    {
        Field.CODE: 12,
        Field.TITLE: 500,
        Field.GIVEN_NAME: 120,
        Field.FAMILY_NAME: 120,
        Field.FULL_NAME: 120,
        Field.EMAIL: 254,
        Field.ORCID: 60,
        Field.AFFILIATIONS: 3_000,
        Field.CO_AUTHORS: 10_000,
        Field.ASTRONOMY_AREAS: 3_000,
        Field.ML_AREAS: 3_000,
        Field.AREAS: 3_000,
        Field.FORMAT: 100,
        Field.ABSTRACT: 50_000,
        Field.REMARKS: 10_000,
    }
)
"""Characters of a cell. Beyond them it holds something else than its column says."""
EXCEL_CUTS_AT: Final = 32_767
"""Characters: Excel cuts a cell off there without a word."""
SPREADSHEET_ERRORS: Final = frozenset(
    {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
NOTHING: Final = frozenset({"", "-", "–", "—", "n/a", "na", "none", "nil", "null"})
"""What people write into a cell, in any case, when there is nothing to say."""

_STARTS_OF_FORMULAS: Final = ("=", "+", "-", "@", "\N{MINUS SIGN}")
_BEFORE_FORMULAS: Final = "\"'\N{ZERO WIDTH SPACE}\ufeff \t\n\r"


def lines(cell: str) -> str:
    """A text of several lines, without what is invisible and without blanks at line ends."""
    text = _cleaned(cell)
    if text.startswith("'") and _would_be_a_formula(text[1:]):
        text = text[1:]
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def one_line(cell: str) -> str:
    """A text of one line, each gap one blank."""
    return " ".join(lines(cell).split())


def _would_be_a_formula(text: str) -> bool:
    """Whether spreadsheet programs, and our own export, put an apostrophe before the text."""
    start = unicodedata.normalize("NFKC", text[:60]).lstrip(_BEFORE_FORMULAS)
    return start.startswith(_STARTS_OF_FORMULAS)


def _cleaned(cell: str) -> str:
    return unicodedata.normalize("NFC", clean(cell))
