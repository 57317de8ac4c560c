"""The sheet of an .xlsx file that holds talks, into rows; the only module that uses openpyxl."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from submissions.domain.abstracts.characters import clean
from submissions.importers.headers import find_header
from submissions.importers.rows import (
    MAX_COLUMNS,
    MAX_ROWS,
    Reading,
    Row,
    TableRefused,
    counted,
    is_blank,
    too_many_columns,
    too_many_rows,
)
from submissions.importers.workbook_parts import SheetFacts, inspect, sheet_parts

if TYPE_CHECKING:
    from openpyxl import Workbook

# What openpyxl and the standard library let through when a file is not what it says.
_DAMAGE: Final = (
    ArithmeticError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # ElementTree's ParseError is one
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
_LOOKED_AT: Final = 60
# So Excel writes control characters of a cell: line ends and tabs mean something.
_ESCAPED: Final = re.compile(r"_x00(0[0-9A-F]|1[0-9A-F])_", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    is_hidden: bool
    facts: SheetFacts


def read_workbook(content: bytes, known: Collection[str] = ()) -> tuple[str, Reading]:
    """Return the name of the sheet that was taken and its rows; `known` are surely column names.

    Raises TableRefused for a damaged or oversized file, or one without any row.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            facts = inspect(archive)
            parts = sheet_parts(archive)
        with warnings.catch_warnings():
            # About what openpyxl would lose if it wrote the file back.
            warnings.simplefilter("ignore")
            return _read(
                content, {name: facts[part] for name, part in parts.items() if part in facts}, known
            )
    except _DAMAGE as error:
        raise TableRefused(
            "This Excel file is damaged or uses something that cannot be read. "
            "Copy the cells and paste them, or save the sheet as .csv."
        ) from error


def _read(
    content: bytes, facts: dict[str, SheetFacts], known: Collection[str]
) -> tuple[str, Reading]:
    with closing(
        load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    ) as book:
        sheets = [
            _Sheet(sheet.title, sheet.sheet_state != "visible", facts[sheet.title])
            for sheet in book.worksheets
            if sheet.title in facts
        ]
        sheets.sort(key=lambda sheet: sheet.is_hidden)
        taken = _choose(book, sheets, known)
        if taken.facts.last_column > MAX_COLUMNS:
            raise too_many_columns()
        rows = tuple(islice(_rows(book, taken), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise too_many_rows()
    others = [sheet.name for sheet in sheets if sheet is not taken]
    return taken.name, Reading(rows, _notes(taken, others, rows))


def _choose(book: "Workbook", sheets: list[_Sheet], known: Collection[str]) -> _Sheet:
    """The first sheet whose column names are recognised; else the one that comes closest."""
    best, best_score = None, -1
    for sheet in sheets:
        first = tuple(islice(_rows(book, sheet), _LOOKED_AT))
        if not first:
            continue
        header = find_header(first, known)
        if header.is_certain:
            return sheet
        if header.recognised > best_score:
            best, best_score = sheet, header.recognised
    if best is None:
        raise TableRefused("There is nothing in the sheets of this file.")
    return best


def _rows(book: "Workbook", sheet: _Sheet) -> Iterator[Row]:
    found = book[sheet.name].iter_rows(
        min_row=1,
        max_row=max(sheet.facts.last_row, 1),
        min_col=1,
        max_col=min(max(sheet.facts.last_column, 1), MAX_COLUMNS),
        values_only=True,
    )
    for number, values in enumerate(found, start=1):
        cells = tuple(map(_text, values))
        if not is_blank(cells):
            yield Row(number, _trimmed(cells))


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _text(value: Any) -> str:
    """A cell as a person sees it, near enough: dates in ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(_ESCAPED.sub(_unescape, value))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        at_midnight = value.time() == time.min
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    return str(value)


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 16))


def _notes(taken: _Sheet, others: list[str], rows: tuple[Row, ...]) -> tuple[str, ...]:
    filled = {row.number for row in rows}
    notes = []
    if others:
        names = ", ".join(f"“{name}”" for name in others)
        notes.append(f"The sheet “{taken.name}” was read. Not read: {names}.")
    hidden = [number for number in taken.facts.hidden_rows if number in filled]
    if hidden:
        notes.append(f"Hidden rows are read like the others: {counted(hidden)}.")
    if merged := taken.facts.merged:
        shown = ", ".join(merged[:5]) + (f" and {len(merged) - 5} more" if len(merged) > 5 else "")
        notes.append(f"Of merged cells only the first has a value: {shown}.")
    if unknown := taken.facts.without_result:
        shown = ", ".join(unknown[:5]) + (
            f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        )
        notes.append(
            f"Formulas without a stored result are read as blank: {shown}. "
            "Open the file in a spreadsheet program and save it once."
        )
    return tuple(notes)
