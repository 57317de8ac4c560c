"""The outbox: written once, and looked after by organisers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoCaptureOnCommitCallbacks

from submissions.domain.outbox import STEPS, EmailAction, EmailState
from submissions.models import Email, Meeting, User
from submissions.operations import mailing
from tests.make import NOW, make_meeting, make_organiser
from tests.outbox import make_message, queue_one

pytestmark = pytest.mark.django_db

VERBS: dict[EmailAction, Callable[..., list[Email]]] = {
    EmailAction.SEND: mailing.send,
    EmailAction.HOLD: mailing.hold,
    EmailAction.DISCARD: mailing.discard,
}


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


@pytest.fixture
def by(meeting: Meeting) -> User:
    return make_organiser(meeting)


def in_state(meeting: Meeting, state: EmailState) -> Email:
    email = queue_one(meeting)
    Email.objects.filter(pk=email.pk).update(
        state=state,
        attempts=8,
        sent_at=NOW if state is EmailState.SENT else None,
        next_try_at=NOW + timedelta(minutes=5) if state is EmailState.SENDING else None,
    )
    email.refresh_from_db()
    return email


def test_the_same_key_is_written_once(meeting: Meeting) -> None:
    message = make_message()
    for expected in (1, 0):
        written = mailing.queue([message], meeting=meeting, talk=None, at=NOW, send=False)
        assert len(written) == expected
    assert Email.objects.count() == 1


def test_a_mail_whose_kind_is_not_sent_at_once_is_held(
    meeting: Meeting, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    held = replace(make_message(), sends_at_once=False)
    with django_capture_on_commit_callbacks(execute=True):
        mailing.queue([make_message(), held], meeting=meeting, talk=None, at=NOW)
    assert sorted(Email.objects.values_list("state", flat=True)) == ["held", "sent"]
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_what_did_not_happen_is_not_told(meeting: Meeting) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        mailing.queue([make_message()], meeting=meeting, talk=None, at=NOW)
        raise RuntimeError
    assert (Email.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize("state", EmailState)
@pytest.mark.parametrize("action", VERBS)
def test_a_mail_moves_as_the_table_says_and_it_is_written_down(
    meeting: Meeting, by: User, action: EmailAction, state: EmailState
) -> None:
    email, step = in_state(meeting, state), STEPS[action]
    done = VERBS[action]([email], by=by, at=NOW)
    email.refresh_from_db()
    if state in step.sources:
        assert (done, email.state) == ([email], step.target)
        assert list(email.changes.values_list("action", "by")) == [(action, by.pk)]
    else:
        assert (done, email.state) == ([], state)
        assert not email.changes.exists()


def test_a_mail_that_was_given_up_gets_all_its_tries_again(meeting: Meeting, by: User) -> None:
    email = in_state(meeting, EmailState.FAILED)
    mailing.send([email], by=by, at=NOW)
    email.refresh_from_db()
    assert (email.state, email.attempts, email.next_try_at) == ("queued", 0, NOW)


def test_an_edited_mail_keeps_what_it_said_before(meeting: Meeting, by: User) -> None:
    email = in_state(meeting, EmailState.HELD)
    new = {"recipient": "ada@example.org", "subject": "Welcome", "body": "Thank you.\n"}
    assert mailing.edit(email, **new, by=by, at=NOW) == {"subject": ["Received", "Welcome"]}
    assert mailing.edit(email, **new, by=by, at=NOW) == {}
    before = email.message_id
    email.refresh_from_db()
    assert email.subject == "Welcome"
    assert email.message_id != before
    assert list(email.changes.values_list("action", "by", "changes")) == [
        ("edit", by.pk, {"subject": ["Received", "Welcome"]})
    ]


@pytest.mark.parametrize("state", sorted(set(EmailState) - {EmailState.HELD}))
def test_only_a_held_mail_is_edited(meeting: Meeting, by: User, state: EmailState) -> None:
    email = in_state(meeting, state)
    with pytest.raises(mailing.NotPossible):
        mailing.edit(email, recipient="b@example.org", subject="B", body="B", by=by, at=NOW)
    email.refresh_from_db()
    assert email.subject == "Received"


def test_a_mail_sent_by_the_worker_alone_waits_for_it(
    meeting: Meeting,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with (
        override_settings(EMAIL_SENT_BY="worker"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        mailing.queue([make_message()], meeting=meeting, talk=None, at=NOW)
    assert (Email.objects.get().state, mail.outbox) == ("queued", [])
