"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

LONGEST: Final = 1500
"""Words; comparing longer texts would take noticeably long (the time grows with the square)."""

_WORDS: Final = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: unchanged if `before` and `after` are the same."""

    before: str
    after: str

    @property
    def is_same(self) -> bool:
        return self.before == self.after


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Runs of words that joined give `before` or `after`, but for blanks at their ends.

    >>> [(p.before, p.after) for p in pieces("dark matter", "dark energy")]
    [('dark', 'dark'), (' matter', ' energy')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) > LONGEST or len(new) > LONGEST:
        return (Piece(before, after),)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return tuple(
        Piece("".join(old[old_start:old_end]), "".join(new[new_start:new_end]))
        for _, old_start, old_end, new_start, new_end in matcher.get_opcodes()
    )
