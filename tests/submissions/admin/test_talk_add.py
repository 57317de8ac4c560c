"""A talk added by hand in the admin."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, Speaker, Talk, User
from tests.make import make_meeting

pytestmark = pytest.mark.django_db
ADD = "/admin/submissions/talk/add/"


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


def new_talk(**typed: Any) -> dict[str, Any]:
    return {
        "title": "By hand",
        "abstract": "Text",
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-given_name": "Ada",
        "form-0-family_name": "Lovelace",
        "form-0-email": "ada@example.org",
        "form-0-is_presenting": "on",
        "_continue": "Add",
        **typed,
    }


@pytest.mark.parametrize("send_receipt", [False, True])
def test_a_talk_added_by_hand_is_a_submitted_one(
    client: Client,
    organiser: User,
    meeting: Meeting,
    django_capture_on_commit_callbacks: Any,
    send_receipt: bool,
) -> None:
    assert client.get(ADD).status_code == 200
    typed = {"send_receipt": "on"} if send_receipt else {}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ADD, new_talk(**typed))
    talk = Talk.objects.get()
    assert response.headers["Location"] == reverse("admin:submissions_talk_change", args=[talk.pk])
    assert (talk.meeting, talk.state) == (meeting, "submitted")
    assert [(e.action, e.by) for e in talk.history.all()] == [("submit", organiser)]
    assert [message.to for message in mail.outbox] == [["ada@example.org"]] * send_receipt


def test_a_talk_added_by_a_double_click_is_one_talk(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    key = str(client.get(ADD).context["form"]["submit_key"].value())
    for _ in range(2):
        client.post(ADD, new_talk(submit_key=key))
    assert Talk.objects.count() == 1


def test_a_form_that_added_a_talk_before_adds_another_only_when_saved_again(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    key = str(client.get(ADD).context["form"]["submit_key"].value())
    client.post(ADD, new_talk(submit_key=key))
    page = client.post(ADD, new_talk(submit_key=key, title="Another"))
    (first,) = Talk.objects.all()
    told = f"Talk {first.code} was added by this form. Save again to add another talk."
    assert [str(message) for message in page.context["messages"]][-1] == told
    fresh = str(page.context["form"]["submit_key"].value())
    client.post(ADD, new_talk(submit_key=fresh, title="Another"))
    assert Talk.objects.filter(title="Another").exists()


def test_no_half_made_talk_is_added(client: Client, organiser: User, meeting: Meeting) -> None:
    page = client.post(ADD, new_talk(**{"form-0-family_name": "", "form-0-given_name": "Ada"}))
    assert page.status_code == 200
    assert (Talk.objects.count(), Speaker.objects.count()) == (0, 0)
