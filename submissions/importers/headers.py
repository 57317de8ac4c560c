"""Finding the row with the column names: it need not be the first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from submissions.domain.names import fold
from submissions.importers.column_names import LONGEST_NAME, recognise
from submissions.importers.rows import Row, is_blank

_SEARCHED_ROWS: Final = 60
_ENOUGH: Final = 2
"""Column names that make a row the header; one alone may be a heading above the table."""


@dataclass(frozen=True, slots=True)
class Header:
    index: int
    """Of the header among the rows."""
    recognised: int
    """How many of its cells name something that a talk has."""
    width: int
    """Cells up to the last one with a name."""

    @property
    def is_certain(self) -> bool:
        return self.recognised >= _ENOUGH


def find_header(rows: Sequence[Row], known: Collection[str] = ()) -> Header:
    """The row among the first ones with most recognised names; else the first with two cells.

    `known` are names a person gave for this table. `rows` must not be empty.
    """
    certain = {fold(name) for name in known}
    best, best_score = 0, 0
    for index, row in enumerate(rows[:_SEARCHED_ROWS]):
        score = _score(row, certain)
        if score > best_score:
            best, best_score = index, score
    if best_score < _ENOUGH:
        best = next((i for i, row in enumerate(rows[:_SEARCHED_ROWS]) if _filled(row) > 1), 0)
    return Header(best, best_score, _width(rows[best]))


def _score(row: Row, certain: set[str]) -> int:
    fields = set()
    for cell in row.cells:
        if certain and len(cell) <= LONGEST_NAME and fold(cell) in certain:
            fields.add(f"={fold(cell)}")
        elif guess := recognise(cell):
            fields.add(guess.field)
    return len(fields)


def _filled(row: Row) -> int:
    return sum(not is_blank((cell,)) for cell in row.cells)


def _width(row: Row) -> int:
    return max(
        (index + 1 for index, cell in enumerate(row.cells) if not is_blank((cell,))), default=0
    )
