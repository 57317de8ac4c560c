"""Pages on which organisers decide: prepare, see the mails, announce, answer for a speaker.

Each page shows the talks as they are and carries a stamp of that; what changed until the click is
left out and named (operations.deciding_together).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions.admin.scoped import meeting_by_slug, organiser
from submissions.domain.lifecycle import (
    DECISIONS,
    Action,
    Actor,
    TransitionNotAllowed,
    actions_from,
)
from submissions.emails import Message
from submissions.models import Meeting, Talk
from submissions.models.labels import ACTION_LABELS, STATE_LABELS
from submissions.operations import answering, deciding, deciding_together

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin

LONGEST_NOTE: Final = 3000
MOST_OWN_REASONS: Final = 100
"""Beyond this many talks a page has one reason for all: a field for each would make it heavy."""
MOST_MAILS_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A talk on the page of a decision."""

    talk: Talk
    stamp: str
    mails: tuple[Message, ...] = ()


# --- Preparing a decision ---------------------------------------------------------------------


def decide(pages: "TalkAdmin", request: HttpRequest, decision: str) -> HttpResponse:
    """GET with ?talk=… shows what would be done; POST does it."""
    action = _decision(decision)
    if request.method == "POST":
        return _prepare(pages, request, action)
    keys = [int(key) for key in request.GET.getlist("talk") if key.isdecimal()]
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
        **_context(pages, request, rows),
        "title": _("Prepare a decision: %(decision)s") % {"decision": ACTION_LABELS[action]},
        "action": action.value,
        "decision_label": ACTION_LABELS[action],
        "lines": [Line(talk, deciding_together.stamp(talk)) for talk in possible],
        "left_out": [talk for talk in rows if talk not in possible],
        "own_reasons": 1 < len(possible) <= MOST_OWN_REASONS,
    }
    return TemplateResponse(request, "admin/submissions/talk/decide.html", context)


