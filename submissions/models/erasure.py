"""A person who asked to be forgotten by a meeting, and what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.models.meeting import Meeting
from submissions.models.speaker import Speaker


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(speaker__meeting=meeting)


class ErasureRequest(models.Model):
    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="erasure_requests", verbose_name=_("speaker")
    )
    asked_at = models.DateTimeField(_("asked"))
    # Of the person who asks, in their own words; gone once the request is closed.
    reason = models.TextField(_("reason"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    is_erased = models.BooleanField(_("erased"), default=False)
    answer = models.TextField(
        _("answer"), blank=True, help_text=_("Why nothing was erased, if nothing was.")
    )

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request for erasure")
        verbose_name_plural = _("requests for erasure")
        constraints = [
            models.UniqueConstraint(
                fields=["speaker"],
                condition=Q(closed_at__isnull=True),
                name="erasure_request_open_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(is_erased=False) | Q(closed_at__isnull=False),
                name="erasure_request_erased_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.asked_at:%Y-%m-%d}"
