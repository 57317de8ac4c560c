"""What an import would do to one meeting: shown in the preview, and then done."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from submissions.domain.areas.matching import Tagging
from submissions.importers.columns import Columns
from submissions.importers.outcomes import ChangedTalk, Comparison, NewTalk, SameTalk
from submissions.importers.talks import TalkRow
from submissions.importers.vocabulary import Kind

Outcome = NewTalk | ChangedTalk | SameTalk


@dataclass(frozen=True)
class ImportPlan:
    columns: Columns
    unit: str
    """What the numbers of rows count: "line" or "row"."""
    notes: tuple[str, ...]
    """About the whole file."""
    missing: tuple[str, ...]
    """What no column holds, in words; then no row was read."""
    comparison: Comparison
    tags: Mapping[Kind, Mapping[str, Tagging]]
    """What was found in each text about areas."""
    examples: tuple[str, ...] = ()
    """Per column the first cell with something in it."""

    @property
    def counts(self) -> dict[str, int]:
        found = self.comparison
        return {
            "new": len(found.new),
            "changed": len(found.changed),
            "same": len(found.same),
            "refused": len(found.refused),
        }

    @property
    def can_import(self) -> bool:
        """Whether there is something to do, and nothing in the way of it."""
        counts = self.counts
        return not self.missing and not counts["refused"] and counts["new"] + counts["changed"] > 0

    def areas_of(self, row: TalkRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Slugs of astronomy and of machine-learning areas that the rules find in a row."""
        return (
            self._tagging(Kind.ASTRONOMY, row.astronomy_areas).areas,
            self._tagging(Kind.ML, row.ml_areas).areas,
        )

    def warnings(self, outcome: Outcome) -> tuple[str, ...]:
        """What is odd about a row, areas that were not recognised included."""
        return (*outcome.warnings, *self._unmatched(outcome))

    def _unmatched(self, outcome: Outcome) -> Iterator[str]:
        """Phrases that gave no area, where the row brings them."""
        row = outcome.row
        if isinstance(outcome, SameTalk) or (
            isinstance(outcome, ChangedTalk)
            and outcome.changes.keys().isdisjoint({"astronomy_areas", "ml_areas"})
        ):
            return
        astronomy = self._tagging(Kind.ASTRONOMY, row.astronomy_areas).unmatched
        ml = self._tagging(Kind.ML, row.ml_areas).unmatched
        if row.astronomy_areas == row.ml_areas:
            # From one column for both: what either knows is recognised.
            astronomy, ml = tuple(phrase for phrase in astronomy if phrase in ml), ()
        for phrase in (*astronomy, *ml):
            yield f"The area “{phrase}” is not recognised. It is kept as typed."

    def _tagging(self, kind: Kind, text: str) -> Tagging:
        return self.tags[kind].get(text) or Tagging(text, (), (), ())

    @cached_property
    def fingerprint(self) -> str:
        """A short text that is the same as long as the import would do the same."""
        outcome = {name: part for name, part in self.as_data().items() if name != "notes"}
        rows = [repr(new.row) for new in self.comparison.new]
        rows += [repr(changed.row) for changed in self.comparison.changed]
        content = json.dumps([outcome, rows], sort_keys=True)
        return sha256(content.encode()).hexdigest()

    def as_data(self) -> dict[str, Any]:
        """Everything as plain data, each list in the order of the rows."""
        found = self.comparison
        return {
            "columns": self.columns.by_name(),
            "counts": self.counts,
            "new": [self._new(new) for new in found.new],
            "changed": [self._changed(changed) for changed in found.changed],
            "same": [
                {"line": same.row.number, "code": same.talk.code, "title": same.talk.title}
                | self._hints(same)
                for same in found.same
            ],
            "refused": [
                {"line": row.number, "reasons": list(row.reasons)} for row in found.refused
            ],
            "missing": list(self.missing),
            "notes": list(self.notes),
        }

    def _new(self, new: NewTalk) -> dict[str, Any]:
        row = new.row
        astronomy, ml = self.areas_of(row)
        data: dict[str, Any] = {
            "line": row.number,
            "title": row.title,
            "speaker": row.speaker.name,
            "email": row.speaker.email,
            "orcid": row.speaker.orcid,
            "affiliations": list(row.speaker.affiliations),
            "co_authors": [person.name for _key, person in new.co_authors],
            "format": row.format,
            "astronomy_areas": list(astronomy),
            "ml_areas": list(ml),
            "astronomy_areas_text": row.astronomy_areas,
            "ml_areas_text": row.ml_areas,
            "abstract": row.abstract,
            "remarks": row.remarks,
        }
        if new.speaker_changes:
            data["speaker_changes"] = _pairs(new.speaker_changes)
        return data | self._hints(new)

    def _changed(self, changed: ChangedTalk) -> dict[str, Any]:
        return {
            "line": changed.row.number,
            "code": changed.talk.code,
            "title": changed.talk.title,
            "changes": _pairs(changed.changes),
        } | self._hints(changed)

    def _hints(self, outcome: Outcome) -> dict[str, Any]:
        warnings = self.warnings(outcome)
        return {"warnings": list(warnings)} if warnings else {}


def _pairs(changes: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    return {field: [before, after] for field, (before, after) in changes.items()}
