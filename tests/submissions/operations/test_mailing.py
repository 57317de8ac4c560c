from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command

from submissions.emails import Message
from submissions.models import Email, EmailState, Meeting
from submissions.operations import mailing
from tests.mail_server import mail_server
from tests.make import NOW, make_meeting

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


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


def test_a_mail_that_cannot_be_sent_stays_queued_with_the_reason() -> None:
    email = queue(make_meeting())
    with mail_server("refuses"):
        assert not mailing.deliver(email.pk, at=NOW)
    email.refresh_from_db()
    assert (email.state, email.attempts, email.sent_at) == ("queued", 1, None)
    assert "nobody of that name" in email.last_error


def test_it_is_tried_again_after_longer_and_longer_waits_and_then_marked_as_failed() -> None:
    email, moment, waits = queue(make_meeting()), NOW, []
    with mail_server("refuses"):
        while email.state != EmailState.FAILED:
            mailing.deliver(email.pk, at=moment)
            email.refresh_from_db()
            if email.next_try_at is not None:
                waits.append(email.next_try_at - moment)
                assert not mailing.deliver(email.pk, at=email.next_try_at - SECOND)
                moment = email.next_try_at
    assert (tuple(waits), email.attempts) == (mailing.WAITS, mailing.MAX_ATTEMPTS)
    assert timedelta(hours=24) < sum(waits, timedelta()) < timedelta(hours=25)


def test_while_one_process_sends_a_mail_no_other_does(monkeypatch: pytest.MonkeyPatch) -> None:
    email = queue(make_meeting())
    of_the_other = []

    def send(self: EmailMessage, **options: Any) -> int:
        of_the_other.append(mailing.deliver_queued(at=NOW + timedelta(minutes=5)))
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    assert mailing.deliver(email.pk, at=NOW)
    assert of_the_other == [(0, 0)]


def test_a_mail_whose_process_died_while_sending_is_sent_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    email = queue(make_meeting())

    def die(self: EmailMessage, **options: Any) -> int:
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(EmailMessage, "send", die)
        mailing.deliver(email.pk, at=NOW)
    assert mailing.deliver_queued(at=NOW + mailing.CLAIM - SECOND) == (0, 0)
    assert mailing.deliver_queued(at=NOW + mailing.CLAIM) == (1, 0)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("manners", ["stalls", "hangs up"])
def test_a_server_that_does_not_answer_is_asked_once_and_not_for_every_mail(manners: str) -> None:
    meeting = make_meeting()
    for number in range(3):
        queue(meeting, dedupe_key=f"receipt:{number}")
    with mail_server(manners) as server:
        assert mailing.deliver_queued(at=NOW) == (0, 3)
    assert server.sessions == 1
    assert sorted(Email.objects.values_list("state", "attempts")) == [
        ("queued", 0),
        ("queued", 0),
        ("queued", 1),
    ]
    with mail_server() as server:
        assert mailing.deliver_queued(at=NOW + timedelta(minutes=2)) == (3, 0)
    assert (len(server.mails), server.sessions) == (3, 1)


def test_a_mail_arrives_with_everything_a_mail_program_asks_for() -> None:
    email = queue(
        make_meeting(contact_email="talks@example.org"),
        subject="Reçu : naïve $z>6$ 🔭 " + "many words " * 20,
        body="Chère Ada,\n.\nmerci.\n",
    )
    sender = "Conjunction <talks@meetings.example.org>"
    with mail_server(SITE_URL="https://meetings.example.org", DEFAULT_FROM_EMAIL=sender) as server:
        mailing.deliver(email.pk, at=NOW)
    (received,) = server.mails
    headers = ("From", "To", "Reply-To", "Subject", "Auto-Submitted", "Message-ID")
    assert {name: received[name].strip() for name in headers} == {
        "From": sender,
        "To": "ada@example.org",
        "Reply-To": "talks@example.org",
        "Subject": email.subject.strip(),
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{email.pk}.20270301120000@meetings.example.org>",
    }
    assert received["Date"]
    assert received.get_content_type() == "text/plain"
    assert "Chère Ada" in received.get_content()


def test_an_address_that_no_server_takes_is_a_failure_of_that_mail_alone() -> None:
    meeting = make_meeting()
    queue(meeting, recipient=f"ada@{'ü' * 70}.example", dedupe_key="first")
    queue(meeting, dedupe_key="second")
    with mail_server() as server:
        assert mailing.deliver_queued(at=NOW) == (1, 1)
    assert [received["To"] for received in server.mails] == ["ada@example.org"]


def test_a_person_may_try_again_at_once_what_waits_or_was_given_up() -> None:
    meeting = make_meeting()
    queue(meeting, dedupe_key="waits")
    queue(meeting, dedupe_key="failed")
    later = NOW + timedelta(days=1)
    Email.objects.filter(dedupe_key="waits").update(next_try_at=later, attempts=3)
    Email.objects.filter(dedupe_key="failed").update(state="failed", attempts=8)
    assert mailing.retry(Email.objects.all(), at=NOW) == (2, 0)
    assert mailing.retry(Email.objects.all(), at=NOW) == (0, 0)


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
