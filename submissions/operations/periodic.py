"""What a running site does by itself from time to time: one table.

Every job may run in several workers at once and again at any time; it changes nothing twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from submissions.models import PendingImport
from submissions.operations import drafting, reminding


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    name: str
    every: timedelta
    meaning: str
    """A sentence for the documentation."""
    run: Callable[[datetime], int]
    """Does it, as of the moment given; returns how much there was to do."""


def _remind_of_drafts(at: datetime) -> int:
    return reminding.remind_of_drafts(at=at)


def _forget_drafts(at: datetime) -> int:
    return drafting.forget_old(at=at)


def _forget_imports(at: datetime) -> int:
    deleted, _by_model = PendingImport.objects.stale(at).delete()
    return deleted


def _forget_sessions(_at: datetime) -> int:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0  # Django does not say how many there were


PERIODIC_JOBS = [
    PeriodicJob(
        "draft-reminders",
        timedelta(minutes=10),
        "Reminds whoever has a draft that was not handed in, once, before the call closes.",
        _remind_of_drafts,
    ),
    PeriodicJob(
        "old-drafts",
        timedelta(days=1),
        "Deletes drafts that were not handed in, 90 days after their call closed.",
        _forget_drafts,
    ),
    PeriodicJob(
        "pending-imports",
        timedelta(hours=1),
        "Deletes spreadsheets that were uploaded a day ago and never imported.",
        _forget_imports,
    ),
    PeriodicJob(
        "expired-sessions",
        timedelta(days=1),
        "Deletes sign-ins that have expired.",
        _forget_sessions,
    ),
]
"""A list, because apps above add jobs of theirs."""
