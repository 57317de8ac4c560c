"""Part of a programme: the talks that a reader asked for, in their places."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sessions.domain.programme import Programme
from sessions.domain.published import PublishedSession, PublishedTalk
from submissions.domain.names import fold
from submissions.domain.talk import Area


@dataclass(frozen=True, slots=True)
class Selection:
    """What to show; everything left empty does not narrow."""

    day: date | None = None
    """In the meeting's zone."""
    astronomy: str = ""
    """Slug of an area; what is tagged with a part of it belongs to it as well."""
    ml: str = ""
    text: str = ""
    """Words that must all occur in a talk's `Programme.search_texts`."""

    @property
    def is_about_talks(self) -> bool:
        return bool(self.astronomy or self.ml or fold(self.text))


def select(programme: Programme, selection: Selection) -> Programme:
    """The programme with only what `selection` asks for.

    A day keeps its sessions as they are. What is asked of talks drops the other slots, and the
    sessions in which no talk remains.
    """
    sessions = programme.sessions
    if selection.day is not None:
        sessions = tuple(s for s in sessions if programme.day_of(s) == selection.day)
    if selection.is_about_talks:
        words = tuple(fold(selection.text).split())

        def wanted(talk: PublishedTalk) -> bool:
            text = programme.search_texts[talk.code] if words else ""
            return _has_areas(talk, selection) and all(word in text for word in words)

        sessions = _keeping(sessions, wanted)
    if sessions is programme.sessions:
        return programme
    return replace(programme, sessions=sessions)


def _keeping(
    sessions: tuple[PublishedSession, ...], wanted: Callable[[PublishedTalk], bool]
) -> tuple[PublishedSession, ...]:
    kept = []
    for session in sessions:
        slots = tuple(slot for slot in session.slots if slot.talk and wanted(slot.talk))
        if slots:
            kept.append(replace(session, slots=slots))
    return tuple(kept)


def _has_areas(talk: PublishedTalk, selection: Selection) -> bool:
    return (not selection.astronomy or _has(talk.astronomy_areas, selection.astronomy)) and (
        not selection.ml or _has(talk.ml_areas, selection.ml)
    )


def _has(areas: tuple[Area, ...], slug: str) -> bool:
    return any(slug == each.slug for area in areas for each in (area, *area.within))
