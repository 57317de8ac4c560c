"""Dates with times in forms: one control, read in the zone of the page (the meeting's)."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from submissions.domain.zones import abbreviation
from submissions.models import Meeting


def moment(at: datetime, meeting: Meeting) -> str:
    """A moment in words, in the meeting's zone."""
    local = timezone.localtime(at, meeting.zone)
    return f"{date_format(local, 'j M Y, H:i')} {abbreviation(local)}"


class DayField(forms.DateField):
    """A day, in the browser's own control: no order of day and month to be guessed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class LocalDateTimeInput(forms.DateTimeInput):
    def format_value(self, value: Any) -> str | None:
        """As the control wants it; seconds only where there are some, such as 23:59:59."""
        if isinstance(value, datetime):
            return value.isoformat(timespec="seconds" if value.second else "minutes")[:19]
        return super().format_value(value)


class LocalDateTimeField(forms.DateTimeField):
    """A moment in the zone that is current; says its name, and what to do about clock changes.

    The browser's own control needs no script and is known to screen readers.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", LocalDateTimeInput({"type": "datetime-local"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            text = _(
                "The clocks change then in %(zone)s: this time exists twice or not at all. "
                "Choose one at least an hour earlier or later."
            )
            raise ValidationError(
                text, code="clock_change", params={"zone": timezone.get_current_timezone_name()}
            ) from error
