"""Tab, comma and semicolon separated text into rows.

Nothing is sniffed: `csv.Sniffer` takes a blank for the delimiter of a real spreadsheet. The
delimiter is the one under which the header row is recognised best. Quotation marks are ordinary
characters unless the table only makes sense with them: an abstract may well begin with one, and
read as CSV it would swallow the tabs and lines up to the next.
"""

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from submissions.importers.headers import Header, find_header
from submissions.importers.rows import (
    MAX_COLUMNS,
    MAX_ROWS,
    Reading,
    Row,
    TableRefused,
    is_blank,
    too_many_columns,
    too_many_rows,
)

DELIMITERS: Final = ("\t", ";", ",")
_HEADER_IS_WITHIN: Final = 60
# A single line with more of them is no row of any table, only a way to fill the memory.
_MAX_DELIMITERS_IN_LINE: Final = 50_000
_MAX_LINES: Final = 1_000_000
_LINE: Final = re.compile(r"[^\r\n]+(?:\r\n?|\n)?|\r\n?|\n")


class _QuotesDoNotPair(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class _Split:
    rows: tuple[Row, ...]
    header: Header

    @property
    def ragged(self) -> int:
        """How many rows below the header have another number of cells than it."""
        width = self.header.width
        return sum(
            len(row.cells) < width or not is_blank(row.cells[width:])
            for row in self.rows[self.header.index + 1 :]
        )


def read_delimited(text: str, *, known: Collection[str] = (), pasted: bool = False) -> Reading:
    """Split a cleaned text into rows; `known` are names that surely are column names.

    Raises TableRefused for a text without rows, or with too many, or whose quotation marks
    cannot be understood.
    """
    if text.count("\n") + text.count("\r") > _MAX_LINES:
        raise too_many_rows()
    delimiter = _delimiter(text, known)
    plain = _split(_plain_rows(text, delimiter), known)
    if '"' not in text:
        return Reading(plain.rows)
    try:
        quoted = _split(_quoted_rows(text, delimiter, strict=True), known)
    except _QuotesDoNotPair as error:
        return _read_with_unpaired_quotes(plain, delimiter, error.line)
    if not _quotes_enclose_cells(plain, quoted, trust_quotes=delimiter != "\t" and not pasted):
        return Reading(plain.rows)
    return Reading(quoted.rows, _suspicions(plain, quoted))


def _delimiter(text: str, known: Collection[str]) -> str:
    """The delimiter under which most column names are recognised; else the one that cuts most."""
    best, best_score = DELIMITERS[0], (0, 0)
    for delimiter in DELIMITERS:
        for rows in (
            _plain_rows(text, delimiter),
            _quoted_rows(text, delimiter, strict=False),
        ):
            first = tuple(islice(_until_unreadable(rows), _HEADER_IS_WITHIN))
            if first:
                header = find_header(first, known)
                score = (header.recognised, len(first[header.index].cells))
                if score > best_score:
                    best, best_score = delimiter, score
    return best


def _until_unreadable(rows: Iterator[Row]) -> Iterator[Row]:
    try:
        yield from rows
    except _QuotesDoNotPair:
        return


def _split(rows: Iterator[Row], known: Collection[str]) -> _Split:
    found = tuple(islice(rows, MAX_ROWS + 1))
    if len(found) > MAX_ROWS:
        raise too_many_rows()
    if not found:
        raise TableRefused(
            "There is nothing in it. Copy the header row together with the rows below."
        )
    return _Split(found, find_header(found, known))


def _plain_rows(text: str, delimiter: str) -> Iterator[Row]:
    for number, line in enumerate(_lines(text, delimiter), start=1):
        cells = tuple(line.rstrip("\r\n").split(delimiter))
        if not is_blank(cells):
            yield _row(number, cells)


def _quoted_rows(text: str, delimiter: str, *, strict: bool) -> Iterator[Row]:
    reader = csv.reader(_lines(text, delimiter), delimiter=delimiter, strict=strict)
    start = 1
    while True:
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            # Unclosed at the end, more text after a closing mark, or a cell that never ends.
            raise _QuotesDoNotPair(start) from error
        if not is_blank(cells):
            yield _row(start, cells)
        start = reader.line_num + 1


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """With their ends. Lines are what spreadsheets call so: str.splitlines() breaks at more."""
    for match in _LINE.finditer(text):
        line = match.group()
        if line.count(delimiter) > _MAX_DELIMITERS_IN_LINE:
            raise too_many_columns()
        yield line


def _row(number: int, cells: tuple[str, ...]) -> Row:
    if len(cells) > MAX_COLUMNS and not is_blank(cells[MAX_COLUMNS:]):
        raise too_many_columns()
    return Row(number, cells[:MAX_COLUMNS])


def _quotes_enclose_cells(plain: _Split, quoted: _Split, *, trust_quotes: bool) -> bool:
    if plain.ragged != quoted.ragged:
        return quoted.ragged < plain.ragged
    if len(quoted.rows) < len(plain.rows) and not plain.ragged:
        # Every line is a whole row by itself: marks that join lines are part of the text.
        return False
    return trust_quotes or _written_by_a_program(plain)


def _written_by_a_program(plain: _Split) -> bool:
    """Whether cells are enclosed in marks that no person typed: around names, or doubled inside."""
    header = plain.rows[plain.header.index].cells
    if any(_is_enclosed(cell) for cell in header):
        return True
    return any(
        _is_enclosed(cell) and '""' in cell[1:-1] for row in plain.rows for cell in row.cells
    )


def _is_enclosed(cell: str) -> bool:
    return len(cell) > 2 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', "")


def _read_with_unpaired_quotes(plain: _Split, delimiter: str, line: int) -> Reading:
    if not plain.ragged:
        notes: tuple[str, ...] = ()
        if delimiter != "\t":
            notes = ("Quotation marks were read as ordinary characters: they do not pair.",)
        return Reading(plain.rows, notes)
    if delimiter == "\t":
        note = (
            f"The quotation marks from line {line} on do not pair, so they were read as ordinary "
            "characters. If a cell holds several lines, close its quotation mark."
        )
        return Reading(plain.rows, (note,))
    raise TableRefused(
        f"The quotation marks of the row that starts on line {line} do not pair: one is open, "
        "or one stands inside a cell without being doubled. Everything after it would be one cell. "
        "Correct it, or save the table as .xlsx."
    )


def _suspicions(plain: _Split, quoted: _Split) -> tuple[str, ...]:
    """Rows over several lines of which each looks like a row: a mark may have swallowed them."""
    width = quoted.header.width
    widths = {row.number: len(row.cells) for row in plain.rows}
    starts = [row.number for row in quoted.rows]
    last_line = plain.rows[-1].number
    notes = []
    for start, following in zip(starts, [*starts[1:], last_line + 1], strict=True):
        inner = [widths[line] for line in range(start + 1, following - 1) if line in widths]
        if width > 1 and inner and all(found == width for found in inner):
            notes.append(
                f"The row that starts on line {start} runs to line {following - 1}, and the lines "
                "between look like rows themselves: is a closing quotation mark missing?"
            )
    return tuple(notes)
