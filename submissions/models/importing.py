"""A spreadsheet between its upload and its import, kept so that the preview can be corrected."""

from datetime import datetime, timedelta
from typing import Final, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models.meeting import Meeting

KEPT_FOR: Final = timedelta(hours=24)


class PendingImportQuerySet(models.QuerySet["PendingImport"]):
    def stale(self, at: datetime) -> Self:
        """Left lying; they hold personal data that nobody needs any more."""
        return self.filter(uploaded_at__lt=at - KEPT_FOR)


class PendingImport(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="pending_imports", verbose_name=_("meeting")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    is_pasted = models.BooleanField(_("pasted"), default=False)
    content = models.BinaryField(_("content"))
    # Per column the field that a person chose for it ("" for none); absent columns are guessed.
    columns = models.JSONField(_("columns"), default=dict, blank=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("pending import")
        verbose_name_plural = _("pending imports")

    def __str__(self) -> str:
        return self.file_name or str(_("pasted text"))
