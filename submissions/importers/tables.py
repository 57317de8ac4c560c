"""A file or a pasted text as a table: column names, and the rows below them with their numbers."""

from collections.abc import Collection
from dataclasses import dataclass

from submissions.importers import decoding
from submissions.importers.delimited import read_delimited
from submissions.importers.headers import Header, find_header
from submissions.importers.rows import Reading, Row, TableRefused, counted, is_blank
from submissions.importers.workbooks import read_workbook

__all__ = ["Row", "Table", "TableRefused", "read_file", "read_pasted"]


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    """Names of the columns, each different; a column without one is called "(column 3)"."""
    header_number: int
    rows: tuple[Row, ...]
    """Below the header, without blank ones. A row may have fewer or more cells than the header."""
    notes: tuple[str, ...]
    sheet: str = ""
    """Of a workbook; "" for a text."""

    @property
    def unit(self) -> str:
        """What the rows' numbers count."""
        return "row" if self.sheet else "line"


def read_file(content: bytes, *, known: Collection[str] = ()) -> Table:
    """Read an .xlsx file or tab, comma or semicolon separated text; what it is, its bytes tell.

    `known` are names that surely are column names, because a person used them. Raises TableRefused.
    """
    decoding.check_size(len(content))
    if decoding.is_workbook(content):
        sheet, reading = read_workbook(content, known)
        return _table(reading, known, sheet)
    text, notes = decoding.decode(content)
    return _from_text(text, notes, known, pasted=False)


def read_pasted(text: str, *, known: Collection[str] = ()) -> Table:
    """Read cells copied out of a spreadsheet or a text. Raises TableRefused."""
    # Four bytes a character at most; measured without making another copy of the text.
    decoding.check_size(len(text))
    return _from_text(text, (), known, pasted=True)


def _from_text(text: str, notes: tuple[str, ...], known: Collection[str], *, pasted: bool) -> Table:
    text, more_notes = decoding.clean_with_notes(text)
    decoding.refuse_web_page(text)
    reading = read_delimited(text, known=known, pasted=pasted)
    return _table(Reading(reading.rows, (*notes, *more_notes, *reading.notes)), known, sheet="")


def _table(reading: Reading, known: Collection[str], sheet: str) -> Table:
    header = find_header(reading.rows, known)
    top = reading.rows[header.index]
    below = reading.rows[header.index + 1 :]
    width = header.width
    if sheet:
        # A sheet has no ragged rows: what stands beside the table is a column without a name.
        width = max([width, *(len(row.cells) for row in below)])
    kept = tuple(row for row in below if not _repeats(row, top))
    unit = "row" if sheet else "line"
    notes = (*reading.notes, *_notes(reading.rows, header, below, kept, unit))
    return Table(_names(top, width), top.number, kept, notes, sheet)


def _notes(
    rows: tuple[Row, ...],
    header: Header,
    below: tuple[Row, ...],
    kept: tuple[Row, ...],
    unit: str,
) -> tuple[str, ...]:
    notes = []
    if header.index:
        above = [row.number for row in rows[: header.index]]
        notes.append(f"Above the column names, and not imported: {unit} {counted(above)}.")
    if not header.is_certain:
        notes.append(
            "The column names were not recognised; those of "
            f"{unit} {rows[header.index].number} were taken."
        )
    stayed = {row.number for row in kept}
    if repeats := [row.number for row in below if row.number not in stayed]:
        notes.append(
            f"The column names are repeated, which was skipped: {unit} {counted(repeats)}."
        )
    return tuple(notes)


def _repeats(row: Row, header: Row) -> bool:
    return len(row.cells) >= 2 and [cell.strip() for cell in row.cells] == [
        cell.strip() for cell in header.cells
    ]


def _names(header: Row, width: int) -> tuple[str, ...]:
    names: list[str] = []
    for index in range(width):
        cell = " ".join(header.cell(index).split())
        name = f"(column {index + 1})" if is_blank((cell,)) else cell
        number, unique = 1, name
        while unique in names:
            number += 1
            unique = f"{name} ({number})"
        names.append(unique)
    return tuple(names)
