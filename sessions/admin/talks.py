"""What the timetable adds to the pages of talks, which know nothing of it themselves."""

from django.utils.translation import gettext as _

from sessions.admin.filters import ScheduledFilter
from sessions.models import Slot
from sessions.models.labels import place_and_time
from submissions.admin.talks import TalkAdmin
from submissions.models import Talk


def place_in_the_timetable(talk: Talk) -> tuple[str, str] | None:
    """Where and when the talk is given; None while it is in no session."""
    slot = (
        Slot.objects.select_related("session__room", "session__meeting").filter(talk=talk).first()
    )
    if slot is None:
        return None
    return _("In the timetable"), place_and_time(slot.session, slot.starts_at)


TalkAdmin.list_filter.append(ScheduledFilter)
TalkAdmin.further_facts.append(place_in_the_timetable)
