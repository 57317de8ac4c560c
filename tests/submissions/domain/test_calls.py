from datetime import UTC, datetime, timedelta

from submissions.domain.calls import CallStatus, call_status

OPENS = datetime(2027, 1, 10, tzinfo=UTC)
CLOSES = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def status(at: datetime) -> CallStatus:
    return call_status(at, opens=OPENS, closes=CLOSES)


def test_a_call_is_open_from_its_opening_up_to_its_closing() -> None:
    assert [status(at) for at in (OPENS - SECOND, OPENS, CLOSES - SECOND, CLOSES)] == [
        CallStatus.NOT_YET_OPEN,
        CallStatus.OPEN,
        CallStatus.OPEN,
        CallStatus.CLOSED,
    ]


def test_a_call_without_both_dates_is_not_announced() -> None:
    assert call_status(OPENS, opens=None, closes=CLOSES) is CallStatus.NOT_ANNOUNCED
    assert call_status(OPENS, opens=OPENS, closes=None) is CallStatus.NOT_ANNOUNCED


def test_a_form_that_was_open_at_the_close_is_taken_for_a_while() -> None:
    grace = timedelta(minutes=15)
    moments = [CLOSES - timedelta(seconds=1), CLOSES, CLOSES + grace - timedelta(seconds=1)]
    found = [call_status(at, opens=OPENS, closes=CLOSES, grace=grace) for at in moments]
    assert found == [CallStatus.OPEN, CallStatus.GRACE, CallStatus.GRACE]
    assert call_status(CLOSES + grace, opens=OPENS, closes=CLOSES, grace=grace) is CallStatus.CLOSED
