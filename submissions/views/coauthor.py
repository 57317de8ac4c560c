"""The page of a co-author: what they are named on, to confirm it or to object."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth import SESSION_KEY as SIGNED_IN_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from submissions.domain.abstracts import render_inline
from submissions.domain.lifecycle import State
from submissions.forms.authors import initial_of
from submissions.forms.coauthor import ObjectionForm, OwnEntryForm
from submissions.models import Authorship, Meeting
from submissions.operations import coauthor_answers
from submissions.permissions import authorship_by_coauthor_token, opened_authorship
from submissions.snapshots import as_proposed
from submissions.views.private_access import signed_in

OPENED: Final = "opened_authorships"
"""In the login session: per authorship the version of its link and the mark of its address."""


@never_cache
@require_safe
def coauthor_open(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Follow a co-author's link; the address with the secret is left at once.

    It changes nothing but this browser's memory, so a mail program that looks ahead does no harm.
    """
    meeting = Meeting.objects.filter(slug=slug).first()
    authorship = authorship_by_coauthor_token(meeting, token) if meeting else None
    if authorship is None:
        return _void(request, slug)
    opened = request.session.get(OPENED, {})
    if not opened and SIGNED_IN_KEY not in request.session:
        # As at a sign-in: a session that somebody else put into this browser gains nothing.
        request.session.cycle_key()
    proof = [authorship.link_version, authorship.address_print()]
    request.session[OPENED] = {**opened, str(authorship.pk): proof}
    return redirect("submissions:coauthor-detail", slug, authorship.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def coauthor_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = Meeting.objects.filter(slug=slug).first()
    proof = request.session.get(OPENED, {}).get(str(pk))
    authorship = opened_authorship(meeting, pk, proof) if meeting and proof else None
    if authorship is None:
        return _void(request, slug)
    if request.method == "POST" and _may_answer(authorship):
        return _take(request, authorship)
    return _page(request, authorship)


def _take(request: HttpRequest, authorship: Authorship) -> HttpResponse:
    now, by = timezone.now(), signed_in(request)
    if request.POST.get("answer") == "object":
        objection = ObjectionForm(request.POST)
        if not objection.is_valid():
            return _page(request, authorship, objection=objection, status=422)
        word = objection.cleaned_data["word"]
        coauthor_answers.object_to(authorship, word=word, by=by, at=now)
        messages.success(request, _("Thank you. The organisers will look at it."))
    else:
        entry = OwnEntryForm(request.POST)
        if not entry.is_valid():
            return _page(request, authorship, entry=entry, status=422)
        coauthor_answers.confirm(authorship, entry.author(), by=by, at=now)
        messages.success(request, _("Thank you. You are confirmed as an author."))
    return redirect("submissions:coauthor-detail", authorship.talk.meeting.slug, authorship.pk)


def _page(
    request: HttpRequest,
    authorship: Authorship,
    *,
    entry: OwnEntryForm | None = None,
    objection: ObjectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    talk = authorship.talk
    authorships = talk.authorships.select_related("speaker").prefetch_related("affiliations")
    mine = next(each for each in authorships if each.pk == authorship.pk)
    context: dict[str, Any] = {
        "meeting": talk.meeting,
        "talk": talk,
        "title": render_inline(talk.title).html,
        "authorship": authorship,
        "authorships": authorships,
        "form": entry or OwnEntryForm(initial=initial_of(as_proposed(mine))),
        "objection": objection or ObjectionForm(initial={"word": authorship.objection}),
        "may_answer": _may_answer(authorship),
    }
    return render(request, "submissions/coauthor/detail.html", context, status=status)


def _may_answer(authorship: Authorship) -> bool:
    return authorship.talk.lifecycle_state not in (State.WITHDRAWN, State.DECLINED)


def _void(request: HttpRequest, slug: str) -> HttpResponse:
    """The same calm page for whatever is wrong with a link."""
    known = Meeting.objects.visible_to(request.user).filter(slug=slug).first()
    return render(request, "submissions/coauthor/link_void.html", {"meeting": known}, status=404)
