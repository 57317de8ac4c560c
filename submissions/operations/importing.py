"""Talks out of a spreadsheet: first what would happen, then, all or nothing, it happens.

Nobody is mailed. Rows that are there already are recognised (importers.comparison), so that the
same file imported twice changes nothing the second time. A blank cell never erases.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import transaction

from submissions.domain.areas.matching import Tagging, tag
from submissions.importers.column_names import Field
from submissions.importers.columns import Columns, ColumnsNotValid, corrected, guess_columns
from submissions.importers.comparison import compare
from submissions.importers.outcomes import Comparison
from submissions.importers.rows import TableRefused
from submissions.importers.tables import Table, read_file, read_pasted
from submissions.importers.talks import RefusedRow, Rules, TalkRow, read_talks
from submissions.importers.vocabulary import Kind
from submissions.models import Meeting, User
from submissions.operations import import_rows, import_writing
from submissions.operations.areas import vocabulary
from submissions.operations.import_plan import ImportPlan

__all__ = [
    "ColumnsMissing",
    "ColumnsNotValid",
    "ImportPlan",
    "ImportStopped",
    "PlanChanged",
    "RowsRefused",
    "TableRefused",
    "Upload",
    "import_talks",
    "preview",
]

_SAMPLED_ROWS = 50
Corrections = Mapping[str, Field | None]
"""Per name of a column the field it holds; None: nothing that is imported."""


class ImportStopped(Exception):
    """Nothing was imported; `plan` says what would have been, as things are now."""

    def __init__(self, plan: ImportPlan, message: str) -> None:
        super().__init__(message)
        self.plan = plan


class ColumnsMissing(ImportStopped):
    """No column holds the title, or none the name of the speaker."""


class RowsRefused(ImportStopped):
    """At least one row cannot be a talk."""


class PlanChanged(ImportStopped):
    """Somebody changed talks, formats or areas since the preview was made."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, or cells out of the clipboard."""

    content: bytes
    """Of a file; UTF-8 of pasted text."""
    is_pasted: bool = False
    name: str = ""
    """Of the file."""

    @classmethod
    def pasted(cls, text: str) -> Self:
        return cls(text.encode("utf-8", "replace"), is_pasted=True)

    @property
    def label(self) -> str:
        return self.name or "pasted text"

    def table(self, known: Iterable[str]) -> Table:
        """Raises TableRefused. `known` are names that surely are names of columns."""
        names = tuple(known)
        if self.is_pasted:
            return read_pasted(self.content.decode("utf-8", "replace"), known=names)
        return read_file(self.content, known=names)


@dataclass(frozen=True, slots=True)
class _Read:
    """An upload, read as far as that needs no talk of the meeting."""

    table: Table
    columns: Columns
    missing: tuple[str, ...]
    rows: list[TalkRow]
    refused: list[RefusedRow]
    tags: Mapping[Kind, Mapping[str, Tagging]]


def preview(meeting: Meeting, upload: Upload, columns: Corrections | None = None) -> ImportPlan:
    """What importing the upload would do now. Changes nothing.

    Columns that `columns` says nothing about are guessed. Raises TableRefused, ColumnsNotValid.
    """
    return _plan(meeting, _read(meeting, upload, columns or {}))


def import_talks(
    meeting: Meeting,
    upload: Upload,
    columns: Corrections | None = None,
    *,
    by: User | None,
    at: datetime,
    expected: str | None = None,
) -> ImportPlan:
    """Import the upload into the meeting and return what was done: all of it or nothing.

    `expected` is the fingerprint of the preview that a person agreed to. Raises TableRefused,
    ColumnsNotValid, and the kinds of ImportStopped.
    """
    read = _read(meeting, upload, columns or {})
    with transaction.atomic():
        # Two imports at once take turns, so that the second finds what the first has made.
        meeting.hold_people()
        plan = _plan(meeting, read, for_update=True)
        if plan.missing:
            raise ColumnsMissing(plan, f"No column holds {', and none '.join(plan.missing)}.")
        if plan.comparison.refused:
            raise RowsRefused(plan, "Some rows are refused, so nothing was imported.")
        if expected is not None and plan.fingerprint != expected:
            raise PlanChanged(plan, "The import would now do something else than was shown.")
        import_writing.write(meeting, plan, source=upload.label, by=by, at=at)
    return plan


def _read(meeting: Meeting, upload: Upload, corrections: Corrections) -> _Read:
    table = upload.table(known=(name for name, field in corrections.items() if field))
    samples = [row.cells for row in table.rows[:_SAMPLED_ROWS]]
    columns = corrected(guess_columns(table.header, samples), corrections)
    missing = columns.missing()
    rules = Rules(
        title_limit=meeting.title_limit,
        word_limit=meeting.word_limit,
        formats=tuple(meeting.talk_formats.values_list("name", flat=True)),
    )
    rows, refused = ([], []) if missing else read_talks(table, columns, rules)
    tags = {
        Kind.ASTRONOMY: _tagged(Kind.ASTRONOMY, meeting, (row.astronomy_areas for row in rows)),
        Kind.ML: _tagged(Kind.ML, meeting, (row.ml_areas for row in rows)),
    }
    return _Read(table, columns, missing, rows, refused, tags)


def _tagged(kind: Kind, meeting: Meeting, texts: Iterable[str]) -> dict[str, Tagging]:
    """Each different text once: a few wordings make up most of a column."""
    wanted = {text for text in texts if text}
    if not wanted:
        return {}
    areas = vocabulary(kind, meeting)
    return {text: tag(text, areas) for text in wanted}


def _plan(meeting: Meeting, read: _Read, *, for_update: bool = False) -> ImportPlan:
    found = compare(
        read.rows,
        import_rows.known_talks(meeting, for_update=for_update),
        import_rows.known_people(meeting),
        unit=read.table.unit,
    )
    refused = sorted((*read.refused, *found.refused), key=lambda row: row.number)
    return ImportPlan(
        columns=read.columns,
        unit=read.table.unit,
        notes=(*read.table.notes, *read.columns.notes, *_notes(read)),
        missing=read.missing,
        comparison=Comparison(found.new, found.changed, found.same, tuple(refused), found.people),
        tags=read.tags,
        examples=_examples(read.table),
    )


def _notes(read: _Read) -> Iterable[str]:
    if left_out := read.columns.not_imported():
        names = ", ".join(f"“{name}”" for name in left_out)
        yield f"Not imported: {names}."
    if read.columns.has(Field.AREAS):
        yield "The column of areas is matched with both kinds, and kept as typed with both."
    if not read.table.rows:
        yield "There is no row below the column names."


def _examples(table: Table) -> tuple[str, ...]:
    return tuple(
        next((cell for row in table.rows if (cell := row.cell(index).strip())), "")
        for index in range(len(table.header))
    )
