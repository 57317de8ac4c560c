"""Send what is in the outbox and do the periodic jobs, until told to stop."""

import signal
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from submissions.operations.working import Report, Worker


def seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 3600:
        raise ArgumentTypeError("more than 0 and at most 3600 seconds")
    return value


class Command(BaseCommand):
    help = (
        "Send the e-mails of the outbox and do the periodic jobs, until SIGTERM or Ctrl-C; the "
        "e-mail in hand is finished first. Several workers may run at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pause",
            type=seconds,
            default=5.0,
            metavar="SECONDS",
            help="between two looks at the outbox (5)",
        )
        parser.add_argument("--once", action="store_true", help="Look once and end, as for cron.")

    def handle(self, *args: Any, pause: float, once: bool, **options: Any) -> None:
        worker = Worker(clock=timezone.now, pause=pause, tell=self.tell)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: worker.stop.set())
        if once:
            self.tell(worker.look())
            return
        self.stdout.write("The worker is running.")
        self.stdout.flush()
        worker.run()
        self.stdout.write("The worker has stopped.")

    def tell(self, report: Report) -> None:
        mails = f"{report.mails.sent} e-mails sent, {report.mails.unsent} still waiting"
        jobs = [f"{name}: {count}" for name, count in report.done if count]
        self.stdout.write("; ".join([mails, *jobs]))
        self.stdout.flush()  # a log is read while the worker runs
