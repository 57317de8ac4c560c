"""Two organisers edit the same page: the second is told, and keeps what was typed."""

import pytest
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, User
from tests.filled import filled
from tests.make import make_format, make_meeting, make_room, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(name="Sky")


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("submissions_meeting", "venue"),
        ("submissions_speaker", "email"),
        ("programme_room", "name"),
    ],
)
def test_who_saves_second_is_told_and_keeps_what_was_typed(
    client: Client, organiser: User, meeting: Meeting, model: str, field: str
) -> None:
    make_format(meeting)
    rows = {
        "submissions_meeting": meeting,
        "submissions_speaker": make_speaker(meeting),
        "programme_room": make_room(meeting),
    }
    row = rows[model]
    url = reverse(f"admin:{model}_change", args=[row.pk])
    shown = filled(client, url)
    theirs, mine = shown | {field: "theirs@example.org"}, shown | {field: "mine@example.org"}
    assert client.post(url, theirs).status_code == 302

    page = client.post(url, mine)

    assert page.status_code == 200
    assert (
        "Not saved: Olga Organiser changed this page while you were editing it. What you typed is "
        "in the form below. Saving again writes it over the other change."
    ) in page.content.decode()
    row.refresh_from_db()
    assert getattr(row, field) == "theirs@example.org"
    form = page.context["adminform"].form
    assert form[field].value() == "mine@example.org"
    again = mine | {"version": form["version"].value()}
    assert client.post(url, again).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "mine@example.org"


def test_a_talk_format_counts_as_a_change_of_its_meeting(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    kind = make_format(meeting, name="Contributed", talk_minutes=12)
    url = reverse("admin:submissions_meeting_change", args=[meeting.pk])
    mine = filled(client, url) | {"venue": "Elsewhere"}
    kind.talk_minutes = 15
    kind.save()
    assert "Not saved: somebody changed this page" in client.post(url, mine).content.decode()


def test_a_talk_format_that_somebody_deleted_meanwhile_is_no_error_of_ours(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    kind = make_format(meeting, name="Contributed")
    url = reverse("admin:submissions_meeting_change", args=[meeting.pk])
    mine = filled(client, url) | {"venue": "Elsewhere"}
    kind.delete()
    page = client.post(url, mine)
    assert page.status_code == 200
    assert "Not saved: somebody changed this page" in page.content.decode()


def test_pages_saved_one_after_the_other_are_saved(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    url = reverse("admin:submissions_meeting_change", args=[meeting.pk])
    for venue in ("Here", "There"):
        assert client.post(url, filled(client, url) | {"venue": venue}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.venue == "There"
