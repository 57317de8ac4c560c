"""What a member of a meeting may be."""

from enum import StrEnum


class Role(StrEnum):
    ORGANISER = "organiser"
    REVIEWER = "reviewer"
