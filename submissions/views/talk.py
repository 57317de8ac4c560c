"""Proposing a talk: one page, no account."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from submissions.domain.calls import CallStatus
from submissions.models import Meeting
from submissions.views.handing_in import TAKES_FORMS, call_page, hand_in
from submissions.views.meeting import get_meeting
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
    status = meeting.call_status(timezone.now())
    if request.method == "POST":
        return _take(request, meeting, status)
    drafts = own_drafts(request, meeting)
    if status is CallStatus.OPEN:
        return page(request, meeting, blank_sheet(meeting), drafts=drafts)
    return call_page(request, meeting, status, drafts=drafts)


def _take(request: HttpRequest, meeting: Meeting, status: CallStatus) -> HttpResponse:
    sheet = filled_sheet(meeting, request.POST)
    if status not in TAKES_FORMS:
        # The text stays on the page to be copied.
        return call_page(request, meeting, status, typed=sheet)
    if not sheet.is_valid():
        return page(request, meeting, sheet, status=422, draft_version=version_seen(request))
    return hand_in(request, meeting, sheet)


@require_POST
def talk_more_authors(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page with one more empty author; for browsers without JavaScript."""
    meeting = get_meeting(request, slug)
    sheet = with_one_more_author(meeting, request.POST)
    return page(request, meeting, sheet, draft_version=version_seen(request))


@require_POST
def talk_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Title and abstract as they will be published: a part for htmx, else the whole page."""
    meeting = get_meeting(request, slug)
    if request.headers.get("HX-Request"):
        return preview_part(request, meeting)
    sheet = filled_sheet(meeting, request.POST).forgiven()
    return page(request, meeting, sheet, draft_version=version_seen(request))
