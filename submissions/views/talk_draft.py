"""Drafts: the form saved as it is typed, found again, thrown away."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from submissions.domain.drafts import Content, content_of, is_worth_keeping
from submissions.domain.lifecycle import State
from submissions.models import Draft, Meeting, Talk
from submissions.operations import drafting
from submissions.permissions import takes_changes_by_speaker
from submissions.views.meeting import get_meeting
from submissions.views.open_call import open_call
from submissions.views.private_access import (
    get_own_talk,
    meeting_of_private_page,
    open_talk,
    opened_talks,
    signed_in,
)
from submissions.views.talk_form import Sheet, filled_sheet, page

VERSION = "draft"
"""The field that says which version of the draft a page was made of."""


def version_seen(request: HttpRequest) -> int:
    """0 for a page that knows of no draft."""
    typed = request.POST.get(VERSION, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def own_drafts(request: HttpRequest, meeting: Meeting) -> list[Draft]:
    """Drafts of talks never submitted that this browser or its user has, the newest first."""
    mine = Draft.objects.never_submitted().of_meeting(meeting).select_related("talk")
    return list(mine.held_by(request.user, opened_talks(request)))


def sheet_of_draft(draft: Draft, *, at: datetime | None = None) -> Sheet:
    """The form as it was typed, without complaints."""
    data = QueryDict(mutable=True)
    for name, texts in draft.content.items():
        data.setlist(name, texts)
    if draft.talk.submit_key:
        data["submit_key"] = str(draft.talk.submit_key)
    return filled_sheet(draft.talk.meeting, data, talk=draft.talk, at=at).forgiven()


@never_cache
@require_POST
def talk_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the form of a new talk. For a script the answer is data, else the page of the draft."""
    meeting = get_meeting(request, slug)
    now, content = timezone.now(), content_of(request.POST.lists())
    key = _key(content)
    is_known = Talk.objects.filter(submit_key=key).exists()
    if key is None or not (is_known or open_call(request, meeting).takes_forms):
        return _refuse(request, meeting, _("The call is closed, so no new draft can be saved."))
    if not is_worth_keeping(content):
        return _refuse(request, meeting, _("There is nothing to save yet."), status=422)

    def save() -> Draft:
        draft = drafting.save_new(
            meeting=meeting,
            key=key,
            content=content,
            seen=version_seen(request),
            by=signed_in(request),
            at=now,
        )
        open_talk(request, draft.talk)
        return draft

    return _saved(request, meeting, save)


@never_cache
@require_POST
def talk_edit_draft(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Keep what is typed into the form of a talk that is there."""
    meeting = meeting_of_private_page(slug)
    talk = get_own_talk(request, meeting, code)
    now, content = timezone.now(), content_of(request.POST.lists())
    if not takes_changes_by_speaker(talk, at=now) and talk.lifecycle_state is not State.DRAFT:
        return _refuse(request, meeting, _("This talk can no longer be changed here."))

    def save() -> Draft:
        seen = version_seen(request)
        return drafting.save(talk, content=content, seen=seen, by=signed_in(request), at=now)

    return _saved(request, meeting, save)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk_discard(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Throw away a draft, or changes that were never saved, after asking once."""
    meeting = meeting_of_private_page(slug)
    talk = get_own_talk(request, meeting, code)
    is_draft = talk.lifecycle_state is State.DRAFT
    if request.method != "POST":
        context = {"meeting": meeting, "talk": talk, "is_draft": is_draft}
        return render(request, "submissions/talk/discard.html", context)
    drafting.discard(talk)
    if is_draft:
        messages.success(request, _("The draft is deleted."))
        return redirect("submissions:meeting-detail", slug)
    messages.success(request, _("The unsaved changes are gone; the talk is as it was."))
    return redirect("submissions:talk-detail", slug, code)


def _key(content: Content) -> UUID | None:
    try:
        return UUID((content.get("submit_key") or [""])[0])
    except ValueError:
        return None


def _saved(request: HttpRequest, meeting: Meeting, save: Callable[[], Draft]) -> HttpResponse:
    try:
        draft = save()
    except drafting.DraftChanged as changed:
        return _conflict(request, meeting, changed.draft)
    except drafting.AlreadySubmitted:
        text = _("This form has been submitted. Changes are made on the page of the talk.")
        return _refuse(request, meeting, text)
    except drafting.DraftTooLarge:
        text = _("This is too much text for a draft. It is still here, on this page only.")
        return _refuse(request, meeting, text, status=413)
    is_mailed = "mail" in request.POST and drafting.send_link(draft, at=timezone.now())
    if _wants_data(request):
        return JsonResponse(_state_of(draft, meeting, is_mailed=is_mailed))
    messages.success(request, _("Saved as a draft. It has not been submitted yet."))
    if is_mailed:
        messages.info(request, _way_back(draft))
    return redirect("submissions:talk-edit", meeting.slug, draft.talk.code)


def _way_back(draft: Draft) -> str:
    text = _("A link to come back to it was sent to %(address)s.")
    return text % {"address": draft.email}


def _state_of(draft: Draft, meeting: Meeting, *, is_mailed: bool = False) -> dict[str, Any]:
    arguments = [meeting.slug, draft.talk.code]
    saved = _("Draft saved at %(time)s.") % {"time": _time(draft, meeting)}
    return {
        "version": draft.version,
        "saved": f"{saved} {_way_back(draft)}" if is_mailed else saved,
        "edit": reverse("submissions:talk-edit", args=arguments),
        "draft": reverse("submissions:talk-edit-draft", args=arguments),
    }


def _conflict(request: HttpRequest, meeting: Meeting, draft: Draft) -> HttpResponse:
    """Somebody saved from another window: nothing is overwritten before a person has looked."""
    if _wants_data(request):
        text = _("This was saved in another window at %(time)s, with another text.")
        state = {**_state_of(draft, meeting), "message": text % {"time": _time(draft, meeting)}}
        return JsonResponse(state, status=409)
    sheet = filled_sheet(meeting, request.POST).forgiven()
    return page(
        request, meeting, sheet, status=409, talk=draft.talk, draft=draft, draft_conflict=True
    )


def _refuse(
    request: HttpRequest, meeting: Meeting, text: str, *, status: int = 409
) -> HttpResponse:
    """Nothing was saved; what was typed stays where it is."""
    if _wants_data(request):
        return JsonResponse({"message": text}, status=status)
    messages.warning(request, text)
    return page(request, meeting, filled_sheet(meeting, request.POST).forgiven(), status=status)


def _wants_data(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _time(draft: Draft, meeting: Meeting) -> str:
    return timezone.localtime(draft.saved_at, meeting.zone).strftime("%H:%M")
