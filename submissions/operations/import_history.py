"""The history of an import: taken from the rows before and after, not from the plan.

So a corrected name shows on every talk of that person, as history everywhere else does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from submissions.models import (
    Authorship,
    HistoryEntry,
    Talk,
    TalkAstronomyArea,
    TalkMLArea,
    User,
)
from submissions.operations.import_people import corrected_people
from submissions.operations.import_plan import ImportPlan
from submissions.operations.indexing import search_text
from submissions.operations.questions import lines_of
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
    """What history compares, per talk: as submitting.content_of, for many at once."""
    return {
        talk.pk: content
        for portion in _portions(talk_ids)
        for talk, content in _with_contents(portion)
    }


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
    for portion in _portions(before):
        entries = []
        for talk, content in _with_contents(portion):
            changes = {
                name: [before[talk.pk][name], value]
                for name, value in content.items()
                if value != before[talk.pk][name]
            }
            if changes:
                _reindex(talk, at=at)
                note = where(source, unit, rows.get(talk.pk))
                entries.append(entry(talk, changes, note=note, by=by, at=at))
        HistoryEntry.objects.bulk_create(entries)


def entry(
    talk: Talk, changes: dict[str, list[Any]], *, note: str, by: User | None, at: datetime
) -> HistoryEntry:
    """Not saved yet."""
    return HistoryEntry(talk=talk, action=ACTION, changes=changes, note=note, by=by, at=at)


def where(source: str, unit: str, number: int | None) -> str:
    """Where in a file it comes from, such as "talks.csv, line 7"."""
    return source if number is None else f"{source}, {unit} {number}"


def _reindex(talk: Talk, *, at: datetime) -> None:
    """As indexing.reindex, of a talk whose authors were fetched."""
    authors = list(talk.authorships.all())
    people = [author.speaker.name for author in authors]
    institutes = [place.name for author in authors for place in author.affiliations.all()]
    Talk.objects.filter(pk=talk.pk).update(
        search_text=search_text(talk, people, institutes), changed_at=at
    )


def _with_contents(talk_ids: list[int]) -> Iterator[tuple[Talk, Content]]:
    astronomy = _slugs(TalkAstronomyArea.objects.filter(talk__in=talk_ids))
    ml = _slugs(TalkMLArea.objects.filter(talk__in=talk_ids))
    talks = Talk.objects.filter(pk__in=talk_ids).select_related("format").with_authors()
    talks = talks.prefetch_related("answers__question")
    for talk in talks.order_by("pk"):
        yield (
            talk,
            {
                "title": talk.title,
                "abstract": talk.abstract,
                "collaboration": talk.collaboration,
                "format": talk.format.name if talk.format else "",
                "authors": [author_line(authorship) for authorship in talk.authorships.all()],
                "astronomy_areas": sorted(astronomy.get(talk.pk, ())),
                "ml_areas": sorted(ml.get(talk.pk, ())),
                "astronomy_areas_text": talk.astronomy_areas_text,
                "ml_areas_text": talk.ml_areas_text,
                "remarks": talk.remarks,
                "preference": talk.preference,
                "is_remote": talk.is_remote,
                "answers": lines_of(talk.answers.all()),
            },
        )


def _slugs(tags: QuerySet[TalkAstronomyArea] | QuerySet[TalkMLArea]) -> dict[int, list[str]]:
    """Slugs alone: an area itself carries all its synonyms."""
    slugs: dict[int, list[str]] = defaultdict(list)
    for talk, slug in tags.values_list("talk", "area__slug"):
        slugs[talk].append(slug)
    return slugs


def _portions(keys: Iterable[int]) -> Iterator[list[int]]:
    """Few enough keys for one query on any database."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
