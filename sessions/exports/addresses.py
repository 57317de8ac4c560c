"""Where a programme's pages are, so that an exported file can point back to them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """Absolute addresses; this layer does not know how they are made."""

    programme: str
    calendar: str
    talk: Callable[[str], str]
    """By the talk's code."""
    session: Callable[[int], str]
    """By the session's number."""
