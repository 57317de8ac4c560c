"""The outbox in the admin: to read, and to try again."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from submissions.models import Email, Meeting
from tests.make import NOW, make_meeting, make_organiser

pytestmark = pytest.mark.django_db
LIST = "/admin/submissions/email/"


@pytest.fixture
def meeting(client: Client) -> Meeting:
    meeting = make_meeting()
    client.force_login(make_organiser(meeting))
    return meeting


def make_email(meeting: Meeting, **fields: Any) -> Email:
    values: dict[str, Any] = {
        "kind": "receipt",
        "recipient": "ada@example.org",
        "subject": "Received",
        "body": "Dear <b>Ada</b>,\n\nthank you.",
        "dedupe_key": str(Email.objects.count()),
        "queued_at": NOW,
    }
    return Email.objects.create(meeting=meeting, **(values | fields))


def test_a_mail_is_shown_as_text(client: Client, meeting: Meeting) -> None:
    email = make_email(meeting, last_error="450 try later")
    page = client.get(reverse("admin:submissions_email_change", args=[email.pk])).content.decode()
    assert '<pre class="mail-text">Dear &lt;b&gt;Ada&lt;/b&gt;,' in page
    assert "450 try later" in page


def test_mails_are_neither_changed_nor_deleted(client: Client, meeting: Meeting) -> None:
    email = make_email(meeting)
    change, delete = (
        reverse(f"admin:submissions_email_{page}", args=[email.pk]) for page in ("change", "delete")
    )
    assert client.post(change, {"subject": "Other"}).status_code == 403
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert Email.objects.get().subject == "Received"


def test_mails_that_failed_are_tried_again(client: Client, meeting: Meeting) -> None:
    failed = make_email(meeting, state="failed", attempts=8)
    sent = make_email(meeting, state="sent", sent_at=NOW, recipient="bo@example.org")
    data = {"action": "try_again", "_selected_action": [failed.pk, sent.pk]}
    page = client.post(LIST, data, follow=True)
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    failed.refresh_from_db()
    assert failed.state == "sent"
    assert [str(m) for m in page.context["messages"]] == ["1 e-mail was sent."]
    page = client.post(LIST, data, follow=True)
    assert [str(m) for m in page.context["messages"]] == [
        "Nothing to do: these e-mails have been sent already."
    ]


def test_mails_are_narrowed_by_state(client: Client, meeting: Meeting) -> None:
    failed = make_email(meeting, state="failed")
    make_email(meeting)
    assert list(client.get(LIST, {"state": "failed"}).context["cl"].result_list) == [failed]
