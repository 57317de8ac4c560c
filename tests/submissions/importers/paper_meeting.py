"""A meeting without a database: what a comparison is held against, and what takes it over."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from submissions.importers.comparison import compare
from submissions.importers.identity import KnownPerson
from submissions.importers.outcomes import (
    ChangedTalk,
    Changes,
    Comparison,
    KnownAuthor,
    KnownTalk,
)
from submissions.importers.people import Person
from submissions.importers.talks import TalkRow

ADA = Person("Ada", "Example", "ada@example.org")
BO = Person("Bo", "Sample")


@dataclass
class Meeting:
    """What an import writes to, without a database."""

    people: dict[int, Person] = field(default_factory=dict)
    talks: dict[int, KnownTalk] = field(default_factory=dict)

    def compare(self, *rows: TalkRow) -> Comparison:
        return compare(rows, self.talks.values(), self.people.items())

    def take(self, *rows: TalkRow) -> Comparison:
        """Do what the comparison says, refused rows left out."""
        found = self.compare(*rows)
        keys = {}
        for known in _used(found):
            keys[known.key] = len(self.people) + 1 if known.is_new else known.key
            self.people[keys[known.key]] = known.person
        for new in found.new:
            authors = [(new.speaker, new.row.speaker), *new.co_authors]
            self._write(
                KnownTalk(len(self.talks) + 1, f"T{len(self.talks) + 1:05}", "", ()),
                new.row,
                [
                    KnownAuthor(keys[key], index == 0, person.affiliations)
                    for index, (key, person) in enumerate(authors)
                ],
            )
        for changed in found.changed:
            self._write(changed.talk, changed.row, list(_authors_after(changed, keys)))
        return found

    def _write(self, talk: KnownTalk, row: TalkRow, authors: list[KnownAuthor]) -> None:
        texts = {
            name: getattr(row, name) or getattr(talk, name)
            for name in ("title", "format", "astronomy_areas", "ml_areas", "abstract", "remarks")
        }
        self.talks[talk.id] = replace(talk, authors=tuple(authors), **texts)


def _used(found: Comparison) -> Iterable[KnownPerson]:
    wanted: set[int] = set()
    for new in found.new:
        wanted.add(new.speaker)
        wanted.update(key for key, _ in new.co_authors)
    for changed in found.changed:
        wanted.add(_speaker(changed))
        wanted.update(key for key, _ in changed.added)
    return [
        known for known in found.people.by_key.values() if not known.is_new or known.key in wanted
    ]


def _speaker(changed: ChangedTalk) -> int:
    """Here every talk has one."""
    assert changed.speaker is not None
    return changed.speaker


def _authors_after(changed: ChangedTalk, keys: dict[int, int]) -> Iterable[KnownAuthor]:
    moved = "speaker" in changed.changes
    speaker = keys[_speaker(changed)]
    said = changed.row.speaker.affiliations
    there = False
    for author in changed.talk.authors:
        key = speaker if author.person == changed.replaced else author.person
        is_speaker = key == speaker
        there = there or is_speaker
        yield KnownAuthor(
            key,
            is_speaker if moved else author.is_presenting,
            said if is_speaker and said else author.affiliations,
        )
    if not there:
        yield KnownAuthor(speaker, is_presenting=True, affiliations=said)
    for added, person in changed.added:
        yield KnownAuthor(keys[added], is_presenting=False, affiliations=person.affiliations)


def row(number: int = 2, title: str = "Rings", speaker: Person = ADA, **texts: str) -> TalkRow:
    return TalkRow(number, title, speaker, **texts)  # type: ignore[arg-type]  # texts only


def with_talk(*rows: TalkRow) -> Meeting:
    meeting = Meeting()
    meeting.take(*rows)
    return meeting


def changes(found: Comparison) -> Changes:
    [changed] = found.changed
    assert not found.new
    assert not found.refused
    return changed.changes


def reason(found: Comparison) -> str:
    [refused] = found.refused
    return refused.reasons[0]
