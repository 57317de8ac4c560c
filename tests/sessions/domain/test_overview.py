from dataclasses import replace
from datetime import date

from sessions.domain.overview import Overview, Row, overview
from sessions.domain.programme import Day
from tests.sessions.domain.programmes import MORNING, moment

BESIDE = replace(MORNING, id=21, number=5, room="Patio")
AFTER = replace(MORNING, id=22, number=6, room="Patio", starts_at=moment(7, 14))


def test_sessions_stand_by_start_and_room() -> None:
    assert overview(Day(date(2027, 6, 7), (MORNING, BESIDE, AFTER))) == Overview(
        ("Aula", "Patio"),
        (
            Row(MORNING.starts_at, ((MORNING,), (BESIDE,))),
            Row(AFTER.starts_at, ((), (AFTER,))),
        ),
    )


def test_two_sessions_without_a_room_share_a_cell() -> None:
    homeless = replace(MORNING, room="")
    other = replace(homeless, id=23)
    assert overview(Day(date(2027, 6, 7), (homeless, other))).rows == (
        Row(MORNING.starts_at, ((homeless, other),)),
    )


def test_one_room_needs_no_table() -> None:
    assert not overview(Day(date(2027, 6, 7), (MORNING,))).is_parallel
    assert overview(Day(date(2027, 6, 7), (MORNING, BESIDE))).is_parallel
