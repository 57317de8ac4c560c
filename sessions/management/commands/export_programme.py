"""Write the published programme of a meeting to a file."""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions.exports.registry import EXPORTS
from sessions.snapshots import published_programme
from sessions.views.exports import addresses
from submissions.models import Meeting


class Command(BaseCommand):
    help = "Write the published programme of a meeting to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "meeting", help="the meeting's address, such as learning-the-sky for /learning-the-sky/"
        )
        parser.add_argument("--format", required=True, choices=list(EXPORTS), help="what to write")
        parser.add_argument(
            "--output", required=True, metavar="FILE", help="where to; - for the standard output"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        meeting, export = find_meeting(options["meeting"]), EXPORTS[options["format"]]
        programme = published_programme(meeting)
        if programme is None:
            message = (
                f"{meeting} has published no programme yet. Publish it in the admin first; "
                "nothing was written."
            )
            raise CommandError(message)
        data = export.render(programme, addresses(meeting.slug))
        write(data, options["output"])
        self.stderr.write(
            f"{meeting}, release {programme.number}: {len(programme.sessions)} sessions and "
            f"{len(programme.talks)} talks as {export.name} to {options['output']}, "
            f"{len(data):,} bytes"
        )


def find_meeting(slug: str) -> Meeting:
    try:
        return Meeting.objects.get(slug=slug)
    except Meeting.DoesNotExist as error:
        known = ", ".join(Meeting.objects.order_by("slug").values_list("slug", flat=True))
        message = f"There is no meeting “{slug}”. The meetings here: {known or 'none'}."
        raise CommandError(message) from error


def write(data: bytes, output: str) -> None:
    """Write all or nothing: whoever reads the file meanwhile sees the old or the new one."""
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    target = Path(output)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a pipe must not be replaced by a file
            return
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = f"“{output}” cannot be written: {error.strerror}."
        raise CommandError(message) from error
