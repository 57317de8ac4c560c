"""Reminders of drafts: one mail to whoever began a proposal and has not handed it in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from submissions import emails
from submissions.domain.lifecycle import State
from submissions.models import Draft, Meeting, Talk
from submissions.operations import mailing

QUIET: Final = timedelta(hours=1)
"""Whoever saved a moment ago is still writing and needs no reminder."""


def remind_of_drafts(*, at: datetime) -> int:
    """Queue the reminders that are due; return how many there were."""
    meetings = (
        Meeting.objects.filter(pk__in=_to_remind(at).values("talk__meeting"))
        .exclude(call_closes_at=None)
        .prefetch_related("talk_formats")
        .order_by("pk")
    )
    return sum(_remind_in(meeting, at=at) for meeting in meetings if _is_time(meeting, at))


def _to_remind(at: datetime) -> QuerySet[Draft]:
    """Drafts with an address that nobody works on and nobody was reminded of."""
    lying = Draft.objects.never_submitted().filter(reminded_at=None, saved_at__lte=at - QUIET)
    return lying.exclude(email="")


def _is_time(meeting: Meeting, at: datetime) -> bool:
    closes_at = meeting.call_ends_at
    before = timedelta(hours=meeting.draft_reminder_hours)
    return closes_at is not None and bool(before) and closes_at - before <= at < closes_at


def _remind_in(meeting: Meeting, *, at: datetime) -> int:
    wordings = emails.wordings_of(meeting)
    due = _to_remind(at).filter(talk__meeting=meeting).order_by("pk")
    return sum(_remind(pk, wordings, at=at) for pk in list(due.values_list("pk", flat=True)))


def _remind(pk: int, wordings: Mapping[str, emails.Wording], *, at: datetime) -> int:
    """Once, and never of what was handed in meanwhile: the talk is held while its mail is made."""
    with transaction.atomic():
        talk = (
            Talk.objects.in_state(State.DRAFT)
            .select_for_update(of=("self",))
            .select_related("meeting")
            .filter(pk=pk)
            .first()
        )
        draft = _to_remind(at).filter(pk=pk).first() if talk else None
        if talk is None or draft is None:
            return 0
        messages = emails.messages_to(
            [emails.Recipient(draft.email)],
            "draft_reminder",
            talk,
            occasion="draft",
            wordings=wordings,
        )
        mailing.queue(messages, meeting=talk.meeting, talk=talk, at=at)
        Draft.objects.filter(pk=pk).update(reminded_at=at)
    return 1
