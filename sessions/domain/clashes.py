"""What is wrong, or only unfinished, in a timetable: found on plain values, worded elsewhere.

Nothing here stops an organiser: the database refuses what must never be, these findings say what
a person should look at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from submissions.domain.lifecycle import PLACED, State


class Trouble(StrEnum):
    """Kinds of findings; the first group is severe."""

    PERSON_TWICE = "person twice"
    ROOM_TWICE = "room twice"
    OVERLAP = "overlap"
    OVER_TIME = "over time"
    TALK_LOST_ITS_PLACE = "talk lost its place"
    OUTSIDE_THE_MEETING = "outside the meeting"

    NOT_ANNOUNCED = "not announced"
    UNCONFIRMED = "unconfirmed"
    MINUTES_DIFFER = "minutes differ"
    GAP = "gap"
    TIME_LEFT = "time left"
    EMPTY = "empty"
    NO_ROOM = "no room"
    NO_CHAIR = "no chair"


SEVERE: Final = frozenset(
    {
        Trouble.PERSON_TWICE,
        Trouble.ROOM_TWICE,
        Trouble.OVERLAP,
        Trouble.OVER_TIME,
        Trouble.TALK_LOST_ITS_PLACE,
        Trouble.OUTSIDE_THE_MEETING,
    }
)


@dataclass(frozen=True, slots=True)
class Somebody:
    key: int
    name: str


@dataclass(frozen=True, slots=True)
class PlannedTalk:
    title: str
    state: State
    is_prepared: bool
    """Its acceptance is prepared and not announced yet."""
    usual_minutes: int | None
    """What its format asks for; None without a format, or for a poster."""
    presenters: tuple[Somebody, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A slot; `start_minute` counts from the start of its session."""

    key: int
    name: str
    start_minute: int
    minutes: int
    talk: PlannedTalk | None = None
    led_by: Somebody | None = None

    @property
    def end_minute(self) -> int:
        return self.start_minute + self.minutes

    @property
    def people(self) -> tuple[Somebody, ...]:
        led_by = () if self.led_by is None else (self.led_by,)
        return led_by if self.talk is None else self.talk.presenters + led_by


