"""Reading the demonstration meetings of the folder `demo`: TOML in, plain values out.

The files tell their dates as they stand on one day (`written_for`); here they are moved to another.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from submissions.domain.proposal import ProposedAuthor, typed_affiliations


@dataclass(frozen=True, slots=True)
class DemoPerson:
    family_name: str
    affiliations: tuple[str, ...]
    given_name: str = ""
    email: str = ""
    orcid: str = ""
    """With hyphens, as people write it."""

    def as_author(self, *, is_presenting: bool = False) -> ProposedAuthor:
        return ProposedAuthor(
            given_name=self.given_name,
            family_name=self.family_name,
            email=self.email,
            orcid=self.orcid.replace("-", ""),
            affiliations=typed_affiliations(*self.affiliations),
            is_presenting=is_presenting,
        )


@dataclass(frozen=True, slots=True)
class DemoTalk:
    key: str
    """What other entries call the talk; nobody sees it."""
    state: str
    """The state that the talk is to have in the end."""
    format: str
    title: str
    abstract: str
    authors: tuple[str, ...]
    """Keys of people; the first one presents."""
    astronomy: tuple[str, ...]
    ml: tuple[str, ...]
    submitted: datetime
    astronomy_text: str = ""
    ml_text: str = ""
    remarks: str = ""
    preference: str = ""
    is_remote: bool = False
    answers: dict[str, Any] = field(default_factory=dict)
    """By the key of the question."""
    decision: str = ""
    """Where the state alone does not tell it."""
    note: str = ""
    """The reason of the decision."""
    prepared: datetime | None = None
    """When a decision was prepared that has not been announced."""
    answered: datetime | None = None
    answer_note: str = ""


@dataclass(frozen=True, slots=True)
class DemoSlot:
    kind: str
    minutes: int
    talk: str = ""
    title: str = ""
    led_by: str = ""


@dataclass(frozen=True, slots=True)
class DemoSession:
    number: int
    theme: str
    room: str
    starts_at: datetime
    ends_at: datetime
    chairs: tuple[str, ...]
    slots: tuple[DemoSlot, ...]
    """In order, one straight after the other."""
    description: str = ""
    join_link: str = ""


@dataclass(frozen=True, slots=True)
class DemoRound:
    """When the decisions were prepared and announced, and the programme published, if it was."""

    prepared_at: datetime
    announced_at: datetime
    published_at: datetime | None = None
    release_note: str = ""


@dataclass(frozen=True, slots=True)
class DemoMember:
    email: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class DemoMeeting:
    meeting: dict[str, Any]
    """Values of the meeting's own columns, by their names; so are those of formats and rooms."""
    formats: tuple[dict[str, Any], ...]
    questions: tuple[dict[str, Any], ...]
    """The same of its own questions, each with a key that answers name."""
    rooms: tuple[dict[str, Any], ...]
    members: tuple[DemoMember, ...]
    people: dict[str, DemoPerson]
    talks: tuple[DemoTalk, ...]
    sessions: tuple[DemoSession, ...]
    round: DemoRound
    administrator: DemoMember | None

    @property
    def slug(self) -> str:
        return str(self.meeting["slug"])


def read_meeting(files: Sequence[Path], *, today: date) -> DemoMeeting:
    """The meeting that these files tell together, its dates moved to `today`.

    Raises KeyError or TypeError where a table lacks a key or has one that means nothing.
    """
    tables: dict[str, Any] = {}
    for file in files:
        tables |= tomllib.loads(file.read_text(encoding="utf-8"))
    # Whole weeks, so that weekdays stay; rounded down, so that nothing past becomes future.
    weeks = timedelta(weeks=(today - tables.pop("written_for")).days // 7)
    told = _moved(tables, by=weeks, zone=ZoneInfo(tables["meeting"]["time_zone"]))
    administrator = told.get("administrator")
    return DemoMeeting(
        meeting=told["meeting"],
        formats=told["formats"],
        questions=told.get("questions", ()),
        rooms=told["rooms"],
        members=tuple(DemoMember(**table) for table in told["members"]),
        people={key: DemoPerson(**table) for key, table in told["people"].items()},
        talks=tuple(DemoTalk(**table) for table in told["talks"]),
        sessions=tuple(_session(table) for table in told["sessions"]),
        round=DemoRound(**told["round"]),
        administrator=DemoMember(**administrator) if administrator else None,
    )


def joined(text: str) -> str:
    """The text with the lines of each paragraph joined, as people paste it."""
    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _session(table: Mapping[str, Any]) -> DemoSession:
    slots = tuple(DemoSlot(**slot) for slot in table["slots"])
    return DemoSession(**{**table, "slots": slots})


def _moved(value: Any, *, by: timedelta, zone: ZoneInfo) -> Any:
    """The value with every date in it moved, every time given its zone, every text joined."""
    match value:
        case dict():
            return {key: _moved(item, by=by, zone=zone) for key, item in value.items()}
        case list():
            return tuple(_moved(item, by=by, zone=zone) for item in value)
        case datetime():
            # Moved on the wall clock first: nine in the morning stays so when summer time begins.
            return (value + by).replace(tzinfo=zone)
        case date():
            return value + by
        case str():
            return joined(value)
        case _:
            return value
