"""What every reader of a spreadsheet yields, and how much of it is accepted."""

from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 32 * 1024 * 1024
"""Of an uploaded file or a pasted text. 10,000 talks with abstracts are about 20 MB."""
MAX_ROWS: Final = 20_000
"""Rows with anything in them, the header included."""
MAX_COLUMNS: Final = 200


class TableRefused(Exception):
    """The bytes or the text cannot be read as a table; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank."""

    number: int
    """Where a person finds it, from 1: the line on which it starts, or the row of the sheet."""
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The cell in column `index`; "" beyond the end: trailing blank cells are often cut off."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of one text or sheet, before anybody knows which of them is the header."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """What a person should know about how it was read."""


def is_blank(cells: tuple[str, ...] | list[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in cells)


def counted(numbers: list[int], *, at_most: int = 5) -> str:
    """Row numbers for a sentence, shortened: "3, 5, 8 and 12 more"."""
    shown = ", ".join(str(number) for number in numbers[:at_most])
    rest = len(numbers) - at_most
    return f"{shown} and {rest} more" if rest > 0 else shown


def too_many_rows() -> TableRefused:
    return TableRefused(
        f"More than {MAX_ROWS:,} rows. Split the table and import one part after the other."
    )


def too_many_columns() -> TableRefused:
    return TableRefused(
        f"More than {MAX_COLUMNS} columns. Delete the columns that are not about talks."
    )
