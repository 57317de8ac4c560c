"""How an organiser narrows lists by the timetable; offered are days and rooms of their meetings."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sessions.models import Room, Session, Slot
from submissions.admin.filters import DropDownFilter, key_in
from submissions.admin.scoped import meeting_by_slug, meetings_of
from submissions.models import Meeting, Talk


def meetings_shown(request: HttpRequest) -> list[Meeting]:
    meeting = meeting_by_slug(request, request.GET.get("meeting"))
    return [meeting] if meeting else meetings_of(request)


class DayFilter(DropDownFilter):
    """Days in the zone of each meeting."""

    title = _("day")
    parameter_name = "day"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        self.meetings = meetings_shown(request)
        zones = {meeting.pk: meeting.zone for meeting in self.meetings}
        starts = Session.objects.filter(meeting__in=self.meetings).values_list(
            "meeting", "starts_at"
        )
        days = {timezone.localdate(start, zones[meeting]) for meeting, start in starts}
        return [(day.isoformat(), date_format(day, "D j F")) for day in sorted(days)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        if not (value := self.value()):
            return queryset
        offered = {day for day, _label in self.lookup_choices}
        if value not in offered:
            return queryset.none()
        day = date.fromisoformat(value)
        on_that_day = Q(pk__in=[])
        for meeting in self.meetings:
            start = datetime.combine(day, time(), tzinfo=meeting.zone)
            end = datetime.combine(day + timedelta(days=1), time(), tzinfo=meeting.zone)
            on_that_day |= Q(meeting=meeting, starts_at__gte=start, starts_at__lt=end)
        return queryset.filter(on_that_day)


class RoomFilter(DropDownFilter):
    title = _("room")
    parameter_name = "room"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        rooms = Room.objects.filter(meeting__in=meetings_shown(request))
        return [*rooms.values_list("pk", "name"), ("none", _("no room"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        value = self.value() or ""
        if value == "none":
            return queryset.filter(room=None)
        if not value:
            return queryset
        return queryset.filter(room=key_in(value))


class ScheduledFilter(DropDownFilter):
    """For the list of talks, which by itself knows nothing of sessions."""

    title = _("in the timetable")
    parameter_name = "scheduled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("placed in a session")), ("no", _("not placed, posters aside"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        slots = Exists(Slot.objects.filter(talk=OuterRef("pk")))
        match self.value():
            case "yes":
                return queryset.filter(slots)
            case "no":
                return queryset.filter(~slots).exclude(format__is_poster=True)
            case _other:
                return queryset
