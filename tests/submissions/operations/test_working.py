"""The worker: mails and periodic jobs, whatever goes wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command

from submissions.models import Email, PendingImport
from submissions.operations import delivering
from submissions.operations.delivering import Round
from submissions.operations.periodic import PERIODIC_JOBS, PeriodicJob
from submissions.operations.working import Report, Worker
from tests.mail_server import mail_server
from tests.make import NOW, make_meeting, make_user
from tests.outbox import queue_one

pytestmark = pytest.mark.django_db


@dataclass
class Clock:
    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Pauses:
    """Stands in for the event that stops a worker: counts how long it would have waited."""

    at_most: int
    waited: list[float] = field(default_factory=list)

    def is_set(self) -> bool:
        return len(self.waited) >= self.at_most

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)


def job(run: Callable[[datetime], int], name: str = "a-job") -> PeriodicJob:
    return PeriodicJob(name, timedelta(minutes=10), "Does something.", run)


def test_a_look_sends_what_waits_and_does_what_is_due() -> None:
    queue_one(make_meeting())
    worker = Worker(Clock(), pause=5, jobs=[job(lambda _at: 3)])
    assert worker.look() == Report(Round(sent=1), (("a-job", 3),))
    assert worker.look() == Report(Round())
    assert len(mail.outbox) == 1


def test_a_job_runs_at_the_start_and_then_when_its_time_has_come() -> None:
    ran: list[datetime] = []

    def run(at: datetime) -> int:
        ran.append(at)
        return 0

    clock = Clock()
    worker = Worker(clock, pause=5, jobs=[job(run)])
    for _ in range(25):
        worker.look()
        clock.at += timedelta(minutes=1)
    assert ran == [NOW, NOW + timedelta(minutes=10), NOW + timedelta(minutes=20)]


def test_a_job_that_fails_keeps_no_mail_from_leaving(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_at: datetime) -> int:
        raise ValueError("a fault")

    queue_one(make_meeting())
    worker = Worker(Clock(), pause=5, jobs=[job(fail, "faulty"), job(lambda _at: 1)])
    report = worker.look()
    assert (report.mails, report.done, report.failed) == (Round(sent=1), (("a-job", 1),), True)
    assert "a fault" in caplog.text


def test_a_fault_outside_the_jobs_does_not_end_the_worker(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_options: object) -> Round:
        raise ConnectionError("no database")

    monkeypatch.setattr(delivering, "deliver_queued", fail)
    assert Worker(Clock(), pause=5, jobs=[]).look() == Report(failed=True)
    assert "no database" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_it_waits_longer_and_longer_for_a_server_that_is_away_and_then_as_before() -> None:
    queue_one(make_meeting())
    stop = Pauses(at_most=6)
    with mail_server("stalls") as server:
        Worker(Clock(), pause=10, jobs=[], stop=stop).run()  # type: ignore[arg-type]
        server.manners = "polite"
        stop.at_most += 1
        Worker(Clock(), pause=10, jobs=[], stop=stop).run()  # type: ignore[arg-type]
    for waited, least in zip(stop.waited, [20, 40, 60, 60, 60, 60], strict=False):
        assert least <= waited <= least * 1.25
    assert stop.waited[-1] == 10


def test_the_command_looks_once(capsys: pytest.CaptureFixture[str]) -> None:
    queue_one(make_meeting())
    call_command("run_worker", "--once")
    assert capsys.readouterr().out == "1 e-mails sent, 0 still waiting\n"
    assert Email.objects.get().state == "sent"


def test_the_periodic_jobs_delete_what_lies_about() -> None:
    for hours in (23, 25):
        PendingImport.objects.create(
            meeting=make_meeting(),
            uploaded_by=make_user(),
            uploaded_at=NOW - timedelta(hours=hours),
            content=b"",
        )
    for days in (-1, 1):
        Session.objects.create(
            session_key=str(days), expire_date=datetime.now(tz=NOW.tzinfo) + timedelta(days=days)
        )
    counts = {each.name: each.run(NOW) for each in PERIODIC_JOBS}
    assert counts == {
        "draft-reminders": 0,
        "old-drafts": 0,
        "pending-imports": 1,
        "expired-sessions": 0,
    }
    assert PendingImport.objects.get().uploaded_at == NOW - timedelta(hours=23)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["1"]
