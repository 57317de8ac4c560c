"""The page on which an organiser answers for a speaker who wrote or called."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from submissions.admin.decision_pages import note_in, page_context, to_talk
from submissions.admin.scoped import organiser
from submissions.domain.lifecycle import Action, Actor, TransitionNotAllowed, actions_from
from submissions.models import Talk
from submissions.models.labels import ACTION_LABELS, STATE_LABELS
from submissions.operations import answering

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin


def answer(pages: "TalkAdmin", request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Confirm, decline, withdraw or reopen for the speaker: GET asks for a reason, POST does it."""
    talk = get_object_or_404(pages.get_queryset(request).select_related("meeting"), pk=pk)
    if action not in {possible.value for possible in answering.ANSWERS}:
        raise Http404
    wanted = Action(action)
    if request.method == "POST":
        return _answer(request, talk, wanted)
    context = {
        **page_context(pages, request, [talk]),
        "title": _("Talk %(code)s: %(action)s")
        % {"code": talk.code, "action": ACTION_LABELS[wanted]},
        "talk": talk,
        "action_label": ACTION_LABELS[wanted],
        "is_possible": wanted in actions_from(talk.lifecycle_state, Actor.ORGANISER),
    }
    return TemplateResponse(request, "admin/submissions/talk/answer.html", context)


def _answer(request: HttpRequest, talk: Talk, action: Action) -> HttpResponse:
    try:
        talk = answering.answer(
            talk,
            action,
            by=organiser(request),
            at=timezone.now(),
            note=note_in(request, "reason"),
        )
    except TransitionNotAllowed as refused:
        text = _(
            "Nothing was changed: the talk is now %(state)s, and from there this step does not "
            "start."
        )
        messages.warning(request, text % {"state": STATE_LABELS[refused.state]})
    else:
        state = STATE_LABELS[talk.lifecycle_state]
        messages.success(request, _("The talk is now %(state)s.") % {"state": state})
    return to_talk(talk)
