"""Changing a talk, or going on with its draft: the same form, filled with what is there."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from submissions.domain.calls import CallStatus
from submissions.domain.lifecycle import State
from submissions.forms.limits import tell_too_many
from submissions.models import Draft, Meeting, Talk
from submissions.operations import limits, submitting
from submissions.permissions import may_edit_as_speaker, takes_changes_by_speaker
from submissions.views.handing_in import call_page, hand_in
from submissions.views.open_call import open_call
from submissions.views.private_access import get_own_talk, meeting_of_private_page, signed_in
from submissions.views.talk_draft import sheet_of_draft, version_seen
from submissions.views.talk_form import (
    Sheet,
    filled_sheet,
    page,
    preview_part,
    sheet_of,
    with_one_more_author,
)
from submissions.views.versions import take_back

VERSION = "version"
"""The field with the moment of the talk's last change that a page was made of."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk_edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    meeting = meeting_of_private_page(slug)
    try:
        talk = get_own_talk(request, meeting, code)
    except Http404:
        if request.method == "POST":
            return _not_opened(request, meeting)
        raise
    is_draft = talk.lifecycle_state is State.DRAFT
    if request.method == "POST":
        return _submit(request, talk) if is_draft else _save(request, talk)
    return _show_draft(request, talk) if is_draft else _show(request, talk)


@require_POST
def talk_edit_more_authors(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The edit page with one more empty author; for browsers without JavaScript."""
    talk = get_own_talk(request, meeting_of_private_page(slug), code)
    at = open_call(request, talk.meeting).formats_at
    sheet = with_one_more_author(talk.meeting, request.POST, talk=talk, at=at)
    return _again(request, talk, sheet)


@require_POST
def talk_edit_preview(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The preview alone for htmx; the edit page with it for browsers without JavaScript."""
    talk = get_own_talk(request, meeting_of_private_page(slug), code)
    if request.headers.get("HX-Request"):
        return preview_part(request, talk.meeting)
    at = open_call(request, talk.meeting).formats_at
    sheet = filled_sheet(talk.meeting, request.POST, talk=talk, at=at).forgiven()
    return _again(request, talk, sheet)


def _show(request: HttpRequest, talk: Talk) -> HttpResponse:
    """The talk as it is, or as it was typed and not saved the last time."""
    draft, now = Draft.objects.filter(talk=talk).first(), timezone.now()
    if not may_edit_as_speaker(talk, at=now):
        text = _("This talk can no longer be changed here. Write to the organisers.")
        messages.error(request, text)
        return redirect("submissions:talk-detail", talk.meeting.slug, talk.code)
    if draft is None:
        sheet = sheet_of(talk, at=now)
        take_back(request, talk, sheet.form)
        return page(request, talk.meeting, sheet, talk=talk, version=_version(talk))
    return page(
        request,
        talk.meeting,
        sheet_of_draft(draft, at=now),
        talk=talk,
        version=(draft.content.get(VERSION) or [_version(talk)])[0],
        draft=draft,
        draft_version=draft.version,
    )


def _show_draft(request: HttpRequest, talk: Talk) -> HttpResponse:
    """The form of a talk that has not been submitted; after the close, its text to copy."""
    draft = Draft.objects.filter(talk=talk).select_related("talk__meeting").first()
    call = open_call(request, talk.meeting)
    is_closed = call.status is CallStatus.CLOSED
    at = None if is_closed else call.formats_at
    sheet = sheet_of_draft(draft, at=at) if draft else sheet_of(talk, at=at)
    if is_closed:
        return call_page(request, call, typed=sheet)
    return page(
        request,
        talk.meeting,
        sheet,
        talk=talk,
        draft=draft,
        draft_version=draft.version if draft else 0,
        late_link=call.late_link,
    )


def _submit(request: HttpRequest, talk: Talk) -> HttpResponse:
    call = open_call(request, talk.meeting)
    if not call.takes_forms:
        return call_page(request, call, typed=filled_sheet(talk.meeting, request.POST))
    sheet = filled_sheet(talk.meeting, request.POST, talk=talk, at=call.formats_at)
    if not sheet.is_valid():
        return _again(request, talk, sheet, status=422)
    sheet.form.cleaned_data["submit_key"] = talk.submit_key
    return hand_in(request, talk.meeting, sheet)


def _save(request: HttpRequest, talk: Talk) -> HttpResponse:
    now, version = timezone.now(), request.POST.get(VERSION, "")
    sheet = filled_sheet(talk.meeting, request.POST, talk=talk, at=now)
    if not takes_changes_by_speaker(talk, at=now):
        return _too_late(request, talk, sheet)
    if not sheet.is_valid():
        return _again(request, talk, sheet, status=422)
    proposal = sheet.form.proposal(sheet.authors.authors())
    try:
        submitting.revise(talk, proposal, by=signed_in(request), at=now, seen=_moment_of(version))
    except submitting.NotEditable:
        return _too_late(request, talk, sheet)
    except limits.TooManyTalks as refused:
        tell_too_many(sheet.authors, refused)
        return _again(request, talk, sheet, status=422)
    except submitting.ChangedMeanwhile:
        # Shown with the present version: saving again then means to overwrite what changed.
        talk.refresh_from_db()
        return page(
            request,
            talk.meeting,
            sheet,
            status=409,
            talk=talk,
            version=_version(talk),
            draft_version=version_seen(request),
            conflict=True,
        )
    messages.success(request, _("Your changes are saved."))
    return redirect("submissions:talk-detail", talk.meeting.slug, talk.code)


def _again(request: HttpRequest, talk: Talk, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    """The same page, as typed, with the versions that it was made of."""
    return page(
        request,
        talk.meeting,
        sheet,
        status=status,
        talk=talk,
        version=request.POST.get(VERSION, ""),
        draft_version=version_seen(request),
    )


def _version(talk: Talk) -> str:
    return talk.changed_at.isoformat()


def _moment_of(version: str) -> datetime:
    """The moment that a page was made of; one that nothing was ever changed at if it got lost."""
    try:
        return datetime.fromisoformat(version)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _too_late(request: HttpRequest, talk: Talk, sheet: Sheet) -> HttpResponse:
    """Nothing was saved, but what was typed is there to be copied."""
    context = {"meeting": talk.meeting, "talk": talk, "typed": sheet.texts()}
    return render(request, "submissions/talk/too_late.html", context, status=409)


def _not_opened(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Whoever was signed out meanwhile keeps the text, and learns how to come back.

    The same for a talk that does not exist: nothing is told but what was sent.
    """
    if not Meeting.objects.visible_to(request.user).filter(pk=meeting.pk).exists():
        raise Http404
    context = {"meeting": meeting, "typed": filled_sheet(meeting, request.POST).texts()}
    return render(request, "submissions/talk/not_opened.html", context, status=404)
