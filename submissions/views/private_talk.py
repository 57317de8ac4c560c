"""Coming back to a talk: what its speaker sees and answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from submissions.domain.abstracts import render as render_text
from submissions.domain.abstracts import render_inline
from submissions.domain.lifecycle import Action, State, TransitionNotAllowed
from submissions.forms.answer import AnswerForm
from submissions.models import Draft, Meeting, Talk
from submissions.models.labels import ACTION_LABELS
from submissions.operations import answering
from submissions.permissions import may_edit_as_speaker, speaker_actions, talk_by_private_token
from submissions.views.private_access import (
    get_own_talk,
    meeting_of_private_page,
    open_talk,
    signed_in,
)


@never_cache
@require_safe
def talk_open(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Follow a private link; the address with the secret is left at once.

    It changes nothing but this browser's memory, so a mail program that looks ahead does no harm.
    The meeting need not be public: the link is a proof of its own.
    """
    meeting = Meeting.objects.filter(slug=slug).first()
    talk = talk_by_private_token(meeting, token) if meeting else None
    if meeting is None or talk is None:
        known = Meeting.objects.visible_to(request.user).filter(slug=slug).first()
        return render(request, "submissions/talk/link_void.html", {"meeting": known}, status=404)
    open_talk(request, talk)
    response = redirect("submissions:talk-detail", meeting.slug, talk.code)
    response["Referrer-Policy"] = "no-referrer"  # not even our own pages are told of the secret
    return response


@never_cache
@require_safe
def talk_detail(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    talk = _own(request, slug, code)
    if talk.lifecycle_state is State.DRAFT:
        return redirect("submissions:talk-edit", slug, code)
    now = timezone.now()
    actions = speaker_actions(talk, at=now)
    return render(
        request,
        "submissions/talk/detail.html",
        {
            "meeting": talk.meeting,
            "talk": talk,
            "title": render_inline(talk.title).html,
            "abstract": render_text(talk.abstract).html,
            "authorships": talk.authorships.select_related("speaker").prefetch_related(
                "affiliations"
            ),
            "own_answers": talk.answers.select_related("question"),
            "unsaved": Draft.objects.filter(talk=talk).first(),
            "may_edit": may_edit_as_speaker(talk, at=now),
            "edits_until": talk.meeting.edits_until,
            "may_confirm": Action.CONFIRM in actions,
            "may_decline": Action.DECLINE in actions,
            "may_withdraw": Action.WITHDRAW in actions,
        },
    )


@never_cache
@require_POST
def talk_confirm(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    talk = _own(request, slug, code)
    return _answer(request, talk, Action.CONFIRM, _("Thank you. Your talk is confirmed."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk_decline(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    done = _("Your place has been given back. Thank you for telling us.")
    return _ask_and_answer(request, _own(request, slug, code), Action.DECLINE, done)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk_withdraw(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    done = _("Your talk is withdrawn.")
    return _ask_and_answer(request, _own(request, slug, code), Action.WITHDRAW, done)


def _own(request: HttpRequest, slug: str, code: str) -> Talk:
    """The talk, for whoever proved to own it; the meeting need not be public for them."""
    return get_own_talk(request, meeting_of_private_page(slug), code)


def _ask_and_answer(request: HttpRequest, talk: Talk, action: Action, done: str) -> HttpResponse:
    """A page that asks once more and takes a reason; then the answer."""
    is_sent = request.method == "POST"
    form = AnswerForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        return _answer(request, talk, action, done, note=form.cleaned_data["reason"])
    possible = action in speaker_actions(talk, at=timezone.now())
    context = {
        "meeting": talk.meeting,
        "talk": talk,
        "form": form,
        "possible": possible,
        "action": action.value,
        "action_label": ACTION_LABELS[action],
    }
    status = 422 if is_sent else 200
    return render(request, "submissions/talk/answer.html", context, status=status)


def _answer(
    request: HttpRequest, talk: Talk, action: Action, done: str, *, note: str = ""
) -> HttpResponse:
    try:
        answering.answer(
            talk,
            action,
            by=signed_in(request),
            at=timezone.now(),
            note=note,
            send_mail=True,
        )
    except TransitionNotAllowed:
        messages.error(request, _("This is no longer possible; the talk has changed meanwhile."))
    else:
        messages.success(request, done)
    return redirect("submissions:talk-detail", talk.meeting.slug, talk.code)
