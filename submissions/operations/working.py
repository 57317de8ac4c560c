"""The worker: empties the outbox again and again, and does the periodic jobs when they are due.

Any number of workers may run on one database. One that is asked to stop finishes the mail in
hand; one that is killed leaves a claim that runs out.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from secrets import SystemRandom
from threading import Event
from typing import Final, TypeVar

from django.db import close_old_connections

from submissions.operations import delivering
from submissions.operations.periodic import PERIODIC_JOBS, PeriodicJob

logger = logging.getLogger(__name__)

LONGEST_PAUSE: Final = 60.0
"""Seconds, between looks at a mail server or a database that does not answer."""

_random = SystemRandom()

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Report:
    """What one look found to do."""

    mails: delivering.Round = field(default_factory=delivering.Round)
    done: tuple[tuple[str, int], ...] = ()
    """Per job that ran: its name, and how much there was to do."""
    failed: bool = False

    @property
    def is_worth_telling(self) -> bool:
        return bool(
            self.mails.sent or self.mails.unsent or any(count for _name, count in self.done)
        )


@dataclass
class Worker:
    clock: Callable[[], datetime]
    pause: float
    """Seconds between two looks at the outbox."""
    tell: Callable[[Report], None] = lambda _report: None
    jobs: Sequence[PeriodicJob] = field(default_factory=lambda: PERIODIC_JOBS)
    stop: Event = field(default_factory=Event)
    _troubles: int = 0
    _ran_at: dict[str, datetime] = field(default_factory=dict)

    def run(self) -> None:
        """Until `stop` is set."""
        while not self.stop.is_set():
            close_old_connections()  # one that broke would stay broken
            report = self.look()
            if report.is_worth_telling:
                self.tell(report)
            self.stop.wait(self._next_pause(report))

    def look(self) -> Report:
        """Do once what there is to do. Nothing that goes wrong ends the worker."""
        done: list[tuple[str, int]] = []
        failed = False
        for job in self.jobs:
            if self.stop.is_set() or not self._is_due(job):
                continue
            self._ran_at[job.name] = self.clock()
            count = self._guarded(partial(job.run, self.clock()))
            failed |= count is None
            done += [] if count is None else [(job.name, count)]
        mails = self._guarded(
            lambda: delivering.deliver_queued(at=self.clock(), should_stop=self.stop.is_set)
        )
        return Report(mails or delivering.Round(), tuple(done), failed or mails is None)

    def _guarded(self, act: Callable[[], Result]) -> Result | None:
        """What it returns, or None if it failed: one job's fault must not stop the others."""
        try:
            return act()
        except Exception:
            logger.exception("The worker met an error and goes on.")
            return None

    def _is_due(self, job: PeriodicJob) -> bool:
        before = self._ran_at.get(job.name)
        return before is None or self.clock() - before >= job.every

    def _next_pause(self, report: Report) -> float:
        """Longer and longer while nothing works, and not in step with other workers."""
        troubled = report.failed or report.mails.server_is_gone
        self._troubles = self._troubles + 1 if troubled else 0
        if not self._troubles:
            return self.pause
        longest = max(LONGEST_PAUSE, self.pause)
        return min(self.pause * 2.0 ** min(self._troubles, 10), longest) * (
            1 + _random.random() / 4
        )
