"""A look through the parts of an .xlsx file (ECMA-376) before openpyxl may open it.

It bounds what opening can cost (sizes unpacked, entities, elements) and finds what openpyxl does
not tell in its read-only mode: hidden rows, merged cells, formulas whose result was never stored.
"""

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from submissions.importers.decoding import XLSX_MAIN_PART
from submissions.importers.rows import MAX_ROWS, TableRefused, too_many_rows

MAX_UNPACKED: Final = 128 * 1024 * 1024
"""Bytes of all parts, four times what an upload may weigh: text packs that well, bombs better."""
MAX_ELEMENTS: Final = {"worksheet": 4_000_000, "sst": 2_000_000}
"""By root element: the sheets and the table of strings may be long. Formatting may not."""
MAX_OTHER_ELEMENTS: Final = 100_000
_MAX_PARTS: Final = 5_000
_LAST_ROW: Final = 1_048_576
_READ_AT_ONCE: Final = 256 * 1024
_ADVICE: Final = "Copy the cells of the talks and paste them, or save the sheet as .csv."
_OFFICE: Final = "http://schemas.openxmlformats.org"
_SHEET: Final = f"{{{_OFFICE}/spreadsheetml/2006/main}}sheet"
_RELATION_ID: Final = f"{{{_OFFICE}/officeDocument/2006/relationships}}id"
_RELATION: Final = f"{{{_OFFICE}/package/2006/relationships}}Relationship"


@dataclass(slots=True)
class SheetFacts:
    """What one pass over a sheet finds."""

    last_row: int = 0
    """From 1; 0 for an empty sheet."""
    last_column: int = 0
    """From 1; of a cell with something in it."""
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    """Ranges such as "A2:A5"."""
    without_result: list[str] = field(default_factory=list)
    """Cells, such as "C7", with a formula but no stored result."""


def inspect(archive: zipfile.ZipFile) -> dict[str, SheetFacts]:
    """Facts of every sheet by its part; raise TableRefused for what must not be opened."""
    parts = archive.infolist()
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise TableRefused(f"The file unpacks to more than an import reads. {_ADVICE}")
    facts = {}
    for part in parts:
        if (
            part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            or part.flag_bits & 1
        ):
            raise TableRefused(f"The file is packed in a way that Excel does not use. {_ADVICE}")
        found = _Pass().over(archive, part)
        if found is not None:
            facts[part.filename] = found
    return facts


class _Pass:
    """One pass over one part. Not XML (a picture): nothing found, and nothing opened later."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.root = ""
        self.elements = 0
        self.row = self.column = 0
        self.cell = ""
        self.is_string = False
        self.has_formula = self.in_value = self.has_value = False
        self.by_element: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._row,
            "c": self._cell,
            "f": self._formula,
            "v": self._value,
            "is": self._inline,
            "mergeCell": self._merge,
        }

    def over(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> SheetFacts | None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        with archive.open(part) as source:
            while chunk := source.read(_READ_AT_ONCE):
                try:
                    parser.Parse(chunk)
                except expat.ExpatError as error:
                    if self.root == "worksheet":
                        raise TableRefused(f"A sheet of the file is damaged. {_ADVICE}") from error
                    return None
        return self.facts if self.root == "worksheet" else None

    def _doctype(self, *_declaration: object) -> None:
        raise TableRefused(f"The file defines entities, which no spreadsheet does. {_ADVICE}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.root = self.root or local
        self.elements += 1
        if self.elements > MAX_ELEMENTS.get(self.root, MAX_OTHER_ELEMENTS):
            raise TableRefused(f"There is too much in the file. {_ADVICE}")
        if self.root == "worksheet" and (note := self.by_element.get(local)):
            note(attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = _number(attributes.get("r", ""), otherwise=self.row + 1)
        self.column = 0
        if self.row > _LAST_ROW:
            raise too_many_rows()
        self.facts.last_row = max(self.facts.last_row, self.row)
        if attributes.get("hidden") in ("1", "true") and len(self.facts.hidden_rows) <= MAX_ROWS:
            self.facts.hidden_rows.append(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        # Some programs leave the names of cells out: then each stands beside the one before.
        self.cell = attributes.get("r", "")
        self.column = _column(self.cell) or self.column + 1
        self.is_string = attributes.get("t") == "str"
        self.has_formula = self.has_value = False

    def _formula(self, _attributes: dict[str, str]) -> None:
        self.has_formula = True

    def _value(self, _attributes: dict[str, str]) -> None:
        self.in_value = True

    def _inline(self, _attributes: dict[str, str]) -> None:
        self.has_value = True

    def _merge(self, attributes: dict[str, str]) -> None:
        self.facts.merged.append(attributes.get("ref", ""))

    def _text(self, text: str) -> None:
        if self.in_value and text:
            self.has_value = True

    def _end(self, name: str) -> None:
        if self.root != "worksheet":
            return
        local = name.rpartition(":")[2]
        if local == "v":
            self.in_value = False
        elif local == "c" and self.has_value:
            self.facts.last_column = max(self.facts.last_column, self.column)
        # The stored result of a text formula may well be "".
        elif local == "c" and self.has_formula and not self.is_string:
            self.facts.without_result.append(self.cell or f"in row {self.row}")


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name. The archive must have been inspected."""
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - entities refused
    targets = {
        relation.get("Id", ""): relation.get("Target", "") for relation in relations.iter(_RELATION)
    }
    workbook = ET.fromstring(archive.read(XLSX_MAIN_PART))  # noqa: S314 - entities refused
    return {
        sheet.get("name", ""): _part_name(targets.get(sheet.get(_RELATION_ID, ""), ""))
        for sheet in workbook.iter(_SHEET)
    }


def _part_name(target: str) -> str:
    """A relation's target as a member of the archive; never touches the file system."""
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join("xl", target))


def _column(cell: str) -> int:
    """The column of a cell's name, A being 1; 0 if it has none."""
    column = 0
    for letter in cell[:4]:
        if not ("A" <= letter <= "Z"):
            break
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _number(text: str, *, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else otherwise
