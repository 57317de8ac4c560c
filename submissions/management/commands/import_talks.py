"""Takes talks from a spreadsheet into a meeting; all rows or none."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from submissions.importers.columns import parse_correction
from submissions.models import Meeting
from submissions.operations.importing import (
    ColumnsNotValid,
    Corrections,
    ImportPlan,
    ImportStopped,
    TableRefused,
    Upload,
    import_talks,
    preview,
)

_SHOWN: Final = 60
"""Characters of a cell in the plain output."""


class Command(BaseCommand):
    help = (
        "Import talks from a spreadsheet: tab, comma or semicolon separated text, or .xlsx. Rows "
        "that are there already are recognised, and a blank cell never erases. If any row is "
        "refused, nothing is imported (exit code 1). Nobody is mailed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("meeting", help="the address of the meeting, such as learning-the-sky")
        parser.add_argument("file", help="the spreadsheet; - reads standard input")
        parser.add_argument("--dry-run", action="store_true", help="only show what would happen")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="HEADER=FIELD",
            help="what a column holds, such as Surname=family_name; nothing after = leaves it out",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        meeting = _meeting(options["meeting"])
        upload = _upload(options["file"])
        is_dry_run = options["dry_run"]
        is_done = False
        try:
            columns = dict(map(parse_correction, options["column"]))
            if is_dry_run:
                plan = preview(meeting, upload, columns)
            else:
                plan = _import(meeting, upload, columns)
                is_done = True
        except (TableRefused, ColumnsNotValid) as refusal:
            raise CommandError(f"{upload.label}: {refusal}") from None
        except ImportStopped as stopped:
            plan = stopped.plan
        if options["json"]:
            head = {"meeting": meeting.slug, "dry_run": is_dry_run}
            self.stdout.write(json.dumps(head | plan.as_data(), ensure_ascii=False))
        else:
            for line in _lines(plan, meeting, is_done=is_done):
                self.stdout.write(line)
        if plan.missing or plan.comparison.refused:
            sys.exit(1)


def _meeting(slug: str) -> Meeting:
    meeting = Meeting.objects.filter(slug=slug).first()
    if meeting is None:
        known = ", ".join(Meeting.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no meeting “{slug}”. There is: {known or 'none yet'}.")
    return meeting


def _upload(path: str) -> Upload:
    if path == "-":
        return Upload(sys.stdin.buffer.read(), name="standard input")
    try:
        return Upload(Path(path).read_bytes(), name=Path(path).name)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def _import(meeting: Meeting, upload: Upload, columns: Corrections) -> ImportPlan:
    return import_talks(meeting, upload, columns, by=None, at=timezone.now())


def _lines(plan: ImportPlan, meeting: Meeting, *, is_done: bool) -> Iterator[str]:
    """The plan for people: what the columns hold, then the rows, then what it comes to."""
    width = max(map(len, plan.columns.header), default=0)
    for name, field in plan.columns.by_name().items():
        yield f"  {name:{width}}  {field or '– not imported'}"
    yield from _rows(plan)
    yield from (f"Note: {note}" for note in plan.notes)
    yield from (f"Missing: no column holds {what}. Use --column." for what in plan.missing)
    counts = ", ".join(f"{count} {kind}" for kind, count in plan.counts.items())
    if is_done:
        yield f"{meeting.name}: imported. {counts}."
    elif plan.missing or plan.comparison.refused:
        yield f"{meeting.name}: nothing imported. {counts}."
    else:
        yield f"{meeting.name}: nothing imported yet, this was a dry run. {counts}."


def _rows(plan: ImportPlan) -> Iterator[str]:
    found, unit = plan.comparison, plan.unit
    for new in found.new:
        row = new.row
        yield f"new      {unit} {row.number}: {row.speaker.name}: {_short(row.title)}"
        yield from _indented(
            *(f"speaker's {name}: {_change(*pair)}" for name, pair in new.speaker_changes.items()),
            *plan.warnings(new),
        )
    for changed in found.changed:
        talk = changed.talk
        yield f"changed  {unit} {changed.row.number}: {talk.code}: {_short(talk.title)}"
        yield from _indented(
            *(f"{name}: {_change(*pair)}" for name, pair in changed.changes.items()),
            *plan.warnings(changed),
        )
    for same in found.same:
        yield f"same     {unit} {same.row.number}: {same.talk.code}: {_short(same.talk.title)}"
    for refused in found.refused:
        yield f"refused  {unit} {refused.number}"
        yield from _indented(*refused.reasons)


def _indented(*lines: str) -> Iterator[str]:
    for line in lines:
        yield f"         {line}"


def _change(before: str, after: str) -> str:
    return f"{_short(before) or '–'} → {_short(after)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
