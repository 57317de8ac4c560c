"""Rows of the programme app. This file only gathers the names."""

from sessions.models.release import Release
from sessions.models.room import Room
from sessions.models.session import Session, SessionChair
from sessions.models.slot import Slot, SlotKind

__all__ = ["Release", "Room", "Session", "SessionChair", "Slot", "SlotKind"]
