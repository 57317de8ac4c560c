"""The outbox in the admin: to look at, to edit while held, to send, to discard."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from submissions.models import Email, EmailAttempt, Meeting, User
from submissions.operations import mailing
from tests.make import NOW, make_meeting, make_organiser, make_talk
from tests.outbox import queue_one
from tests.queries import count_queries

pytestmark = pytest.mark.django_db
LIST = "/admin/submissions/email/"


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(name="Learning the Sky", contact_email="talks@example.org")


@pytest.fixture
def organiser(client: Client, meeting: Meeting) -> User:
    user = make_organiser(meeting, "olga@example.org")
    client.force_login(user)
    return user


def page_of(email: Email, page: str = "change") -> str:
    return reverse(f"admin:submissions_email_{page}", args=[email.pk])


def in_state(meeting: Meeting, state: str, **fields: Any) -> Email:
    email = queue_one(meeting)
    sent_at = NOW if state == "sent" else None
    Email.objects.filter(pk=email.pk).update(state=state, sent_at=sent_at, **fields)
    email.refresh_from_db()
    return email


def told(client: Client, url: str, data: dict[str, Any] | None = None) -> list[str]:
    page = client.post(url, data or {}, follow=True)
    return [str(message) for message in page.context["messages"]]


def held(meeting: Meeting) -> Email:
    return in_state(meeting, "held")


@pytest.mark.usefixtures("organiser")
class TestList:
    def test_mails_are_narrowed_by_state_and_kind(self, client: Client, meeting: Meeting) -> None:
        failed = in_state(meeting, "failed")
        reminder = queue_one(meeting, kind="draft_reminder")
        for query, expected in (
            ({"state": "failed"}, failed),
            ({"kind": "draft_reminder"}, reminder),
        ):
            assert list(client.get(LIST, query).context["cl"].result_list) == [expected]

    def test_it_takes_the_same_queries_whatever_its_length(
        self, client: Client, meeting: Meeting
    ) -> None:
        counts = []
        for _ in range(2):
            queue_one(meeting)
            counts.append(count_queries(client, LIST))
        assert counts[0] == counts[1]

    def test_what_is_chosen_is_sent_by_the_sender_and_not_by_the_page(
        self, client: Client, meeting: Meeting
    ) -> None:
        emails = [in_state(meeting, state) for state in ("failed", "held", "sent")]
        data = {"action": "send", "_selected_action": [email.pk for email in emails]}
        assert told(client, LIST, data) == ["2 e-mails are on their way."]
        states = [Email.objects.get(pk=email.pk).state for email in emails]
        assert (states, mail.outbox) == (["queued", "queued", "sent"], [])

    @pytest.mark.parametrize(
        ("action", "state", "says"),
        [
            ("hold", "held", "1 e-mail is held."),
            ("discard", "discarded", "1 e-mail was discarded."),
        ],
    )
    def test_what_is_chosen_is_kept_back_or_discarded(
        self, client: Client, meeting: Meeting, action: str, state: str, says: str
    ) -> None:
        queued, sent = queue_one(meeting), in_state(meeting, "sent")
        data = {"action": action, "_selected_action": [queued.pk, sent.pk]}
        assert told(client, LIST, data) == [says]
        queued.refresh_from_db()
        assert queued.state == state
        assert told(client, LIST, {"action": action, "_selected_action": [sent.pk]}) == [
            "Nothing was done: in their state this is not possible with these e-mails."
        ]

    def test_mails_of_other_meetings_are_not_touched(self, client: Client) -> None:
        foreign = held(make_meeting())
        for action in ("send", "hold", "discard"):
            client.post(LIST, {"action": action, "_selected_action": [foreign.pk]})
            assert client.post(page_of(foreign, action)).status_code == 404
        foreign.refresh_from_db()
        assert foreign.state == "held"


@pytest.mark.usefixtures("organiser")
class TestPage:
    def test_a_mail_is_shown_as_it_will_arrive_with_its_log(
        self, client: Client, meeting: Meeting
    ) -> None:
        email = queue_one(
            meeting, body="Dear <b>Ada</b>,\n\nthank you.", recipient_name="Ada Lovelace"
        )
        EmailAttempt.objects.create(
            email=email, began_at=NOW, outcome="deferred", answer="451 <later>"
        )
        page = client.get(page_of(email))
        assert page.context["preview"].header == (
            ("From", '"Learning the Sky" <noreply@localhost>'),
            ("To", '"Ada Lovelace" <ada@example.org>'),
            ("Reply to", "talks@example.org"),
            ("Subject", "Received"),
        )
        text = page.content.decode()
        assert '<pre class="mail-text">Dear &lt;b&gt;Ada&lt;/b&gt;,' in text
        assert '<strong>put off</strong> <span class="quiet">451 &lt;later&gt;</span>' in text

    def test_a_held_mail_is_edited_and_the_edit_is_remembered(
        self, client: Client, meeting: Meeting, organiser: User
    ) -> None:
        email = held(meeting)
        data = {"recipient": "bo@example.org", "subject": "New\r\nBcc: x", "body": "Text {kept}."}
        assert told(client, page_of(email), data) == ["The e-mail was changed. It is still held."]
        email.refresh_from_db()
        assert (email.recipient, email.subject, email.body, email.state) == (
            "bo@example.org",
            "New Bcc: x",
            "Text {kept}.\n",
            "held",
        )
        change = email.changes.get()
        assert (change.by, change.changes["recipient"]) == (
            organiser,
            ["ada@example.org", "bo@example.org"],
        )
        assert "<ins>" in client.get(page_of(email)).content.decode()

    def test_what_was_edited_is_sent_by_the_other_button(
        self, client: Client, meeting: Meeting
    ) -> None:
        email = held(meeting)
        data = {"recipient": email.recipient, "subject": "New", "body": "B", "_send": "yes"}
        assert told(client, page_of(email), data) == ["The e-mail is on its way."]
        email.refresh_from_db()
        assert (email.state, email.subject) == ("queued", "New")

    def test_what_cannot_be_is_refused_and_kept_in_the_form(
        self, client: Client, meeting: Meeting
    ) -> None:
        email = held(meeting)
        data = {"recipient": "nobody", "subject": "", "body": "My words"}
        page = client.post(page_of(email), data)
        assert set(page.context["form"].errors) == {"recipient", "subject"}
        assert "My words" in page.content.decode()
        email.refresh_from_db()
        assert email.subject == "Received"

    @pytest.mark.parametrize("state", ["queued", "sent", "discarded"])
    def test_a_mail_that_is_not_held_is_not_edited(
        self, client: Client, meeting: Meeting, state: str
    ) -> None:
        email = in_state(meeting, state)
        assert client.get(page_of(email)).context["form"] is None
        data = {"recipient": "b@example.org", "subject": "Other", "body": "Other"}
        assert told(client, page_of(email), data) == [
            f"Nothing was done: the e-mail is now {state}."
        ]
        email.refresh_from_db()
        assert email.subject == "Received"

    def test_whoever_is_too_late_is_told_what_the_mail_is_now(
        self, client: Client, meeting: Meeting, organiser: User
    ) -> None:
        email = held(meeting)
        mailing.discard([email], by=organiser, at=NOW)
        assert told(client, page_of(email, "send")) == [
            "Nothing was done: the e-mail is now discarded."
        ]

    def test_mails_are_not_deleted(self, client: Client, meeting: Meeting) -> None:
        email = queue_one(meeting)
        assert client.post(page_of(email, "delete"), {"post": "yes"}).status_code == 403

    def test_the_page_of_the_talk_says_what_the_server_said(
        self, client: Client, meeting: Meeting
    ) -> None:
        email, talk = queue_one(meeting), make_talk(meeting)
        Email.objects.filter(pk=email.pk).update(talk=talk)
        EmailAttempt.objects.create(email=email, began_at=NOW, answer="250 taken as 4711")
        page = client.get(reverse("admin:submissions_talk_change", args=[talk.pk]))
        assert "250 taken as 4711" in page.content.decode()
