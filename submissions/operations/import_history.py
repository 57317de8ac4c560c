"""The history of an import: taken from the rows before and after, not from the plan.

So a corrected name shows on every talk of that person, as history everywhere else does.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from submissions.models import Authorship, HistoryEntry, Talk, User
from submissions.operations.import_people import corrected_people
from submissions.operations.import_plan import ImportPlan
from submissions.operations.indexing import search_text
from submissions.operations.submitting import author_line

ACTION: Final = "import"
_AT_ONCE: Final = 500
Content = Mapping[str, Any]


def touched(plan: ImportPlan) -> dict[int, int | None]:
    """Talks that the plan changes, with their row; those of corrected people without one."""
    people = [known.key for known in corrected_people(plan)]
    talks: dict[int, int | None] = {}
    for keys in _portions(people):
        found = Authorship.objects.filter(speaker__in=keys).values_list("talk", flat=True)
        talks.update(dict.fromkeys(found))
    talks.update({changed.talk.id: changed.row.number for changed in plan.comparison.changed})
    return talks


def contents(talk_ids: Iterable[int]) -> dict[int, Content]:
    """What history compares, per talk."""
    return {talk.pk: _content(talk) for talk in _with_everything(talk_ids)}


def note_changes(
    before: Mapping[int, Content],
    rows: Mapping[int, int | None],
    *,
    source: str,
    unit: str,
    by: User | None,
    at: datetime,
) -> None:
    """Write history, time of change and search text of the talks whose content is another now."""
    entries = []
    for talk in _with_everything(before):
        content = _content(talk)
        changes = {
            name: [before[talk.pk][name], value]
            for name, value in content.items()
            if value != before[talk.pk][name]
        }
        if changes:
            authors = list(talk.authorships.all())
            institutes = [place.name for author in authors for place in author.affiliations.all()]
            people = [author.speaker.name for author in authors]
            talk.search_text = search_text(talk, people, institutes)
            talk.changed_at = at
            talk.save(update_fields=["search_text", "changed_at"])
            note = where(source, unit, rows.get(talk.pk))
            entries.append(entry(talk, changes, note=note, by=by, at=at))
    HistoryEntry.objects.bulk_create(entries, batch_size=_AT_ONCE)


def entry(
    talk: Talk, changes: dict[str, list[Any]], *, note: str, by: User | None, at: datetime
) -> HistoryEntry:
    """Not saved yet."""
    return HistoryEntry(talk=talk, action=ACTION, changes=changes, note=note, by=by, at=at)


def where(source: str, unit: str, number: int | None) -> str:
    """Where in a file it comes from, such as "talks.csv, line 7"."""
    return source if number is None else f"{source}, {unit} {number}"


def _content(talk: Talk) -> Content:
    """As submitting.content_of, of a talk that was fetched with everything."""
    return {
        "title": talk.title,
        "abstract": talk.abstract,
        "format": talk.format.name if talk.format else "",
        "authors": [author_line(authorship) for authorship in talk.authorships.all()],
        "astronomy_areas": sorted(area.slug for area in talk.astronomy_areas.all()),
        "ml_areas": sorted(area.slug for area in talk.ml_areas.all()),
        "astronomy_areas_text": talk.astronomy_areas_text,
        "ml_areas_text": talk.ml_areas_text,
        "remarks": talk.remarks,
    }


def _with_everything(talk_ids: Iterable[int]) -> Iterator[Talk]:
    for keys in _portions(talk_ids):
        yield from (
            Talk.objects.filter(pk__in=keys)
            .select_related("format")
            .prefetch_related("astronomy_areas", "ml_areas")
            .with_authors()
            .order_by("pk")
        )


def _portions(keys: Iterable[int]) -> Iterator[list[int]]:
    """Few enough keys for one query on any database."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
