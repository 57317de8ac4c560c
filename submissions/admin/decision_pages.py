"""What the pages of decisions share: the talks as they are, stamps of that, and the way back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from submissions.admin.scoped import meeting_by_slug
from submissions.emails import Message
from submissions.models import Meeting, Talk
from submissions.models.labels import ACTION_LABELS, STATE_LABELS

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin

LONGEST_NOTE: Final = 3000


@dataclass(frozen=True, slots=True)
class Line:
    """A talk on the page of a decision."""

    talk: Talk
    stamp: str
    mails: tuple[Message, ...] = ()


def page_context(pages: "TalkAdmin", request: HttpRequest, talks: list[Talk]) -> dict[str, Any]:
    meetings: dict[int, Meeting] = {talk.meeting_id: talk.meeting for talk in talks}
    meeting = next(iter(meetings.values())) if len(meetings) == 1 else None
    key = request.GET.get("back", "")
    return {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "meeting": meeting or meeting_by_slug(request, request.GET.get("meeting")),
        "back": key if key.isdecimal() else "",
        "filters": request.POST.get("filters", request.GET.urlencode() if not key else ""),
    }


def seen_stamps(pages: "TalkAdmin", request: HttpRequest) -> dict[int, str]:
    """The stamps that came back, of talks that are theirs."""
    stamps = {
        int(name.removeprefix("seen-")): value
        for name, value in request.POST.items()
        if name.startswith("seen-") and name.removeprefix("seen-").isdecimal()
    }
    mine = set(pages.get_queryset(request).values_list("pk", flat=True)) if stamps else set()
    return {key: str(stamp) for key, stamp in stamps.items() if key in mine}


def note_in(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:LONGEST_NOTE]


def back(request: HttpRequest) -> HttpResponse:
    """To the talk whose page it came from, or to the list as it was filtered."""
    if (key := request.POST.get("back", "")).isdecimal():
        return HttpResponseRedirect(reverse("admin:submissions_talk_change", args=[key]))
    url = reverse("admin:submissions_talk_changelist")
    filters = request.POST.get("filters", "")
    return HttpResponseRedirect(f"{url}?{filters}" if filters else url)


def to_talk(talk: Talk) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:submissions_talk_change", args=[talk.pk]))


def tell_left_out(request: HttpRequest, talks: Iterable[Talk]) -> None:
    """Name what somebody else changed between the page and the click, as it is now."""
    for talk in talks:
        now = [str(STATE_LABELS[talk.lifecycle_state])]
        if action := talk.prepared_action:
            prepared = _("prepared by %(who)s: %(decision)s")
            now.append(prepared % {"who": talk.prepared_by, "decision": ACTION_LABELS[action]})
        text = _("“%(title)s” was left as it is: somebody changed it meanwhile. It is now %(now)s.")
        messages.warning(request, text % {"title": talk.title, "now": ", ".join(now)})
