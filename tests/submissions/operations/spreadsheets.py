"""Tables as they may arrive, and taking them in."""

import csv
import io
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from submissions.models import Meeting
from submissions.operations.importing import Upload, import_talks
from tests.make import NOW

ROW = {
    "First name": "Clár-Bríd",
    "Surname": "Example",
    "E-mail": "clar@example.org",
    "Affiliation": "Institute of Rings; University of Examples",
    "Co-authors": "Sample, Bo;",
    "Title": "Rings",
    "Astronomy area": "Galaxies, ",
    "ML area": "convolutional neural networks",
    "Format": "Poster",
    "Abstract": "Text with $c > b$.",
    "Remarks": "Early, please",
}


def upload(*rows: Mapping[str, str], name: str = "talks.csv") -> Upload:
    """A file whose columns are those of the first row."""
    header = list(rows[0])
    lines = [header, *([row.get(column, "") for column in header] for row in rows)]
    text = "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    return Upload(text.encode(), name=name)


def take(meeting: Meeting, *rows: Mapping[str, str], later: int = 0) -> dict[str, int]:
    plan = import_talks(meeting, upload(*rows), by=None, at=NOW + timedelta(hours=later))
    return plan.counts


def counts(new: int = 0, changed: int = 0, same: int = 0, refused: int = 0) -> dict[str, int]:
    return {"new": new, "changed": changed, "same": same, "refused": refused}


def arriving(path: Path, way: str) -> Upload:
    """A tab-separated file as pasted text, as .xlsx, as .csv, or as UTF-16."""
    text = path.read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n")]
    if way == "pasted":
        return Upload.pasted(text)
    if way == "utf-16":
        return Upload(text.encode("utf-16"), name="talks.txt")
    if way == "csv":
        written = io.StringIO()
        csv.writer(written).writerows(rows)
        return Upload(written.getvalue().encode(), name="talks.csv")
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return Upload(stream.getvalue(), name="talks.xlsx")
