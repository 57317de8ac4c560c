"""Rows of the submissions app. This file only gathers the names."""

from submissions.models.area import Area, AreaOrigin, AstronomyArea, MLArea
from submissions.models.authorship import Affiliation, Authorship
from submissions.models.email import Email, EmailState
from submissions.models.history import HistoryEntry
from submissions.models.importing import PendingImport
from submissions.models.meeting import Meeting, Membership, TalkFormat
from submissions.models.speaker import Speaker
from submissions.models.talk import TagOrigin, Talk, TalkAstronomyArea, TalkMLArea, TalkQuerySet
from submissions.models.user import User

__all__ = [
    "Affiliation",
    "Area",
    "AreaOrigin",
    "AstronomyArea",
    "Authorship",
    "Email",
    "EmailState",
    "HistoryEntry",
    "MLArea",
    "Meeting",
    "Membership",
    "PendingImport",
    "Speaker",
    "TagOrigin",
    "Talk",
    "TalkAstronomyArea",
    "TalkFormat",
    "TalkMLArea",
    "TalkQuerySet",
    "User",
]
