"""Pages on which organisers prepare decisions, or take them back before they are announced.

Each page shows the talks as they are and carries a stamp of that; what changed until the click is
left out and named (operations.deciding_together).
"""

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions.admin.decision_pages import (
    Line,
    back,
    note_in,
    page_context,
    seen_stamps,
    tell_left_out,
    to_talk,
)
from submissions.admin.filters import key_in
from submissions.admin.scoped import organiser
from submissions.domain.lifecycle import DECISIONS, Action
from submissions.models import Talk
from submissions.models.labels import ACTION_LABELS
from submissions.operations import deciding, deciding_together

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin

MOST_OWN_REASONS: Final = 100
"""Beyond this many talks a page has one reason for all: a field for each would make it heavy."""


def decide(pages: "TalkAdmin", request: HttpRequest, decision: str) -> HttpResponse:
    """GET with ?talk=… shows what would be done; POST does it."""
    action = _decision(decision)
    if request.method == "POST":
        return _prepare(pages, request, action)
    keys = [key_in(key) for key in request.GET.getlist("talk")]
    return decide_page(pages, request, action, pages.get_queryset(request).filter(pk__in=keys))


def _decision(name: str) -> Action:
    if name not in {action.value for action in DECISIONS}:
        raise Http404
    return Action(name)


def decide_page(
    pages: "TalkAdmin", request: HttpRequest, action: Action, talks: QuerySet[Talk]
) -> HttpResponse:
    rows = list(talks.select_related("meeting").prefetch_related("authorships__speaker"))
    possible = [t for t in rows if action in deciding.possible_decisions(t.lifecycle_state)]
    context = {
        **page_context(pages, request, rows),
        "title": _("Prepare a decision: %(decision)s") % {"decision": ACTION_LABELS[action]},
        "action": action.value,
        "decision_label": ACTION_LABELS[action],
        "lines": [Line(talk, deciding_together.stamp(talk)) for talk in possible],
        "left_out": [talk for talk in rows if talk not in possible],
        "own_reasons": 1 < len(possible) <= MOST_OWN_REASONS,
    }
    return TemplateResponse(request, "admin/submissions/talk/decide.html", context)


def _prepare(pages: "TalkAdmin", request: HttpRequest, action: Action) -> HttpResponse:
    seen = seen_stamps(pages, request)
    common = note_in(request, "reason")
    outcome = deciding_together.prepare_as_seen(
        action,
        seen=seen,
        notes={key: note_in(request, f"reason-{key}") or common for key in seen},
        by=organiser(request),
        at=timezone.now(),
    )
    if outcome.done:
        text = ngettext(
            "%(count)d decision prepared: %(decision)s. Nobody but organisers can tell until it is "
            "announced.",
            "%(count)d decisions prepared: %(decision)s. Nobody but organisers can tell until they "
            "are announced.",
            len(outcome.done),
        )
        told = {"count": len(outcome.done), "decision": ACTION_LABELS[action]}
        messages.success(request, text % told)
    tell_left_out(request, [*outcome.changed_meanwhile, *outcome.not_possible])
    return back(request)


def clear(pages: "TalkAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Take a prepared decision back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    talk = get_object_or_404(pages.get_queryset(request), pk=pk)
    deciding.clear(talk, by=organiser(request), at=timezone.now())
    messages.success(request, _("The prepared decision was taken back."))
    return to_talk(talk)


def clear_all(request: HttpRequest, talks: QuerySet[Talk]) -> None:
    """Take back what is prepared for these talks."""
    prepared = list(talks.exclude(prepared_decision=""))
    for talk in prepared:
        deciding.clear(talk, by=organiser(request), at=timezone.now())
    count = len(prepared)
    text = ngettext(
        "%d prepared decision was taken back.", "%d prepared decisions were taken back.", count
    )
    messages.success(request, text % count)
