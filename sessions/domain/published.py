"""What a published programme is made of: immutable values, from the meeting down to a talk.

What is not in here cannot be published by accident: no e-mail address, no join link.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from submissions.domain.talk import Area, Author, AuthorLine, Person


class Kind(StrEnum):
    """What fills a slot; the values are those of the table."""

    TALK = "talk"
    INTRODUCTION = "introduction"
    DISCUSSION = "discussion"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class PublishedMeeting:
    name: str
    slug: str
    starts_on: date
    ends_on: date
    time_zone: str
    """IANA name; every local time of the programme is in it."""
    venue: str = ""
    place: str = ""
    website: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """To a question of the meeting whose answers are public; plain text, as typed."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class PublishedTalk:
    """A talk with its place; `abstract` and `title` are sources for `domain.abstracts`."""

    code: str
    number: str
    """session.sequence, such as "3.02"."""
    title: str
    abstract: str = ""
    format: str = ""
    authors: tuple[Author, ...] = ()
    astronomy_areas: tuple[Area, ...] = ()
    ml_areas: tuple[Area, ...] = ()
    answers: tuple[PublishedAnswer, ...] = ()
    collaboration: str = ""
    """On whose behalf the authors speak, without "the"; shown after them."""
    is_withdrawn: bool = False

    @property
    def presenters(self) -> tuple[Author, ...]:
        """Who stands in front: those marked as presenting, else the first author."""
        return tuple(a for a in self.authors if a.is_presenting) or self.authors[:1]

    @property
    def author_line(self) -> AuthorLine:
        return AuthorLine.of(self.authors)

    def withdrawn(self) -> "PublishedTalk":
        """What may still be shown of a talk that lost its place: that it was there."""
        return PublishedTalk(self.code, self.number, self.title, is_withdrawn=True)


@dataclass(frozen=True, slots=True)
class PublishedSlot:
    id: int
    """Stays the same from release to release."""
    kind: Kind
    starts_at: datetime
    ends_at: datetime
    title: str = ""
    """Of an introduction, discussion or break; "": its kind says enough."""
    led_by: Person | None = None
    talk: PublishedTalk | None = None

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def is_to_be_announced(self) -> bool:
        return self.kind is Kind.TALK and self.talk is None


@dataclass(frozen=True, slots=True)
class PublishedSession:
    id: int
    """Stays the same from release to release; `number` may not, unless an organiser set it."""
    number: int
    theme: str
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    description: str = ""
    """Source, as an abstract's."""
    is_online: bool = False
    """Whether it can be joined from afar; the link itself is never published."""
    chairs: tuple[Person, ...] = ()
    slots: tuple[PublishedSlot, ...] = ()

    @property
    def talks(self) -> tuple[PublishedTalk, ...]:
        return tuple(slot.talk for slot in self.slots if slot.talk)
