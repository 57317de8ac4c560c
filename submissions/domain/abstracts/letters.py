"""Styled letters (bold, script, double-struck …) as the characters Unicode has for them.

Browsers that follow MathML Core know only one value of ``mathvariant``, "normal"; every other
style has to be spelled with the Mathematical Alphanumeric Symbols block (U+1D400 to U+1D7FF and
its older exceptions).
"""

import unicodedata
from functools import lru_cache

# The value of mathvariant, then the words that begin the character's name: in the block, and
# outside it for the letters Unicode already had (Planck constant, real numbers, black-letter C
# …).
_NAMES = {
    "bold": ("MATHEMATICAL BOLD",),
    "italic": ("MATHEMATICAL ITALIC",),
    "bold-italic": ("MATHEMATICAL BOLD ITALIC", "MATHEMATICAL BOLD"),
    "script": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "fraktur": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
    "double-struck": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "sans-serif": ("MATHEMATICAL SANS-SERIF",),
    "sans-serif-italic": ("MATHEMATICAL SANS-SERIF ITALIC",),
    "monospace": ("MATHEMATICAL MONOSPACE",),
}


def styled(text: str, variant: str) -> str:
    """Return the text in the style; characters that do not exist in it stay as they are."""
    return "".join(_styled_character(character, variant) for character in text)


@lru_cache(maxsize=2048)
def _styled_character(character: str, variant: str) -> str:
    words = unicodedata.name(character, "").split()
    if not words or words[0] not in {"LATIN", "GREEK", "DIGIT"}:
        return character
    tail = " ".join(word for word in words if word not in {"LATIN", "GREEK", "LETTER"})
    for beginning in _NAMES.get(variant, ()):
        try:
            return unicodedata.lookup(f"{beginning} {tail}")
        except KeyError:
            continue
    return character
