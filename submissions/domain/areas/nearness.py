"""Which phrases of a vocabulary come near a few words: for suggestions only."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_MISSPELT_FROM: Final = 5  # letters; shorter words have too many neighbours
_MISSPELT: Final = 0.9
"""What a word that differs in one letter counts."""
_COMMON: Final = 80
"""A word in more phrases than this tells nothing alone."""
_ENOUGH: Final = 0.6
_BEST: Final = 0.95
"""An inexact match is never certain."""
_AT_MOST: Final = 3

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    slug: str
    because: tuple[int, ...]
    """Positions of the words that gave it, ascending."""
    score: float
    """From 0 to 1: shared over all words (Dice), the mean of weighing by rarity and equally."""


@dataclass(frozen=True, slots=True)
class Nearness:
    phrases: tuple[tuple[str, Keys], ...]
    holders: Mapping[str, tuple[int, ...]]
    """Word -> positions in `phrases`."""
    shortened: Mapping[str, tuple[str, ...]]
    """Word without one of its letters -> words; two that meet differ in a letter or two."""

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, Keys]]) -> "Nearness":
        known = tuple(dict.fromkeys((slug, keys) for slug, keys in phrases if keys))
        holders: dict[str, list[int]] = {}
        for position, (_, keys) in enumerate(known):
            for word in dict.fromkeys(keys):
                holders.setdefault(word, []).append(position)
        shortened: dict[str, list[str]] = {}
        for word in holders:
            for short in _shortened(word):
                shortened.setdefault(short, []).append(word)
        return cls(
            known,
            {word: tuple(at) for word, at in holders.items()},
            {short: tuple(found) for short, found in shortened.items()},
        )

    def nearest(self, keys: Keys) -> tuple[Near, ...]:
        """The areas nearest to these folded words, best first, one phrase each."""
        readings = [dict(self._readings(key)) for key in keys]
        total = sum(self._weight(key, reading) for key, reading in zip(keys, readings, strict=True))
        candidates = {
            position
            for reading in readings
            for word in reading
            if len(self.holders[word]) <= _COMMON
            for position in self.holders[word]
        }
        best: dict[str, Near] = {}
        for position in sorted(candidates):
            near = self._compared(position, readings, total)
            if near.score >= _ENOUGH and near.score > best.get(near.slug, near).score * (
                near.slug in best
            ):
                best[near.slug] = near
        return tuple(sorted(best.values(), key=lambda near: -near.score)[:_AT_MOST])

    def _compared(self, position: int, readings: list[dict[str, float]], total: float) -> Near:
        slug, phrase = self.phrases[position]
        shared, because = 0.0, []
        for at, reading in enumerate(readings):
            hits = [(reading[word], word) for word in phrase if word in reading]
            if hits:
                quality, word = max(hits)
                shared += quality * self._rarity(word)
                because.append(at)
        rare = 2 * shared / (total + sum(self._rarity(word) for word in phrase))
        counted = 2 * len(because) / (len(readings) + len(phrase))
        return Near(slug, tuple(because), round(min(_BEST, (rare + counted) / 2), 2))

    def _readings(self, key: str) -> Iterator[tuple[str, float]]:
        if key in self.holders:
            yield key, 1.0
            return
        for short in _shortened(key):
            for word in self.shortened.get(short, ()):
                if abs(len(word) - len(key)) <= 1:
                    yield word, _MISSPELT

    def _weight(self, key: str, reading: Mapping[str, float]) -> float:
        return max((self._rarity(word) for word in reading), default=self._rarity(key))

    def _rarity(self, word: str) -> float:
        return math.log(1 + len(self.phrases) / (1 + len(self.holders.get(word, ()))))


def _shortened(word: str) -> tuple[str, ...]:
    if not _MISSPELT_FROM <= len(word) <= 40:
        return ()
    return (word, *dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word))))
