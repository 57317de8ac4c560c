"""Text that looks like an accident: kept as it is, and pointed out."""

import re
import unicodedata
from typing import Final

# Left over by word processors and forms: arrows, boxes, bullets, private and unknown characters.
_JUNK_CATEGORIES: Final = frozenset({"So", "Co", "Cn"})
_JUNK: Final = frozenset("←↑→↓↔⇐⇑⇒⇓⇔¶§†‡•·…_\ufffd")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
# Greek letters drawn like Latin ones. Others are at home in a Latin text: Hα, ΔT.
_GREEK_AS_LATIN: Final = frozenset("οΟΑΒΕΖΗΙΚΜΝΡΤΥΧ")
_BIT: Final = 24


def trailing_junk(text: str) -> str:
    """What stands at the end of a text and belongs to no sentence, such as "→→"; "" if nothing."""
    stripped = text.rstrip()
    end = len(stripped)
    while end and (_is_junk(stripped[end - 1]) or stripped[end - 1].isspace()):
        end -= 1
    return stripped[end:].strip()


def _is_junk(character: str) -> bool:
    if character == "…":
        return False
    return character in _JUNK or unicodedata.category(character) in _JUNK_CATEGORIES


def mixed_script_words(text: str) -> tuple[str, ...]:
    """Words of Latin letters in which single Greek or Cyrillic ones look like Latin."""
    if text.isascii():
        return ()
    words = dict.fromkeys(word for word in _WORD.findall(text) if _is_mixed(word))
    return tuple(words)


def _is_mixed(word: str) -> bool:
    if word.isascii():
        return False
    has_latin = any(unicodedata.name(letter, "").startswith("LATIN") for letter in word)
    return has_latin and any(_looks_latin(letter) for letter in word)


def _looks_latin(letter: str) -> bool:
    return letter in _GREEK_AS_LATIN or unicodedata.name(letter, "").startswith("CYRILLIC")


def shortened(text: str, length: int = _BIT) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
