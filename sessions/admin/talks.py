"""What the timetable adds to the pages of talks, which know nothing of it themselves."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sessions.admin.filters import ScheduledFilter
from sessions.models import Slot
from submissions.admin.talks import TalkAdmin
from submissions.models import Talk


def place_in_the_timetable(talk: Talk) -> tuple[str, str] | None:
    """Where and when the talk is given; None while it is in no session."""
    slot = Slot.objects.select_related("session__room").filter(talk=talk).first()
    if slot is None:
        return None
    start = timezone.localtime(slot.starts_at, talk.meeting.zone)
    room = f", {slot.session.room}" if slot.session.room else ""
    text = f"{slot.session}, {date_format(start, 'j F Y, H:i T')}{room}"
    return _("In the timetable"), text


TalkAdmin.list_filter.append(ScheduledFilter)
TalkAdmin.further_facts.append(place_in_the_timetable)
