"""The terms of a meeting that nobody has decided about, with the talks that use them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.core.cache import cache

from submissions.domain.areas.matching import tag
from submissions.domain.areas.reading import Suggestion
from submissions.domain.areas.vocabulary import Vocabulary, key_of
from submissions.domain.lifecycle import State
from submissions.importers.vocabulary import Kind
from submissions.models import AreaTerm, Meeting, Talk
from submissions.operations.areas import vocabulary

TEXTS: Final = {Kind.ASTRONOMY: "astronomy_areas_text", Kind.ML: "ml_areas_text"}
LONGEST_TERM: Final = 500
_NEAREST: Final = 3
_SECONDS: Final = 300


@dataclass(slots=True)
class OpenTerm:
    kind: Kind
    key: str
    text: str
    """As the first talk has it."""
    talks: list[Talk] = field(default_factory=list)
    """With key, code and title only."""


def term_key(text: str) -> str:
    """What two spellings of one term share; "" for signs alone."""
    return key_of(text.replace("&", " and "))[:LONGEST_TERM]


def open_terms(meeting: Meeting) -> list[OpenTerm]:
    """The most used terms first; four queries, whatever the number of talks."""
    decided = set(AreaTerm.objects.filter(meeting=meeting).values_list("kind", "key"))
    found: dict[tuple[Kind, str], OpenTerm] = {}
    for kind, talk, text in _unmatched(meeting):
        key = term_key(text)
        if key and (kind.value, key) not in decided:
            term = found.setdefault((kind, key), OpenTerm(kind, key, text[:LONGEST_TERM]))
            if talk not in term.talks:
                term.talks.append(talk)
    return sorted(found.values(), key=lambda term: (-len(term.talks), term.text.casefold()))


def count_open_terms(meeting: Meeting) -> int:
    """How many terms wait, at most a few minutes old: a dashboard should not read every talk."""
    known: int | None = cache.get(_count_key(meeting))
    if known is None:
        known = len(open_terms(meeting))
        cache.set(_count_key(meeting), known, _SECONDS)
    return known


def forget_count(meeting: Meeting) -> None:
    cache.delete(_count_key(meeting))


def _count_key(meeting: Meeting) -> str:
    return f"open-terms:{meeting.pk}"


def talks_with(meeting: Meeting, kind: Kind, key: str) -> list[Talk]:
    """The talks that use a term which nothing explains yet, drafts and withdrawn ones too."""
    found = (
        talk
        for each, talk, text in _unmatched(meeting, everyone=True)
        if each is kind and term_key(text) == key
    )
    return list(dict.fromkeys(found))


def nearest(term: OpenTerm, areas: Vocabulary) -> tuple[Suggestion, ...]:
    """The areas that the term may mean, with the words that say so."""
    return tag(term.text, areas).suggestions[:_NEAREST]


def _unmatched(meeting: Meeting, *, everyone: bool = False) -> Iterator[tuple[Kind, Talk, str]]:
    talks = Talk.objects.for_meeting(meeting).exclude(astronomy_areas_text="", ml_areas_text="")
    if not everyone:
        talks = talks.exclude(state__in=[State.DRAFT.value, State.WITHDRAWN.value])
    rows = list(talks.order_by("pk").only("pk", "code", "title", "meeting_id", *TEXTS.values()))
    for kind, name in TEXTS.items():
        areas = vocabulary(kind, meeting)
        read: dict[str, tuple[str, ...]] = {"": ()}
        for talk in rows:
            text: str = getattr(talk, name)
            if text not in read:
                read[text] = tag(text, areas).unmatched
            for phrase in read[text]:
                yield kind, talk, phrase
