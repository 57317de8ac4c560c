"""ROR identifiers of research organisations: nine characters after https://ror.org/.

A leading 0, six characters of Crockford's base 32, two check digits (ISO/IEC 7064, MOD 97-10). A
right check proves that the identifier was copied right, not whose it is.
"""

import re
from typing import Final

_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's: without i, l, o and u, which are mistaken for others."""
_SHAPE: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:ror\.org/)?(0[0-9a-hj-km-np-tv-z]{6}[0-9]{2})/?",
    re.ASCII | re.IGNORECASE,
)


class RorNotValid(ValueError):
    """The text is no ROR identifier, or a character of it was mistyped."""


def check_digits(first_seven: str) -> str:
    """The two digits that belong to the first seven characters."""
    number = 0
    for character in first_seven:
        number = number * 32 + _DIGITS.index(character)
    return f"{98 - number * 100 % 97:02d}"


def normalise(text: str) -> str:
    """Return "https://ror.org/0…" for any usual form of an identifier; "" stays "".

    Raises RorNotValid for anything else.
    """
    text = text.strip()
    if not text:
        return ""
    match = _SHAPE.fullmatch(text)
    if match is None:
        message = "A ROR identifier looks like https://ror.org/036f5mx38."
        raise RorNotValid(message)
    bare = match[1].lower()
    if check_digits(bare[:7]) != bare[7:]:
        message = "A character of this ROR identifier seems mistyped: its check does not fit."
        raise RorNotValid(message)
    return f"https://ror.org/{bare}"
