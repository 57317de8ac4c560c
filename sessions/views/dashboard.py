"""A meeting at a glance: what came in, what waits, what happens next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from sessions.domain.clashes import Finding, Plan, findings, without_mirrors
from sessions.models.labels import worded
from sessions.snapshots import build_plan, published_programme
from sessions.views.attention import list_url, what_waits
from submissions import snapshots
from submissions.domain.calls import CallStatus
from submissions.domain.figures import Cell, heat_figure, timeline_figure
from submissions.domain.lifecycle import State
from submissions.domain.statistics import heat_map, timeline
from submissions.models import AstronomyArea, Meeting, MLArea
from submissions.models.labels import STATE_LABELS

MOST_CONTRADICTIONS = 8


@require_safe
def meeting_dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.organised_by(request.user), slug=slug)
    now = timezone.now()
    plan = build_plan(meeting)
    found = without_mirrors(findings(plan))
    published = published_programme(meeting)
    context = {
        **admin.site.each_context(request),
        "title": meeting.name,
        "meeting": meeting,
        "waiting": what_waits(meeting, found=found, published=published, at=now),
        "contradictions": _contradictions(plan, found, meeting),
        "published": published,
        "dates": _dates(meeting, now),
        "session_count": len(plan.blocks),
        "slot_count": sum(1 for block in plan.blocks for item in block.items if item.talk),
        **_what_came_in(meeting, timezone.localdate(now, meeting.zone)),
    }
    return render(request, "admin/sessions/dashboard.html", context)


@dataclass(frozen=True, slots=True)
class StateCount:
    state: State
    label: str
    count: int
    url: str


def _what_came_in(meeting: Meeting, today: date) -> dict[str, Any]:
    by_state = snapshots.talks_by_state(meeting)
    opens, closes = (
        timezone.localdate(at, meeting.zone) if at else None
        for at in (meeting.call_opens_at, meeting.call_closes_at)
    )
    by_day = timeline(snapshots.talks_by_day(meeting), opens=opens, closes=closes)
    areas = heat_map(
        snapshots.vocabulary(AstronomyArea),
        snapshots.vocabulary(MLArea),
        snapshots.area_tags(meeting),
    )
    figure = heat_figure(areas)
    return {
        "talk_count": sum(by_state.values()),
        "prepared_count": meeting.talks.exclude(prepared_decision="").count(),
        "states": [
            StateCount(
                state,
                str(STATE_LABELS[state]),
                by_state[state],
                list_url("submissions_talk", meeting, state=state.value),
            )
            for state in State
            if state in by_state
        ],
        "timeline": by_day,
        "timeline_figure": timeline_figure(by_day, closes=closes, today=today),
        "areas": areas,
        "areas_figure": figure,
        "area_lines": [
            (label, _area_url(meeting, astronomy=label.shelf.slug), _linked(meeting, cells))
            for label, cells in figure.lines()
        ],
        "area_columns": [
            (label, _area_url(meeting, ml=label.shelf.slug)) for label in figure.columns
        ],
    }


def _area_url(meeting: Meeting, **areas: str) -> str:
    return list_url("submissions_talk", meeting, state="proposed", **areas)


def _linked(meeting: Meeting, cells: Iterable[Cell]) -> list[tuple[Cell, str]]:
    return [
        (cell, _area_url(meeting, astronomy=cell.row.slug, ml=cell.column.slug)) for cell in cells
    ]


def _contradictions(plan: Plan, found: Iterable[Finding], meeting: Meeting) -> list[dict[str, Any]]:
    """The severe findings, with the session that each is about."""
    names = {block.key: block.name for block in plan.blocks}
    severe = [finding for finding in found if finding.is_severe]
    return [
        {"block": f.block, "name": names[f.block], "text": worded(f, meeting.zone)}
        for f in severe[:MOST_CONTRADICTIONS]
    ]


@dataclass(frozen=True, slots=True)
class Event:
    label: str
    day: date
    at: datetime | None
    """None for a whole day."""
    relative: str
    is_past: bool


def _dates(meeting: Meeting, now: datetime) -> list[Event]:
    """The dates of the call and the meeting, in their order."""
    today = timezone.localdate(now, meeting.zone)
    moments = [
        (_("Call opens"), meeting.call_opens_at),
        (_("Call closes"), meeting.call_closes_at),
        *(
            (_("Call closes for: %(format)s") % {"format": each.name}, each.closes_at)
            for each in meeting.talk_formats.exclude(closes_at=None)
        ),
        (_("Speakers can no longer change their talks"), meeting.edits_close_at),
    ]
    events = [
        Event(
            label, day := timezone.localdate(at, meeting.zone), at, relative(day, today), at < now
        )
        for label, at in moments
        if at is not None
    ]
    for label, day in ((_("First day"), meeting.starts_on), (_("Last day"), meeting.ends_on)):
        events.append(Event(label, day, None, relative(day, today), day < today))
    return sorted(events, key=lambda event: event.day)


def relative(day: date, today: date) -> str:
    """How far a day is, as people say it."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return (_("today"), _("tomorrow"), _("yesterday"))[days]
    months = round(abs(days) / 30.44)
    if abs(days) < 60:
        told = ngettext("%d day", "%d days", abs(days)) % abs(days)
    else:
        told = ngettext("%d month", "%d months", months) % months
    return (_("in %(time)s") if days > 0 else _("%(time)s ago")) % {"time": told}


def meeting_lines(meetings: Sequence[Meeting]) -> list[dict[str, Any]]:
    """What the list of meetings says about each, in one query."""
    waiting = Q(talks__state=State.SUBMITTED.value, talks__prepared_decision="")
    counted = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings]).annotate(
        talk_count=Count("talks"), undecided=Count("talks", filter=waiting)
    )
    counts = {row["pk"]: row for row in counted.values("pk", "talk_count", "undecided")}
    now = timezone.now()
    return [
        {
            "meeting": meeting,
            "call": _call(meeting.call_status(now)),
            "talk_count": counts[meeting.pk]["talk_count"],
            "undecided": counts[meeting.pk]["undecided"],
        }
        for meeting in meetings
    ]


def _call(status: CallStatus) -> str:
    return {
        CallStatus.NOT_ANNOUNCED: _("has no dates yet"),
        CallStatus.NOT_YET_OPEN: _("opens later"),
        CallStatus.OPEN: _("is open"),
        CallStatus.GRACE: _("has closed"),
        CallStatus.CLOSED: _("has closed"),
    }[status]