@dataclass(frozen=True, slots=True)
class Block:
    """A session as it is planned; items in the order of their start."""

    key: int
    name: str
    room: str | None
    starts_at: datetime
    ends_at: datetime
    chairs: tuple[Somebody, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    @property
    def minutes_used(self) -> int:
        return sum(item.minutes for item in self.items)

    def moment(self, minute: int) -> datetime:
        return self.starts_at + timedelta(minutes=minute)


@dataclass(frozen=True, slots=True)
class Plan:
    """The timetable of one meeting, published or not."""

    zone: ZoneInfo
    first_day: date
    last_day: date
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. Which of the optional values are filled follows from the kind."""

    trouble: Trouble
    block: int
    """Key of the session."""
    item: int | None = None
    """Key of the slot, if it is about one."""
    name: str = ""
    """Of the talk, the person or the room."""
    other: str = ""
    """The name of the other session."""
    minutes: int = 0
    usual_minutes: int = 0
    at: datetime | None = None

    @property
    def is_severe(self) -> bool:
        return self.trouble in SEVERE


def findings(plan: Plan) -> tuple[Finding, ...]:
    """Everything to look at, severe things first, then by session as in the plan."""
    found = [
        *people_in_two_places(plan.blocks),
        *rooms_taken_twice(plan.blocks),
        *(finding for block in plan.blocks for finding in _of_block(block, plan)),
    ]
    order = {block.key: number for number, block in enumerate(plan.blocks)}
    return tuple(sorted(found, key=lambda f: (not f.is_severe, order[f.block])))


@dataclass(frozen=True, slots=True)
class _Engagement:
    starts_at: datetime
    ends_at: datetime
    block: Block
    item: int | None
    name: str = field(compare=False)


def people_in_two_places(blocks: Iterable[Block]) -> Iterator[Finding]:
    """Whoever chairs, leads or presents in two sessions at the same moment; told at both.

    Within one session this is no clash: a chair may well present there.
    """
    engagements: dict[int, list[_Engagement]] = defaultdict(list)
    for block in blocks:
        for chair in block.chairs:
            engagements[chair.key].append(
                _Engagement(block.starts_at, block.ends_at, block, None, chair.name)
            )
        for item in block.items:
            for person in item.people:
                engagements[person.key].append(
                    _Engagement(
                        block.moment(item.start_minute),
                        block.moment(item.end_minute),
                        block,
                        item.key,
                        person.name,
                    )
                )
    for theirs in engagements.values():
        yield from _told_once(_pairs_at_once(theirs), Trouble.PERSON_TWICE)


def rooms_taken_twice(blocks: Iterable[Block]) -> Iterator[Finding]:
    by_room: dict[str, list[_Engagement]] = defaultdict(list)
    for block in blocks:
        if block.room is not None:
            by_room[block.room].append(
                _Engagement(block.starts_at, block.ends_at, block, None, block.room)
            )
    for engagements in by_room.values():
        yield from _told_once(_pairs_at_once(engagements), Trouble.ROOM_TWICE)


def _pairs_at_once(engagements: list[_Engagement]) -> Iterator[tuple[_Engagement, _Engagement]]:
    """Pairs of different sessions that share a moment; ends touching is none."""
    running: list[_Engagement] = []
    for engagement in sorted(engagements, key=lambda e: (e.starts_at, e.ends_at, e.block.key)):
        running = [other for other in running if other.ends_at > engagement.starts_at]
        yield from ((o, engagement) for o in running if o.block.key != engagement.block.key)
        running.append(engagement)


def _told_once(
    pairs: Iterable[tuple[_Engagement, _Engagement]], trouble: Trouble
) -> Iterator[Finding]:
    """One finding per session and session against it, whatever the number of slots."""
    told: set[tuple[int, int]] = set()
    for first, second in pairs:
        for one, other in ((first, second), (second, first)):
            key = one.block.key, other.block.key
            if key not in told:
                told.add(key)
                yield Finding(
                    trouble,
                    one.block.key,
                    one.item,
                    name=one.name,
                    other=other.block.name,
                    at=max(one.starts_at, other.starts_at),
                )


def _of_block(block: Block, plan: Plan) -> Iterator[Finding]:
    day = block.starts_at.astimezone(plan.zone).date()
    if not plan.first_day <= day <= plan.last_day:
        yield Finding(Trouble.OUTSIDE_THE_MEETING, block.key, at=block.starts_at)
    if block.room is None:
        yield Finding(Trouble.NO_ROOM, block.key)
    if not block.chairs and any(item.talk for item in block.items):
        yield Finding(Trouble.NO_CHAIR, block.key)
    yield from _of_time(block)
    for item in block.items:
        if item.talk is not None:
            yield from _of_talk(block, item, item.talk)


def _of_time(block: Block) -> Iterator[Finding]:
    if not block.items:
        yield Finding(Trouble.EMPTY, block.key, minutes=block.minutes)
        return
    end = 0
    for item in block.items:
        trouble = Trouble.GAP if item.start_minute > end else Trouble.OVERLAP
        if item.start_minute != end:
            yield Finding(
                trouble,
                block.key,
                item.key,
                name=item.name,
                minutes=abs(item.start_minute - end),
                at=block.moment(min(end, item.start_minute)),
            )
        end = max(end, item.end_minute)
    if end > block.minutes:
        yield Finding(Trouble.OVER_TIME, block.key, minutes=end - block.minutes, at=block.ends_at)
    elif end < block.minutes:
        yield Finding(
            Trouble.TIME_LEFT, block.key, minutes=block.minutes - end, at=block.moment(end)
        )


def _of_talk(block: Block, item: Item, talk: PlannedTalk) -> Iterator[Finding]:
    if talk.state not in PLACED:
        trouble = Trouble.NOT_ANNOUNCED if talk.is_prepared else Trouble.TALK_LOST_ITS_PLACE
        yield Finding(trouble, block.key, item.key, name=talk.title)
    elif talk.state is State.ACCEPTED:
        yield Finding(Trouble.UNCONFIRMED, block.key, item.key, name=talk.title)
    if talk.usual_minutes is not None and talk.usual_minutes != item.minutes:
        yield Finding(
            Trouble.MINUTES_DIFFER,
            block.key,
            item.key,
            name=talk.title,
            minutes=item.minutes,
            usual_minutes=talk.usual_minutes,
        )


def without_mirrors(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, but each clash of two sessions told at the first of them only."""
    told: set[tuple[Trouble, str, datetime | None]] = set()
    kept = []
    for finding in found:
        clash = (finding.trouble, finding.name, finding.at)
        if finding.trouble in (Trouble.PERSON_TWICE, Trouble.ROOM_TWICE):
            if clash in told:
                continue
            told.add(clash)
        kept.append(finding)
    return tuple(kept)


def by_block(found: Sequence[Finding]) -> dict[int, list[Finding]]:
    """The findings of each session, in their order."""
    grouped: dict[int, list[Finding]] = defaultdict(list)
    for finding in found:
        grouped[finding.block].append(finding)
    return grouped
