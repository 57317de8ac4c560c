"""Phrases that mean the same as a phrase of a vocabulary, by the habits of the two fields."""

from collections.abc import Iterator
from typing import Final

Keys = tuple[str, ...]

# Folded words. Abbreviations everybody in the field reads as the words.
_ANYWHERE: Final[tuple[tuple[Keys, Keys], ...]] = (
    (("machine", "learning"), ("ml",)),
    (("deep", "learning"), ("dl",)),
    (("reinforcement", "learning"), ("rl",)),
    (("neural", "network"), ("nn",)),
    (("neural", "network"), ("neural", "net")),
    (("artificial", "intelligence"), ("ai",)),
    (("ai",), ("artificial", "intelligence")),
    (("ml",), ("machine", "learning")),
    (("gaussian", "process"), ("gp",)),
    (("gravitational", "wave"), ("gw",)),
    (("black", "hole"), ("bh",)),
)
# The last words of a phrase of two words or more.
_AT_THE_END: Final[tuple[tuple[str, tuple[Keys, ...]], ...]] = (
    ("learning", (("machine", "learning"), ("ml",))),
    ("network", (("net",), ("neural", "network"), ("neural", "net"), ("nn",))),
    ("astronomy", (("astrophysic",), ("science",))),
    ("astrophysic", (("astronomy",), ("science",))),
    ("modeling", (("model",),)),
    ("model", (("modeling",),)),
    ("classification", (("classifier",),)),
    ("detection", (("detector",),)),
    ("estimation", (("estimator",), ("estimate",))),
    ("regression", (("regressor",),)),
)


def variants(keys: Keys) -> Iterator[Keys]:
    """Other wordings of a phrase, as folded words; one may come more than once."""
    for words, others in _ANYWHERE:
        for at in range(len(keys) - len(words) + 1):
            if keys[at : at + len(words)] == words and len(keys) > len(words):
                yield keys[:at] + others + keys[at + len(words) :]
    if len(keys) < 2 or keys[-2:] in (("machine", "learning"), ("neural", "network")):
        return
    for last, endings in _AT_THE_END:
        if keys[-1] == last:
            yield from (keys[:-1] + ending for ending in endings)
