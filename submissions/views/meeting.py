"""The front page and the first page of a meeting."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from submissions.domain.abstracts import render as render_text
from submissions.domain.calls import CallStatus
from submissions.models import Meeting
from submissions.permissions import is_organiser, is_reviewer


def get_meeting(request: HttpRequest, slug: str) -> Meeting:
    """The meeting of this address, if whoever asks may know of it; else 404."""
    return get_object_or_404(Meeting.objects.visible_to(request.user), slug=slug)


def next_close(meeting: Meeting, now: datetime) -> datetime | None:
    """The call's close, or after it the last deadline of a format; None if that is over too."""
    closes = meeting.call_closes_at
    if closes is not None and closes <= now:
        closes = meeting.call_ends_at
    return closes if closes is not None and closes > now else None


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    meetings = list(Meeting.objects.visible_to(request.user).order_by("starts_on", "name"))
    # Over when its last day is over where it takes place.
    past = [
        meeting for meeting in meetings if meeting.ends_on < now.astimezone(meeting.zone).date()
    ]
    return render(
        request,
        "submissions/meeting/list.html",
        {
            "coming": [meeting for meeting in meetings if meeting not in past],
            "past": past[::-1],
            "now": now,
        },
    )


@require_safe
def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:
    meeting, now = get_meeting(request, slug), timezone.now()
    status = meeting.call_status(now)
    is_to_come = status in (CallStatus.NOT_YET_OPEN, CallStatus.OPEN)
    return render(
        request,
        "submissions/meeting/detail.html",
        {
            "meeting": meeting,
            "call_text": render_text(meeting.call_text).html if is_to_come else "",
            "closes_at": next_close(meeting, now),
            "introduction": render_text(meeting.introduction).html,
            "call_is_open": status is CallStatus.OPEN,
            "call_is_announced": status is not CallStatus.NOT_ANNOUNCED,
            "call_has_closed": status in (CallStatus.GRACE, CallStatus.CLOSED),
            "talk_formats": meeting.talk_formats.all(),
            "organises": is_organiser(request.user, meeting),
            "reviews": is_reviewer(request.user, meeting),
        },
    )


@require_safe
@cache_control(max_age=300)
def meeting_accent(request: HttpRequest, slug: str) -> HttpResponse:
    """The meeting's colour as a stylesheet: the content policy allows no style in the page.

    Anybody may ask, also for a meeting that is not public, and learns no more than a colour;
    so the answer is the same for a meeting that does not exist.
    """
    meeting = Meeting.objects.visible_to(request.user).filter(slug=slug).first()
    colour = meeting.accent_colour if meeting else Meeting._meta.get_field("accent_colour").default
    return HttpResponse(f":root {{ --accent: {colour}; }}\n", content_type="text/css")
