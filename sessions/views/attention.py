"""What waits for the organisers of a meeting: each line says how many, what, and where to do it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions.domain.clashes import Finding
from sessions.domain.programme import Programme
from sessions.models import Session, Slot
from sessions.snapshots import build_programme
from submissions.domain.calls import CallStatus
from submissions.domain.lifecycle import LIVE, PLACED, State
from submissions.models import (
    Authorship,
    Email,
    EmailState,
    ErasureRequest,
    Meeting,
    Talk,
    TalkAstronomyArea,
    TalkMLArea,
)
from submissions.operations.open_terms import count_open_terms

IN_PLAY = [state.value for state in LIVE if state is not State.DRAFT]
"""What the list of talks calls "still in play"."""


@dataclass(frozen=True, slots=True)
class Waiting:
    text: str
    url: str
    count: int | None = None
    """None where there is nothing to count."""
    is_severe: bool = False


def list_url(model: str, meeting: Meeting, **filters: str) -> str:
    """The list of `model` (such as "submissions_talk"), narrowed to the meeting and filters."""
    query = urlencode({"meeting": meeting.slug, **filters})
    return f"{reverse(f'admin:{model}_changelist')}?{query}"


def what_waits(
    meeting: Meeting, *, found: tuple[Finding, ...], published: Programme | None, at: datetime
) -> list[Waiting]:
    """Everything that waits, the most pressing first."""
    return [
        *_of_mails(meeting, at),
        *_of_erasures(meeting),
        *_of_decisions(meeting),
        *_of_authors(meeting),
        *_of_sessions(meeting, found),
        *_of_release(meeting, published),
        *_of_call(meeting, at),
        *_of_terms(meeting),
        *_of_texts(meeting),
    ]


def _of_mails(meeting: Meeting, at: datetime) -> Iterator[Waiting]:
    """Mails that a person must look at, and whether anybody sends the others."""
    overdue = Exists(Email.objects.overdue(at).filter(pk=OuterRef("pk")))
    counts: dict[str, int] = Email.objects.filter(meeting=meeting).aggregate(
        failed=Count("pk", filter=Q(state=EmailState.FAILED)),
        overdue=Count("pk", filter=overdue),
        held=Count("pk", filter=Q(state=EmailState.HELD)),
        delayed=Count("pk", filter=Q(state=EmailState.QUEUED) & ~Q(last_error="")),
    )
    lines = (
        (
            "failed",
            ngettext(
                "e-mail could not be sent: look at the address, then try again",
                "e-mails could not be sent: look at the addresses, then try again",
                counts["failed"],
            ),
            EmailState.FAILED.value,
        ),
        (
            "overdue",
            ngettext(
                "e-mail has been due for half an hour and nobody sends it: tell whoever runs this "
                "site that its mail worker stands still",
                "e-mails have been due for half an hour and nobody sends them: tell whoever runs "
                "this site that its mail worker stands still",
                counts["overdue"],
            ),
            "overdue",
        ),
        (
            "held",
            ngettext(
                "e-mail is held until you send it",
                "e-mails are held until you send them",
                counts["held"],
            ),
            EmailState.HELD.value,
        ),
        (
            "delayed",
            ngettext(
                "e-mail was not accepted yet and is tried again",
                "e-mails were not accepted yet and are tried again",
                counts["delayed"],
            ),
            EmailState.QUEUED.value,
        ),
    )
    for name, text, state in lines:
        if counts[name]:
            url = list_url("submissions_email", meeting, state=state)
            yield Waiting(text, url, counts[name], is_severe=name in {"failed", "overdue"})


def _of_erasures(meeting: Meeting) -> Iterator[Waiting]:
    if count := ErasureRequest.objects.open().of_meeting(meeting).count():
        text = ngettext(
            "person asked for their personal data to be erased",
            "people asked for their personal data to be erased",
            count,
        )
        yield Waiting(text, list_url("submissions_speaker", meeting, erasure="asked"), count)


def _of_decisions(meeting: Meeting) -> Iterator[Waiting]:
    talks = Talk.objects.for_meeting(meeting)
    scheduled = Slot.objects.filter(talk=OuterRef("pk"))
    placed = Q(state__in=[state.value for state in PLACED])
    counts: dict[str, int] = talks.aggregate(
        prepared=Count("pk", filter=~Q(prepared_decision="")),
        undecided=Count("pk", filter=Q(state=State.SUBMITTED.value, prepared_decision="")),
        unconfirmed=Count("pk", filter=Q(state=State.ACCEPTED.value)),
        unscheduled=Count("pk", filter=placed & ~Q(format__is_poster=True) & ~Q(Exists(scheduled))),
    )
    if count := counts["prepared"]:
        text = ngettext(
            "prepared decision is not announced: its speaker knows nothing yet",
            "prepared decisions are not announced: their speakers know nothing yet",
            count,
        )
        url = f"{reverse('admin:submissions_talk_announce')}?meeting={meeting.slug}"
        yield Waiting(text, url, count)
    if count := counts["undecided"]:
        text = ngettext("talk waits for a decision", "talks wait for a decision", count)
        url = list_url("submissions_talk", meeting, state="submitted", prepared="none")
        yield Waiting(text, url, count)
    if count := counts["unconfirmed"]:
        text = ngettext(
            "accepted talk is not confirmed by its speaker",
            "accepted talks are not confirmed by their speakers",
            count,
        )
        yield Waiting(text, list_url("submissions_talk", meeting, state="accepted"), count)
    if count := counts["unscheduled"]:
        text = ngettext("accepted talk is in no session", "accepted talks are in no session", count)
        url = list_url("submissions_talk", meeting, state="placed", scheduled="no")
        yield Waiting(text, url, count)


def _of_authors(meeting: Meeting) -> Iterator[Waiting]:
    objecting = Authorship.objects.objecting().filter(talk__meeting=meeting)
    if count := objecting.values("talk").distinct().count():
        text = ngettext(
            "talk names somebody who says not to be an author",
            "talks name somebody who says not to be an author",
            count,
        )
        yield Waiting(text, list_url("submissions_talk", meeting, authors="objecting"), count)


def _of_sessions(meeting: Meeting, found: tuple[Finding, ...]) -> Iterator[Waiting]:
    severe = sum(finding.is_severe for finding in found)
    url = list_url("programme_session", meeting)
    if severe:
        text = ngettext("contradiction in the timetable", "contradictions in the timetable", severe)
        yield Waiting(text, url, severe, is_severe=True)
    if hints := len(found) - severe:
        text = ngettext("hint about sessions", "hints about sessions", hints)
        yield Waiting(text, url, hints)


def _of_release(meeting: Meeting, published: Programme | None) -> Iterator[Waiting]:
    url = reverse("admin:programme-publish", args=[meeting.slug])
    if published is None:
        if Session.objects.for_meeting(meeting).exists():
            yield Waiting(_("The programme has never been published"), url)
        return
    # The same number and moment, so that only what readers see is compared.
    now = build_programme(meeting, number=published.number, at=published.published_at)
    if now != published:
        text = _("The programme has changed since release %(number)d")
        yield Waiting(text % {"number": published.number}, url)


def _of_call(meeting: Meeting, at: datetime) -> Iterator[Waiting]:
    url = reverse("admin:submissions_meeting_change", args=[meeting.pk])
    if meeting.call_status(at) is CallStatus.NOT_ANNOUNCED:
        yield Waiting(_("The call has no dates: nobody can propose a talk"), url)
    if not meeting.talk_formats.exists():
        yield Waiting(_("There are no talk formats, so talks have no usual length"), url)


def _of_terms(meeting: Meeting) -> Iterator[Waiting]:
    if count := count_open_terms(meeting):
        text = ngettext(
            "new term for an area: decide what it means",
            "new terms for areas: decide what they mean",
            count,
        )
        yield Waiting(text, list_url("submissions_areaterm", meeting), count)


def _of_texts(meeting: Meeting) -> Iterator[Waiting]:
    astronomy = Exists(TalkAstronomyArea.objects.filter(talk=OuterRef("pk")))
    ml = Exists(TalkMLArea.objects.filter(talk=OuterRef("pk")))
    unmatched = (~Q(astronomy_areas_text="") & ~astronomy) | (~Q(ml_areas_text="") & ~ml)
    counts: dict[str, int] = (
        Talk.objects.for_meeting(meeting)
        .filter(state__in=IN_PLAY)
        .aggregate(
            unmatched=Count("pk", filter=unmatched),
            astronomy=Count("pk", filter=~astronomy),
            ml=Count("pk", filter=~ml),
            format=Count("pk", filter=Q(format=None)),
        )
    )
    lines: list[tuple[str, str, dict[str, Any]]] = [
        (
            "unmatched",
            ngettext(
                "talk names areas that were not recognised",
                "talks name areas that were not recognised",
                counts["unmatched"],
            ),
            {"typed": "unmatched"},
        ),
        (
            "astronomy",
            ngettext(
                "talk has no astronomy area", "talks have no astronomy area", counts["astronomy"]
            ),
            {"astronomy": "none"},
        ),
        (
            "ml",
            ngettext(
                "talk has no machine-learning area",
                "talks have no machine-learning area",
                counts["ml"],
            ),
            {"ml": "none"},
        ),
        (
            "format",
            ngettext("talk has no format", "talks have no format", counts["format"]),
            {"format": "none"},
        ),
    ]
    for name, text, filters in lines:
        if counts[name]:
            url = list_url("submissions_talk", meeting, state="live", **filters)
            yield Waiting(text, url, counts[name])
