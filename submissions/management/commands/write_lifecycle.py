"""Write docs/lifecycle.md from the table of states."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from submissions.exports.lifecycle import markdown


class Command(BaseCommand):
    help = "Write docs/lifecycle.md from the table of states and actions."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "lifecycle.md"
        page.write_text(markdown(), encoding="utf-8")
        self.stdout.write(f"Wrote {page.relative_to(settings.BASE_DIR)}.")
