"""Looking at the programme before it is public, and publishing it."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions.models import Release
from submissions.domain.lifecycle import State
from submissions.models import Meeting, User
from tests.make import (
    make_meeting,
    make_room,
    make_session,
    make_slot,
    make_talk,
)

pytestmark = pytest.mark.django_db
PUBLISH = "/admin/meetings/sky/publish/"


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(slug="sky")


def test_looking_at_the_page_publishes_nothing(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block = make_session(meeting, theme="Stars", room=make_room(meeting))
    make_slot(block, make_talk(meeting, State.CONFIRMED))
    make_slot(block, make_talk(meeting, State.SUBMITTED), start_minute=15)
    context = client.get(PUBLISH).context
    numbers = [context[name] for name in ("session_count", "talk_count", "to_be_announced")]
    assert numbers == [1, 1, 1]
    assert [line["name"] for line in context["severe"]] == ["Stars"]
    assert not Release.objects.exists()


def test_publishing_makes_a_release_with_its_note(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_session(meeting, room=make_room(meeting))
    page = client.post(PUBLISH, {"note": " First programme "}, follow=True)
    release = Release.objects.get()
    assert (release.number, release.published_by, release.note) == (1, organiser, "First programme")
    assert page.redirect_chain == [("/admin/meetings/sky/", 302)]
    assert [str(m) for m in page.context["messages"]] == ["The programme is published: release 1."]
    assert "First programme" in client.get(PUBLISH).content.decode()


def test_publishing_twice_makes_one_release(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_session(meeting, room=make_room(meeting))
    client.post(PUBLISH)
    page = client.post(PUBLISH, follow=True)
    assert Release.objects.count() == 1
    assert "Nothing has changed since the last release; it stays public." in {
        str(m) for m in page.context["messages"]
    }


def test_an_empty_programme_is_not_published(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    assert "There is nothing to publish yet" in client.get(PUBLISH).content.decode()
    page = client.post(PUBLISH, follow=True)
    assert not Release.objects.exists()
    assert [str(m) for m in page.context["messages"]] == [
        "There is no session yet. Add one with a room and its talks first."
    ]


def test_the_preview_shows_what_is_not_public_yet(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block = make_session(meeting, room=make_room(meeting))
    make_slot(block, make_talk(meeting, State.CONFIRMED, title="Comes next"))
    make_slot(block, make_talk(meeting, title="Still a secret"), start_minute=15)
    page = client.get(reverse("admin:programme-preview", args=["sky"])).content.decode()
    assert ("Comes next" in page, "Still a secret" in page) == (True, False)
    assert "Preview: this is how the programme would look" in page
    public = client.get(reverse("sessions:programme-detail", args=["sky"])).content.decode()
    assert "Comes next" not in public
