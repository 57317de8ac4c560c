"""Proposing a talk: one page, no account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from submissions.domain.calls import CallStatus
from submissions.models import Meeting, Talk
from submissions.operations import submitting
from submissions.views.meeting import get_meeting
from submissions.views.private_access import open_talk, signed_in
from submissions.views.talk_form import (
    Sheet,
    blank_sheet,
    filled_sheet,
    page,
    preview_part,
    with_one_more_author,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk_submit(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_meeting(request, slug)
    now = timezone.now()
    status = meeting.call_status(now)
    if request.method != "POST":
        if status is not CallStatus.OPEN:
            return _call_page(request, meeting, status)
        return page(request, meeting, blank_sheet(meeting))
    sheet = filled_sheet(meeting, request.POST)
    if status not in (CallStatus.OPEN, CallStatus.GRACE):
        # The text stays on the page to be copied.
        return _call_page(request, meeting, status, typed=sheet)
    if not sheet.is_valid():
        return page(request, meeting, sheet, status=422)
    proposal = sheet.form.proposal(sheet.authors.authors())
    try:
        talk = submitting.submit(meeting=meeting, proposal=proposal, by=signed_in(request), at=now)
    except submitting.FormUsedBefore as used:
        return _used_before(request, meeting, sheet, used.talk)
    open_talk(request, talk)
    return redirect("submissions:talk-detail", meeting.slug, talk.code)


@require_POST
def talk_more_authors(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page with one more empty author; for browsers without JavaScript."""
    meeting = get_meeting(request, slug)
    return page(request, meeting, with_one_more_author(meeting, request.POST))


@require_POST
def talk_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Title and abstract as they will be published: a part for htmx, else the whole page."""
    meeting = get_meeting(request, slug)
    if request.headers.get("HX-Request"):
        return preview_part(request, meeting)
    return page(request, meeting, filled_sheet(meeting, request.POST).forgiven())


def _used_before(request: HttpRequest, meeting: Meeting, sheet: Sheet, talk: Talk) -> HttpResponse:
    """Somebody went back in the browser and wrote over a form that is a talk by now."""
    sheet.form.renew_key()
    earlier = talk if talk.meeting == meeting else None
    return page(request, meeting, sheet, status=409, is_used=True, earlier=earlier)


def _call_page(
    request: HttpRequest, meeting: Meeting, status: CallStatus, typed: Sheet | None = None
) -> HttpResponse:
    """Why nothing can be submitted now, with the dates, and whatever was typed meanwhile."""
    context = {
        "meeting": meeting,
        "is_closed": status in (CallStatus.GRACE, CallStatus.CLOSED),
        "is_announced": status is not CallStatus.NOT_ANNOUNCED,
        "typed": typed.texts() if typed else (),
    }
    http_status = 200 if typed is None else 409
    return render(request, "submissions/talk/call.html", context, status=http_status)
