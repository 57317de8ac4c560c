"""Findings about a timetable in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sessions.domain.clashes import Finding, Trouble
from sessions.models.labels import worded


@pytest.mark.parametrize("trouble", Trouble)
def test_every_finding_has_a_sentence(trouble: Trouble) -> None:
    text = worded(Finding(trouble, block=1), ZoneInfo("UTC"))
    assert text.endswith(".")
    assert "%(" not in text


def test_times_are_local_to_the_meeting() -> None:
    at = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)
    finding = Finding(Trouble.PERSON_TWICE, 1, name="Ada", other="Stars", at=at)
    assert worded(finding, ZoneInfo("Europe/Madrid")) == "Ada is also in “Stars” at 11:00."
