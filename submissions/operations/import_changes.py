"""Writes what an import changes in talks that are there: text, areas, authors."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Max

from submissions.importers.outcomes import ChangedTalk
from submissions.importers.people import Person
from submissions.models import Affiliation, Authorship, Meeting, Talk
from submissions.operations.import_plan import ImportPlan
from submissions.operations.import_tags import AreaKeys

_TEXTS: Final = {
    "title": "title",
    "abstract": "abstract",
    "remarks": "remarks",
    "astronomy_areas": "astronomy_areas_text",
    "ml_areas": "ml_areas_text",
}
"""Per change the column it is written to."""
_AT_ONCE: Final = 500


def write_changed(
    meeting: Meeting, plan: ImportPlan, keys: Mapping[int, int], areas: AreaKeys, *, at: datetime
) -> None:
    """Write the changed talks of a plan; `keys` are the primary keys of people by the plan's."""
    formats = {name: key for key, name in meeting.talk_formats.values_list("pk", "name")}
    for changed in plan.comparison.changed:
        _write_texts(changed, formats, at=at)
        astronomy, ml = plan.areas_of(changed.row)
        talk_id = changed.talk.id
        if "astronomy_areas" in changed.changes:
            areas.replace_astronomy(talk_id, astronomy)
        if "ml_areas" in changed.changes:
            areas.replace_ml(talk_id, ml)
        _write_authors(changed, keys)
    _write_affiliations(plan, keys)


def _write_texts(changed: ChangedTalk, formats: Mapping[str, int], *, at: datetime) -> None:
    values: dict[str, object] = {
        column: changed.changes[name][1]
        for name, column in _TEXTS.items()
        if name in changed.changes
    }
    if "format" in changed.changes:
        values["format_id"] = formats[changed.row.format]
    Talk.objects.filter(pk=changed.talk.id).update(changed_at=at, **values)


def _write_authors(changed: ChangedTalk, keys: Mapping[int, int]) -> None:
    talk_id = changed.talk.id
    authorships = Authorship.objects.filter(talk=talk_id)
    if changed.speaker is not None and "speaker" in changed.changes:
        speaker_id = keys[changed.speaker]
        if changed.replaced is not None:
            authorships.filter(speaker=changed.replaced).update(speaker=speaker_id)
        authorships.update(is_presenting=False)
        if not authorships.filter(speaker=speaker_id).update(is_presenting=True):
            _append(talk_id, speaker_id, Person("", ""), is_presenting=True)
    for key, person in changed.added:
        _append(talk_id, keys[key], person, is_presenting=False)


def _append(talk_id: int, speaker_id: int, person: Person, *, is_presenting: bool) -> None:
    last = Authorship.objects.filter(talk=talk_id).aggregate(last=Max("position"))["last"] or 0
    authorship = Authorship.objects.create(
        talk_id=talk_id, speaker_id=speaker_id, position=last + 1, is_presenting=is_presenting
    )
    Affiliation.objects.bulk_create(
        Affiliation(authorship=authorship, position=position, name=name)
        for position, name in enumerate(person.affiliations, start=1)
    )


def _write_affiliations(plan: ImportPlan, keys: Mapping[int, int]) -> None:
    """Make the speakers' institutes exactly those of their rows, many talks at once."""
    wanted = {
        (changed.talk.id, keys[changed.speaker]): changed.row.speaker.affiliations
        for changed in plan.comparison.changed
        if changed.speaker is not None and "affiliations" in changed.changes
    }
    talks = sorted({talk_id for talk_id, _speaker in wanted})
    for start in range(0, len(talks), _AT_ONCE):
        rows = Authorship.objects.filter(talk__in=talks[start : start + _AT_ONCE])
        names = {
            authorship: wanted[talk_id, speaker_id]
            for authorship, talk_id, speaker_id in rows.values_list("pk", "talk", "speaker")
            if (talk_id, speaker_id) in wanted
        }
        _replace_affiliations(names)


def _replace_affiliations(names: Mapping[int, Sequence[str]]) -> None:
    """Names per key of an authorship; an institute that stays keeps its ROR identifier."""
    before = Affiliation.objects.filter(authorship__in=list(names))
    ror_ids = {
        (authorship, name): ror_id
        for authorship, name, ror_id in before.values_list("authorship", "name", "ror_id")
    }
    before.delete()
    Affiliation.objects.bulk_create(
        Affiliation(
            authorship_id=authorship,
            position=position,
            name=name,
            ror_id=ror_ids.get((authorship, name), ""),
        )
        for authorship, all_names in names.items()
        for position, name in enumerate(all_names, start=1)
    )
