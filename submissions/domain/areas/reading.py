"""One part of a text read by the exact rules: whole phrases, and qualifier plus head."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from submissions.domain.areas.folding import Token, joined
from submissions.domain.areas.grammar import ARTICLES, BOUNDARIES, NEGATIONS, PLAIN
from submissions.domain.areas.vocabulary import Entry, Use, Vocabulary

Tokens = tuple[Token, ...]

_ABBREVIATION: Final = 4  # letters; keys as short as this match whole words only
_LONGEST_INVERTED: Final = 3  # words on either side of "of"
_STOPS: Final = BOUNDARIES - ARTICLES
_SURE: Final = 0.7
_HINTED: Final = 0.65
_DOUBTFUL: Final = 0.4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An area that a person may confirm."""

    slug: str
    because: tuple[str, ...]
    """The words that gave it, as they stand in the text."""
    score: float
    """From 0 to 1, to rank suggestions of one text; not a probability."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A noun phrase with words that the vocabulary does not know."""

    tokens: Tokens
    unknown: frozenset[int]
    """Their positions."""


@dataclass(frozen=True, slots=True)
class Reading:
    slugs: tuple[str, ...]
    suggestions: tuple[Suggestion, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    first: int
    last: int
    """Exclusive."""
    entry: Entry
    sure: bool
    """False: these letters in another case are a word of their own."""


def whole(tokens: Tokens, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The areas of a phrase that is in the vocabulary as it stands, () if it is not."""
    match = _match(tokens, 0, len(tokens), joined(tokens), vocabulary) if tokens else None
    return match.entry.slugs if match and match.sure and match.entry.use is not Use.HINT else ()


def is_loose(tokens: Tokens, vocabulary: Vocabulary) -> bool:
    """Whether these words are a phrase that says little alone."""
    entry = vocabulary.entries.get(joined(tokens))
    return entry is not None and entry.use is not Use.PHRASE


def read(tokens: Tokens, vocabulary: Vocabulary) -> Reading:
    """Read a part; several areas may stand in it: "Submm Galaxies" gives two."""
    if found := whole(tokens, vocabulary):
        return Reading(found)
    matches = _inverted(tokens, list(_scan(tokens, vocabulary)), vocabulary)
    unknown = _unknown(tokens, matches, vocabulary)
    clear, alone = not unknown, len(matches) == 1 and _is_alone(tokens, matches[0])
    starts = [match.first for match in matches]
    slugs: list[str] = []
    suggestions: list[Suggestion] = []
    unread: list[Unread] = []
    for first, last in _noun_phrases(tokens, matches):
        here = matches[bisect_left(starts, first) : bisect_left(starts, last)]
        tags: list[str] = []
        for match in here:
            if _tags(match, tokens, clear=clear, alone=alone):
                tags += match.entry.slugs
            else:
                suggestions += _doubts(match, tokens)
        slugs += _without_ancestors(tags, vocabulary)
        unread += _unread(tokens[first:last], first, here, unknown)
    return Reading(_without_shelves(slugs, vocabulary), tuple(suggestions), tuple(unread))


def _unread(
    phrase: Tokens, first: int, matches: list[_Match], unknown: frozenset[int]
) -> Iterator[Unread]:
    hinted = {at for match in matches for at in range(match.first, match.last)}
    strange = frozenset(
        at for at in range(len(phrase)) if first + at in unknown and first + at not in hinted
    )
    if strange:
        yield Unread(phrase, strange)


def is_plain(tokens: Tokens, vocabulary: Vocabulary) -> bool:
    return all(_plain(token, vocabulary) for token in tokens)


def _without_ancestors(slugs: list[str], vocabulary: Vocabulary) -> list[str]:
    """Within one noun phrase the narrower area says it all: "deep generative diffusion models"."""
    above = {a for slug in slugs for a in vocabulary.ancestors.get(slug, ())}
    return [slug for slug in dict.fromkeys(slugs) if slug not in above]


def _without_shelves(slugs: list[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    above = {a for slug in slugs for a in vocabulary.ancestors.get(slug, ())}
    unwanted = above & vocabulary.shelves
    return tuple(slug for slug in dict.fromkeys(slugs) if slug not in unwanted)


def _scan(tokens: Tokens, vocabulary: Vocabulary) -> Iterator[_Match]:
    """The longest phrases from left to right, none overlapping."""
    at = 0
    while at < len(tokens):
        match = _longest(tokens, at, len(tokens), vocabulary)
        if match and _tail(tokens, match, vocabulary):
            match = _longest(tokens, at, match.last - 1, vocabulary)
        if match:
            yield match
        at = match.last if match else at + 1


def _tail(tokens: Tokens, match: _Match, vocabulary: Vocabulary) -> bool:
    """Whether its last word belongs to what follows: "high-redshift galaxy clusters"."""
    if match.last - match.first < 2:
        return False
    tail = _longest(tokens, match.last - 1, len(tokens), vocabulary)
    return bool(tail and tail.last > match.last and tail.sure and tail.entry.use is Use.PHRASE)


def _longest(tokens: Tokens, first: int, end: int, vocabulary: Vocabulary) -> _Match | None:
    best: _Match | None = None
    key = ""
    for last in range(first + 1, end + 1):
        key += tokens[last - 1].key
        if len(key) > vocabulary.longest:
            break
        match = _match(tokens, first, last, key, vocabulary)
        if match and (match.sure or best is None):
            best = match
    return best


def _match(
    tokens: Tokens, first: int, last: int, key: str, vocabulary: Vocabulary
) -> _Match | None:
    entry = vocabulary.entries.get(key)
    if entry is None:
        return None
    if len(key) <= _ABBREVIATION and not _is_one_word(tokens[first + 1 : last]):
        return None
    return _Match(first, last, entry, _in_these_letters(tokens[last - 1], key, entry.spelling))


def _is_one_word(rest: Tokens) -> bool:
    """Whether words follow the first one as in "U-Net", "k NN" or "SN Ia"; not as in "G P"."""
    return all(token.tight for token in rest) or (len(rest) == 1 and len(rest[0].key) > 1)


def _in_these_letters(token: Token, key: str, spelling: str) -> bool:
    if len(key) < len(token.text) <= _ABBREVIATION and token.text.isupper() and len(key) <= 2:
        return False  # "GPS" is not the plural of "GP"
    return not spelling or token.text in (spelling, f"{spelling}s", f"{spelling}'s")


def _inverted(tokens: Tokens, matches: list[_Match], vocabulary: Vocabulary) -> list[_Match]:
    """Read "formation of galaxies" as "galaxies formation" where that is a known phrase."""
    covered = {at for match in matches for at in range(match.first, match.last)}
    turned: list[_Match] = []
    for at, token in enumerate(tokens):
        if token.key != "of" or at in covered:
            continue
        first, last = _reach_back(tokens, at), _reach_on(tokens, at)
        words = tuple(
            t for t in (*tokens[at + 1 : last], *tokens[first:at]) if t.key not in ARTICLES
        )
        entry = vocabulary.entries.get(joined(words))
        if entry and entry.use is Use.PHRASE and not entry.spelling and len(words) > 1:
            turned.append(_Match(first, last, entry, sure=True))
    if not turned:
        return matches
    taken = {at for match in turned for at in range(match.first, match.last)}
    kept = [m for m in matches if m.first not in taken and m.last - 1 not in taken]
    return sorted([*kept, *turned], key=lambda match: match.first)


def _reach_back(tokens: Tokens, at: int) -> int:
    first = at
    while first > 0 and at - first < _LONGEST_INVERTED and tokens[first - 1].key not in BOUNDARIES:
        first -= 1
    return first


def _reach_on(tokens: Tokens, at: int) -> int:
    last = at + 1
    while last < len(tokens) and last - at <= _LONGEST_INVERTED + 1:
        if tokens[last].key in _STOPS:
            break
        last += 1
    return last


def _noun_phrases(tokens: Tokens, matches: list[_Match]) -> Iterator[tuple[int, int]]:
    inside = {at for match in matches for at in range(match.first + 1, match.last)}
    starts = {match.first for match in matches}
    first = 0
    for at, token in enumerate(tokens):
        if token.key in BOUNDARIES and at not in inside and at not in starts:
            if at > first:
                yield first, at
            first = at + 1
    if first < len(tokens):
        yield first, len(tokens)


def _unknown(tokens: Tokens, matches: list[_Match], vocabulary: Vocabulary) -> frozenset[int]:
    """Where the words stand that are neither understood nor plain."""
    understood = (match for match in matches if match.entry.use is not Use.HINT)
    covered = {at for match in understood for at in range(match.first, match.last)}
    return frozenset(
        at for at, token in enumerate(tokens) if at not in covered and not _plain(token, vocabulary)
    )


def _is_alone(tokens: Tokens, match: _Match) -> bool:
    """Whether only everyday words stand beside it: "astronomy data analysis"."""
    return all(_is_everyday(token) for token in (*tokens[: match.first], *tokens[match.last :]))


def _plain(token: Token, vocabulary: Vocabulary) -> bool:
    return token.key in vocabulary.plain or _is_everyday(token)


def _is_everyday(token: Token) -> bool:
    key = token.key
    return key in PLAIN or key in BOUNDARIES or len(key) == 1 or key.isdigit()


def _tags(match: _Match, tokens: Tokens, *, clear: bool, alone: bool) -> bool:
    if not match.sure or match.entry.use is Use.HINT or _negated(tokens, match.first):
        return False
    return match.entry.use is Use.PHRASE or (clear and match.entry.use is Use.WEAK) or alone


def _negated(tokens: Tokens, at: int) -> bool:
    return any(token.key in NEGATIONS for token in tokens[max(0, at - 4) : at])


def _doubts(match: _Match, tokens: Tokens) -> Iterator[Suggestion]:
    because = tuple(dict.fromkeys(token.text for token in tokens[match.first : match.last]))
    score = _SURE if match.sure and not _negated(tokens, match.first) else _DOUBTFUL
    if match.entry.use is Use.HINT:
        score = min(score, _HINTED)
    return (Suggestion(slug, because, score) for slug in match.entry.slugs)
