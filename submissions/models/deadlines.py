"""Deadlines in words: in the zone in which they count, and what that is at the meeting."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from submissions.domain.zones import abbreviation
from submissions.models.call import ANYWHERE_ON_EARTH
from submissions.models.meeting import Meeting


def deadline_words(at: datetime, meeting: Meeting) -> str:
    """Such as "31 March 2027, 23:59 CEST", or with what it is at the meeting in brackets."""
    local = at.astimezone(meeting.zone)
    at_the_meeting = f"{date_format(local, 'j F Y, H:i')} {abbreviation(local)}"
    if not meeting.closes_anywhere_on_earth:
        return at_the_meeting
    return _("%(time)s anywhere on Earth (%(local)s)") % {
        "time": date_format(at.astimezone(ANYWHERE_ON_EARTH), "j F Y, H:i"),
        "local": at_the_meeting,
    }
