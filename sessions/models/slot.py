"""One item of a session: a talk, an introduction, a discussion, a break.

Times are minutes after the session's start: moving a session in time touches no slot, and the
database can compare ranges of plain numbers (docs/decisions/0006).
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models.constraints import MinutesDoNotOverlap, minutes_range
from sessions.models.session import Session
from submissions.models import Speaker, Talk


class SlotKind(models.TextChoices):
    TALK = "talk", _("talk")
    INTRODUCTION = "introduction", _("introduction")
    DISCUSSION = "discussion", _("discussion")
    BREAK = "break", _("break")


class Slot(models.Model):
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="slots", verbose_name=_("session")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=SlotKind.choices, default=SlotKind.TALK.value
    )
    talk = models.OneToOneField(
        Talk,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("talk"),
        error_messages={"unique": _("This talk is already in another slot.")},
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("For an introduction, discussion or break; empty: its kind."),
    )
    led_by = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("led by")
    )
    start_minute = models.PositiveIntegerField(
        _("start"), help_text=_("Minutes after the session's start.")
    )
    minutes = models.PositiveIntegerField(_("minutes"))
    end_minute = models.GeneratedField(
        expression=F("start_minute") + F("minutes"),
        output_field=models.IntegerField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["session", "start_minute"]
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SlotKind.TALK.value, talk__isnull=False)
                | (~Q(kind=SlotKind.TALK.value) & Q(talk__isnull=True)),
                name="slot_has_talk_iff_kind_is_talk",
                violation_error_message=_("A talk slot needs a talk; the other kinds have none."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0),
                name="slot_has_minutes",
                violation_error_message=_("A slot needs at least one minute."),
            ),
            MinutesDoNotOverlap(
                name="slots_of_a_session_do_not_overlap",
                within="session",
                start="start_minute",
                end="end_minute",
                range_type="int4range",
                violation_error_message=_("Two slots of this session overlap."),
            ),
        ]

    def __str__(self) -> str:
        if self.talk is not None:
            return self.talk.title
        return self.title or str(self.get_kind_display())

    def clean(self) -> None:
        if self.talk is not None and self.talk.meeting_id != self.session.meeting_id:
            raise ValidationError({"talk": _("This talk belongs to another meeting.")})
        if self.led_by is not None and self.led_by.meeting_id != self.session.meeting_id:
            raise ValidationError({"led_by": _("This person belongs to another meeting.")})
        end_minute = minutes_range(self)[1]
        if end_minute is not None and end_minute > self.session.minutes:
            raise ValidationError({"minutes": _("The slot ends after its session.")})

    @property
    def starts_at(self) -> datetime:
        return self.session.starts_at + timedelta(minutes=self.start_minute)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)
