"""Proposing a talk: one page, no account."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from submissions.domain.calls import CallStatus
from submissions.models import Meeting
from submissions.views.handing_in import call_page, hand_in
from submissions.views.meeting import get_meeting
from submissions.views.open_call import OpenCall, open_call
from submissions.views.talk_draft import own_drafts, version_seen
from submissions.views.talk_form import (
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
    call = open_call(request, meeting)
    if request.method == "POST":
        return _take(request, meeting, call)
    drafts = own_drafts(request, meeting)
    if call.status is CallStatus.OPEN:
        sheet = blank_sheet(meeting, at=call.formats_at)
        return page(request, meeting, sheet, drafts=drafts, late_link=call.late_link)
    return call_page(request, call, drafts=drafts)


def _take(request: HttpRequest, meeting: Meeting, call: OpenCall) -> HttpResponse:
    if not call.takes_forms:
        # The text stays on the page to be copied.
        return call_page(request, call, typed=filled_sheet(meeting, request.POST))
    sheet = filled_sheet(meeting, request.POST, at=call.formats_at)
    if not sheet.is_valid():
        return page(
            request,
            meeting,
            sheet,
            status=422,
            draft_version=version_seen(request),
            late_link=call.late_link,
        )
    return hand_in(request, meeting, sheet)


@require_POST
def talk_more_authors(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page with one more empty author; for browsers without JavaScript."""
    meeting = get_meeting(request, slug)
    call = open_call(request, meeting)
    sheet = with_one_more_author(meeting, request.POST, at=call.formats_at)
    seen = version_seen(request)
    return page(request, meeting, sheet, draft_version=seen, late_link=call.late_link)


@require_POST
def talk_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Title and abstract as they will be published: a part for htmx, else the whole page."""
    meeting = get_meeting(request, slug)
    if request.headers.get("HX-Request"):
        return preview_part(request, meeting)
    call = open_call(request, meeting)
    sheet = filled_sheet(meeting, request.POST, at=call.formats_at).forgiven()
    seen = version_seen(request)
    return page(request, meeting, sheet, draft_version=seen, late_link=call.late_link)
