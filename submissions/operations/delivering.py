"""From the outbox to the mail server: claim, hand over, note what was said, try again later.

A mail is sent at least once and hardly ever twice. Whoever delivers it claims its row first, for
longer than a mail server can possibly take; if that process dies, the claim runs out and the mail
is tried again under the same Message-ID. docs/operating.md says what SMTP cannot promise.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from secrets import SystemRandom
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from time import monotonic
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from submissions.domain.email_texts import one_line
from submissions.domain.outbox import STEPS, EmailAction, EmailState, Outcome
from submissions.models import Email, EmailAttempt
from submissions.operations import smtp

logger = logging.getLogger(__name__)

WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 480, 720))
"""Between an attempt and the next; together a day, then a person must look."""

MAX_ATTEMPTS: Final = len(WAITS) + 1

JITTER: Final = 0.25
"""Waits are longer by up to this part, so that mails put off together do not return together."""

LONGEST_NOTE: Final = 2000

_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Round:
    """What became of the mails that were due."""

    sent: int = 0
    unsent: int = 0
    server_is_gone: bool = False
    """The mail server does not answer; the rest need not be tried now."""


@dataclass(frozen=True, slots=True)
class _End:
    """How one attempt ended."""

    outcome: Outcome
    answer: str
    ends_the_round: bool = False


def deliver_queued(*, at: datetime, should_stop: Callable[[], bool] = lambda: False) -> Round:
    """Try everything that is due, oldest first, by one connection.

    Between two mails `should_stop` is asked: the mail in hand is always finished.
    """
    due = list(Email.objects.due(at).order_by("queued_at", "pk").values_list("pk", flat=True))
    started, sent, server = monotonic(), 0, smtp.connection()
    try:
        for pk in due:
            if should_stop():
                break
            now = at + timedelta(seconds=monotonic() - started)
            if not _reach(server, at=now):
                return Round(sent, len(due) - sent, server_is_gone=True)
            end = _deliver(pk, server, at=now)
            sent += end is not None and end.outcome is Outcome.ACCEPTED
            if end is not None and end.ends_the_round:
                return Round(sent, len(due) - sent, server_is_gone=True)
    finally:
        server.close()
    return Round(sent, len(due) - sent)


def claim_for() -> timedelta:
    """Longer than a mail server can stall at every step of one mail."""
    return timedelta(seconds=max(120, 30 * settings.EMAIL_TIMEOUT))


def _reach(server: smtp.Connection, *, at: datetime) -> bool:
    """Open the connection. A server that is away is no mail's fault and costs no attempt."""
    try:
        server.open()
    except OSError as error:
        logger.warning("The mail server cannot be reached: %s", error)
        waiting = Email.objects.due(at).in_state(EmailState.QUEUED)
        waiting.update(last_error=_cut(f"The mail server cannot be reached: {_text_of(error)}"))
        return False
    return True


def _deliver(pk: int, server: smtp.Connection, *, at: datetime) -> _End | None:
    """Hand one mail over; None if somebody else has it."""
    if (attempt := _claim(pk, at=at)) is None:
        return None
    end = _hand_over(attempt.email, server)
    _note(attempt, end, at=at)
    return end


def _claim(pk: int, *, at: datetime) -> EmailAttempt | None:
    """Mark the mail as being sent, unless somebody else has: two workers never send it both."""
    with transaction.atomic():
        claimed = (
            Email.objects.due(at)
            .filter(pk=pk)
            .update(
                state=STEPS[EmailAction.CLAIM].target,
                attempts=F("attempts") + 1,
                next_try_at=at + claim_for(),
            )
        )
        if not claimed:
            return None
        email = Email.objects.select_related("meeting").get(pk=pk)
        return EmailAttempt.objects.create(email=email, began_at=at)


def _hand_over(email: Email, server: smtp.Connection) -> _End:
    try:
        server.send_messages([message_of(email)])
    except (OSError, ValueError) as error:  # what a server answers; what no header may hold
        end = _end_of(error, server)
        logger.warning("E-mail %s was not sent: %s", email.pk, end.answer)
        return end
    return _End(Outcome.ACCEPTED, smtp.answer_on(server))


def _end_of(error: OSError | ValueError, server: smtp.Connection) -> _End:
    text = _text_of(error)
    if isinstance(error, SMTPSenderRefused):
        # Our own address is wrong, or not allowed to send: the next mail would fare no better.
        return _End(Outcome.DEFERRED, text, ends_the_round=True)
    if isinstance(error, SMTPRecipientsRefused | SMTPDataError):
        is_final = all(code >= 500 for code in _codes_of(error))
        return _End(Outcome.REFUSED if is_final else Outcome.DEFERRED, text)
    if isinstance(error, ValueError | SMTPNotSupportedError):
        return _End(Outcome.REFUSED, text)
    outcome = Outcome.UNCLEAR if smtp.text_is_under_way(server) else Outcome.BROKEN
    return _End(outcome, text, ends_the_round=True)


def _note(attempt: EmailAttempt, end: _End, *, at: datetime) -> None:
    email = attempt.email
    with transaction.atomic():
        EmailAttempt.objects.filter(pk=attempt.pk).update(
            outcome=end.outcome, answer=_cut(end.answer)
        )
        if end.outcome is Outcome.ACCEPTED:
            # Whoever claimed it meanwhile: it has been sent.
            Email.objects.filter(pk=email.pk).update(
                state=STEPS[EmailAction.DELIVER].target, sent_at=at, last_error="", next_try_at=None
            )
            return
        gives_up = end.outcome is Outcome.REFUSED or email.attempts >= MAX_ATTEMPTS
        step = EmailAction.GIVE_UP if gives_up else EmailAction.DEFER
        mine = Email.objects.filter(pk=email.pk, state=EmailState.SENDING, attempts=email.attempts)
        mine.update(
            state=STEPS[step].target,
            next_try_at=None if gives_up else at + wait_after(email.attempts),
            last_error=_cut(end.answer),
        )


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    return WAITS[attempts - 1] * (1 + JITTER * _random.random())


def message_of(email: Email) -> EmailMessage:
    """The mail as it leaves: in the meeting's name, from the site's address, plain text."""
    meeting, sender = email.meeting, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return EmailMessage(
        subject=email.subject,
        body=email.body,
        from_email=sender,
        to=[email.recipient],
        reply_to=[meeting.contact_email] if meeting.contact_email else None,
        headers={
            # Names are for readers; the server is given the addresses alone.
            "From": _named(meeting.name, sender),
            "To": _named(email.recipient_name, email.recipient),
            "Message-ID": email.message_id,
            "Auto-Submitted": "auto-generated",
        },
    )


def _named(name: str, address: str) -> str:
    """A name with its address; Django encodes what is not ASCII and quotes what must be."""
    quoted = one_line(name).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>' if quoted else address


def _codes_of(error: SMTPRecipientsRefused | SMTPDataError) -> list[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _answer in error.recipients.values()]
    return [error.smtp_code]


def _text_of(error: Exception) -> str:
    """What a server said, in its words, or what went wrong on the way."""
    if isinstance(error, SMTPRecipientsRefused):
        return "; ".join(smtp.said(code, answer) for code, answer in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return smtp.said(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError):
        return "The mail server did not answer in time."
    if isinstance(error, SMTPException) or str(error):
        return str(error)
    return type(error).__name__


def _cut(text: str) -> str:
    return text.replace("\x00", "")[:LONGEST_NOTE]
