"""Writes the people of an import: new ones together, corrected ones one by one."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Final

from submissions.importers.identity import KnownPerson
from submissions.importers.people import Person
from submissions.models import Meeting, Speaker
from submissions.operations.import_plan import ImportPlan

_BATCH: Final = 500


def corrected_people(plan: ImportPlan) -> list[KnownPerson]:
    """People of the meeting about whom the import says something new."""
    people = plan.comparison.people.by_key.values()
    return [known for known in people if not known.is_new and known.person != known.as_found]


def write_people(meeting: Meeting, plan: ImportPlan) -> Mapping[int, int]:
    """Make new speakers and correct known ones; return the primary key by the plan's key."""
    _correct(corrected_people(plan))
    keys = sorted(key for key in _used(plan) if key < 0)
    people = [plan.comparison.people[key].person for key in reversed(keys)]
    made = Speaker.objects.bulk_create(_new_speakers(meeting, people), batch_size=_BATCH)
    known = {key: key for key in _used(plan) if key > 0}
    return known | dict(zip(reversed(keys), (speaker.pk for speaker in made), strict=True))


def _used(plan: ImportPlan) -> set[int]:
    found = plan.comparison
    on_new = {key for new in found.new for key, _person in new.co_authors}
    on_changed = {key for changed in found.changed for key, _person in changed.added}
    speakers = {new.speaker for new in found.new} | {
        changed.speaker for changed in found.changed if changed.speaker is not None
    }
    return speakers | on_new | on_changed


def _correct(people: list[KnownPerson]) -> None:
    # An ORCID belongs to one person: all are free before any is given away.
    moving = [known.key for known in people if known.person.orcid != known.as_found.orcid]
    Speaker.objects.filter(pk__in=moving).update(orcid="")
    speakers = Speaker.objects.in_bulk([known.key for known in people])
    for known in people:
        speaker, person = speakers[known.key], known.person
        speaker.given_name, speaker.family_name = person.given_name, person.family_name
        speaker.email, speaker.orcid = person.email, person.orcid
        speaker.save()


def _new_speakers(meeting: Meeting, people: Iterable[Person]) -> Iterable[Speaker]:
    taken = set(Speaker.objects.filter(meeting=meeting).values_list("slug", flat=True))
    for person in people:
        speaker = Speaker(
            meeting=meeting,
            given_name=person.given_name,
            family_name=person.family_name,
            email=person.email,
            orcid=person.orcid,
        )
        speaker.fold_name()
        base = speaker.slug_base()
        numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
        speaker.slug = next(slug for slug in numbered if slug not in taken)
        taken.add(speaker.slug)
        yield speaker
