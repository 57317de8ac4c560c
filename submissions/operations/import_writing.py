"""Writes an import. New talks go in together, a few queries per table whatever their number.

The caller holds the transaction and the lock on the meeting.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from submissions.domain.codes import new_code
from submissions.domain.lifecycle import Action, State, next_state
from submissions.importers.outcomes import NewTalk
from submissions.models import (
    Affiliation,
    Authorship,
    HistoryEntry,
    Meeting,
    Talk,
    TalkAstronomyArea,
    TalkMLArea,
    User,
)
from submissions.operations import import_history
from submissions.operations.import_changes import write_changed
from submissions.operations.import_people import write_people
from submissions.operations.import_plan import ImportPlan
from submissions.operations.import_tags import AreaKeys
from submissions.operations.indexing import search_text
from submissions.operations.people import forget_unneeded
from submissions.signals import state_changed

_BATCH: Final = 500
_SUBMITTED: Final = next_state(State.DRAFT, Action.SUBMIT)


def write(
    meeting: Meeting, plan: ImportPlan, *, source: str, by: User | None, at: datetime
) -> None:
    """Do what the plan says; `source` is what the history calls the file."""
    rows = import_history.touched(plan)
    before = import_history.contents(rows)
    keys = write_people(meeting, plan)
    areas = AreaKeys()
    _write_new(meeting, plan, keys, areas, source=source, by=by, at=at)
    write_changed(meeting, plan, keys, areas, at=at)
    replaced = [changed.replaced for changed in plan.comparison.changed if changed.replaced]
    forget_unneeded(replaced)
    import_history.note_changes(before, rows, source=source, unit=plan.unit, by=by, at=at)


def _write_new(
    meeting: Meeting,
    plan: ImportPlan,
    keys: Mapping[int, int],
    areas: AreaKeys,
    *,
    source: str,
    by: User | None,
    at: datetime,
) -> None:
    new = plan.comparison.new
    talks = _new_talks(meeting, plan, at=at)
    _write_authors(new, talks, keys)
    found = [(talk.pk, *plan.areas_of(each.row)) for each, talk in zip(new, talks, strict=True)]
    TalkAstronomyArea.objects.bulk_create(
        [row for key, slugs, _ml in found for row in areas.astronomy_rows(key, slugs)], _BATCH
    )
    TalkMLArea.objects.bulk_create(
        [row for key, _astronomy, slugs in found for row in areas.ml_rows(key, slugs)], _BATCH
    )
    HistoryEntry.objects.bulk_create(
        [
            import_history.entry(
                talk,
                {},
                note=import_history.where(source, plan.unit, each.row.number),
                by=by,
                at=at,
            )
            for each, talk in zip(new, talks, strict=True)
        ],
        _BATCH,
    )
    for talk in talks:
        state_changed.send(
            sender=Talk, talk=talk, before=State.DRAFT, after=_SUBMITTED, by=by, at=at
        )


def _new_talks(meeting: Meeting, plan: ImportPlan, *, at: datetime) -> list[Talk]:
    formats = {name: key for key, name in meeting.talk_formats.values_list("pk", "name")}
    codes = _free_codes()
    talks = []
    for new in plan.comparison.new:
        row = new.row
        talk = Talk(
            meeting=meeting,
            code=next(codes),
            title=row.title,
            abstract=row.abstract,
            remarks=row.remarks,
            format_id=formats[row.format] if row.format else None,
            astronomy_areas_text=row.astronomy_areas,
            ml_areas_text=row.ml_areas,
            state=_SUBMITTED.value,
            created_at=at,
            submitted_at=at,
            changed_at=at,
        )
        people = [plan.comparison.people[key].person.name for key in _author_keys(new)]
        institutes = [
            name
            for person in (row.speaker, *(person for _key, person in new.co_authors))
            for name in person.affiliations
        ]
        talk.search_text = search_text(talk, people, institutes)
        talks.append(talk)
    return Talk.objects.bulk_create(talks, _BATCH)


def _author_keys(new: NewTalk) -> tuple[int, ...]:
    return (new.speaker, *(key for key, _person in new.co_authors))


def _write_authors(new: tuple[NewTalk, ...], talks: list[Talk], keys: Mapping[int, int]) -> None:
    authorships = []
    institutes = []
    for each, talk in zip(new, talks, strict=True):
        authors = [(each.speaker, each.row.speaker), *each.co_authors]
        for position, (key, person) in enumerate(authors, start=1):
            authorships.append(
                Authorship(
                    talk=talk,
                    speaker_id=keys[key],
                    position=position,
                    is_presenting=position == 1,
                )
            )
            institutes.append(person.affiliations)
    made = Authorship.objects.bulk_create(authorships, _BATCH)
    Affiliation.objects.bulk_create(
        [
            Affiliation(authorship=authorship, position=position, name=name)
            for authorship, names in zip(made, institutes, strict=True)
            for position, name in enumerate(names, start=1)
        ],
        _BATCH,
    )


def _free_codes() -> Iterator[str]:
    """Codes that no talk has: collisions are rare, but a whole import must not fail by one."""
    taken = set(Talk.objects.values_list("code", flat=True))
    while True:
        code = new_code()
        if code not in taken:
            taken.add(code)
            yield code
