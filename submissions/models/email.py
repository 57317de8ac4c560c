"""The outbox: one row per recipient, written in the transaction that causes the mail."""

from datetime import datetime, timedelta
from typing import Final, Self
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from submissions.domain.outbox import EmailState, Outcome
from submissions.models.labels import EMAIL_ACTION_LABELS, EMAIL_STATE_LABELS, OUTCOME_LABELS

OVERDUE_AFTER: Final = timedelta(minutes=30)
"""A mail that nobody tries for so long tells that whatever sends the mails has stopped."""


def new_message_id() -> str:
    """The name of a mail in the whole world; it tells nothing about who wrote it or when."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{uuid4().hex}@{host}>"


class EmailQuerySet(models.QuerySet["Email"]):
    def in_state(self, *states: EmailState) -> Self:
        return self.filter(state__in=[state.value for state in states])

    def due(self, at: datetime) -> Self:
        """What may be tried: new, waited long enough, or left behind by a process that died."""
        return self.in_state(EmailState.QUEUED, EmailState.SENDING).filter(
            Q(next_try_at__isnull=True) | Q(next_try_at__lte=at)
        )

    def overdue(self, at: datetime) -> Self:
        """What was due long ago, and still nobody has tried it."""
        return (
            self.due(at)
            .alias(due_since=Coalesce("next_try_at", "queued_at"))
            .filter(due_since__lte=at - OVERDUE_AFTER)
        )


class Email(models.Model):
    meeting = models.ForeignKey(
        "submissions.Meeting", models.CASCADE, related_name="emails", verbose_name=_("meeting")
    )
    talk = models.ForeignKey(
        "submissions.Talk",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="emails",
        verbose_name=_("talk"),
    )
    kind = models.CharField(_("kind"), max_length=40)
    recipient = models.EmailField(_("to"))
    recipient_name = models.CharField(_("name"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    # The same cause queued twice is one mail.
    dedupe_key = models.CharField(max_length=400, unique=True, editable=False)
    # Kept, not made anew: a mail delivered twice after a crash is one mail to its receiver.
    message_id = models.CharField(
        max_length=255, unique=True, editable=False, default=new_message_id
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(state.value, label) for state, label in EMAIL_STATE_LABELS.items()],
        default=EmailState.QUEUED.value,
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    queued_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # Queued: not before. Being sent: whoever sends it has died if it still is so then.
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True, editable=False)

    objects = EmailQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="email_by_state_and_next_try"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=EmailState.SENT.value, sent_at__isnull=False)
                | (~Q(state=EmailState.SENT.value) & Q(sent_at__isnull=True)),
                name="email_sent_at_iff_sent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in EmailState]),
                name="email_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=EmailState.SENDING.value) | Q(next_try_at__isnull=False),
                name="email_being_sent_for_a_limited_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"


class EmailAttempt(models.Model):
    """One try to hand a mail to the mail server, and what that said. Rows are only added to."""

    email = models.ForeignKey(
        Email, models.CASCADE, related_name="delivery_log", verbose_name=_("e-mail")
    )
    began_at = models.DateTimeField(_("when"))
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=[(outcome.value, label) for outcome, label in OUTCOME_LABELS.items()],
        default=Outcome.BEGUN.value,
    )
    answer = models.TextField(_("answer of the mail server"), blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
                name="email_attempt_outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M} {self.outcome}"


class EmailChange(models.Model):
    """What an organiser did with a mail in the outbox. Rows are only added."""

    email = models.ForeignKey(
        Email, models.CASCADE, related_name="changes", verbose_name=_("e-mail")
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    action = models.CharField(
        _("action"),
        max_length=10,
        choices=[(action.value, label) for action, label in EMAIL_ACTION_LABELS.items()],
    )
    changes = models.JSONField(
        _("changes"), default=dict, blank=True, help_text=_("Per field the value before and after.")
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of an e-mail")
        verbose_name_plural = _("changes of e-mails")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
