"""Comparing names and words: folding for comparison only, never for display."""

import re
import unicodedata
from typing import Final

# Letters that have no decomposition, so that taking accents off leaves them as they are.
_UNDECOMPOSED: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_DASHES: Final = re.compile(r"[-‐‑‒–—―'’ʼ`.]+")


def fold(text: str) -> str:
    """Fold for comparison: no accents, one case, hyphens, dots and apostrophes as one blank.

    >>> fold("Clár-Bríd  O’Neill")
    'clar brid o neill'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    folded = bare.casefold().translate(_UNDECOMPOSED)
    return " ".join(_DASHES.sub(" ", folded).split())
