from dataclasses import replace
from datetime import date

import pytest

from sessions.domain.programme import Programme
from sessions.domain.selection import Selection, select
from submissions.domain.talk import Area
from tests.sessions.domain.programmes import MORNING, NIGHT, PROGRAMME, THIRD


def codes(programme: Programme) -> list[str]:
    return list(programme.talks)


def test_nothing_asked_leaves_the_programme_as_it_is() -> None:
    assert select(PROGRAMME, Selection(text=" - ")) is PROGRAMME


def test_a_day_keeps_its_sessions_whole() -> None:
    assert select(PROGRAMME, Selection(day=date(2027, 6, 7))).sessions == (MORNING,)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(astronomy="galaxies"), ["AAAAAA"]),
        (Selection(ml="deep-learning"), ["AAAAAA", "BBBBBB"]),
        (Selection(ml="deep-learning", astronomy="galaxies"), ["AAAAAA"]),
        (Selection(ml="galaxies"), []),
        (Selection(ml="deep-learning", day=date(2027, 6, 8)), []),
    ],
)
def test_areas_narrow_to_their_talks(selection: Selection, expected: list[str]) -> None:
    assert codes(select(PROGRAMME, selection)) == expected


def test_a_wider_area_has_the_talks_of_its_parts() -> None:
    stars, wide = Area("stars", "Stars"), Area("astronomy", "Astronomy")
    third = replace(THIRD, astronomy_areas=(replace(stars, within=(wide,)),))
    night = replace(NIGHT, slots=tuple(replace(each, talk=third) for each in NIGHT.slots))
    programme = replace(PROGRAMME, sessions=(MORNING, night))
    assert codes(select(programme, Selection(astronomy="astronomy"))) == ["CCCCCC"]
    assert codes(select(programme, Selection(astronomy="stars"))) == ["CCCCCC"]
    assert [area.label for area in programme.astronomy_areas] == ["Astronomy", "Galaxies", "Stars"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("creme BRULEE", ["BBBBBB"]),
        ("sky brûlée", ["BBBBBB"]),
        ("made up", ["AAAAAA"]),
        ("observatory", ["AAAAAA", "BBBBBB"]),
        ("deep machines", ["AAAAAA", "BBBBBB"]),
        ("slowly", ["AAAAAA"]),
        ("2.01", ["CCCCCC"]),
        ("cccccc", ["CCCCCC"]),
        ("engines absent", []),
    ],
)
def test_words_must_all_occur_whatever_their_case_and_accents(
    text: str, expected: list[str]
) -> None:
    assert codes(select(PROGRAMME, Selection(text=text))) == expected


def test_what_is_asked_of_talks_drops_other_slots_and_empty_sessions() -> None:
    (session,) = select(PROGRAMME, Selection(text="engines")).sessions
    assert [slot.id for slot in session.slots] == [2]
