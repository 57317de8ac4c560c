"""Letters of different scripts in one word: often one that only looks like the right one.

A hint for people, never a reason to refuse: some names are written so on purpose.
"""

import unicodedata
from typing import Final

_CONFUSABLE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
"""Scripts whose letters look alike. CJK beside Latin is ordinary and mistaken for nothing."""


def mixed_words(text: str) -> tuple[str, ...]:
    """The words that hold letters of two scripts that look alike, such as a Cyrillic "а".

    >>> mixed_words("Jаne Doe")
    ('Jаne',)
    """
    if text.isascii():
        return ()
    return tuple(word for word in text.split() if len(_scripts(word)) > 1)


def _scripts(word: str) -> set[str]:
    found = {unicodedata.name(letter, "").split(" ", 1)[0] for letter in word if letter.isalpha()}
    return found & _CONFUSABLE
