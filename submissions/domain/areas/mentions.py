"""Where phrases stand in a title and an abstract."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Generic, Protocol, TypeVar

from submissions.domain.areas.passages import SORTING, Clause, Passage, Tokens, folded

Found = TypeVar("Found")
Found_co = TypeVar("Found_co", covariant=True)

_CONTRAST: Final = 0.25
"""For what is named only to say that it is not used, or is what others do."""
_SORTED: Final = 0.4
"""For what a classifier tells apart: the classes are rarely the subject, one by one."""
_REACH: Final = 4  # words after one of these that it speaks of
_FAR_REACH: Final = 8
_HEAD: Final = 4  # letters
_AT_ONCE: Final = 8  # words of the longest phrase
_ONE_PIECE: Final = re.compile(r"[\w \-‐‑/.'’&+]+")
_AGAINST: Final = folded("without unlike instead not no nor neither avoiding")
_COMPARED: Final = folded(
    "ordinary usual plain than outperform outperforms outperforming outperformed traditional "
    "conventional previous existing baseline versus compared comparison earlier popular "
    "established standard"
)


@dataclass(slots=True)
class Keys:
    """The joined keys of phrases, to pass quickly over words that begin none."""

    every: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    longest: int = 0

    def add(self, key: str) -> None:
        self.every.add(key)
        self.heads.add(key[:_HEAD])
        self.longest = max(self.longest, len(key))

    def may_begin_with(self, key: str) -> bool:
        return len(key) < _HEAD or key[:_HEAD] in self.heads


class Index(Protocol[Found_co]):
    """What knows phrases: a lexicon, or the signs of a field."""

    @property
    def keys(self) -> Keys: ...

    def found(self, key: str, tokens: Tokens, text: str) -> Found_co | None: ...

    def is_silent(self, found: object, /) -> bool:
        """Whether a phrase only says what it does not mean; shorter ones in it may say more."""


@dataclass(frozen=True, slots=True)
class Mention(Generic[Found]):
    found: Found
    key: str
    words: tuple[str, ...]
    """As they stand in the text, each an exact part of it."""
    place: float
    """What the place counts, from 0 to 1."""
    in_title: bool
    within: Found | None = None
    """The silent phrase that it is a part of."""
    is_name: bool = False
    """Whether it is what a title calls a program: "Supernova: fast proofs"."""


def mentions(passage: Passage, index: Index[Found]) -> Iterator[Mention[Found]]:
    """The longest phrases from left to right, none overlapping."""
    for clause in passage.clauses:
        at = 0
        while at < len(clause.tokens):
            if not index.keys.may_begin_with(clause.tokens[at].key):
                at += 1
                continue
            last, found = _longest(clause, at, len(clause.tokens), index)
            if found is not None and last - at > 1:
                tail, more = _longest(clause, last - 1, len(clause.tokens), index)
                if more is not None and tail > last:  # "high-redshift galaxy clusters"
                    last, found = _longest(clause, at, last - 1, index)
            if found is not None:
                yield _mention(clause, at, last, found)
                if index.is_silent(found):
                    yield from _inside(clause, at, last, found, index)
            at = last


def _inside(
    clause: Clause, first: int, end: int, outer: Found, index: Index[Found]
) -> Iterator[Mention[Found]]:
    at = first
    while at < end:
        last, found = _longest(clause, at, end - 1 if at == first else end, index)
        if found is not None:
            yield replace(_mention(clause, at, last, found), within=outer)
        at = last


def _longest(clause: Clause, first: int, end: int, index: Index[Found]) -> tuple[int, Found | None]:
    best, at = None, first + 1
    keys, key = index.keys, ""
    for last in range(first + 1, min(end, first + _AT_ONCE) + 1):
        key += clause.tokens[last - 1].key
        if len(key) > keys.longest:
            break
        if key in keys.every:
            tokens = clause.tokens[first:last]
            found = index.found(key, tokens, clause.text[tokens[0].start : tokens[-1].end])
            if found is not None:
                best, at = found, last
    return at, best


def _mention(clause: Clause, first: int, last: int, found: Found) -> Mention[Found]:
    tokens = clause.tokens[first:last]
    piece = clause.text[tokens[0].start : tokens[-1].end]
    pieces = (piece,) if _ONE_PIECE.fullmatch(piece) else tuple(_apart(tokens, clause.text))
    return Mention(
        found,
        "".join(token.key for token in tokens),
        pieces,
        clause.place * _contrast(clause, first),
        clause.in_title,
        is_name=clause.is_name,
    )


def _apart(tokens: Tokens, text: str) -> Iterator[str]:
    seen = None
    for token in tokens:
        if (token.start, token.end) != seen:
            yield from text[token.start : token.end].split()
        seen = (token.start, token.end)


def _contrast(clause: Clause, at: int) -> float:
    """Less for what is named only to say that it is not used, or is what others do."""
    far = {token.key for token in clause.tokens[max(0, at - _FAR_REACH) : at]}
    near = {token.key for token in clause.tokens[max(0, at - _REACH) : at]}
    if far & _AGAINST or (not clause.in_title and near & _COMPARED):
        return _CONTRAST
    if not clause.in_title and (clause.lists_classes or (SORTING & far and "into" in far)):
        return _SORTED
    return 1.0
