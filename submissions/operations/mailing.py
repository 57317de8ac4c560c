"""The outbox: mails are written in the transaction of their cause, and looked after by organisers.

Handing them to the mail server is operations.delivering.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from submissions.domain.outbox import STEPS, EmailAction, EmailState
from submissions.emails import Message
from submissions.models import Email, EmailChange, Meeting, Talk, User
from submissions.models.email import new_message_id
from submissions.operations import delivering
from submissions.operations.postman import Postman


class NotPossible(Exception):
    """The mail is in a state in which this cannot be done with it: it is on its way, or gone."""


def queue(
    messages: Iterable[Message],
    *,
    meeting: Meeting,
    talk: Talk | None,
    at: datetime,
    send: bool = True,
) -> list[Email]:
    """Write the mails into the outbox; with `send`, try them as soon as the transaction holds.

    A mail whose kind this meeting does not send at once is held until an organiser sends it.
    A message whose key is already there is not written again.
    """
    emails: list[Email] = []
    for message in messages:
        state = EmailState.QUEUED if message.sends_at_once else EmailState.HELD
        email, is_new = Email.objects.get_or_create(
            dedupe_key=message.dedupe_key,
            defaults={
                "meeting": meeting,
                "talk": talk,
                "kind": message.kind,
                "recipient": message.recipient,
                "recipient_name": message.recipient_name,
                "subject": message.subject,
                "body": message.body,
                "state": state.value,
                "queued_at": at,
            },
        )
        if is_new:
            emails.append(email)
    if send and any(email.state == EmailState.QUEUED for email in emails):
        _deliver_after_commit()
    return emails


# --- What organisers do with mails that wait --------------------------------------------------


def send(emails: Iterable[Email], *, by: User, at: datetime) -> list[Email]:
    """Send these now, with all their tries; return those for which that was possible."""
    with transaction.atomic():
        done = _move(emails, EmailAction.SEND, by=by, at=at, attempts=0, next_try_at=at)
        if done:
            _deliver_after_commit()
    return done


def hold(emails: Iterable[Email], *, by: User, at: datetime) -> list[Email]:
    """Keep these back until somebody sends them."""
    return _move(emails, EmailAction.HOLD, by=by, at=at, attempts=0, next_try_at=None)


def discard(emails: Iterable[Email], *, by: User, at: datetime) -> list[Email]:
    """Never send these; they stay to be read."""
    return _move(emails, EmailAction.DISCARD, by=by, at=at, next_try_at=None)


def edit(
    email: Email, *, recipient: str, subject: str, body: str, by: User, at: datetime
) -> dict[str, list[str]]:
    """Change a held mail; return per field what was before and after. Raises NotPossible."""
    wanted = {"recipient": recipient, "subject": subject, "body": body}
    with transaction.atomic():
        held = Email.objects.select_for_update(of=("self",)).get(pk=email.pk)
        if held.state not in STEPS[EmailAction.EDIT].sources:
            raise NotPossible
        changes = {
            name: [getattr(held, name), value]
            for name, value in wanted.items()
            if getattr(held, name) != value
        }
        if changes:
            # What was tried before under the old name was another mail.
            Email.objects.filter(pk=held.pk).update(
                **wanted, last_error="", message_id=new_message_id()
            )
            EmailChange.objects.create(
                email=held, by=by, at=at, action=EmailAction.EDIT.value, changes=changes
            )
    return changes


def _move(
    emails: Iterable[Email], action: EmailAction, *, by: User, at: datetime, **columns: object
) -> list[Email]:
    """One conditional UPDATE each: what a sender has claimed meanwhile is left to it."""
    step, done = STEPS[action], []
    with transaction.atomic():
        for email in emails:
            movable = Email.objects.in_state(*step.sources).filter(pk=email.pk)
            if movable.update(state=step.target, **columns):
                EmailChange.objects.create(email=email, by=by, at=at, action=action.value)
                done.append(email)
    return done


# --- On its way -------------------------------------------------------------------------------


def _deliver_after_commit() -> None:
    transaction.on_commit(_deliver_soon, robust=True)


def _deliver_soon() -> None:
    """Not while somebody waits for a page: a mail server may take a minute to say nothing."""
    if settings.EMAIL_SENT_BY == "web":
        _postman.go()
    elif settings.EMAIL_SENT_BY == "caller":  # as tests wish it
        _deliver_now()


def _deliver_now() -> None:
    delivering.deliver_queued(at=timezone.now())


_postman = Postman(_deliver_now)
