from datetime import date

from sessions.domain.programme import Day, PersonEntry, PlacedTalk, Programme
from sessions.domain.published import PublishedTalk
from tests.sessions.domain.programmes import (
    ADA,
    BO,
    CHAIR,
    FIRST,
    GALAXIES,
    LEARNING,
    MEETING,
    MORNING,
    NIGHT,
    PROGRAMME,
    SECOND,
    THIRD,
    moment,
)


def test_a_session_belongs_to_the_day_of_its_start_at_the_meeting() -> None:
    assert PROGRAMME.days == (Day(date(2027, 6, 7), (MORNING,)), Day(date(2027, 6, 8), (NIGHT,)))


def test_a_day_counts_its_talks_and_not_what_is_to_be_announced() -> None:
    assert [day.talk_count for day in PROGRAMME.days] == [2, 1]


def test_a_talk_knows_its_place_and_its_neighbours_in_the_session() -> None:
    assert PROGRAMME.talks == {
        "AAAAAA": PlacedTalk(FIRST, MORNING.slots[1], MORNING, None, SECOND),
        "BBBBBB": PlacedTalk(SECOND, MORNING.slots[3], MORNING, FIRST, None),
        "CCCCCC": PlacedTalk(THIRD, NIGHT.slots[0], NIGHT, None, None),
    }


def test_a_session_is_found_by_its_number() -> None:
    assert [PROGRAMME.session(number) for number in (1, 2, 3)] == [MORNING, NIGHT, None]


def test_people_are_listed_by_family_name_with_talks_and_sessions_they_chair() -> None:
    first, second = PROGRAMME.talks["AAAAAA"], PROGRAMME.talks["BBBBBB"]
    assert list(PROGRAMME.people.items()) == [
        ("cy-chair", PersonEntry(CHAIR, (), (MORNING,))),
        ("bo-invented", PersonEntry(BO.person, (first, second), ())),
        ("ada-made-up", PersonEntry(ADA.person, (first,), ())),
    ]


def test_areas_are_those_that_occur_each_once() -> None:
    assert (PROGRAMME.astronomy_areas, PROGRAMME.ml_areas) == ((GALAXIES,), (LEARNING,))


def test_the_presenting_author_stands_in_front_else_the_first() -> None:
    assert (FIRST.presenters, SECOND.presenters, THIRD.presenters) == ((ADA,), (BO,), ())


def test_a_withdrawn_talk_keeps_its_title_and_nothing_else() -> None:
    without = PROGRAMME.withdrawing({"AAAAAA", "unknown"})

    assert without.talks["AAAAAA"].talk == PublishedTalk(
        "AAAAAA", "1.01", "Engines", is_withdrawn=True
    )
    assert without.talks["BBBBBB"].talk == SECOND
    assert without.withdrawn_codes == ("AAAAAA",)
    assert list(without.people) == ["cy-chair", "bo-invented"]
    assert without.astronomy_areas == ()


def test_withdrawing_nothing_gives_the_same_programme() -> None:
    assert PROGRAMME.withdrawing({"unknown"}) is PROGRAMME


def test_a_slot_without_its_talk_is_to_be_announced() -> None:
    announced = [slot.is_to_be_announced for slot in MORNING.slots]
    assert announced == [False, False, True, False, False, False]


def test_an_empty_programme_has_nothing() -> None:
    empty = Programme(1, moment(1, 0), MEETING)
    assert (empty.days, empty.talks, empty.people, empty.ml_areas) == ((), {}, {}, ())
