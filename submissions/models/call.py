"""What a meeting's call for talks asks of speakers, and until when."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

ANYWHERE_ON_EARTH: Final = ZoneInfo("Etc/GMT+12")
"""Twelve hours behind Greenwich, where a day ends last; the sign in its name is the other way."""


class Call(models.Model):
    """The part of a meeting that its form for talks reads."""

    call_opens_at = models.DateTimeField(_("call opens"), null=True, blank=True)
    call_closes_at = models.DateTimeField(_("call closes"), null=True, blank=True)
    edits_close_at = models.DateTimeField(
        _("edits close"),
        null=True,
        blank=True,
        help_text=_(
            "Until when speakers may change a submitted talk; empty: when the call closes."
        ),
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace, minutes"),
        default=15,
        validators=[MaxValueValidator(24 * 60)],
        help_text=_(
            "For so long after the close, forms that were already open are still taken. "
            "Nobody is told beforehand."
        ),
    )
    closes_anywhere_on_earth = models.BooleanField(
        _("deadlines count anywhere on Earth"),
        default=False,
        help_text=_(
            "The times of the call are then those of the zone where a day ends last (UTC−12), "
            "and shown as “anywhere on Earth”."
        ),
    )
    call_text = models.TextField(
        _("text above the form"), blank=True, help_text=_("Markdown; what you look for, and how.")
    )
    word_limit = models.PositiveIntegerField(
        _("words in an abstract"),
        default=300,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
    )
    title_limit = models.PositiveIntegerField(
        _("characters in a title"),
        default=300,
        validators=[MinValueValidator(20), MaxValueValidator(500)],
    )
    author_limit = models.PositiveIntegerField(
        _("authors of a talk"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("At most; empty: as many as there are."),
    )
    talks_per_person = models.PositiveSmallIntegerField(
        _("talks per person"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "How many talks one person may present, known by the e-mail address; empty: any number."
        ),
    )
    tells_coauthors = models.BooleanField(
        _("tell co-authors"),
        default=True,
        help_text=_(
            "Every co-author with an address gets one mail with a link of their own, by which they "
            "confirm that they are an author or object."
        ),
    )
    draft_reminder_hours = models.PositiveSmallIntegerField(
        _("remind of drafts, hours before"),
        default=48,
        validators=[MaxValueValidator(24 * 30)],
        help_text=_(
            "So long before the call closes, whoever has a draft that was not handed in gets one "
            "mail with its private link; 0: nobody is reminded."
        ),
    )
    asks_preference = models.BooleanField(
        _("ask for talk or poster"),
        default=False,
        help_text=_("Speakers say whether they want a talk only, a poster only, or take either."),
    )
    asks_remote = models.BooleanField(
        _("ask who takes part remotely"),
        default=False,
        help_text=_("Speakers say whether they would present from elsewhere."),
    )

    class Meta:
        abstract = True

    @property
    def grace(self) -> timedelta:
        return timedelta(minutes=self.grace_minutes)

    @property
    def edits_until(self) -> datetime | None:
        """The moment from which speakers may no longer change a submitted talk."""
        return self.edits_close_at or self.call_closes_at

    def edits_are_open(self, at: datetime) -> bool:
        """Whether speakers may still begin to change a submitted talk."""
        return self.edits_until is not None and at < self.edits_until

    def takes_edits(self, at: datetime) -> bool:
        """Whether changes that arrive now are still taken: a while longer than forms are shown."""
        return self.edits_until is not None and at < self.edits_until + self.grace
