"""Send what waits in the outbox, once; run_worker does so again and again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from submissions.operations import delivering


class Command(BaseCommand):
    help = "Send the e-mails that wait in the outbox, once, as for cron."

    def handle(self, *args: Any, **options: Any) -> None:
        result = delivering.deliver_queued(at=timezone.now())
        self.stdout.write(f"{result.sent} sent, {result.unsent} still waiting.")
