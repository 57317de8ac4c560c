"""A published programme: numbered, never changed afterwards. Public pages read nothing else."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models import Meeting


class ReleaseQuerySet(models.QuerySet["Release"]):
    def current(self, meeting: Meeting) -> "Release | None":
        """The newest release of the meeting; None before the first."""
        return self.filter(meeting=meeting).order_by("-number").first()


class Release(models.Model):
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="+", verbose_name=_("meeting")
    )
    number = models.PositiveIntegerField(_("number"))
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    note = models.TextField(_("note"), blank=True)
    # The one change that a release ever sees: names removed, because somebody had to be forgotten.
    anonymised_at = models.DateTimeField(_("names removed"), null=True, blank=True)
    # domain.programme.Programme as plain data; its shape is versioned there.
    content = models.JSONField(_("programme"))

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="release_number_once_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.number}"
