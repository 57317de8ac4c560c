"""One table in the ways in which it may arrive."""

import csv
import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from submissions.operations.importing import Upload


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
