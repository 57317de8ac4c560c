"""The versions of a talk: what it said when, and who wrote it. Reads history, writes nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from submissions.domain.versions import unwound
from submissions.models import HistoryEntry, Talk, User
from submissions.operations.submitting import content_of

MOST: Final = 60
"""Versions that a page shows; who changes a talk more often than that is not read back to."""


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    """From 1 for the first that is known."""
    at: datetime
    by: User | None
    """None: a speaker by private link."""
    changes: dict[str, Any]
    """Per field what was before and what came; empty for the first."""
    content: dict[str, Any]
    """As submitting.content_of."""


def versions_of(talk: Talk) -> list[Version]:
    """Newest first. Only what changed the talk counts: no decision, prepared or announced."""
    now = content_of(talk)
    entries = [
        (entry, changed)
        for entry in talk.history.select_related("by").order_by("-at", "-pk")
        if (changed := {name: pair for name, pair in entry.changes.items() if name in now})
    ][: MOST - 1]
    contents = unwound(now, [changed for _entry, changed in entries])
    first = Version(1, talk.submitted_at or talk.created_at, _submitter(talk), {}, contents[-1])
    later = [
        Version(number, entry.at, entry.by, changed, content)
        for number, (entry, changed), content in zip(
            range(len(entries) + 1, 1, -1), entries, contents, strict=False
        )
    ]
    return [*later, first]


def version(talk: Talk, number: int) -> Version | None:
    return next((each for each in versions_of(talk) if each.number == number), None)


def _submitter(talk: Talk) -> User | None:
    entry: HistoryEntry | None = (
        talk.history.filter(action="submit").select_related("by").order_by("at", "pk").first()
    )
    return entry.by if entry else None
