"""A link by which one talk may be submitted after the close. It works once."""

from datetime import datetime
from secrets import token_urlsafe
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.models.meeting import Meeting
from submissions.models.talk import Talk


def new_secret() -> str:
    """A secret that nobody guesses: 144 bits in 24 characters."""
    return token_urlsafe(18)


class LateLinkQuerySet(models.QuerySet["LateLink"]):
    def usable_at(self, at: datetime) -> Self:
        unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
        return self.filter(unexpired, used_at__isnull=True)


class LateLink(models.Model):
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="late_links", verbose_name=_("meeting")
    )
    secret = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    note = models.CharField(_("for whom, and why"), max_length=200)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    used_at = models.DateTimeField(_("used"), null=True, blank=True, editable=False)
    talk = models.OneToOneField(
        Talk,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="late_link",
        editable=False,
        verbose_name=_("talk"),
    )

    objects = LateLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("late-submission link")
        verbose_name_plural = _("late-submission links")
        constraints = [
            models.CheckConstraint(
                condition=Q(talk__isnull=True) | Q(used_at__isnull=False),
                name="late_link_with_a_talk_is_used",
            ),
        ]

    def __str__(self) -> str:
        return self.note
