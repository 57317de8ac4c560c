"""A form that is handed in becomes a talk, or a page that says why not, with what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from submissions.domain.calls import CallStatus
from submissions.forms.limits import tell_too_many
from submissions.models import Draft, Meeting, Talk
from submissions.operations import drafting, late_links, limits, submitting
from submissions.views.open_call import OpenCall, forget_link, open_call
from submissions.views.private_access import open_talk, signed_in
from submissions.views.talk_draft import version_seen
from submissions.views.talk_form import Sheet, page


def hand_in(request: HttpRequest, meeting: Meeting, sheet: Sheet) -> HttpResponse:
    """Submit a valid form. A late-submission link is spent only where one is needed."""
    proposal = sheet.form.proposal(sheet.authors.authors())
    call = open_call(request, meeting)
    link = call.link_needed_for(proposal.format_id)
    try:
        talk = submitting.submit(
            meeting=meeting,
            proposal=proposal,
            by=signed_in(request),
            at=timezone.now(),
            seen_draft=version_seen(request),
            late_link=link,
        )
    except submitting.FormUsedBefore as used:
        return _used_before(request, meeting, sheet, used.talk)
    except drafting.DraftChanged as changed:
        return draft_conflict(request, meeting, sheet, changed.draft)
    except limits.TooManyTalks as refused:
        tell_too_many(sheet.authors, refused)
        seen, talk_or_none = version_seen(request), sheet.form.talk
        return page(request, meeting, sheet, status=422, talk=talk_or_none, draft_version=seen)
    except late_links.LateLinkVoid:
        return call_page(request, open_call(request, meeting), typed=sheet)
    if link is not None:
        forget_link(request, meeting)
    open_talk(request, talk)
    return redirect("submissions:talk-detail", meeting.slug, talk.code)


def draft_conflict(
    request: HttpRequest, meeting: Meeting, sheet: Sheet, draft: Draft
) -> HttpResponse:
    """What was typed here, beside the news that another window saved something else."""
    return page(
        request,
        meeting,
        sheet,
        status=409,
        talk=draft.talk,
        draft=draft,
        draft_version=draft.version,
        draft_conflict=True,
    )


def _used_before(request: HttpRequest, meeting: Meeting, sheet: Sheet, talk: Talk) -> HttpResponse:
    """Somebody went back in the browser and wrote over a form that is a talk by now."""
    sheet.form.renew_key()
    earlier = talk if talk.meeting == meeting else None
    return page(request, meeting, sheet, status=409, is_used=True, earlier=earlier)


def call_page(
    request: HttpRequest,
    call: OpenCall,
    *,
    typed: Sheet | None = None,
    drafts: list[Draft] | None = None,
) -> HttpResponse:
    """Why nothing can be submitted now, with the dates, and whatever was typed meanwhile."""
    context = {
        "meeting": call.meeting,
        "is_closed": call.status in (CallStatus.GRACE, CallStatus.CLOSED),
        "is_announced": call.status is not CallStatus.NOT_ANNOUNCED,
        "has_void_link": call.has_void_link,
        "typed": typed.texts() if typed else (),
        "drafts": drafts or (),
    }
    http_status = 409 if typed is not None and request.method == "POST" else 200
    return render(request, "submissions/talk/call.html", context, status=http_status)
