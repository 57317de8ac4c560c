"""Characters that may not reach a page, a calendar or a spreadsheet, removed before anything else.

Removed: control characters (NUL to backspace, shift-out to unit separator, delete and the C1
block), byte order marks, the two code points XML forbids, and the invisible marks that force a
writing direction (U+202A to U+202E, U+2066 to U+2069), which could turn round the text that
follows. Arabic and Hebrew need none of them. Everything a person can see is kept, look-alikes
included.
"""

import re

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    r"""Return the text with ``\n`` as its only line end and nothing invisible that could do harm.

    Half a surrogate pair becomes U+FFFD. Vertical tabs and form feeds, which word processors use
    as line ends, become line ends, so that the words around them stay apart.
    """
    text = _NEWLINES.sub("\n", text).replace("\u2029", "\n\n")
    return _LONE_SURROGATES.sub("\ufffd", _REMOVED.sub("", text))
