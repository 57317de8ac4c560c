"""The one bridge from rows to the immutable values of `domain`, and the reading of releases.

Every function here takes the same number of queries whatever the size of the meeting. Rows are
found through the meeting, never by a list of keys: SQLite knows at most 32,766 of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, TypeVar

from django.db.models import F, QuerySet

from sessions.domain.clashes import Block, Item, Plan, PlannedTalk, Somebody
from sessions.domain.numbering import session_numbers, talk_number
from sessions.domain.programme import Programme
from sessions.domain.programme_data import from_data
from sessions.domain.published import (
    Kind,
    PublishedAnswer,
    PublishedMeeting,
    PublishedSession,
    PublishedSlot,
    PublishedTalk,
)
from sessions.models import Release, Session, SessionChair, Slot, SlotKind
from submissions.domain.lifecycle import Action, State
from submissions.domain.talk import Area, Author, Person
from submissions.models import (
    Affiliation,
    Answer,
    AstronomyArea,
    Authorship,
    Meeting,
    MLArea,
    Speaker,
    Talk,
    TalkAstronomyArea,
    TalkMLArea,
)

_Value = TypeVar("_Value")
_AREA_ORDER = ("area__position", "area__label", "area")


def build_programme(meeting: Meeting, *, number: int, at: datetime) -> Programme:
    """What would be published now, as release `number` at `at`.

    Sessions with neither a room nor a slot are unfinished and stay out. A slot whose talk has no
    announced place stays without the talk.
    """
    slots = _slots_by_session(meeting)
    sessions = [
        session for session in _sessions(meeting) if session.room is not None or session.pk in slots
    ]
    numbers = session_numbers([session.number for session in sessions])
    talks, chairs = _placed_talks(meeting), _chairs_by_session(meeting)
    return Programme(
        number=number,
        published_at=at,
        meeting=_meeting(meeting),
        sessions=tuple(
            _session(session, session_number, chairs[session.pk], slots[session.pk], talks)
            for session, session_number in zip(sessions, numbers, strict=True)
        ),
    )


def build_plan(meeting: Meeting) -> Plan:
    """The timetable as organisers see it, with talks that nobody else may know of yet."""
    items, chairs = _items_by_session(meeting), _planned_chairs(meeting)
    return Plan(
        zone=meeting.zone,
        first_day=meeting.starts_on,
        last_day=meeting.ends_on,
        blocks=tuple(
            Block(
                key=session.pk,
                name=str(session),
                room=session.room.name if session.room else None,
                starts_at=session.starts_at,
                ends_at=session.ends_at,
                chairs=tuple(chairs[session.pk]),
                items=tuple(items[session.pk]),
            )
            for session in Session.objects.for_meeting(meeting).select_related("room")
        ),
    )


_ITEM: Final = (
    *("session", "pk", "kind", "title", "start_minute", "minutes"),
    *("talk", "talk__title", "talk__state", "talk__prepared_decision"),
    *("talk__format__talk_minutes", "talk__format__discussion_minutes"),
    *("led_by", "led_by__given_name", "led_by__family_name"),
)
"""Columns instead of rows: so a timetable of 4,000 talks is read in a fraction of the time."""


def _items_by_session(meeting: Meeting) -> dict[int, list[Item]]:
    presenters = _presenters_by_talk(meeting)
    slots = Slot.objects.filter(session__meeting=meeting).order_by("session", "start_minute")
    return _grouped((row["session"], _item(row, presenters)) for row in slots.values(*_ITEM))


def _item(row: Mapping[str, Any], presenters: Mapping[int, list[Somebody]]) -> Item:
    talk = led_by = None
    if row["talk"] is not None:
        usual = (row["talk__format__talk_minutes"], row["talk__format__discussion_minutes"])
        talk = PlannedTalk(
            title=row["talk__title"],
            state=State(row["talk__state"]),
            is_prepared=row["talk__prepared_decision"] == Action.ACCEPT,
            usual_minutes=sum(minutes or 0 for minutes in usual) or None,
            presenters=tuple(presenters.get(row["talk"], ())),
        )
    if row["led_by"] is not None:
        led_by = _somebody(row["led_by"], row["led_by__given_name"], row["led_by__family_name"])
    return Item(
        key=row["pk"],
        name=row["talk__title"] or row["title"] or str(SlotKind(row["kind"]).label),
        start_minute=row["start_minute"],
        minutes=row["minutes"],
        talk=talk,
        led_by=led_by,
    )


def _presenters_by_talk(meeting: Meeting) -> dict[int, list[Somebody]]:
    """Who stands in front: those marked as presenting, else the first author."""
    in_slots = Slot.objects.filter(session__meeting=meeting).values("talk")
    authors = Authorship.objects.filter(talk__in=in_slots).order_by("talk", "position")
    person = ("speaker", "speaker__given_name", "speaker__family_name")
    presenting: dict[int, list[Somebody]] = defaultdict(list)
    first: dict[int, Somebody] = {}
    for talk, is_presenting, *names in authors.values_list("talk", "is_presenting", *person):
        if is_presenting:
            presenting[talk].append(_somebody(*names))
        elif talk not in first:
            first[talk] = _somebody(*names)
    return {talk: [somebody] for talk, somebody in first.items()} | presenting


def _planned_chairs(meeting: Meeting) -> dict[int, list[Somebody]]:
    chairs = SessionChair.objects.filter(session__meeting=meeting)
    person = ("speaker", "speaker__given_name", "speaker__family_name")
    rows = chairs.values_list("session", *person)
    return _grouped((session, _somebody(*names)) for session, *names in rows)


def _somebody(key: int, given_name: str, family_name: str) -> Somebody:
    return Somebody(key, f"{given_name} {family_name}".strip())


def published_programme(meeting: Meeting) -> Programme | None:
    """The current release as the public may see it now; None before the first.

    A talk that has lost its place since the release is shown as withdrawn.
    """
    release = Release.objects.defer("content").current(meeting)
    if release is None:
        return None
    codes = Talk.objects.for_meeting(meeting).accepted().values_list("code", flat=True)
    version = (release.pk, release.published_at, release.anonymised_at)
    gone = _frozen(*version).talks.keys() - set(codes)
    return _frozen_without(*version, frozenset(gone))


def forget_published() -> None:
    """Drop the releases kept in memory; called when another one takes their place."""
    _frozen.cache_clear()
    _frozen_without.cache_clear()


# A release never changes but for names that are removed, so a process reads and parses it once.
@lru_cache(maxsize=8)
def _frozen(release_pk: int, published_at: datetime, anonymised_at: datetime | None) -> Programme:  # noqa: ARG001 - published_at tells apart rows that got the same key
    content = Release.objects.values_list("content", flat=True).get(pk=release_pk)
    return replace(from_data(content), anonymised_at=anonymised_at)


@lru_cache(maxsize=8)
def _frozen_without(
    release_pk: int,
    published_at: datetime,
    anonymised_at: datetime | None,
    gone: frozenset[str],
) -> Programme:
    return _frozen(release_pk, published_at, anonymised_at).withdrawing(gone)


def _meeting(meeting: Meeting) -> PublishedMeeting:
    return PublishedMeeting(
        name=meeting.name,
        slug=meeting.slug,
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        time_zone=meeting.time_zone,
        venue=meeting.venue,
        place=meeting.place,
        website=meeting.website,
    )


def _sessions(meeting: Meeting) -> QuerySet[Session]:
    # Databases differ on where sessions without a room go, unless told.
    by_room = F("room__position").asc(nulls_last=True)
    sessions = Session.objects.for_meeting(meeting).select_related("room")
    return sessions.order_by("starts_at", by_room, "room__name", "pk")


def _session(
    session: Session,
    number: int,
    chairs: Iterable[Person],
    slots: Iterable[Slot],
    talks: dict[int, PublishedTalk],
) -> PublishedSession:
    published, sequence = [], 0
    for slot in slots:
        talk = None
        if slot.talk_id is not None:
            sequence += 1
            if placed := talks.get(slot.talk_id):
                talk = replace(placed, number=talk_number(number, sequence))
        published.append(_slot(slot, session, talk))
    return PublishedSession(
        id=session.pk,
        number=number,
        theme=session.theme,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=session.room.name if session.room else "",
        description=session.description,
        is_online=bool(session.join_link),
        chairs=tuple(chairs),
        slots=tuple(published),
    )


def _slot(slot: Slot, session: Session, talk: PublishedTalk | None) -> PublishedSlot:
    starts_at = session.starts_at + timedelta(minutes=slot.start_minute)
    return PublishedSlot(
        id=slot.pk,
        kind=Kind(slot.kind),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=slot.minutes),
        title=slot.title,
        led_by=_person(slot.led_by) if slot.led_by else None,
        talk=talk,
    )


def _person(speaker: Speaker) -> Person:
    return Person(speaker.slug, speaker.given_name, speaker.family_name)


def _slots_by_session(meeting: Meeting) -> dict[int, list[Slot]]:
    slots = Slot.objects.filter(session__meeting=meeting).select_related("led_by")
    return _grouped((slot.session_id, slot) for slot in slots.order_by("session", "start_minute"))


def _chairs_by_session(meeting: Meeting) -> dict[int, list[Person]]:
    chairs = SessionChair.objects.filter(session__meeting=meeting).select_related("speaker")
    return _grouped((chair.session_id, _person(chair.speaker)) for chair in chairs)


def _placed_talks(meeting: Meeting) -> dict[int, PublishedTalk]:
    """The talks with an announced place that are in a slot, by key; their number comes later."""
    in_slots = Slot.objects.filter(session__meeting=meeting).values("talk")
    talks = Talk.objects.for_meeting(meeting).accepted().filter(pk__in=in_slots)
    authors = _authors_by_talk(talks)
    astronomy, ml = _astronomy_areas_by_talk(talks), _ml_areas_by_talk(talks)
    answers = _public_answers_by_talk(talks)
    fields = ("pk", "code", "title", "abstract", "collaboration", "format__name")
    return {
        pk: PublishedTalk(
            code=code,
            number="",
            title=title,
            abstract=abstract,
            collaboration=collaboration,
            format=format_name or "",
            authors=tuple(authors[pk]),
            astronomy_areas=tuple(astronomy[pk]),
            ml_areas=tuple(ml[pk]),
            answers=tuple(answers[pk]),
        )
        for pk, code, title, abstract, collaboration, format_name in talks.values_list(*fields)
    }


def _public_answers_by_talk(talks: QuerySet[Talk]) -> dict[int, list[PublishedAnswer]]:
    """Only of questions whose answers are public, also where the form no longer asks them."""
    answers = Answer.objects.public().filter(talk__in=talks.values("pk")).select_related("question")
    return _grouped(
        (answer.talk_id, PublishedAnswer(answer.question.text, str(answer))) for answer in answers
    )


def _authors_by_talk(talks: QuerySet[Talk]) -> dict[int, list[Author]]:
    keys = talks.values("pk")
    affiliations = Affiliation.objects.filter(authorship__talk__in=keys).order_by("position", "pk")
    names = _grouped(affiliations.values_list("authorship", "name"))
    authorships = Authorship.objects.filter(talk__in=keys).order_by("talk", "position")
    person = ("speaker__slug", "speaker__given_name", "speaker__family_name", "speaker__orcid")
    rows = authorships.values_list("talk", "pk", "is_presenting", *person)
    return _grouped(
        (
            talk,
            Author(
                slug=slug,
                given_name=given_name,
                family_name=family_name,
                orcid=orcid,
                is_presenting=is_presenting,
                affiliations=tuple(names[pk]),
            ),
        )
        for talk, pk, is_presenting, slug, given_name, family_name, orcid in rows
    )


def _astronomy_areas_by_talk(talks: QuerySet[Talk]) -> dict[int, list[Area]]:
    areas = _areas(AstronomyArea)
    tags = TalkAstronomyArea.objects.filter(talk__in=talks.values("pk")).order_by(*_AREA_ORDER)
    return _grouped((talk, areas[area]) for talk, area in tags.values_list("talk", "area"))


def _ml_areas_by_talk(talks: QuerySet[Talk]) -> dict[int, list[Area]]:
    areas = _areas(MLArea)
    tags = TalkMLArea.objects.filter(talk__in=talks.values("pk")).order_by(*_AREA_ORDER)
    return _grouped((talk, areas[area]) for talk, area in tags.values_list("talk", "area"))


def _areas(model: type[AstronomyArea] | type[MLArea]) -> dict[int, Area]:
    """Every area by its key, with the wider ones that it is a part of."""
    rows = list(model._default_manager.all())
    by_key = {area.pk: Area(area.slug, area.label) for area in rows}
    with_parents = model._default_manager.filter(parents__isnull=False)
    parents = _grouped(with_parents.values_list("pk", "parents"))
    areas = {}
    for area in rows:
        uat_uri = area.uat_uri if isinstance(area, AstronomyArea) else ""
        wider = sorted((by_key[key] for key in _above(area.pk, parents)), key=lambda a: a.slug)
        areas[area.pk] = Area(area.slug, area.label, uat_uri, tuple(wider))
    return areas


def _above(key: int, parents: Mapping[int, Iterable[int]]) -> set[int]:
    """Whatever stands above `key`; areas that are wrongly said to contain each other do no harm."""
    found: set[int] = set()
    waiting = [key]
    while waiting:
        new = set(parents.get(waiting.pop(), ())) - found - {key}
        found |= new
        waiting.extend(new)
    return found


def _grouped(pairs: Iterable[tuple[int, _Value]]) -> dict[int, list[_Value]]:
    groups: dict[int, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
