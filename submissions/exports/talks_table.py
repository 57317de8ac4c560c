"""The list of talks as organisers download it: one row a talk, these columns and no others."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Final

from submissions.exports.spreadsheet_cells import csv_text

HEADER: Final = (
    "Code",
    "Title",
    "State",
    "Prepared decision",
    "Format",
    "Presenting",
    "E-mail",
    "Authors",
    "Affiliations",
    "Astronomy areas",
    "Astronomy areas as typed",
    "Machine-learning areas",
    "Machine-learning areas as typed",
    "Abstract",
    "Remarks",
    "Submitted",
    "Last change",
)


@dataclass(frozen=True, slots=True)
class TalkRow:
    """Every cell as text, in the order of HEADER. For organisers: it holds e-mail addresses."""

    code: str
    title: str
    state: str
    prepared_decision: str
    format: str
    presenting: str
    emails: str
    authors: str
    affiliations: str
    astronomy_areas: str
    astronomy_areas_text: str
    ml_areas: str
    ml_areas_text: str
    abstract: str
    remarks: str
    submitted: str
    changed: str

    def cells(self) -> Sequence[str]:
        return astuple(self)


def talks_table(rows: Iterable[TalkRow]) -> str:
    """CSV text with a header row."""
    return csv_text(HEADER, (row.cells() for row in rows))
