from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from sessions.domain.programme import Programme
from sessions.exports.ical import calendar
from submissions.domain.abstracts.characters import clean
from tests.sessions.domain.programmes import FIRST, MORNING, NIGHT, PROGRAMME, programmes
from tests.sessions.exports.files import ADDRESSES

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)


def read(programme: Programme) -> Calendar:
    return Calendar.from_ical(calendar(programme, ADDRESSES))


def events(programme: Programme) -> list[Event]:
    return read(programme).events


def event(programme: Programme, uid: str) -> Event:
    return {str(each["uid"]): each for each in events(programme)}[uid]


def moments(programme: Programme) -> list[tuple[datetime, datetime]]:
    """Start and end of everything that has an event, in order."""
    return [
        (each.starts_at, each.ends_at)
        for session in programme.sessions
        for each in session.slots or (session,)
    ]


def read_moments(programme: Programme) -> list[tuple[datetime, datetime]]:
    return [(each.decoded("dtstart"), each.decoded("dtend")) for each in events(programme)]


def test_a_talk_has_all_that_a_calendar_shows() -> None:
    shown = event(PROGRAMME, "talk-AAAAAA.learning-the-sky@conjunction")
    assert {name: shown.decoded(name) for name in ("sequence", "dtstamp", "last-modified")} == {
        "sequence": 3,
        "dtstamp": PROGRAMME.published_at,
        "last-modified": PROGRAMME.published_at,
    }
    assert {name: str(shown[name]) for name in ("summary", "location", "status", "url")} == {
        "summary": "Ada Made-Up: Engines",
        "location": "Aula, Observatory, Madrid, Spain",
        "status": "CONFIRMED",
        "url": "https://example.org/sky/programme/talks/AAAAAA/",
    }
    assert str(shown["description"]) == (
        "Ada Made-Up, Institute of Engines, Observatory\nBo Invented, Observatory\n"
        "for the Euclid Consortium\n\n"
        "We learn z > 5 slowly.\n\nAnd again.\n\nTalk 1.01\n\nSession 1. Machines"
    )
    assert shown.categories == ["Galaxies", "Deep learning"]


def test_every_slot_is_an_event_that_keeps_its_name() -> None:
    assert [str(each["uid"]) for each in events(PROGRAMME)] == [
        "slot-1.learning-the-sky@conjunction",
        "talk-AAAAAA.learning-the-sky@conjunction",
        "slot-3.learning-the-sky@conjunction",
        "talk-BBBBBB.learning-the-sky@conjunction",
        "slot-5.learning-the-sky@conjunction",
        "slot-6.learning-the-sky@conjunction",
        "talk-CCCCCC.learning-the-sky@conjunction",
    ]


def test_the_name_of_an_event_does_not_depend_on_time_place_or_title() -> None:
    other = replace(FIRST, title="Another title", number="2.07")
    moved = tuple(
        replace(
            slot,
            starts_at=slot.starts_at + timedelta(hours=3),
            ends_at=slot.ends_at + timedelta(hours=3),
        )
        for slot in (replace(MORNING.slots[1], talk=other),)
    )
    elsewhere = replace(PROGRAMME, sessions=(replace(NIGHT, room="Patio", slots=moved),))
    assert [str(each["uid"]) for each in events(elsewhere)] == [
        "talk-AAAAAA.learning-the-sky@conjunction"
    ]


def test_a_session_without_slots_is_one_event() -> None:
    bare = replace(MORNING, slots=(), description="All *day*.")
    (shown,) = events(replace(PROGRAMME, sessions=(bare,)))
    assert (str(shown["uid"]), str(shown["summary"]), str(shown["description"])) == (
        "session-11.learning-the-sky@conjunction",
        "Machines",
        "Chair: Cy Chair\n\nAll day.",
    )


def test_a_withdrawn_talk_is_cancelled_and_does_not_vanish() -> None:
    shown = event(PROGRAMME.withdrawing({"AAAAAA"}), "talk-AAAAAA.learning-the-sky@conjunction")
    assert (str(shown["status"]), shown["sequence"], str(shown["summary"])) == (
        "CANCELLED",
        4,
        "Engines (withdrawn)",
    )
    assert "Ada" not in shown.to_ical().decode()


def test_what_is_to_be_announced_is_tentative() -> None:
    shown = event(PROGRAMME, "slot-3.learning-the-sky@conjunction")
    assert (str(shown["summary"]), str(shown["status"])) == ("To be announced", "TENTATIVE")


def test_times_are_in_the_zone_of_the_meeting_with_its_rules() -> None:
    text = calendar(PROGRAMME, ADDRESSES).decode()
    assert "DTSTART;TZID=Europe/Madrid:20270607T110500\r\n" in text
    assert [zone.tz_name for zone in read(PROGRAMME).timezones] == ["Europe/Madrid"]


@settings(max_examples=40, deadline=None)
@given(programmes(st.just("x")))
def test_every_moment_is_read_back_as_it_is(programme: Programme) -> None:
    assert read_moments(programme) == moments(programme)


@pytest.mark.parametrize("minute", [0, 30, 60, 90, 120])
def test_moments_are_right_in_the_night_when_clocks_go_back(minute: int) -> None:
    # Madrid's clocks show 02:00 to 03:00 twice, from 00:00 and from 01:00 UTC.
    start = datetime(2027, 10, 31, 0, 0, tzinfo=UTC) + timedelta(minutes=minute)
    slot = replace(NIGHT.slots[0], starts_at=start, ends_at=start + timedelta(minutes=15))
    programme = replace(PROGRAMME, sessions=(replace(NIGHT, slots=(slot,)),))
    assert read_moments(programme) == [(start, start + timedelta(minutes=15))]


@settings(max_examples=60, deadline=None)
@given(programmes(ANY_TEXT))
def test_any_text_stays_a_text_and_no_line_is_too_long(programme: Programme) -> None:
    data = calendar(programme, ADDRESSES)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    names = {line.split(b":")[0].split(b";")[0] for line in lines if not line.startswith(b" ")}
    assert not names & {b"ATTENDEE", b"ORGANIZER", b"CONFERENCE", b"ATTACH", b"METHOD"}
    assert len(events(programme)) == len(moments(programme))


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_room_is_read_back_as_it_was_typed(room: str) -> None:
    session = replace(MORNING, room=room)
    meeting = replace(PROGRAMME.meeting, venue="", place="")
    shown = events(replace(PROGRAMME, meeting=meeting, sessions=(session,)))[0]
    assert str(shown.get("location", "")) == " ".join(clean(room).split())


def test_a_title_cannot_start_a_new_line_of_the_calendar() -> None:
    hostile = "Sky\r\nATTENDEE:mailto:eve@example.org\r\nEND:VEVENT, a; b\\n"
    slot = replace(MORNING.slots[1], talk=replace(FIRST, title=hostile))
    programme = replace(PROGRAMME, sessions=(replace(MORNING, slots=(slot,)),))
    (shown,) = events(programme)
    assert "ATTENDEE" not in shown
    assert str(shown["summary"]).startswith(
        "Ada Made-Up: Sky ATTENDEE:mailto:eve@example.org END:VEVENT, a; b"
    )


def test_an_empty_programme_is_an_empty_calendar() -> None:
    assert events(replace(PROGRAMME, sessions=())) == []
