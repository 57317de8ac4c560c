"""The outbox against a real mail server on loopback, in all its moods."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import override_settings

from submissions.domain.outbox import EmailState
from submissions.models import Email
from submissions.operations import delivering
from submissions.operations.delivering import Round, claim_for, deliver_queued
from tests.mail_server import mail_server
from tests.make import NOW, make_meeting
from tests.outbox import queue_one

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def log_of(email: Email) -> list[tuple[str, str]]:
    """Every attempt's outcome and what the server said, oldest first."""
    return list(email.delivery_log.order_by("pk").values_list("outcome", "answer"))


def test_a_mail_is_sent_once_and_what_the_server_said_is_kept() -> None:
    email = queue_one(make_meeting())
    with mail_server() as server:
        assert [deliver_queued(at=NOW), deliver_queued(at=NOW)] == [Round(sent=1), Round()]
    email.refresh_from_db()
    assert (len(server.mails), email.state, email.attempts) == (1, "sent", 1)
    assert email.sent_at is not None
    assert email.sent_at - NOW < SECOND
    assert log_of(email) == [("accepted", "250 taken as 4711")]


@pytest.mark.parametrize(
    ("manners", "state", "outcome", "answer"),
    [
        ("refuses", "failed", "refused", "550 nobody of that name"),
        ("refuses text", "failed", "refused", "554 looks like spam"),
        ("defers", "queued", "deferred", "451 come back later"),
        ("refuses sender", "queued", "deferred", "553 you may not write"),
        ("hangs up", "queued", "unclear", "Connection unexpectedly closed"),
        ("hangs up at the end", "queued", "unclear", "Connection unexpectedly closed"),
        ("stalls at the end", "queued", "unclear", "Connection unexpectedly closed: timed out"),
    ],
)
def test_whatever_a_server_does_no_mail_is_lost_and_the_log_says_what_it_did(
    manners: str, state: str, outcome: str, answer: str
) -> None:
    email = queue_one(make_meeting())
    with mail_server(manners):
        assert deliver_queued(at=NOW).sent == 0
    email.refresh_from_db()
    assert (email.state, email.attempts, email.last_error) == (state, 1, answer)
    assert log_of(email) == [(outcome, answer)]


@pytest.mark.parametrize("manners", ["stalls", "hangs up", "stalls at the end", "refuses sender"])
def test_a_server_that_does_not_work_is_asked_once_and_not_for_every_mail(manners: str) -> None:
    meeting = make_meeting()
    for _ in range(3):
        queue_one(meeting)
    with mail_server(manners) as server:
        assert deliver_queued(at=NOW) == Round(sent=0, unsent=3, server_is_gone=True)
    assert server.sessions == 1
    with mail_server() as server:
        assert deliver_queued(at=NOW + timedelta(minutes=2)) == Round(sent=3)
    assert (len(server.mails), server.sessions) == (3, 1)


def test_a_server_that_cannot_be_reached_costs_no_mail_an_attempt() -> None:
    email = queue_one(make_meeting())
    with mail_server("stalls"):
        for _ in range(2):
            deliver_queued(at=NOW)
    email.refresh_from_db()
    assert (email.state, email.attempts, email.next_try_at) == ("queued", 0, None)
    assert email.last_error.startswith("The mail server cannot be reached: ")


def test_a_recipient_who_is_refused_keeps_no_other_from_their_mail() -> None:
    meeting = make_meeting()
    queue_one(meeting, recipient=f"ada@{'ü' * 70}.example")
    queue_one(meeting)
    with mail_server() as server:
        assert deliver_queued(at=NOW) == Round(sent=1, unsent=1)
    assert [received["To"] for received in server.mails] == ["ada@example.org"]
    assert sorted(Email.objects.values_list("state", flat=True)) == ["failed", "sent"]


def test_it_is_tried_again_after_longer_and_longer_waits_and_then_given_up() -> None:
    email, moment, waits = queue_one(make_meeting()), NOW, []
    with mail_server("defers"):
        while email.state != EmailState.FAILED:
            deliver_queued(at=moment)
            email.refresh_from_db()
            if email.next_try_at is not None:
                waits.append(email.next_try_at - moment)
                deliver_queued(at=email.next_try_at - SECOND)
                moment = email.next_try_at
    assert len(log_of(email)) == email.attempts == delivering.MAX_ATTEMPTS
    for wait, least in zip(waits, delivering.WAITS, strict=True):
        assert least <= wait <= least * (1 + delivering.JITTER) + SECOND
    assert timedelta(hours=24) < sum(delivering.WAITS, timedelta()) < timedelta(hours=25)


def test_mails_that_were_put_off_together_do_not_come_back_together() -> None:
    assert len({delivering.wait_after(3) for _ in range(20)}) > 10


