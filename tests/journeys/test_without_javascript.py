"""The same road for a browser that runs no scripts, on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions.operations import releasing
from submissions.domain.lifecycle import State
from submissions.models import Meeting, Talk
from tests.journeys.conftest import Visitor
from tests.make import (
    make_area,
    make_format,
    make_meeting,
    make_ml_area,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_talk,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting() -> Meeting:
    now = timezone.now()
    meeting = make_meeting(
        slug="plain",
        call_opens_at=now - timedelta(days=1),
        call_closes_at=now + timedelta(days=1),
    )
    make_format(meeting, name="Contributed")
    make_area("Galaxies")
    make_ml_area("Deep learning")
    return meeting


@pytest.mark.usefixtures("meeting")
def test_a_talk_is_proposed_with_a_co_author_and_a_preview(without_scripts: Visitor) -> None:
    page = without_scripts.page
    without_scripts.go("/plain/submit/")
    page.get_by_label("Family name").fill("Plain")
    page.get_by_label("E-mail address").fill("plain@example.org")
    page.get_by_role("button", name="Add a co-author").click()
    page.get_by_label("Family name").nth(1).fill("Second")
    page.get_by_label("Title").fill("No scripts")
    page.get_by_label("Areas of astronomy").first.select_option("galaxies")
    page.get_by_label("Areas of machine learning").first.select_option("deep-learning")
    page.get_by_label("Abstract").fill("Only *words*.")
    page.get_by_label("Contributed").check()
    page.get_by_role("button", name="Show the preview").click()
    assert page.locator("#preview em").inner_text() == "words"
    page.get_by_role("button", name="Submit talk").click()
    page.get_by_text("We have received your proposal").wait_for()
    talk = Talk.objects.get()
    assert [author.name for author in talk.authors.order_by("authorships__position")] == [
        "Plain",
        "Second",
    ]


def test_the_programme_is_read_unfolded_and_filtered(
    meeting: Meeting, without_scripts: Visitor
) -> None:
    block = make_session(meeting, room=make_room(meeting, name="Dome"))
    shown = make_talk(meeting, State.CONFIRMED, title="Shown talk", abstract="Read *me*.")
    other = make_talk(meeting, State.CONFIRMED, title="Other talk")
    make_slot(block, shown, start_minute=0)
    make_slot(block, other, start_minute=15)
    releasing.publish(meeting, by=make_organiser(meeting), at=timezone.now())
    page = without_scripts.page
    without_scripts.go("/plain/programme/")
    summary = page.locator("details.programme-row summary").first
    assert not page.get_by_text("Read me.").is_visible()
    summary.click()
    assert page.get_by_text("Read me.").is_visible()
    page.get_by_label("Search").fill("shown")
    page.get_by_role("button", name="Show").click()
    assert page.locator(".talk-title").all_inner_texts() == ["1.01 Shown talk"]
