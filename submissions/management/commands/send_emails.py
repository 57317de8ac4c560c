"""Send what waits in the outbox."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from submissions.operations import mailing


class Command(BaseCommand):
    help = "Send the e-mails that wait in the outbox, once or (with --watch) every few seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--watch", type=int, metavar="SECONDS", help="Look again every SECONDS, until stopped."
        )

    def handle(self, *args: Any, watch: int | None = None, **options: Any) -> None:
        while True:
            sent, waiting = mailing.deliver_queued(at=timezone.now())
            if watch is None or sent or waiting:
                self.stdout.write(f"{sent} sent, {waiting} still waiting.")
            if watch is None:
                return
            time.sleep(watch)
