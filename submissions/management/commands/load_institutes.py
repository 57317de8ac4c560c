"""Loads the shipped institutes into the database; running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from submissions.importers.institutes import shipped_institutes
from submissions.operations.institutes import load_shipped


class Command(BaseCommand):
    help = (
        "Load the institutes that ship with the program, suggested while somebody types an "
        "affiliation. Leaves what load_ror loaded."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        loaded = load_shipped(shipped_institutes())
        self.stdout.write(
            f"institutes: {loaded.new} new, {loaded.changed} changed, {loaded.same} same, "
            f"{loaded.removed} removed"
        )
