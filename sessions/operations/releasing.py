"""Publishing a programme: an immutable, numbered release. Whoever calls asked if the person may."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sessions.domain.programme_data import to_data
from sessions.models import Release, Session
from sessions.snapshots import build_programme, forget_published
from submissions.models import Meeting, User


class NothingToPublish(Exception):
    """There is no session that could be shown; the message says what is missing."""


def publish(meeting: Meeting, *, by: User, at: datetime, note: str = "") -> Release:
    """Freeze the programme as it is now and return its release.

    Publishing again what is published already returns the release that there is, so that a double
    click makes one. Raises NothingToPublish.
    """
    with transaction.atomic():
        # Held until the release is written: two people may click at once. Rows that only refer
        # to the meeting, such as talks, are written meanwhile.
        meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        current = Release.objects.current(meeting)
        number = current.number + 1 if current else 1
        programme = build_programme(meeting, number=number, at=at)
        if not programme.sessions:
            raise NothingToPublish(_what_is_missing(meeting))
        content = to_data(programme)
        if current is not None and _shown(current.content) == _shown(content):
            return current
        release = Release.objects.create(
            meeting=meeting,
            number=number,
            published_at=at,
            published_by=by,
            note=note,
            content=content,
        )
    forget_published()
    return release


def _what_is_missing(meeting: Meeting) -> str:
    if Session.objects.for_meeting(meeting).exists():
        return _("No session has a room or a talk yet. Give one of them a room or a slot first.")
    return _("There is no session yet. Add one with a room and its talks first.")


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """What a reader sees of a release's content."""
    return {key: value for key, value in content.items() if key not in {"number", "published_at"}}
