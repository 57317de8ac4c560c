import re
from datetime import date

import pytest

from sessions.domain.selection import Selection
from sessions.forms.programme import ProgrammeFilterForm
from tests.sessions.domain.programmes import PROGRAMME


def form(**data: str) -> ProgrammeFilterForm:
    return ProgrammeFilterForm(data, programme=PROGRAMME)


def test_nothing_asked_is_an_empty_selection() -> None:
    assert form().selection() == Selection()


def test_what_is_asked_becomes_the_selection() -> None:
    asked = form(q="  sky ", astronomy="galaxies", ml="deep-learning", day="2027-06-08")
    assert asked.selection() == Selection(date(2027, 6, 8), "galaxies", "deep-learning", "sky")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (
            "astronomy",
            "deep-learning",
            "No talk of this programme has the area “deep-learning”. Choose another one.",
        ),
        (
            "day",
            "2027-06-09",
            "The programme has nothing on “2027-06-09”. Choose one of its days.",
        ),
        ("q", "a\x00b", "Null characters are not allowed."),
        ("q", "x" * 201, "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_what_cannot_be_understood_is_reported_and_left_out(
    field: str, value: str, message: str
) -> None:
    asked = form(**{"ml": "deep-learning", field: value})
    assert asked.selection() == Selection(ml="deep-learning")
    assert asked.errors == {field: [message]}


def test_only_areas_that_occur_can_be_chosen() -> None:
    shown = str(form()["astronomy"])
    assert re.findall("<option.*>(.*)</option>", shown) == ["All areas", "Galaxies"]
