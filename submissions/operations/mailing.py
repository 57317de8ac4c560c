"""The outbox: queueing in the transaction of the cause, delivering after it, retrying later.

A mail is sent at least once and hardly ever twice: whoever delivers it claims its row first, for
as long as a mail server can possibly take. If that process dies, the claim runs out and the mail
is tried again, under the same Message-ID.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPConnectError, SMTPException, SMTPServerDisconnected
from time import monotonic
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from submissions.emails import Message
from submissions.models import Email, EmailState, Meeting, Talk
from submissions.operations.postman import Postman

logger = logging.getLogger(__name__)

CLAIM: Final = timedelta(minutes=15)
"""Longer than a mail server can stall at every step of one mail."""

WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 480, 720))
"""Between an attempt and the next; together a day, then a person must look."""

MAX_ATTEMPTS: Final = len(WAITS) + 1


class ServerGone(Exception):
    """The mail server does not answer; further mails need not be tried now."""


def queue(
    messages: Iterable[Message],
    *,
    meeting: Meeting,
    talk: Talk | None,
    at: datetime,
    send: bool = True,
) -> list[Email]:
    """Write the mails into the outbox; with `send`, try them as soon as the transaction holds.

    A message whose key is already there is not written again.
    """
    emails: list[Email] = []
    for message in messages:
        email, is_new = Email.objects.get_or_create(
            dedupe_key=message.dedupe_key,
            defaults={
                "meeting": meeting,
                "talk": talk,
                "kind": message.kind,
                "recipient": message.recipient,
                "subject": message.subject,
                "body": message.body,
                "queued_at": at,
            },
        )
        if is_new:
            emails.append(email)
    if send and emails:
        transaction.on_commit(_deliver_soon, robust=True)
    return emails


def deliver_queued(*, at: datetime) -> tuple[int, int]:
    """Try everything that is due, oldest first; return the numbers of sent and not sent."""
    due = Email.objects.due(at).order_by("queued_at", "pk")
    return _deliver_each(list(due.values_list("pk", flat=True)), at=at)


def retry(emails: QuerySet[Email], *, at: datetime) -> tuple[int, int]:
    """Try once more what waits or was given up; return the numbers of sent and still waiting."""
    unsent = emails.filter(state__in=[EmailState.QUEUED, EmailState.FAILED])
    pks = list(unsent.values_list("pk", flat=True))
    unsent.update(state=EmailState.QUEUED, attempts=0, next_try_at=None)
    return _deliver_each(pks, at=at)


def deliver(pk: int, *, at: datetime) -> bool:
    """Send one mail if it is due; tell whether it was sent now."""
    return _deliver_each([pk], at=at) == (1, 0)


def _deliver_each(pks: list[int], *, at: datetime) -> tuple[int, int]:
    """By one connection; a server that does not answer is not asked for every mail again."""
    connection, started = get_connection(), monotonic()
    sent = 0
    try:
        for pk in pks:
            now = at + timedelta(seconds=int(monotonic() - started))
            sent += _deliver(pk, at=now, connection=connection)
    except ServerGone:
        logger.warning("The mail server does not answer; %s e-mails wait.", len(pks) - sent)
    finally:
        connection.close()
    return sent, len(pks) - sent


def _deliver(pk: int, *, at: datetime, connection: Any) -> bool:
    if not _claim(pk, at=at):
        return False
    email = Email.objects.select_related("meeting").get(pk=pk)
    try:
        connection.open()
        _message(email, connection).send()
    except (OSError, ValueError) as error:  # what a server answers; what no header may hold
        _note_failure(email, error, at=at)
        if _is_about_the_server(error):
            raise ServerGone from error
        return False
    Email.objects.filter(pk=pk).update(
        state=EmailState.SENT, sent_at=at, last_error="", next_try_at=None
    )
    return True


def _claim(pk: int, *, at: datetime) -> bool:
    """Mark the mail as being sent, unless somebody else has: two workers never send it both."""
    claimed = Email.objects.due(at).filter(pk=pk)
    return bool(
        claimed.update(state=EmailState.SENDING, attempts=F("attempts") + 1, next_try_at=at + CLAIM)
    )


def _note_failure(email: Email, error: Exception, *, at: datetime) -> None:
    logger.warning("E-mail %s was not sent: %s", email.pk, error)
    given_up = email.attempts >= MAX_ATTEMPTS
    Email.objects.filter(pk=email.pk, state=EmailState.SENDING, attempts=email.attempts).update(
        state=EmailState.FAILED if given_up else EmailState.QUEUED,
        next_try_at=None if given_up else at + WAITS[email.attempts - 1],
        last_error=str(error)[:2000],
    )


def _is_about_the_server(error: Exception) -> bool:
    if isinstance(error, SMTPException):
        return isinstance(
            error, SMTPServerDisconnected | SMTPConnectError | SMTPAuthenticationError
        )
    return isinstance(error, OSError)


def _message(email: Email, connection: Any = None) -> EmailMessage:
    reply_to = [email.meeting.contact_email] if email.meeting.contact_email else None
    domain = settings.SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
    return EmailMessage(
        subject=email.subject,
        body=email.body,
        to=[email.recipient],
        reply_to=reply_to,
        connection=connection,
        headers={
            # The same mail always has the same Message-ID, should it ever be delivered twice.
            "Message-ID": f"<{email.pk}.{email.queued_at:%Y%m%d%H%M%S}@{domain or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _deliver_soon() -> None:
    """Not while somebody waits for a page: a mail server may take a minute to say nothing."""
    if settings.SEND_MAIL_IN_BACKGROUND:
        _postman.go()
    else:
        _deliver_now()


def _deliver_now() -> None:
    deliver_queued(at=timezone.now())


_postman = Postman(_deliver_now)
