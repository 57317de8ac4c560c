"""The outbox: queueing in the transaction of the cause, delivering after it, retrying later."""

import logging
from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from submissions.emails import Message
from submissions.models import Email, EmailState, Meeting, Talk

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8


def queue(
    messages: Iterable[Message],
    *,
    meeting: Meeting,
    talk: Talk | None,
    at: datetime,
    send: bool = True,
) -> list[Email]:
    """Write the mails into the outbox; with `send`, try each once as soon as the transaction holds.

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
        transaction.on_commit(lambda: deliver_each([email.pk for email in emails]))
    return emails


def deliver_each(pks: Iterable[int]) -> int:
    """Try to deliver these mails; return how many were sent. Failures stay in the outbox."""
    return sum(deliver(pk, at=timezone.now()) for pk in pks)


def deliver_queued(*, at: datetime, limit: int = 500) -> tuple[int, int]:
    """Try everything that waits, oldest first; return the numbers of sent and still waiting."""
    waiting = Email.objects.filter(state=EmailState.QUEUED).order_by("queued_at", "pk")
    pks = list(waiting.values_list("pk", flat=True)[:limit])
    sent = sum(deliver(pk, at=at) for pk in pks)
    return sent, len(pks) - sent


def retry(emails: QuerySet[Email], *, at: datetime) -> tuple[int, int]:
    """Try once more what waits or was given up; return the numbers of sent and still waiting."""
    unsent = emails.exclude(state=EmailState.SENT)
    pks = list(unsent.values_list("pk", flat=True))
    unsent.filter(state=EmailState.FAILED).update(state=EmailState.QUEUED, attempts=0)
    sent = sum(deliver(pk, at=at) for pk in pks)
    return sent, len(pks) - sent


def deliver(pk: int, *, at: datetime) -> bool:
    """Send one mail if it still waits; tell whether it was sent now.

    The row is claimed by counting the attempt up, so that two workers never send it both.
    """
    email = Email.objects.select_related("meeting").filter(pk=pk, state=EmailState.QUEUED).first()
    if email is None or not _claim(email):
        return False
    try:
        _message(email).send()
    except (SMTPException, OSError, BadHeaderError) as error:
        logger.warning("E-mail %s was not sent: %s", email.pk, error)
        given_up = email.attempts + 1 >= MAX_ATTEMPTS
        Email.objects.filter(pk=pk).update(
            last_error=str(error)[:2000],
            state=EmailState.FAILED if given_up else EmailState.QUEUED,
        )
        return False
    Email.objects.filter(pk=pk).update(state=EmailState.SENT, sent_at=at, last_error="")
    return True


def _claim(email: Email) -> bool:
    claimed = Email.objects.filter(
        pk=email.pk, state=EmailState.QUEUED, attempts=email.attempts
    ).update(attempts=email.attempts + 1)
    return claimed == 1


def _message(email: Email) -> EmailMessage:
    reply_to = [email.meeting.contact_email] if email.meeting.contact_email else None
    domain = settings.SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
    return EmailMessage(
        subject=email.subject,
        body=email.body,
        to=[email.recipient],
        reply_to=reply_to,
        headers={
            # The same mail always has the same Message-ID, should it ever be delivered twice.
            "Message-ID": f"<{email.pk}.{email.queued_at:%Y%m%d%H%M%S}@{domain or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
        },
    )
