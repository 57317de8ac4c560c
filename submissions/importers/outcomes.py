"""What is known of a meeting's talks, and what an import makes of a row: values only."""

from dataclasses import dataclass

from submissions.importers.identity import People
from submissions.importers.people import Person
from submissions.importers.talks import RefusedRow, TalkRow

Changes = dict[str, tuple[str, str]]
"""Per field what is there and what will be."""


@dataclass(frozen=True, slots=True)
class KnownAuthor:
    person: int
    """Key among the known people."""
    is_presenting: bool
    affiliations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownTalk:
    """A talk of the meeting, as far as a row can say something about it."""

    id: int
    code: str
    title: str
    authors: tuple[KnownAuthor, ...]
    """In order."""
    is_live: bool = True
    """Withdrawn and declined talks step back behind one of the same title that is not."""
    format: str = ""
    astronomy_areas: str = ""
    ml_areas: str = ""
    abstract: str = ""
    remarks: str = ""

    def leading(self) -> tuple[KnownAuthor, ...]:
        """Who presents it; the first author if nobody is marked."""
        return tuple(author for author in self.authors if author.is_presenting) or self.authors[:1]


@dataclass(frozen=True, slots=True)
class NewTalk:
    row: TalkRow
    speaker: int
    co_authors: tuple[tuple[int, Person], ...]
    speaker_changes: Changes
    """Of somebody who is known already."""
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedTalk:
    row: TalkRow
    talk: KnownTalk
    changes: Changes
    """Never empty. Keys: fields of `KnownTalk`, details of the speaker, "affiliations",
    "co_authors", and "speaker" where another person presents it."""
    speaker: int | None
    """Who presents it; None if nobody is on the talk and the row names nobody."""
    replaced: int | None
    """Who makes place for another person of the same name."""
    added: tuple[tuple[int, Person], ...]
    """Co-authors who are not on the talk yet."""
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameTalk:
    row: TalkRow
    talk: KnownTalk
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All in the order of the rows."""

    new: tuple[NewTalk, ...]
    changed: tuple[ChangedTalk, ...]
    same: tuple[SameTalk, ...]
    refused: tuple[RefusedRow, ...]
    people: People
    """With what the rows say taken over; new people have negative keys."""
