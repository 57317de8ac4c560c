"""Deadlines to the second: the call's, a format's own, across clock changes, anywhere on Earth."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, Talk, TalkFormat
from tests.make import make_area, make_format, make_meeting, make_ml_area
from tests.submissions.views.filled_forms import address, sent

pytestmark = pytest.mark.django_db

CLOSES = datetime(2027, 3, 31, 21, 59, tzinfo=UTC)
LATER = datetime(2027, 4, 10, 21, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def meeting() -> Meeting:
    make_area("Galaxies")
    make_ml_area("Deep learning")
    return make_meeting(
        time_zone="Europe/Madrid",
        call_opens_at=CLOSES - timedelta(days=60),
        call_closes_at=CLOSES,
        grace_minutes=15,
    )


@pytest.fixture
def talk_format(meeting: Meeting) -> TalkFormat:
    return make_format(meeting, name="Contributed")


@pytest.fixture
def poster(meeting: Meeting) -> TalkFormat:
    return make_format(meeting, name="Poster", is_poster=True, closes_at=LATER)


def submit(client: Client, meeting: Meeting, chosen: TalkFormat, at: datetime) -> int:
    with time_machine.travel(at, tick=False):
        return client.post(address(meeting), sent(meeting, format=str(chosen.pk))).status_code


def shown(client: Client, meeting: Meeting, at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        return client.get(address(meeting)).content.decode()


@pytest.mark.parametrize(
    ("at", "answers"),
    [
        (CLOSES - SECOND, (True, 302)),
        (CLOSES, (False, 302)),
        (CLOSES + timedelta(minutes=15) - SECOND, (False, 302)),
        (CLOSES + timedelta(minutes=15), (False, 409)),
        (CLOSES + timedelta(minutes=15) + SECOND, (False, 409)),
    ],
)
def test_the_form_closes_to_the_second_and_is_taken_through_the_grace(
    client: Client,
    meeting: Meeting,
    talk_format: TalkFormat,
    at: datetime,
    answers: tuple[bool, int],
) -> None:
    is_shown = "data-submit>" in shown(client, meeting, at)
    assert (is_shown, submit(client, meeting, talk_format, at)) == answers


@pytest.mark.parametrize(
    ("at", "statuses"),
    [
        (CLOSES - SECOND, [302, 302]),
        (CLOSES + timedelta(minutes=15) - SECOND, [302, 302]),
        (CLOSES + timedelta(minutes=15), [422, 302]),
        (LATER + timedelta(minutes=15) - SECOND, [422, 302]),
        (LATER + timedelta(minutes=15), [409, 409]),
    ],
)
def test_each_format_is_taken_until_its_own_deadline(
    client: Client, meeting: Meeting, at: datetime, statuses: list[int]
) -> None:
    talk = make_format(meeting, name="Contributed")
    poster = make_format(meeting, name="Poster", is_poster=True, closes_at=LATER)
    assert [submit(client, meeting, each, at) for each in (talk, poster)] == statuses


def test_formats_are_shown_with_their_deadlines_while_those_differ(
    client: Client, meeting: Meeting, talk_format: TalkFormat, poster: TalkFormat
) -> None:
    before = shown(client, meeting, CLOSES - SECOND)
    assert "12 minutes and 3 for questions; until 31 March 2027, 23:59 CEST" in before
    assert "Poster; until 10 April 2027, 23:59 CEST" in before
    after = shown(client, meeting, CLOSES)
    assert "Contributed" not in after
    assert "; until" not in after
    assert "The call closes on" in after
    assert "10 April 2027, 23:59 CEST" in after


def test_a_format_may_close_before_the_call(
    client: Client, meeting: Meeting, talk_format: TalkFormat, poster: TalkFormat
) -> None:
    TalkFormat.objects.filter(pk=poster.pk).update(closes_at=CLOSES - timedelta(days=7))
    at = CLOSES - timedelta(days=6)
    assert "Poster" not in shown(client, meeting, at)
    assert submit(client, meeting, poster, at) == 422
    assert submit(client, meeting, talk_format, at) == 302


def test_a_talk_keeps_its_format_while_it_may_be_changed(
    client: Client, meeting: Meeting, talk_format: TalkFormat, poster: TalkFormat
) -> None:
    Meeting.objects.update(edits_close_at=LATER)
    assert submit(client, meeting, talk_format, CLOSES - SECOND) == 302
    talk = Talk.objects.get()
    url = reverse("submissions:talk-edit", args=[meeting.slug, talk.code])
    with time_machine.travel(CLOSES + timedelta(days=1), tick=False):
        form = sent(meeting, title="Better", format=str(talk_format.pk))
        assert client.post(url, form | {"version": talk.changed_at.isoformat()}).status_code == 302
    talk.refresh_from_db()
    assert (talk.title, talk.format) == ("Better", talk_format)


@pytest.mark.parametrize(("seconds", "status"), [(-1, 302), (0, 409)])
def test_anywhere_on_earth_it_closes_when_the_last_place_has_the_next_day(
    client: Client, meeting: Meeting, talk_format: TalkFormat, seconds: int, status: int
) -> None:
    midnight_there = datetime(2027, 4, 1, 12, 0, tzinfo=UTC)
    Meeting.objects.update(
        call_closes_at=midnight_there, closes_anywhere_on_earth=True, grace_minutes=0
    )
    at = midnight_there + timedelta(seconds=seconds)
    assert submit(client, meeting, talk_format, at) == status


def test_a_deadline_anywhere_on_earth_is_shown_as_such_with_the_time_at_the_meeting(
    client: Client, meeting: Meeting, talk_format: TalkFormat, poster: TalkFormat
) -> None:
    Meeting.objects.update(
        call_closes_at=datetime(2027, 4, 1, 11, 59, tzinfo=UTC), closes_anywhere_on_earth=True
    )
    page = shown(client, meeting, CLOSES - timedelta(days=1))
    assert "31 March 2027, 23:59 anywhere on Earth</time>" in page
    assert ">1 April 2027, 13:59 CEST</time>)" in page
    assert "; until 31 March 2027, 23:59 anywhere on Earth (1 April 2027, 13:59 CEST)" in page
    with time_machine.travel(CLOSES - timedelta(days=1), tick=False):
        url = reverse("submissions:meeting-detail", args=[meeting.slug])
        first_page = client.get(url).content.decode()
    assert "31 March 2027, 23:59 anywhere on Earth</time>" in first_page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime(2027, 3, 27, 22, 59, tzinfo=UTC), "27 March 2027, 23:59 CET"),
        (datetime(2027, 3, 28, 21, 59, tzinfo=UTC), "28 March 2027, 23:59 CEST"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "31 October 2027, 02:30 CEST"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "31 October 2027, 02:30 CET"),
    ],
)
def test_the_hour_of_a_clock_change_is_named_with_its_zone(
    client: Client, meeting: Meeting, talk_format: TalkFormat, day: datetime, words: str
) -> None:
    Meeting.objects.update(call_closes_at=day)
    assert words in shown(client, meeting, day - SECOND)
    assert submit(client, meeting, talk_format, day - SECOND) == 302
