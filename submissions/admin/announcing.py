"""The page on which prepared decisions are announced together, after a look at their mails."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions import emails
from submissions.admin.decision_pages import (
    Line,
    back,
    page_context,
    seen_stamps,
    tell_left_out,
)
from submissions.admin.scoped import meeting_by_slug, organiser
from submissions.models import Talk
from submissions.operations import deciding_together

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin

MOST_MAILS_SHOWN: Final = 50


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
    meetings = {talk.meeting for talk in rows}
    wordings = {meeting: emails.wordings_of(meeting) for meeting in meetings}
    lines = [
        Line(
            talk,
            deciding_together.stamp(talk),
            tuple(deciding_together.announcement(talk, wordings[talk.meeting]))
            if number < MOST_MAILS_SHOWN
            else (),
        )
        for number, talk in enumerate(rows)
    ]
    context = {
        **page_context(pages, request, rows),
        "title": _("Announce decisions"),
        "lines": lines,
        "held_kinds": sorted(
            {
                str(talk.get_prepared_decision_display())
                for talk in rows
                if _is_held(talk, wordings[talk.meeting])
            }
        ),
        "mail_count": sum(1 for talk in rows for _address in addresses_of(talk)),
        "without_address": [talk for talk in rows if not addresses_of(talk)],
        "most_mails_shown": MOST_MAILS_SHOWN,
    }
    return TemplateResponse(request, "admin/submissions/talk/announce.html", context)


def _is_held(talk: Talk, wordings: Mapping[str, emails.Wording]) -> bool:
    wording = wordings.get(f"decision_{talk.prepared_decision}")
    return wording is not None and not wording.sends_at_once


def addresses_of(talk: Talk) -> list[str]:
    """Who will get the mail about a talk whose authors were prefetched: as emails.talk_messages."""
    addressed = [a for a in talk.authorships.all() if a.speaker.email]
    presenting = [a for a in addressed if a.is_presenting]
    return [authorship.speaker.email for authorship in presenting or addressed[:1]]


def _announce(pages: "TalkAdmin", request: HttpRequest) -> HttpResponse:
    seen = seen_stamps(pages, request)
    try:
        talks = deciding_together.announce_as_seen(
            seen=seen, by=organiser(request), at=timezone.now()
        )
    except deciding_together.SeenNoLonger as changed:
        tell_left_out(request, changed.talks)
        text = _("Nothing was announced: the list had changed. Look at it as it is now.")
        messages.warning(request, text)
        return announce_page(pages, request, pages.get_queryset(request).filter(pk__in=seen))
    count = len(talks)
    text = ngettext("%d decision was announced.", "%d decisions were announced.", count)
    messages.success(request, text % count)
    return back(request)
