"""The programme as a calendar (iCalendar, RFC 5545 and 7986).

One event per slot, and one for a session that has none. An event keeps its UID for ever: a talk's
is made from its code, wherever and whenever it is given; the others' from the row they came from.
There is no ORGANIZER or ATTENDEE, which would give addresses away and send invitations, and no
join link.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vUri

from sessions.domain.programme import Programme
from sessions.domain.published import PublishedSession, PublishedSlot, PublishedTalk
from sessions.exports.addresses import Addresses
from sessions.exports.wording import (
    names,
    on_behalf,
    one_line,
    place,
    session_title,
    slot_title,
    speakers,
)
from submissions.domain.abstracts import plain_text
from submissions.domain.abstracts.characters import clean

PRODUCT: Final = "-//Conjunction//Programme//EN"
# How often a subscribed calendar should look for changes.
REFRESH: Final = timedelta(hours=1)


def calendar(programme: Programme, addresses: Addresses) -> bytes:
    """The calendar of everything in `programme`, which may be a part of one."""
    meeting = programme.meeting
    name = one_line(meeting.name)
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", meeting.time_zone)
    made.add("uid", f"{meeting.slug}@conjunction")
    made.add("last-modified", programme.published_at)
    made.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    made.add("source", vUri(addresses.calendar), parameters={"value": "URI"})
    made.add("url", vUri(addresses.programme))
    for session in programme.sessions:
        for event in _events(session, programme, addresses):
            made.add_component(event)
    _describe_zone(made, programme)
    text: bytes = made.to_ical()
    return text


def _describe_zone(made: Calendar, programme: Programme) -> None:
    """Add the rules of the meeting's zone for the years around it."""
    years = [
        at.year
        for session in programme.sessions
        for at in (session.starts_at, session.ends_at, *(slot.ends_at for slot in session.slots))
    ]
    if years:
        made.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))


def _events(
    session: PublishedSession, programme: Programme, addresses: Addresses
) -> Iterator[Event]:
    if not session.slots:
        yield _session_event(session, programme, addresses)
    for slot in session.slots:
        yield _slot_event(slot, session, programme, addresses)


def _session_event(session: PublishedSession, programme: Programme, addresses: Addresses) -> Event:
    event = _event(session, session.starts_at, session.ends_at, programme)
    event.add("uid", f"session-{session.id}.{programme.meeting.slug}@conjunction")
    event.add("sequence", programme.number)
    event.add("status", "CONFIRMED")
    event.add("summary", one_line(session.theme))
    event.add("description", _paragraphs([_chaired(session), plain_text(session.description)]))
    event.add("url", vUri(addresses.session(session.number)))
    return event


def _slot_event(
    slot: PublishedSlot, session: PublishedSession, programme: Programme, addresses: Addresses
) -> Event:
    talk = slot.talk
    event = _event(session, slot.starts_at, slot.ends_at, programme)
    key = f"talk-{talk.code}" if talk else f"slot-{slot.id}"
    event.add("uid", f"{key}.{programme.meeting.slug}@conjunction")
    # A withdrawal changes the event between two releases, so its number lies above this one's.
    event.add("sequence", programme.number + (talk is not None and talk.is_withdrawn))
    event.add("status", _status(slot))
    who = names(speakers(slot))
    event.add("summary", f"{who}: {slot_title(slot)}" if who else slot_title(slot))
    event.add("description", _slot_description(slot, session))
    event.add("url", vUri(addresses.talk(talk.code) if talk else addresses.session(session.number)))
    if talk and (areas := talk.astronomy_areas + talk.ml_areas):
        event.add("categories", [one_line(area.label) for area in areas])
    return event


def _event(
    session: PublishedSession, starts_at: datetime, ends_at: datetime, programme: Programme
) -> Event:
    """What all events have; moments in the meeting's zone, so that calendars can show its hours."""
    zone = programme.meeting.zone
    event = Event()
    event.add("dtstamp", programme.published_at)
    event.add("last-modified", programme.published_at)
    event.add("dtstart", _local(starts_at, zone))
    event.add("dtend", _local(ends_at, zone))
    if where := place(session, programme.meeting):
        event.add("location", where)
    return event


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """In `zone`, but in UTC while its clocks repeat an hour: iCalendar cannot tell which."""
    local = at.astimezone(zone)
    is_ambiguous = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return at.astimezone(UTC) if is_ambiguous else local


def _status(slot: PublishedSlot) -> str:
    if slot.is_to_be_announced:
        return "TENTATIVE"
    return "CANCELLED" if slot.talk and slot.talk.is_withdrawn else "CONFIRMED"


def _slot_description(slot: PublishedSlot, session: PublishedSession) -> str:
    where = f"Session {session_title(session)}"
    if slot.talk:
        return _paragraphs([*_talk_paragraphs(slot, slot.talk), where])
    return _paragraphs([where, _chaired(session)])


def _talk_paragraphs(slot: PublishedSlot, talk: PublishedTalk) -> Iterator[str]:
    authors = [
        ", ".join(one_line(part) for part in (author.name, *author.affiliations))
        for author in talk.authors
    ]
    yield "\n".join(filter(None, [*authors, on_behalf(slot)]))
    yield plain_text(talk.abstract)
    yield f"Talk {talk.number}"


def _chaired(session: PublishedSession) -> str:
    return f"Chair: {names(session.chairs)}" if session.chairs else ""


def _paragraphs(parts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, (clean(part).strip() for part in parts)))
