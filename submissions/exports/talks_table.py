"""The list of talks as organisers download it: one row a talk.

The columns are HEADER's and one for each question of the meeting, no others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Final

from submissions.exports.spreadsheet_cells import csv_text, defused

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
    "Talk or poster",
    "Remote",
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
    preference: str
    is_remote: str
    submitted: str
    changed: str
    answers: Mapping[int, str] = field(default_factory=dict)
    """By the key of the question; in columns of their own, after HEADER."""

    def cells(self, questions: Iterable[int]) -> Sequence[str]:
        own = (getattr(self, each.name) for each in fields(self) if each.name != "answers")
        return (*own, *(self.answers.get(key, "") for key in questions))


def talks_table(rows: Iterable[TalkRow], questions: Mapping[int, str]) -> str:
    """CSV text with a header row: HEADER, then a column for each question, by its key."""
    header = (*HEADER, *(defused(" ".join(text.split())) for text in questions.values()))
    return csv_text(header, (row.cells(questions) for row in rows))
