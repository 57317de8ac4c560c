"""Whether a call for talks is open at a moment."""

from datetime import datetime
from enum import StrEnum


class CallStatus(StrEnum):
    NOT_ANNOUNCED = "not announced"
    NOT_YET_OPEN = "not yet open"
    OPEN = "open"
    CLOSED = "closed"


def call_status(at: datetime, *, opens: datetime | None, closes: datetime | None) -> CallStatus:
    """The status at `at`. Open from `opens` up to, not including, `closes`; all aware datetimes.

    A call without both dates has not been announced.
    """
    if opens is None or closes is None:
        return CallStatus.NOT_ANNOUNCED
    if at < opens:
        return CallStatus.NOT_YET_OPEN
    return CallStatus.OPEN if at < closes else CallStatus.CLOSED
