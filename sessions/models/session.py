"""A themed block of the programme: a room, a start, an end, a chair."""

from datetime import timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models.constraints import NoOverlap
from sessions.models.room import Room
from submissions.models import Meeting, Speaker, User


class SessionQuerySet(models.QuerySet["Session"]):
    def for_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting)

    def organised_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(meeting__in=Meeting.objects.organised_by(user))


class Session(models.Model):
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="+", verbose_name=_("meeting")
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        null=True,
        blank=True,
        help_text=_("Talks are cited as session.sequence, such as 3.02."),
    )
    theme = models.CharField(_("theme"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    join_link = models.URLField(
        _("join link"),
        blank=True,
        help_text=_("For remote participants. Never shown on a public page or feed."),
    )
    chairs = models.ManyToManyField(
        Speaker, through="SessionChair", related_name="+", verbose_name=_("chairs")
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "room__position", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [
            models.Index(fields=["meeting", "starts_at"], name="session_by_meeting_and_start")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="session_number_once_per_meeting",
                violation_error_message=_("Another session of this meeting has this number."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("The session ends before it starts."),
            ),
            NoOverlap(
                name="session_alone_in_its_room",
                within="room",
                start="starts_at",
                end="ends_at",
                range_type="tstzrange",
                violation_error_message=_("Another session is in this room at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.theme}" if self.number else self.theme

    def clean(self) -> None:
        if self.room is not None and self.room.meeting_id != self.meeting_id:
            raise ValidationError({"room": _("This room belongs to another meeting.")})

    @property
    def minutes(self) -> int:
        """Whole minutes from start to end."""
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)


class SessionChair(models.Model):
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="session_chairs", verbose_name=_("session")
    )
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="+", verbose_name=_("person"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("chair")
        verbose_name_plural = _("chairs")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker"],
                name="session_chair_once",
                violation_error_message=_("This person already chairs the session."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.speaker)

    def clean(self) -> None:
        if self.speaker.meeting_id != self.session.meeting_id:
            raise ValidationError({"speaker": _("This person belongs to another meeting.")})
