"""Whether a call for talks is open at a moment, and until when a form that was open is taken."""

from datetime import datetime, timedelta
from enum import StrEnum


class CallStatus(StrEnum):
    NOT_ANNOUNCED = "not announced"
    NOT_YET_OPEN = "not yet open"
    OPEN = "open"
    GRACE = "closed a moment ago"
    """No new form is shown, but one that was open at the close may still be sent."""
    CLOSED = "closed"


def call_status(
    at: datetime,
    *,
    opens: datetime | None,
    closes: datetime | None,
    grace: timedelta = timedelta(0),
) -> CallStatus:
    """The status at `at`. Open from `opens` up to, not including, `closes`; all aware datetimes.

    A call without both dates has not been announced.
    """
    if opens is None or closes is None:
        return CallStatus.NOT_ANNOUNCED
    if at < opens:
        return CallStatus.NOT_YET_OPEN
    if at < closes:
        return CallStatus.OPEN
    return CallStatus.GRACE if at < closes + grace else CallStatus.CLOSED
