"""A day at a glance: its sessions by start and room, for a table."""

from dataclasses import dataclass
from datetime import datetime

from sessions.domain.programme import Day
from sessions.domain.published import PublishedSession


@dataclass(frozen=True, slots=True)
class Row:
    starts_at: datetime
    cells: tuple[tuple[PublishedSession, ...], ...]
    """Per room of the overview the sessions that start then; usually one or none."""


@dataclass(frozen=True, slots=True)
class Overview:
    rooms: tuple[str, ...]
    """In the order in which they occur; "" stands for sessions without a room."""
    rows: tuple[Row, ...]

    @property
    def is_parallel(self) -> bool:
        """Whether there is a choice of rooms, so that a table tells more than the list."""
        return len(self.rooms) > 1


def overview(day: Day) -> Overview:
    rooms = tuple(dict.fromkeys(session.room for session in day.sessions))
    starts = dict.fromkeys(session.starts_at for session in day.sessions)
    rows = (
        Row(
            start,
            tuple(
                tuple(s for s in day.sessions if s.starts_at == start and s.room == room)
                for room in rooms
            ),
        )
        for start in starts
    )
    return Overview(rooms, tuple(rows))
