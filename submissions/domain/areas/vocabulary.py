"""A controlled vocabulary, indexed so that a folded phrase finds its areas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from submissions.domain.areas.folding import joined, words
from submissions.domain.areas.nearness import Nearness
from submissions.domain.areas.variants import variants


class Use(StrEnum):
    """What a wording may do."""

    PHRASE = "phrase"
    """It tags, also inside a longer text. The same wording listed under two areas gives both."""
    WEAK = "weak"
    """It tags where nothing unknown stands beside it, else it suggests: "optical depth"."""
    ALONE = "alone"
    """It tags only as a whole phrase, everyday words aside: "statistics", "data analysis"."""
    HINT = "hint"
    """It only ever suggests."""
    CASED = "cased"
    """It counts only in these very letters, being a word otherwise: RAG, SOM."""
    PLAIN = "plain"
    """A word that says nothing about the area in this column: "galaxy" among methods."""
    SHELF = "shelf"
    """The area (no wording) is for browsing, and left out where one phrase gives a narrower one."""


@dataclass(frozen=True, slots=True)
class Area:
    slug: str
    label: str
    synonyms: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    """Slugs; those that the vocabulary does not hold are passed over."""
    uat_id: int | None = None
    """The concept's number in the Unified Astronomy Thesaurus; 0 is one."""

    @property
    def wordings(self) -> tuple[str, ...]:
        return (self.label, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Wording:
    """Another way to say an area, and how far it is to be trusted."""

    slug: str
    use: Use
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one folded phrase stands for."""

    slugs: tuple[str, ...]
    use: Use = Use.PHRASE
    spelling: str = ""
    """If not empty, the letters in which the last word must stand."""


_WEAK_BELOW: Final = 3  # letters: "GP", "VI", "RF" mean something else too often


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Made by `index`. Texts are compared as joined keys of folded words, see folding.joined."""

    areas: Mapping[str, Area]
    entries: Mapping[str, Entry]
    thesaurus: Mapping[str, Entry]
    """What a whole phrase may be where `entries` know nothing of it."""
    plain: frozenset[str]
    shelves: frozenset[str]
    ancestors: Mapping[str, frozenset[str]]
    longest: int
    """Characters of the longest key."""
    nearness: Nearness


def index(
    areas: Iterable[Area],
    wordings: Iterable[Wording] = (),
    thesaurus: Iterable[Area] = (),
) -> Vocabulary:
    """Index a vocabulary; where two areas claim one phrase, the earlier one has it.

    `thesaurus` may repeat areas with further synonyms. Its phrases count only where `areas` and
    `wordings` are silent, so that loading a large one never changes what the small one finds. A
    phrase that two areas of the thesaurus share is ambiguous and only suggested.
    """
    own, said, more = tuple(areas), tuple(wordings), tuple(thesaurus)
    entries = _own_entries(own)
    _add_wordings(entries, [w for w in said if w.text])
    _add_variants(entries, own, said)
    further = _thesaurus_entries(more, entries, frozenset(area.slug for area in own))
    known = {area.slug: area for area in (*more, *own)}
    keys = [*entries, *further]
    return Vocabulary(
        areas=known,
        entries=entries,
        thesaurus=further,
        plain=frozenset(t.key for w in said if w.use is Use.PLAIN for t in words(w.text)),
        shelves=frozenset(w.slug for w in said if w.use is Use.SHELF),
        ancestors=_ancestors((*own, *more)),
        longest=max(map(len, keys), default=0),
        nearness=Nearness.of(_phrases(own, said, more)),
    )


def with_terms(vocabulary: Vocabulary, terms: Mapping[str, str]) -> Vocabulary:
    """The vocabulary with further phrases: key -> slug. They outweigh what it says of them."""
    if not terms:
        return vocabulary
    added = {key: Entry((slug,)) for key, slug in terms.items() if slug in vocabulary.areas}
    return replace(
        vocabulary,
        entries={**vocabulary.entries, **added},
        longest=max(vocabulary.longest, *map(len, terms)),
    )


def key_of(text: str) -> str:
    return joined(words(text))


def _own_entries(areas: tuple[Area, ...]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for area in areas:
        for wording in area.wordings:
            if key := key_of(wording):
                use = Use.WEAK if len(key) < _WEAK_BELOW else Use.PHRASE
                entries.setdefault(key, Entry((area.slug,), use))
    return entries


def _add_wordings(entries: dict[str, Entry], wordings: list[Wording]) -> None:
    shipped = frozenset(entries)
    for wording in wordings:
        key = key_of(wording.text)
        if not key or wording.use is Use.PLAIN:
            continue
        before = entries.get(key)
        if wording.use is Use.CASED:
            slugs = before.slugs if before else (wording.slug,)
            use = Use.WEAK if len(key) < _WEAK_BELOW else Use.PHRASE
            entries[key] = Entry(slugs, use, wording.text.split()[-1])
        elif before is None:
            entries[key] = Entry((wording.slug,), wording.use)
        elif key not in shipped and wording.slug not in before.slugs:
            entries[key] = Entry((*before.slugs, wording.slug), before.use, before.spelling)
        elif wording.slug in before.slugs and wording.use is not Use.PHRASE:
            entries[key] = Entry(before.slugs, wording.use, before.spelling)


def _add_variants(
    entries: dict[str, Entry], areas: tuple[Area, ...], wordings: tuple[Wording, ...]
) -> None:
    texts = [wording for area in areas for wording in area.wordings]
    texts += [wording.text for wording in wordings if wording.use is Use.PHRASE]
    for text in texts:
        entry = entries.get(key_of(text))
        if entry is None or entry.use in (Use.ALONE, Use.HINT) or entry.spelling:
            continue
        for variant in variants(tuple(token.key for token in words(text))):
            key = "".join(variant)
            use = Use.WEAK if len(key) < _WEAK_BELOW else entry.use
            entries.setdefault(key, Entry(entry.slugs, use))


def _thesaurus_entries(
    areas: tuple[Area, ...], entries: Mapping[str, Entry], own: frozenset[str]
) -> dict[str, Entry]:
    owners: dict[str, list[str]] = {}
    for area in areas:
        for wording in area.wordings:
            key = key_of(wording)
            if (
                key
                and key not in entries
                and area.slug not in (known := owners.setdefault(key, []))
            ):
                known.append(area.slug)
    return {key: _thesaurus_entry(slugs, own) for key, slugs in owners.items()}


def _thesaurus_entry(slugs: list[str], own: frozenset[str]) -> Entry:
    """A further synonym of one of our own areas is stronger than a concept's name."""
    claims = [slug for slug in slugs if slug in own][:1] or slugs
    return Entry(tuple(claims), Use.PHRASE if len(claims) == 1 else Use.HINT)


def _ancestors(areas: tuple[Area, ...]) -> dict[str, frozenset[str]]:
    parents: dict[str, set[str]] = {}
    for area in areas:
        parents.setdefault(area.slug, set()).update(area.parents)
    above: dict[str, frozenset[str]] = {}
    for slug, direct in parents.items():
        seen: set[str] = set()
        waiting = [*direct]
        while waiting:  # a cycle in somebody's thesaurus ends here too
            parent = waiting.pop()
            if parent not in seen and parent in parents:
                seen.add(parent)
                waiting.extend(parents[parent])
        above[slug] = frozenset(seen - {slug})
    return above


def _phrases(
    own: tuple[Area, ...], said: tuple[Wording, ...], more: tuple[Area, ...]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    for area in (*own, *more):
        for text in area.wordings:
            yield area.slug, tuple(token.key for token in words(text))
    for wording in said:
        if wording.use is Use.PHRASE:
            yield wording.slug, tuple(token.key for token in words(wording.text))
