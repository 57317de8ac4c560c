"""What happened to a talk: who did which action when, and what it changed. Rows are only added."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class HistoryEntry(models.Model):
    talk = models.ForeignKey(
        "submissions.Talk", models.CASCADE, related_name="history", verbose_name=_("talk")
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
        help_text=_("Empty: a speaker by private link."),
    )
    action = models.CharField(_("action"), max_length=40)
    changes = models.JSONField(
        _("changes"), default=dict, blank=True, help_text=_("Per field the value before and after.")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("history entry")
        verbose_name_plural = _("history")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
