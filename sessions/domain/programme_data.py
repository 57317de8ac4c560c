"""A programme as plain data and back: what `Release.content` holds.

The shape is versioned, because a release is kept for ever and read by later versions of the
program. Version 1: the fields of the dataclasses by name; moments in ISO 8601, UTC; what is empty
is left out. A field that was added since has its default in data that lack it.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from sessions.domain.programme import Programme
from sessions.domain.published import (
    Kind,
    PublishedAnswer,
    PublishedMeeting,
    PublishedSession,
    PublishedSlot,
    PublishedTalk,
)
from submissions.domain.talk import Area, Author, Person

VERSION: Final = 1


class ProgrammeNotReadable(ValueError):
    """The data were written in a shape that this version of the program does not know."""

    def __init__(self, version: object) -> None:
        super().__init__(
            f"This programme is stored in shape {version!r}; this version reads {VERSION}. "
            "Use the version of the program that published it, or a later one."
        )


def to_data(programme: Programme) -> dict[str, Any]:
    """Plain values that JSON can hold; `from_data` gives an equal programme."""
    return {
        "version": VERSION,
        "number": programme.number,
        "published_at": _moment(programme.published_at),
        "meeting": _meeting(programme.meeting),
        "sessions": [_session(session) for session in programme.sessions],
    }


def from_data(data: Mapping[str, Any]) -> Programme:
    """Raise ProgrammeNotReadable if the data are of another version."""
    if data.get("version") != VERSION:
        raise ProgrammeNotReadable(data.get("version"))
    return Programme(
        number=data["number"],
        published_at=datetime.fromisoformat(data["published_at"]),
        meeting=_read_meeting(data["meeting"]),
        sessions=tuple(_read_session(session) for session in data["sessions"]),
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _meeting(meeting: PublishedMeeting) -> dict[str, Any]:
    return {
        "name": meeting.name,
        "slug": meeting.slug,
        "starts_on": meeting.starts_on.isoformat(),
        "ends_on": meeting.ends_on.isoformat(),
        "time_zone": meeting.time_zone,
        **_filled(venue=meeting.venue, place=meeting.place, website=meeting.website),
    }


def _read_meeting(data: Mapping[str, Any]) -> PublishedMeeting:
    dates = {name: date.fromisoformat(data[name]) for name in ("starts_on", "ends_on")}
    return PublishedMeeting(**{**data, **dates})


def _session(session: PublishedSession) -> dict[str, Any]:
    return {
        "id": session.id,
        "number": session.number,
        "theme": session.theme,
        "starts_at": _moment(session.starts_at),
        "ends_at": _moment(session.ends_at),
        **_filled(
            room=session.room,
            description=session.description,
            is_online=session.is_online,
            chairs=[_person(chair) for chair in session.chairs],
            slots=[_slot(slot) for slot in session.slots],
        ),
    }


def _read_session(data: Mapping[str, Any]) -> PublishedSession:
    return PublishedSession(
        id=data["id"],
        number=data["number"],
        theme=data["theme"],
        starts_at=datetime.fromisoformat(data["starts_at"]),
        ends_at=datetime.fromisoformat(data["ends_at"]),
        room=data.get("room", ""),
        description=data.get("description", ""),
        is_online=data.get("is_online", False),
        chairs=tuple(Person(**person) for person in data.get("chairs", ())),
        slots=tuple(_read_slot(slot) for slot in data.get("slots", ())),
    )


def _slot(slot: PublishedSlot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "kind": slot.kind.value,
        "starts_at": _moment(slot.starts_at),
        "ends_at": _moment(slot.ends_at),
        **_filled(
            title=slot.title,
            led_by=slot.led_by and _person(slot.led_by),
            talk=slot.talk and _talk(slot.talk),
        ),
    }


def _read_slot(data: Mapping[str, Any]) -> PublishedSlot:
    led_by, talk = data.get("led_by"), data.get("talk")
    return PublishedSlot(
        id=data["id"],
        kind=Kind(data["kind"]),
        starts_at=datetime.fromisoformat(data["starts_at"]),
        ends_at=datetime.fromisoformat(data["ends_at"]),
        title=data.get("title", ""),
        led_by=Person(**led_by) if led_by else None,
        talk=_read_talk(talk) if talk else None,
    )


def _talk(talk: PublishedTalk) -> dict[str, Any]:
    return {
        "code": talk.code,
        "number": talk.number,
        "title": talk.title,
        **_filled(
            abstract=talk.abstract,
            collaboration=talk.collaboration,
            format=talk.format,
            authors=[_author(author) for author in talk.authors],
            astronomy_areas=[_area(area) for area in talk.astronomy_areas],
            ml_areas=[_area(area) for area in talk.ml_areas],
            answers=[_answer(answer) for answer in talk.answers],
            is_withdrawn=talk.is_withdrawn,
        ),
    }


def _read_talk(data: Mapping[str, Any]) -> PublishedTalk:
    lists = {
        "authors": tuple(_read_author(author) for author in data.get("authors", ())),
        "astronomy_areas": tuple(_read_area(area) for area in data.get("astronomy_areas", ())),
        "ml_areas": tuple(_read_area(area) for area in data.get("ml_areas", ())),
        "answers": tuple(PublishedAnswer(**answer) for answer in data.get("answers", ())),
    }
    return PublishedTalk(**{**data, **lists})


def _answer(answer: PublishedAnswer) -> dict[str, str]:
    return {"question": answer.question, "text": answer.text}


def _person(person: Person) -> dict[str, str]:
    return {
        "slug": person.slug,
        "given_name": person.given_name,
        "family_name": person.family_name,
    }


def _author(author: Author) -> dict[str, Any]:
    return _person(author) | _filled(
        orcid=author.orcid,
        is_presenting=author.is_presenting,
        affiliations=list(author.affiliations),
    )


def _read_author(data: Mapping[str, Any]) -> Author:
    return Author(**{**data, "affiliations": tuple(data.get("affiliations", ()))})


def _area(area: Area) -> dict[str, Any]:
    within = [_area(each) for each in area.within]
    return {
        "slug": area.slug,
        "label": area.label,
        **_filled(uat_uri=area.uat_uri, within=within),
    }


def _read_area(data: Mapping[str, Any]) -> Area:
    within = tuple(_read_area(each) for each in data.get("within", ()))
    return Area(**{**data, "within": within})
