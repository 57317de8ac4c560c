from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command

from submissions.emails import Message
from submissions.models import Email, Meeting
from submissions.operations import mailing
from tests.make import NOW, make_meeting

pytestmark = pytest.mark.django_db


def message(**fields: str) -> Message:
    values = {
        "kind": "receipt",
        "recipient": "ada@example.org",
        "subject": "Received",
        "body": "Thank you.\n",
        "dedupe_key": "receipt:ABC234",
    }
    return Message(**(values | fields))


def queue(meeting: Meeting, **fields: str) -> Email:
    (email,) = mailing.queue([message(**fields)], meeting=meeting, talk=None, at=NOW, send=False)
    return email


@pytest.fixture
def broken_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailMessage, **options: Any) -> int:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailMessage, "send", refuse)


def test_the_same_key_is_queued_once() -> None:
    meeting = make_meeting()
    queue(meeting)
    again = mailing.queue([message()], meeting=meeting, talk=None, at=NOW, send=False)
    assert (again, Email.objects.count()) == ([], 1)


def test_a_delivered_mail_is_not_sent_again() -> None:
    email = queue(make_meeting())
    assert [mailing.deliver(email.pk, at=NOW), mailing.deliver(email.pk, at=NOW)] == [True, False]
    email.refresh_from_db()
    assert (len(mail.outbox), email.state, email.sent_at, email.attempts) == (1, "sent", NOW, 1)


@pytest.mark.usefixtures("broken_server")
def test_a_mail_that_cannot_be_sent_stays_queued_with_the_reason() -> None:
    email = queue(make_meeting())
    assert not mailing.deliver(email.pk, at=NOW)
    email.refresh_from_db()
    assert (email.state, email.attempts, email.last_error, email.sent_at) == (
        "queued",
        1,
        "gone",
        None,
    )


@pytest.mark.usefixtures("broken_server")
def test_after_the_last_attempt_it_is_marked_as_failed() -> None:
    email = queue(make_meeting())
    for _ in range(mailing.MAX_ATTEMPTS + 1):
        mailing.deliver(email.pk, at=NOW)
    email.refresh_from_db()
    assert (email.state, email.attempts) == ("failed", mailing.MAX_ATTEMPTS)


def test_the_command_sends_what_waits(capsys: pytest.CaptureFixture[str]) -> None:
    meeting = make_meeting()
    queue(meeting)
    queue(meeting, dedupe_key="receipt:XYZ789")
    call_command("send_emails")
    assert capsys.readouterr().out == "2 sent, 0 still waiting.\n"
    assert len(mail.outbox) == 2


def test_a_mail_tried_again_has_the_same_message_id() -> None:
    email = queue(make_meeting())
    first, second = (mailing._message(email).message()["Message-ID"] for _ in range(2))
    assert first == second


def test_a_newline_in_a_subject_adds_no_header() -> None:
    email = queue(make_meeting(), subject="Received\nBcc: everybody@example.org")
    assert not mailing.deliver(email.pk, at=NOW)
    email.refresh_from_db()
    assert "newlines" in email.last_error
    assert not mail.outbox