def _prepare(pages: "TalkAdmin", request: HttpRequest, action: Action) -> HttpResponse:
    seen = _seen(pages, request)
    common = _note(request, "reason")
    outcome = deciding_together.prepare_as_seen(
        action,
        seen=seen,
        notes={key: _note(request, f"reason-{key}") or common for key in seen},
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
    _tell_left_out(request, [*outcome.changed_meanwhile, *outcome.not_possible])
    return _back(request)


def _tell_left_out(request: HttpRequest, talks: Iterable[Talk]) -> None:
    """Name what somebody else changed between the page and the click, as it is now."""
    for talk in talks:
        now = [str(STATE_LABELS[talk.lifecycle_state])]
        if action := talk.prepared_action:
            prepared = _("prepared by %(who)s: %(decision)s")
            now.append(prepared % {"who": talk.prepared_by, "decision": ACTION_LABELS[action]})
        text = _("“%(title)s” was left as it is: somebody changed it meanwhile. It is now %(now)s.")
        messages.warning(request, text % {"title": talk.title, "now": ", ".join(now)})


def clear(pages: "TalkAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Take a prepared decision back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    talk = get_object_or_404(pages.get_queryset(request), pk=pk)
    deciding.clear(talk, by=organiser(request), at=timezone.now())
    messages.success(request, _("The prepared decision was taken back."))
    return _to_talk(talk)


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


# --- Announcing -------------------------------------------------------------------------------


def announce(pages: "TalkAdmin", request: HttpRequest) -> HttpResponse:
    """GET shows the prepared decisions of ?meeting=… with their mails; POST announces them."""
    if request.method == "POST":
        return _announce(pages, request)
    meeting = meeting_by_slug(request, request.GET.get("meeting"))
    talks = pages.get_queryset(request).filter(meeting=meeting)
    return announce_page(pages, request, talks)


def announce_page(pages: "TalkAdmin", request: HttpRequest, talks: QuerySet[Talk]) -> HttpResponse:
    rows = list(
        talks.exclude(prepared_decision="")
        .select_related("meeting", "prepared_by")
        .prefetch_related("authorships__speaker")
        .order_by("prepared_decision", "title", "pk")
    )
    lines = [
        Line(
            talk,
            deciding_together.stamp(talk),
            tuple(deciding_together.announcement(talk)) if number < MOST_MAILS_SHOWN else (),
        )
        for number, talk in enumerate(rows)
    ]
    context = {
        **_context(pages, request, rows),
        "title": _("Announce decisions"),
        "lines": lines,
        "mail_count": sum(1 for talk in rows for _address in addresses_of(talk)),
        "without_address": [talk for talk in rows if not addresses_of(talk)],
        "most_mails_shown": MOST_MAILS_SHOWN,
    }
    return TemplateResponse(request, "admin/submissions/talk/announce.html", context)


def addresses_of(talk: Talk) -> list[str]:
    """Who will get the mail about a talk whose authors were prefetched: as emails.talk_messages."""
    addressed = [a for a in talk.authorships.all() if a.speaker.email]
    presenting = [a for a in addressed if a.is_presenting]
    return [authorship.speaker.email for authorship in presenting or addressed[:1]]


def _announce(pages: "TalkAdmin", request: HttpRequest) -> HttpResponse:
    seen = _seen(pages, request)
    try:
        talks = deciding_together.announce_as_seen(
            seen=seen, by=organiser(request), at=timezone.now()
        )
    except deciding_together.SeenNoLonger as changed:
        _tell_left_out(request, changed.talks)
        text = _("Nothing was announced: the list had changed. Look at it as it is now.")
        messages.warning(request, text)
        return announce_page(pages, request, pages.get_queryset(request).filter(pk__in=seen))
    count = len(talks)
    text = ngettext("%d decision was announced.", "%d decisions were announced.", count)
    messages.success(request, text % count)
    return _back(request)


# --- Answering for a speaker ------------------------------------------------------------------


def answer(pages: "TalkAdmin", request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Confirm, decline, withdraw or reopen for the speaker: GET asks for a reason, POST does it."""
    talk = get_object_or_404(pages.get_queryset(request).select_related("meeting"), pk=pk)
    if action not in {possible.value for possible in answering.ANSWERS}:
        raise Http404
    wanted = Action(action)
    if request.method == "POST":
        return _answer(request, talk, wanted)
    context = {
        **_context(pages, request, [talk]),
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
            note=_note(request, "reason"),
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
    return _to_talk(talk)


# --- Shared by the pages ----------------------------------------------------------------------


def _context(pages: "TalkAdmin", request: HttpRequest, talks: list[Talk]) -> dict[str, Any]:
    meetings: dict[int, Meeting] = {talk.meeting_id: talk.meeting for talk in talks}
    meeting = next(iter(meetings.values())) if len(meetings) == 1 else None
    back = request.GET.get("back", "")
    return {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "meeting": meeting or meeting_by_slug(request, request.GET.get("meeting")),
        "back": back if back.isdecimal() else "",
        "filters": request.POST.get("filters", request.GET.urlencode() if not back else ""),
    }


def _seen(pages: "TalkAdmin", request: HttpRequest) -> dict[int, str]:
    """The stamps that came back, of talks that are theirs."""
    stamps = {
        int(name.removeprefix("seen-")): value
        for name, value in request.POST.items()
        if name.startswith("seen-") and name.removeprefix("seen-").isdecimal()
    }
    mine = set(pages.get_queryset(request).values_list("pk", flat=True)) if stamps else set()
    return {key: str(stamp) for key, stamp in stamps.items() if key in mine}


def _note(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:LONGEST_NOTE]


def _back(request: HttpRequest) -> HttpResponse:
    """To the talk whose page it came from, or to the list as it was filtered."""
    if (key := request.POST.get("back", "")).isdecimal():
        return HttpResponseRedirect(reverse("admin:submissions_talk_change", args=[key]))
    url = reverse("admin:submissions_talk_changelist")
    filters = request.POST.get("filters", "")
    return HttpResponseRedirect(f"{url}?{filters}" if filters else url)


def _to_talk(talk: Talk) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:submissions_talk_change", args=[talk.pk]))