def test_while_one_process_sends_a_mail_no_other_does(monkeypatch: pytest.MonkeyPatch) -> None:
    queue_one(make_meeting())
    of_the_other = []
    send = delivering._hand_over

    def hand_over(*arguments: Any) -> Any:
        of_the_other.append(deliver_queued(at=NOW + timedelta(seconds=90)))
        return send(*arguments)

    monkeypatch.setattr(delivering, "_hand_over", hand_over)
    assert deliver_queued(at=NOW) == Round(sent=1)
    assert of_the_other == [Round()]
    assert len(mail.outbox) == 1


def test_a_mail_whose_sender_was_killed_is_sent_once_its_claim_runs_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    email = queue_one(make_meeting())

    def die(*_arguments: Any) -> Any:
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(delivering, "_hand_over", die)
        deliver_queued(at=NOW)
    assert deliver_queued(at=NOW + claim_for() - SECOND) == Round()
    assert deliver_queued(at=NOW + claim_for() + SECOND) == Round(sent=1)
    assert log_of(email) == [("begun", ""), ("accepted", "")]


def test_a_claim_outlasts_a_server_that_stalls_at_every_step() -> None:
    with override_settings(EMAIL_TIMEOUT=10):
        assert claim_for() == timedelta(minutes=5)
    with override_settings(EMAIL_TIMEOUT=1):
        assert claim_for() == timedelta(minutes=2)


def test_a_mail_sent_twice_has_one_message_id() -> None:
    email = queue_one(make_meeting())
    with mail_server("hangs up at the end") as server:
        deliver_queued(at=NOW)
        server.manners = "polite"
        with override_settings(SITE_URL="https://moved.example"):
            deliver_queued(at=NOW + timedelta(minutes=2))
    assert server.message_ids == [email.message_id] * 2
    assert log_of(email) == [
        ("unclear", "Connection unexpectedly closed"),
        ("accepted", "250 taken as 4711"),
    ]


def test_who_is_asked_to_stop_finishes_the_mail_in_hand() -> None:
    meeting = make_meeting()
    for _ in range(3):
        queue_one(meeting)
    with mail_server() as server:
        result = deliver_queued(at=NOW, should_stop=lambda: bool(server.mails))
    assert result == Round(sent=1, unsent=2)
    assert sorted(Email.objects.values_list("state", flat=True)) == ["queued", "queued", "sent"]


def test_a_mail_arrives_with_everything_a_mail_program_asks_for() -> None:
    email = queue_one(
        make_meeting(name='Réunion "Ciel", été', contact_email="talks@example.org"),
        subject="Reçu : naïve $z>6$ 🔭 " + "many words " * 20,
        body="Chère Ada,\n.\nmerci.\n",
        recipient_name="Ада Лавлейс",
    )
    sender = "Conjunction <talks@meetings.example.org>"
    with mail_server(DEFAULT_FROM_EMAIL=sender) as server:
        deliver_queued(at=NOW)
    (received,) = server.mails
    headers = {name: str(value).strip() for name, value in received.items()}
    del headers["Date"], headers["Content-Transfer-Encoding"]
    assert headers == {
        "From": '"Réunion \\"Ciel\\", été" <talks@meetings.example.org>',
        "To": "Ада Лавлейс <ada@example.org>",
        "Reply-To": "talks@example.org",
        "Subject": email.subject.strip(),
        "Message-ID": email.message_id,
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
    }
    sent = received["Date"].datetime.replace(tzinfo=UTC)
    assert abs(sent - datetime.now(UTC)) < timedelta(minutes=1)
    assert received.get_content().replace("\r\n", "\n").strip() == "Chère Ada,\n.\nmerci."


@pytest.mark.parametrize("column", ["subject", "recipient_name"])
def test_a_newline_in_a_row_adds_no_header(column: str) -> None:
    email = queue_one(make_meeting())
    Email.objects.filter(pk=email.pk).update(**{column: "Ada\nBcc: everybody@example.org"})
    with mail_server() as server:
        deliver_queued(at=NOW)
    assert [received["Bcc"] for received in server.mails] in ([], [None])
    email.refresh_from_db()
    assert email.state == ("failed" if column == "subject" else "sent")


def test_where_there_is_no_server_mails_are_sent_as_well() -> None:
    queue_one(make_meeting())
    assert deliver_queued(at=NOW) == Round(sent=1)
    assert isinstance(mail.outbox[0], EmailMessage)


def test_the_command_sends_what_waits(capsys: pytest.CaptureFixture[str]) -> None:
    meeting = make_meeting()
    queue_one(meeting)
    queue_one(meeting)
    call_command("send_emails")
    assert capsys.readouterr().out == "2 sent, 0 still waiting.\n"
    assert len(mail.outbox) == 2
