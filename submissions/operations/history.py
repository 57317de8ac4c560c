"""Writing down what happened to a talk."""

from datetime import datetime
from typing import Any

from submissions.models import HistoryEntry, Talk, User


def record(
    talk: Talk,
    action: str,
    *,
    by: User | None,
    at: datetime,
    changes: dict[str, list[Any]] | None = None,
    note: str = "",
) -> HistoryEntry:
    """Add an entry; `changes` holds per field the value before and after, as plain data."""
    return HistoryEntry.objects.create(
        talk=talk, at=at, by=by, action=action, changes=changes or {}, note=note
    )
