"""Places in a timetable, and findings about it, in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sessions.domain.clashes import Finding, Trouble
from sessions.models.labels import place_and_time, worded
from tests.make import make_meeting, make_room, make_session


@pytest.mark.parametrize("trouble", Trouble)
def test_every_finding_has_a_sentence(trouble: Trouble) -> None:
    text = worded(Finding(trouble, block=1), ZoneInfo("UTC"))
    assert text.endswith(".")
    assert "%(" not in text


def test_times_are_local_to_the_meeting() -> None:
    at = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)
    finding = Finding(Trouble.PERSON_TWICE, 1, name="Ada", other="Stars", at=at)
    assert worded(finding, ZoneInfo("Europe/Madrid")) == "Ada is also in “Stars” at 11:00."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "when"),
    [("Europe/Madrid", "11:00 CEST"), ("Asia/Kathmandu", "14:45 UTC+05:45")],
)
def test_a_place_is_said_with_its_zone(zone: str, when: str) -> None:
    meeting = make_meeting(time_zone=zone)
    hall = make_room(meeting, name="Great Hall")
    block = make_session(meeting, number=3, theme="Surveys", room=hall)
    said = place_and_time(block, block.starts_at)
    assert said == f"3. Surveys, 7 June 2027, {when}, Great Hall"
