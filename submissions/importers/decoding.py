"""From bytes to text: the kind of file, how its letters are encoded, what must not be in it."""

import codecs
import io
import re
import zipfile
from typing import Final

from submissions.importers.rows import MAX_BYTES, TableRefused

XLSX_MAIN_PART: Final = "xl/workbook.xml"

_ADVICE: Final = "Save it as .xlsx, .csv or .tsv, or copy the cells and paste them."
# Longer marks first: the one of UTF-32 begins like the one of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN: Final = (
    (b"\xd0\xcf\x11\xe0", "This is an old Excel file (.xls) or one with a password."),
    (b"%PDF", "This is a PDF."),
    (b"{\\rtf", "This is a word-processor document."),
    (b"\x1f\x8b", "This is a compressed file."),
    (b"Rar!", "This is a compressed file."),
    (b"7z\xbc\xaf", "This is a compressed file."),
)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head|body|table|meta)\b", re.IGNORECASE
)
# No text needs these, and the database or a printed page would choke on them. Other line and page
# breaks stay: they separate words, and a cell's own cleaning knows what to make of them.
_NOT_TEXT: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_MISREAD: Final = re.compile("[ÂÃ][\x80-¿ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€")


def is_workbook(content: bytes) -> bool:
    """Whether these are the bytes of an .xlsx file. Raises TableRefused for other packed files."""
    if not content.startswith(b"PK"):
        return False
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise TableRefused(f"This file is damaged: it cannot be unpacked. {_ADVICE}") from error
    if XLSX_MAIN_PART in names:
        return True
    if "xl/workbook.bin" in names:
        kind = "This is a binary Excel file (.xlsb)."
    elif "Index/Document.iwa" in names or any(name.startswith("Index/") for name in names):
        kind = "This is an Apple Numbers file."
    elif "mimetype" in names and "content.xml" in names:
        kind = "This is an OpenDocument file (.ods)."
    elif "word/document.xml" in names:
        kind = "This is a word-processor document."
    else:
        kind = "This is a packed file without a spreadsheet in it."
    raise TableRefused(f"{kind} {_ADVICE}")


def check_size(size: int) -> None:
    if size > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise TableRefused(
            f"More than {limit} MB. Delete pictures and other sheets, or split the table."
        )


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a delimited file and notes on how it was read; raise TableRefused."""
    for signature, kind in _FOREIGN:
        if content.startswith(signature):
            raise TableRefused(f"{kind} {_ADVICE}")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _with_damage_noted(
                content[len(mark) :].decode(encoding, errors="replace"), encoding
            )
    # A Latin text in UTF-16 is every second byte zero; so is nothing that people call a text file.
    if content.count(0) > len(content) // 10:
        raise TableRefused(f"This is not a text file, or one in UTF-16 without its mark. {_ADVICE}")
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        note = (
            "The file is not UTF-8; it was read as Windows-1252 (Western European). "
            "Look at the accented letters; if they are wrong, save the file as UTF-8."
        )
        return content.decode("cp1252", errors="replace"), (note,)


def _with_damage_noted(text: str, encoding: str) -> tuple[str, tuple[str, ...]]:
    if damaged := text.count("\ufffd"):
        return text, (
            f"{damaged} characters are not valid {encoding.upper()} and are shown as \ufffd.",
        )
    return text, ()


def refuse_web_page(text: str) -> None:
    if _HTML.match(text):
        raise TableRefused(f"This is a web page. {_ADVICE}")


def clean_with_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without characters that are none, and what to know about its letters."""
    notes = []
    cleaned, removed = _NOT_TEXT.subn("", text.removeprefix("\ufeff"))
    if removed:
        notes.append(f"{removed} control characters were removed.")
    if misread := _MISREAD.search(cleaned):
        line = cleaned.count("\n", 0, misread.start()) + 1
        notes.append(
            f"Letters look damaged, such as “{misread.group()}” on line {line}: "
            "the text was probably saved in one encoding and opened in another."
        )
    return cleaned, tuple(notes)
