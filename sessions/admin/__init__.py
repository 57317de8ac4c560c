"""The organisers' pages about the timetable, and the site that all pages of organisers are on."""

from sessions.admin import rooms, sessions, talks

__all__ = ["rooms", "sessions", "talks"]
