"""The rooms of a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models import Meeting


class Room(models.Model):
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="+", verbose_name=_("meeting")
    )
    name = models.CharField(_("name"), max_length=100)
    description = models.CharField(_("how to get there"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["meeting", "position", "name"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name"],
                name="room_name_once_per_meeting",
                violation_error_message=_("This meeting already has a room of this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
