"""How places in the timetable, and findings about it, are worded."""

from datetime import datetime, tzinfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions.domain.clashes import Finding, Trouble
from sessions.models.session import Session
from submissions.domain.zones import abbreviation

TROUBLES: dict[Trouble, Promise] = {
    Trouble.PERSON_TWICE: _("%(name)s is also in “%(other)s” at %(at)s."),
    Trouble.ROOM_TWICE: _("The room %(name)s is also taken by “%(other)s” at %(at)s."),
    Trouble.OVERLAP: _("“%(name)s” begins %(minutes)d min before the item above it ends."),
    Trouble.OVER_TIME: _("%(minutes)d min over time: it ends after %(at)s."),
    Trouble.TALK_LOST_ITS_PLACE: _(
        "“%(name)s” has no place any more: take it out, or prepare to accept it."
    ),
    Trouble.OUTSIDE_THE_MEETING: _("It is not on a day of the meeting."),
    Trouble.NOT_ANNOUNCED: _("“%(name)s” is accepted, but this is not announced yet."),
    Trouble.UNCONFIRMED: _("“%(name)s” is not confirmed by its speaker yet."),
    Trouble.MINUTES_DIFFER: _(
        "“%(name)s” has %(minutes)d min; its format asks for %(usual_minutes)d."
    ),
    Trouble.GAP: _(
        "%(minutes)d min with nothing from %(at)s: save to close the gap, or fill it with a break."
    ),
    Trouble.TIME_LEFT: _("%(minutes)d min left at the end, from %(at)s."),
    Trouble.EMPTY: _("Nothing is in it yet: %(minutes)d min free."),
    Trouble.NO_ROOM: _("It has no room."),
    Trouble.NO_CHAIR: _("Nobody chairs it."),
}


def place_and_time(session: Session, at: datetime) -> str:
    """Such as "3. Surveys, 7 June 2027, 11:00 CEST, Great Hall"; `at` is in the session."""
    local = timezone.localtime(at, session.meeting.zone)
    room = f", {session.room}" if session.room else ""
    return f"{session}, {date_format(local, 'j F Y, H:i')} {abbreviation(local)}{room}"


def worded(finding: Finding, zone: tzinfo) -> str:
    """One sentence; times are local to `zone`."""
    at = date_format(timezone.localtime(finding.at, zone), "H:i") if finding.at else ""
    return str(TROUBLES[finding.trouble]) % {
        "name": finding.name,
        "other": finding.other,
        "minutes": finding.minutes,
        "usual_minutes": finding.usual_minutes,
        "at": at,
    }
