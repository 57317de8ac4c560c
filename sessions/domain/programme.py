"""A published programme: one immutable tree that every public page and export is made from.

Only talks with an announced place are in it. A place in the timetable whose talk has not been
announced keeps its time and shows no title ("to be announced").
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from sessions.domain.published import (
    PublishedMeeting,
    PublishedSession,
    PublishedSlot,
    PublishedTalk,
)
from submissions.domain.names import fold
from submissions.domain.talk import Area, Author, Person


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    sessions: tuple[PublishedSession, ...]

    @property
    def talk_count(self) -> int:
        return sum(len(session.talks) for session in self.sessions)


@dataclass(frozen=True, slots=True)
class PlacedTalk:
    """A talk with where and when, and its neighbours among the talks of its session."""

    talk: PublishedTalk
    slot: PublishedSlot
    session: PublishedSession
    previous: PublishedTalk | None = None
    next: PublishedTalk | None = None


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A line of the index of people."""

    person: Person
    talks: tuple[PlacedTalk, ...] = ()
    chairs: tuple[PublishedSession, ...] = ()

    @property
    def orcid_uri(self) -> str:
        return next((author.orcid_uri for author in self._as_author if author.orcid), "")

    @property
    def affiliations(self) -> tuple[str, ...]:
        """On any of the talks, as they first appear."""
        return tuple(dict.fromkeys(n for author in self._as_author for n in author.affiliations))

    @property
    def _as_author(self) -> Iterator[Author]:
        for placed in self.talks:
            for author in placed.talk.authors:
                if author.slug == self.person.slug:
                    yield author


@dataclass(frozen=True)  # no slots: the views on the tree are computed once and kept
class Programme:
    """Release `number` of a meeting's programme; sessions by start, then as rooms are ordered."""

    number: int
    published_at: datetime
    meeting: PublishedMeeting
    sessions: tuple[PublishedSession, ...] = field(default=())
    anonymised_at: datetime | None = field(default=None, compare=False)
    """When names were last removed from it, because somebody had to be forgotten; else None."""

    def __hash__(self) -> int:
        """Quick, so that what was made from a programme can be kept by it."""
        return hash((self.meeting.slug, self.number, self.published_at))

    def slots(self) -> Iterator[tuple[PublishedSession, PublishedSlot]]:
        for session in self.sessions:
            for slot in session.slots:
                yield session, slot

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Days with sessions, in order.

        A session belongs to the day on which it starts at the meeting, even if it goes on past
        midnight there or the reader's calendar says otherwise.
        """
        by_date: dict[date, list[PublishedSession]] = {}
        for session in self.sessions:
            by_date.setdefault(self.day_of(session), []).append(session)
        return tuple(Day(day, tuple(by_date[day])) for day in sorted(by_date))

    def day_of(self, session: PublishedSession) -> date:
        return session.starts_at.astimezone(self.meeting.zone).date()

    @cached_property
    def talks(self) -> dict[str, PlacedTalk]:
        """Every talk by its code, in the order of the programme."""
        placed: dict[str, PlacedTalk] = {}
        for session in self.sessions:
            talks = session.talks
            before = dict(zip((t.code for t in talks[1:]), talks, strict=False))
            after = dict(zip((t.code for t in talks), talks[1:], strict=False))
            for slot in session.slots:
                if talk := slot.talk:
                    placed[talk.code] = PlacedTalk(
                        talk, slot, session, before.get(talk.code), after.get(talk.code)
                    )
        return placed

    def session(self, number: int) -> PublishedSession | None:
        return next((s for s in self.sessions if s.number == number), None)

    @cached_property
    def people(self) -> dict[str, PersonEntry]:
        """Everybody on a talk or chairing a session, by slug, in the order of an index."""
        names: dict[str, Person] = {}
        talks: dict[str, list[PlacedTalk]] = {}
        chairs: dict[str, list[PublishedSession]] = {}
        for placed in self.talks.values():
            for author in placed.talk.authors:
                names.setdefault(author.slug, author.person)
                talks.setdefault(author.slug, []).append(placed)
        for session in self.sessions:
            for chair in session.chairs:
                names.setdefault(chair.slug, chair)
                chairs.setdefault(chair.slug, []).append(session)
        return {
            person.slug: PersonEntry(
                person, tuple(talks.get(person.slug, ())), tuple(chairs.get(person.slug, ()))
            )
            for person in sorted(names.values(), key=lambda person: person.sort_key)
        }

    @cached_property
    def astronomy_areas(self) -> tuple[Area, ...]:
        """The astronomy areas that occur, and those they are parts of, by label."""
        return _by_label(a for placed in self.talks.values() for a in placed.talk.astronomy_areas)

    @cached_property
    def ml_areas(self) -> tuple[Area, ...]:
        return _by_label(a for placed in self.talks.values() for a in placed.talk.ml_areas)

    @cached_property
    def search_texts(self) -> dict[str, str]:
        """Per code the folded text that a search looks in: case and accents do not count."""
        return {code: _search_text(placed) for code, placed in self.talks.items()}

    @property
    def withdrawn_codes(self) -> tuple[str, ...]:
        return tuple(code for code, placed in self.talks.items() if placed.talk.is_withdrawn)

    def withdrawing(self, codes: Collection[str]) -> "Programme":
        """The same programme, in which the talks with these codes show only that they were there.

        A release never changes; people must still be able to take their names off the page.
        """
        gone = set(codes) & self.talks.keys()
        if not gone:
            return self
        return replace(self, sessions=tuple(_without(session, gone) for session in self.sessions))


def _by_label(areas: Iterator[Area]) -> tuple[Area, ...]:
    direct = list(areas)
    wider = {each.slug: each for area in direct for each in area.within}
    found = wider | {area.slug: area for area in direct}
    return tuple(sorted(found.values(), key=lambda area: (area.label.casefold(), area.slug)))


def _search_text(placed: PlacedTalk) -> str:
    talk = placed.talk
    people = (part for author in talk.authors for part in (author.name, *author.affiliations))
    areas = (area.label for area in (*talk.astronomy_areas, *talk.ml_areas))
    session = placed.session
    return fold(
        " ".join(
            (
                talk.title,
                *people,
                talk.collaboration,
                *areas,
                talk.code,
                talk.number,
                session.theme,
                talk.abstract,
            )
        )
    )


def _without(session: PublishedSession, gone: Collection[str]) -> PublishedSession:
    if not any(talk.code in gone for talk in session.talks):
        return session
    slots = tuple(
        replace(slot, talk=slot.talk.withdrawn()) if slot.talk and slot.talk.code in gone else slot
        for slot in session.slots
    )
    return replace(session, slots=slots)
