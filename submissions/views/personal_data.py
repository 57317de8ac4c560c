"""What is held about somebody: to take away, and to have erased."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from submissions.forms.answer import AnswerForm
from submissions.models import ErasureRequest, Speaker, Talk, User
from submissions.operations import erasing, erasing_accounts
from submissions.operations.personal_data import by_account, by_link, held_about, people_of_link
from submissions.views.private_access import get_own_talk, meeting_of_private_page, signed_in

FILE_NAME = "personal-data.json"


# --- By the private link of a talk ------------------------------------------------------------


@never_cache
@require_safe
def talk_personal_data(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    talk = get_own_talk(request, meeting_of_private_page(slug), code)
    people = people_of_link(talk)
    asked = ErasureRequest.objects.open().filter(speaker__in=people)
    context = {
        "meeting": talk.meeting,
        "talk": talk,
        "people": people,
        "asked": {request.speaker_id: request for request in asked},
    }
    return render(request, "submissions/personal_data/talk.html", context)


@never_cache
@require_safe
def talk_personal_data_file(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Of one person on the talk, and no more of them than this talk."""
    talk = get_own_talk(request, meeting_of_private_page(slug), code)
    return _file(held_about(by_link(talk, _person(request, talk)), at=timezone.now()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk_erasure(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A page that says what follows and takes a reason; then the organisers are asked."""
    talk = get_own_talk(request, meeting_of_private_page(slug), code)
    person = _person(request, talk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erasing.ask(
            person,
            talk=talk,
            by=signed_in(request),
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The organisers are asked to erase your data."))
        return redirect("submissions:talk-personal-data", slug, code)
    context = {"meeting": talk.meeting, "talk": talk, "person": person, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "submissions/personal_data/ask.html", context, status=status)


def _person(request: HttpRequest, talk: Talk) -> Speaker:
    """Who of the people that may have the link is meant; the only one needs not be named."""
    people = people_of_link(talk)
    wanted = request.GET.get("person", "")
    found = [person for person in people if wanted in ("", person.slug)]
    if len(found) != 1:
        raise Http404
    return found[0]


# --- Signed in --------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def account_personal_data(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    subject = by_account(user)
    context = {
        "speakers": subject.speakers,
        "talk_count": subject.talks().count(),
        "hindrance": erasing_accounts.hindrance(user),
    }
    return render(request, "submissions/personal_data/account.html", context)


@never_cache
@login_required
@require_safe
def account_personal_data_file(request: HttpRequest) -> HttpResponse:
    return _file(held_about(by_account(_user(request)), at=timezone.now()))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_erase(request: HttpRequest) -> HttpResponse:
    """Asks once more; then the account is gone, and its owner signed out."""
    user = _user(request)
    if request.method == "POST":
        try:
            erasing_accounts.erase_account(user, by=user, at=timezone.now())
        except erasing_accounts.AccountNeeded:
            return redirect("submissions:account-personal-data")
        logout(request)
        messages.success(request, _("Your account is erased."))
        return redirect("submissions:meeting-list")
    context = {"hindrance": erasing_accounts.hindrance(user)}
    return render(request, "submissions/personal_data/erase_account.html", context)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _file(held: dict[str, Any]) -> HttpResponse:
    text = json.dumps(held, ensure_ascii=False, indent=2)
    return HttpResponse(
        text + "\n",
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{FILE_NAME}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
