"""The outbox: one row per recipient, written in the transaction that causes the mail."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EmailState(models.TextChoices):
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class EmailQuerySet(models.QuerySet["Email"]):
    def due(self, at: datetime) -> Self:
        """What may be tried: new, waited long enough, or left behind by a process that died."""
        return self.filter(
            Q(next_try_at__isnull=True) | Q(next_try_at__lte=at),
            state__in=[EmailState.QUEUED, EmailState.SENDING],
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
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    # The same cause queued twice is one mail; also the mail's Message-ID, so that a second
    # delivery after a crash can be recognised by the receiver.
    dedupe_key = models.CharField(max_length=400, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=EmailState.choices, default=EmailState.QUEUED.value
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    queued_at = models.DateTimeField(_("queued"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # Queued: not before. Being sent: whoever sends it has died if it still is so then.
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True, editable=False)

    objects = EmailQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=EmailState.SENT.value, sent_at__isnull=False)
                | (~Q(state=EmailState.SENT.value) & Q(sent_at__isnull=True)),
                name="email_sent_at_iff_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
