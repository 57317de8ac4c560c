"""Whether a text is about astronomy at all, and whether machine learning is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from submissions.domain.areas.evidence import is_whole, spelling_of
from submissions.domain.areas.folding import Token, joined, words
from submissions.domain.areas.mentions import Keys, mentions
from submissions.domain.areas.passages import Passage


class Field(StrEnum):
    ASTRONOMY = "astronomy"
    ELSEWHERE = "elsewhere"
    """Another science, or everyday life."""
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase that tells which field a text belongs to."""

    field: Field
    weight: float
    text: str
    exact: bool = False


_IN_TITLE: Final = 3.0
_ENOUGH: Final = 2.5
"""One clear word in a title, or three in an abstract whose title has none."""
_UNSUPPORTED: Final = 4.5
"""What a title must have alone where a long abstract never comes back to astronomy."""
_LONG: Final = 25
"""Words from which an abstract would name its subject."""
_MOST: Final = 9.0
"""A long abstract may not outweigh every sign of another field."""

_Known = tuple[float, str]


@dataclass(slots=True)
class Signs:
    """The signs of one field, indexed."""

    known: dict[str, _Known] = field(default_factory=dict)
    keys: Keys = field(default_factory=Keys)

    def found(self, key: str, tokens: tuple[Token, ...], text: str) -> float | None:
        if not is_whole(key, tokens):
            return None
        weight, spelling = self.known[key]
        if spelling and text not in (spelling, f"{spelling}s", f"{spelling}'s"):
            return None
        return weight

    def is_silent(self, _found: object, /) -> bool:
        """A borrowed word is no sign, and neither is a part of it: "Samsung Galaxy"."""
        return False


def index_signs(signs: Iterable[Sign]) -> Mapping[Field, Signs]:
    made = {each: Signs() for each in Field}
    for sign in signs:
        key = joined(words(sign.text))
        spelling = sign.text if sign.exact else spelling_of(sign.text)
        into = made[sign.field]
        if key not in into.known or into.known[key][0] < sign.weight:
            into.known[key] = (sign.weight, spelling)
            into.keys.add(key)
    return made


def is_astronomy(passage: Passage, signs: Mapping[Field, Signs]) -> bool:
    """Whether the signs of astronomy outweigh those of other fields.

    A title that borrows a word ("dark matter of the genome") is found out by what else is there.
    """
    title, abstract = _weighed(passage, signs[Field.ASTRONOMY])
    other_title, other_abstract = _weighed(passage, signs[Field.ELSEWHERE])
    balance = min(title + abstract, _MOST) - other_title - other_abstract
    if passage.abstract_words >= _LONG and not abstract:
        return balance >= _UNSUPPORTED
    return balance >= _ENOUGH


def has_learning(passage: Passage, signs: Mapping[Field, Signs]) -> bool:
    return sum(_weighed(passage, signs[Field.LEARNING])) > 0


def _weighed(passage: Passage, signs: Signs) -> tuple[float, float]:
    """What distinct signs in title and abstract add up to; said again in an abstract, half."""
    title: dict[str, float] = {}
    abstract: dict[str, float] = {}
    for mention in mentions(passage, signs):
        if mention.is_name:
            continue
        if mention.found > 0 and mention.in_title:
            title[mention.key] = mention.found * _IN_TITLE
        elif mention.found > 0:
            again = abstract.get(mention.key, 0.0)
            abstract[mention.key] = min(again + mention.found * (0.5 if again else 1.0), 2.0)
    return sum(title.values()), sum(abstract.values())
