"""ORCID identifiers: 16 characters with an ISO 7064 MOD 11-2 check character.

A right check character proves that the number was typed right, not whose it is.
"""

import re
from typing import Final

_SHAPE: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:sandbox\.)?(?:orcid\.org/)?"
    r"(\d{4})[-‐–\s]?(\d{4})[-‐–\s]?(\d{4})[-‐–\s]?(\d{3}[\dXx])/?",
    re.ASCII,
)


class OrcidNotValid(ValueError):
    """The text is not an ORCID, or a digit was mistyped."""


class OrcidMistyped(OrcidNotValid):
    """Sixteen characters, but the last does not fit the others."""


def check_character(first_fifteen: str) -> str:
    """The last character that belongs to the first fifteen digits (ISO 7064 MOD 11-2)."""
    total = 0
    for digit in first_fifteen:
        total = (total + int(digit)) * 2
    remainder = (12 - total % 11) % 11
    return "X" if remainder == 10 else str(remainder)


def normalise(text: str) -> str:
    """Return the bare 16 characters, upper case; "" stays "".

    Accepts bare, hyphenated and address forms. Raises OrcidNotValid for anything else.
    """
    text = text.strip()
    if not text:
        return ""
    match = _SHAPE.fullmatch(text)
    if match is None:
        message = "An ORCID has sixteen characters, such as 0000-0002-1825-0097."
        raise OrcidNotValid(message)
    bare = "".join(match.groups()).upper()
    if check_character(bare[:15]) != bare[15]:
        message = (
            "A digit of this ORCID seems mistyped: its last character does not fit the others."
        )
        raise OrcidMistyped(message)
    return bare


def hyphenated(bare: str) -> str:
    """The form people read: 0000-0002-1825-0097."""
    return "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))
