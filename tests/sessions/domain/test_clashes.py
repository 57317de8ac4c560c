"""What is to be looked at in a timetable."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sessions.domain.clashes import (
    SEVERE,
    Block,
    Finding,
    Item,
    Plan,
    PlannedTalk,
    Somebody,
    Trouble,
    by_block,
    findings,
    people_in_two_places,
    rooms_taken_twice,
    without_mirrors,
)
from submissions.domain.lifecycle import State

START = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)
ADA, BO, CHRIS = Somebody(1, "Ada"), Somebody(2, "Bo"), Somebody(3, "Chris")


def talk(*presenters: Somebody, state: State = State.CONFIRMED, **fields: Any) -> PlannedTalk:
    values: dict[str, Any] = {"title": "A talk", "is_prepared": False, "usual_minutes": None}
    return PlannedTalk(state=state, presenters=presenters, **(values | fields))


def item(start: int, minutes: int, planned: PlannedTalk | None = None, **fields: Any) -> Item:
    return Item(fields.pop("key", start + 100), "item", start, minutes, planned, **fields)


def block(key: int, *items: Item, start: int = 0, minutes: int = 60, **fields: Any) -> Block:
    """A session that begins `start` minutes after START; chaired and in a room of its own."""
    values: dict[str, Any] = {"room": f"Room {key}", "chairs": (Somebody(key + 1000, "Chair"),)}
    starts_at = START + timedelta(minutes=start)
    return Block(
        key,
        f"Session {key}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        items=items,
        **(values | fields),
    )


def plan(*blocks: Block) -> Plan:
    return Plan(ZoneInfo("Europe/Madrid"), date(2027, 6, 7), date(2027, 6, 8), blocks)


def troubles(*blocks: Block) -> list[Trouble]:
    return [finding.trouble for finding in findings(plan(*blocks))]


def test_a_full_session_with_a_chair_in_a_room_needs_no_look() -> None:
    assert findings(plan(block(1, item(0, 45, talk(ADA)), item(45, 15)))) == ()


def test_somebody_who_presents_in_two_sessions_at_once_is_told_at_both() -> None:
    blocks = [block(1, item(0, 30, talk(ADA))), block(2, item(15, 30, talk(ADA)))]
    at = START + timedelta(minutes=15)
    assert list(people_in_two_places(blocks)) == [
        Finding(Trouble.PERSON_TWICE, 1, 100, name="Ada", other="Session 2", at=at),
        Finding(Trouble.PERSON_TWICE, 2, 115, name="Ada", other="Session 1", at=at),
    ]


@pytest.mark.parametrize(
    "second",
    [
        block(2, item(30, 30, talk(ADA))),  # begins when the first one ends
        block(2, item(0, 30, talk(BO))),
        block(2, item(0, 60, talk(ADA)), start=24 * 60),
    ],
)
def test_one_after_another_is_no_clash(second: Block) -> None:
    assert list(people_in_two_places([block(1, item(0, 30, talk(ADA))), second])) == []


@pytest.mark.parametrize(
    "second",
    [
        block(2, chairs=(ADA,)),
        block(2, item(0, 60, led_by=ADA)),
        block(2, item(0, 5, talk(BO, ADA))),
    ],
)
def test_chairing_and_leading_clash_with_presenting_elsewhere(second: Block) -> None:
    found = list(people_in_two_places([block(1, item(0, 60, talk(ADA))), second]))
    assert {(f.block, f.name) for f in found} == {(1, "Ada"), (2, "Ada")}


def test_presenting_in_the_session_one_chairs_is_no_clash() -> None:
    assert list(people_in_two_places([block(1, item(0, 60, talk(ADA)), chairs=(ADA,))])) == []


def test_two_sessions_that_clash_in_many_slots_are_told_once_each() -> None:
    items = [item(start, 10, talk(ADA)) for start in range(0, 60, 10)]
    blocks = [block(1, *items), block(2, chairs=(ADA,))]
    assert [f.block for f in people_in_two_places(blocks)] == [1, 2]


def test_a_long_session_clashes_with_every_one_inside_it() -> None:
    blocks = [
        block(1, chairs=(ADA,), minutes=300),
        block(2, chairs=(ADA,), start=0, minutes=30),
        block(3, chairs=(ADA,), start=200, minutes=30),
    ]
    pairs = {(f.block, f.other) for f in people_in_two_places(blocks)}
    assert pairs == {(1, "Session 2"), (2, "Session 1"), (1, "Session 3"), (3, "Session 1")}


def test_a_room_taken_twice_is_told_at_both_sessions() -> None:
    blocks = [
        block(1, room="Hall"),
        block(2, room="Hall", start=59),
        block(3, room="Hall", start=60),
    ]
    found = list(rooms_taken_twice(blocks))
    assert {(f.block, f.other) for f in found} == {
        (1, "Session 2"),
        (2, "Session 1"),
        (2, "Session 3"),
        (3, "Session 2"),
    }
    assert list(rooms_taken_twice([block(1, room=None), block(2, room=None)])) == []


def test_a_clash_can_be_told_once() -> None:
    found = findings(plan(block(1, item(0, 60), room="Hall"), block(2, item(0, 60), room="Hall")))
    assert [f.block for f in found] == [1, 2]
    assert [f.block for f in without_mirrors(found)] == [1]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((), Finding(Trouble.EMPTY, 1, minutes=60)),
        (
            (item(0, 50),),
            Finding(Trouble.TIME_LEFT, 1, minutes=10, at=START + timedelta(minutes=50)),
        ),
        (
            (item(0, 72),),
            Finding(Trouble.OVER_TIME, 1, minutes=12, at=START + timedelta(minutes=60)),
        ),
        (
            (item(0, 20), item(30, 30)),
            Finding(Trouble.GAP, 1, 130, name="item", minutes=10, at=START + timedelta(minutes=20)),
        ),
        (
            (item(5, 55),),
            Finding(Trouble.GAP, 1, 105, name="item", minutes=5, at=START),
        ),
        (
            (item(0, 30), item(20, 40)),
            Finding(
                Trouble.OVERLAP, 1, 120, name="item", minutes=10, at=START + timedelta(minutes=20)
            ),
        ),
    ],
)
def test_time_that_does_not_add_up_is_told_in_minutes(
    items: tuple[Item, ...], expected: Finding
) -> None:
    assert findings(plan(block(1, *items))) == (expected,)


@pytest.mark.parametrize(
    ("state", "is_prepared", "expected"),
    [
        (State.CONFIRMED, False, []),
        (State.ACCEPTED, False, [Trouble.UNCONFIRMED]),
        (State.SUBMITTED, True, [Trouble.NOT_ANNOUNCED]),
        (State.SUBMITTED, False, [Trouble.TALK_LOST_ITS_PLACE]),
        (State.WITHDRAWN, False, [Trouble.TALK_LOST_ITS_PLACE]),
    ],
)
def test_a_talk_in_a_slot_should_be_confirmed(
    state: State,
    is_prepared: bool,  # noqa: FBT001 - a parameter of the test
    expected: list[Trouble],
) -> None:
    assert (
        troubles(block(1, item(0, 60, talk(ADA, state=state, is_prepared=is_prepared)))) == expected
    )


def test_minutes_that_differ_from_the_format_are_told() -> None:
    [found] = findings(plan(block(1, item(0, 60, talk(ADA, usual_minutes=15)))))
    assert (found.trouble, found.minutes, found.usual_minutes) == (Trouble.MINUTES_DIFFER, 60, 15)


def test_a_session_lacks_room_or_chair() -> None:
    full = block(1, item(0, 60, talk(ADA)), room=None, chairs=())
    assert troubles(full) == [Trouble.NO_ROOM, Trouble.NO_CHAIR]
    assert troubles(replace(full, items=(item(0, 60),))) == [Trouble.NO_ROOM]  # a mere break


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (datetime(2027, 6, 6, 21, 59, tzinfo=UTC), [Trouble.OUTSIDE_THE_MEETING]),
        (datetime(2027, 6, 6, 22, 0, tzinfo=UTC), []),  # midnight in Madrid
        (datetime(2027, 6, 8, 21, 59, tzinfo=UTC), []),
        (datetime(2027, 6, 8, 22, 0, tzinfo=UTC), [Trouble.OUTSIDE_THE_MEETING]),
    ],
)
def test_days_are_those_of_the_meeting(start: datetime, expected: list[Trouble]) -> None:
    moved = replace(block(1, item(0, 60)), starts_at=start, ends_at=start + timedelta(minutes=60))
    assert troubles(moved) == expected


def test_severe_findings_come_first_then_sessions_in_their_order() -> None:
    found = findings(
        plan(
            block(1, item(0, 50)),
            block(2, item(0, 60, talk(state=State.WITHDRAWN))),
            block(3, item(0, 50), room=None),
        )
    )
    assert [(f.block, f.trouble, f.is_severe) for f in found] == [
        (2, Trouble.TALK_LOST_ITS_PLACE, True),
        (1, Trouble.TIME_LEFT, False),
        (3, Trouble.NO_ROOM, False),
        (3, Trouble.TIME_LEFT, False),
    ]
    assert {key: len(theirs) for key, theirs in by_block(found).items()} == {1: 1, 2: 1, 3: 2}


def test_every_trouble_is_severe_or_not_on_purpose() -> None:
    assert set(Trouble) - SEVERE == {
        Trouble.NOT_ANNOUNCED,
        Trouble.UNCONFIRMED,
        Trouble.MINUTES_DIFFER,
        Trouble.GAP,
        Trouble.TIME_LEFT,
        Trouble.EMPTY,
        Trouble.NO_ROOM,
        Trouble.NO_CHAIR,
    }
