"""The kinds of talk that a meeting offers."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.models.meeting import Meeting


class TalkFormatQuerySet(models.QuerySet["TalkFormat"]):
    def taken_at(self, at: datetime, meeting: Meeting) -> Self:
        """Formats of the meeting whose deadline, with the grace of the call, is not over."""
        before = at - meeting.grace
        is_open = Q(closes_at__gt=before)
        if meeting.call_closes_at is not None and meeting.call_closes_at > before:
            is_open |= Q(closes_at__isnull=True)
        return self.filter(is_open, meeting=meeting)


class TalkFormat(models.Model):
    """A kind of talk with its length."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="talk_formats", verbose_name=_("meeting")
    )
    name = models.CharField(_("name"), max_length=100)
    talk_minutes = models.PositiveSmallIntegerField(_("talk, minutes"), default=12)
    discussion_minutes = models.PositiveSmallIntegerField(_("questions, minutes"), default=3)
    is_poster = models.BooleanField(_("poster"), default=False)
    closes_at = models.DateTimeField(
        _("own deadline"),
        null=True,
        blank=True,
        help_text=_("Later or earlier than the call's; empty: the same."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TalkFormatQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("talk format")
        verbose_name_plural = _("talk formats")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name"],
                name="talk_format_name_once_per_meeting",
                violation_error_message=_("This meeting already has a format of this name."),
            ),
            models.CheckConstraint(
                condition=Q(is_poster=True) | Q(talk_minutes__gt=0),
                name="talk_format_talk_has_minutes",
                violation_error_message=_("A talk needs at least one minute."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def minutes(self) -> int:
        """Talk and questions together."""
        return self.talk_minutes + self.discussion_minutes
