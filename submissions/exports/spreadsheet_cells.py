"""Text for the cells of a spreadsheet, in which nothing is taken for a formula.

Spreadsheet programs run what begins with = + - @ (also full-width, also after blanks or control
characters): OWASP, "CSV Injection". A number keeps its sign.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?%?")
_STARTS: Final = ("=", "+", "-", "@", "\N{MINUS SIGN}")


def defused(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet program might run it.

    >>> defused("=1+1"), defused("-12.5"), defused("plain")
    ("'=1+1", '-12.5', 'plain')
    """
    clean = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    start = unicodedata.normalize("NFKC", clean).lstrip("\"'\N{ZERO WIDTH SPACE}\ufeff \t\n\r")
    if start.startswith(_STARTS) and not _NUMBER.fullmatch(clean.strip()):
        return f"'{clean}"
    return f"'{clean}" if clean.startswith("\t") else clean


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV file as every spreadsheet program opens it: all quoted, CRLF (RFC 4180)."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return written.getvalue()
