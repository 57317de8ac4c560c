"""Suggesting areas for a talk of a meeting: the site's vocabulary and the meeting's own terms."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import uuid4

from django.core.cache import cache

from submissions.domain.areas.evidence import Evidence, Lexicon, Weight, lexicon
from submissions.domain.areas.folding import words
from submissions.domain.areas.suggesting import AreaSuggestions, Suggester
from submissions.domain.areas.vocabulary import Area, Use, Wording
from submissions.importers.evidence import shipped_evidence, signs_of_fields
from submissions.importers.vocabulary import Kind, shipped_areas, shipped_wordings
from submissions.models import AreaOrigin, Meeting
from submissions.operations.area_rows import Row, present_rows
from submissions.operations.meanings import meanings

_SECONDS: Final = 300
"""How long a change to the vocabulary may go unheard, where nobody says that there is one."""
_INDEXED: Final = 8  # lexicons kept per process


@dataclass(frozen=True, slots=True)
class _Known:
    """What the site and the meeting know of one vocabulary."""

    areas: tuple[Area, ...]
    further: tuple[Evidence, ...]
    """Names from the thesaurus, and names given on this site."""
    local: tuple[Evidence, ...]
    """What organisers of the meeting decided."""


def suggest_areas(meeting: Meeting, title: str, abstract: str) -> AreaSuggestions:
    """Areas that can be chosen in this meeting's form; none without any area in the database."""
    suggester = Suggester(
        _made(meeting.pk, Kind.ASTRONOMY, _stamp(meeting)),
        _made(meeting.pk, Kind.ML, _stamp(meeting)),
        signs_of_fields(),
    )
    return suggester.suggest(title, abstract)


def forget_suggestions(meeting: Meeting) -> None:
    """Let the next suggestion hear of a change at once, in whichever process."""
    cache.delete(_key(meeting))


def _key(meeting: Meeting) -> str:
    return f"areas-known:{meeting.pk}"


def _stamp(meeting: Meeting) -> str:
    """What the lexicons of a meeting are kept under; a new one has them made anew."""
    found: str | None = cache.get(_key(meeting))
    if found is None:
        found = uuid4().hex
        cache.set(_key(meeting), found, _SECONDS)
    return found


@lru_cache(maxsize=_INDEXED)
def _made(meeting_pk: int, kind: Kind, _stamp: str) -> Lexicon:
    return _lexicon(kind, _read(Meeting(pk=meeting_pk), kind))


def _read(meeting: Meeting, kind: Kind) -> _Known:
    rows = present_rows(kind)
    shipped = {area.slug: area for area in shipped_areas(kind)}
    areas: list[Area] = []
    further: list[Evidence] = []
    for row in rows.values():
        if row.origin == AreaOrigin.UAT:
            further += _of_concept(row, rows)
            continue
        original = shipped.get(row.slug) if row.origin == AreaOrigin.SHIPPED else None
        names = original.synonyms if original else tuple(row.synonyms)
        label = original.label if original else row.label
        areas.append(Area(row.slug, label, names, tuple(sorted(row.parents)), row.uat_id))
        if original:
            added = [name for name in row.synonyms if name not in original.synonyms]
            further += [_named(row.slug, name) for name in added]
    local = tuple(
        Evidence(each.slug, Weight.SURE if _is_phrase(each.text) else Weight.LIKELY, each.text)
        for each in meanings(meeting, kind)
    )
    return _Known(tuple(areas), tuple(further), local)


def _of_concept(row: Row, rows: dict[str, Row]) -> list[Evidence]:
    """A concept of the thesaurus speaks, a little, for the nearest areas that can be chosen."""
    if not _is_phrase(row.label):
        return []
    seen, nearest, waiting = {row.slug}, set[str](), [*row.parents]
    while waiting and not nearest:
        nearest = {s for s in waiting if s in rows and rows[s].origin != AreaOrigin.UAT}
        seen.update(waiting)
        waiting = [p for s in waiting if s in rows for p in rows[s].parents if p not in seen]
    return [Evidence(slug, Weight.SOME, row.label) for slug in sorted(nearest)]


def _named(slug: str, name: str) -> Evidence:
    return Evidence(slug, Weight.LIKELY if _is_phrase(name) else Weight.SOME, name)


def _is_phrase(text: str) -> bool:
    return len(words(text)) > 1


@lru_cache(maxsize=_INDEXED)
def _lexicon(kind: Kind, known: _Known) -> Lexicon:
    # What is known is the key: looked at again and found the same, nothing is indexed anew.
    wordings: tuple[Wording, ...] = shipped_wordings(kind)
    if not known.areas:
        wordings = tuple(each for each in wordings if each.use is Use.SHELF)
    own = shipped_evidence(kind)
    said = {key for each in own if (key := each.text.casefold())}
    further = tuple(each for each in known.further if each.text.casefold() not in said)
    return lexicon(known.areas, wordings, (*own, *further), known.local)
