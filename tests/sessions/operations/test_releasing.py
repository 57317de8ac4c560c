from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from sessions.domain.programme_data import from_data
from sessions.models import Release
from sessions.operations import releasing
from sessions.operations.releasing import NothingToPublish, publish
from sessions.snapshots import build_programme
from submissions.domain.lifecycle import State
from submissions.models import Meeting, Talk, User
from tests.make import (
    make_meeting,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


@pytest.fixture
def organiser(meeting: Meeting) -> User:
    return make_organiser(meeting)


def test_publishing_keeps_the_programme_as_it_is_now(
    meeting: Meeting, organiser: User, now: datetime
) -> None:
    make_slot(make_session(meeting), make_talk(meeting, State.CONFIRMED))

    release = publish(meeting, by=organiser, at=now, note="First.")

    kept = Release.objects.get()
    assert kept == release
    assert (kept.number, kept.published_at, kept.published_by, kept.note) == (
        1,
        now,
        organiser,
        "First.",
    )
    assert from_data(kept.content) == build_programme(meeting, number=1, at=now)


def test_publishing_a_change_makes_the_next_number(
    meeting: Meeting, organiser: User, now: datetime
) -> None:
    block = make_session(meeting, room=make_room(meeting))
    first = publish(meeting, by=organiser, at=now)
    block.theme = "Another theme"
    block.save()
    later = now + timedelta(hours=1)

    second = publish(meeting, by=organiser, at=later)

    assert (first.number, second.number, second.published_at) == (1, 2, later)
    assert Release.objects.current(meeting) == second


def test_publishing_the_same_again_makes_no_second_release(
    meeting: Meeting, organiser: User, now: datetime
) -> None:
    make_slot(make_session(meeting), make_talk(meeting, State.ACCEPTED))
    first = publish(meeting, by=organiser, at=now)

    again = publish(meeting, by=organiser, at=now + timedelta(seconds=1))

    assert (again, Release.objects.count()) == (first, 1)


def test_each_meeting_counts_its_own_releases(organiser: User, now: datetime) -> None:
    meetings = [make_meeting(), make_meeting()]
    for meeting in meetings:
        make_session(meeting, room=make_room(meeting))
    assert [publish(meeting, by=organiser, at=now).number for meeting in meetings] == [1, 1]


def test_a_meeting_without_a_session_is_refused_with_what_is_missing(
    meeting: Meeting, organiser: User, now: datetime
) -> None:
    with pytest.raises(NothingToPublish, match="There is no session yet"):
        publish(meeting, by=organiser, at=now)
    assert not Release.objects.exists()


def test_sessions_with_neither_room_nor_talk_are_refused_with_what_is_missing(
    meeting: Meeting, organiser: User, now: datetime
) -> None:
    make_session(meeting)
    with pytest.raises(NothingToPublish, match="No session has a room or a talk yet"):
        publish(meeting, by=organiser, at=now)
    assert not Release.objects.exists()


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection only"
)
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_release(
    meeting: Meeting, organiser: User, now: datetime
) -> None:
    make_slot(make_session(meeting), make_talk(meeting, State.CONFIRMED))
    start = Barrier(2)

    def click(_: int) -> int:
        start.wait()
        try:
            return publish(meeting, by=organiser, at=now).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clicks:
        assert list(clicks.map(click, range(2))) == [1, 1]
    assert Release.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no locks of rows")
@pytest.mark.django_db(transaction=True)
def test_talks_are_written_while_a_programme_is_published(
    meeting: Meeting, organiser: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_session(meeting, room=make_room(meeting))
    speaker = make_speaker(meeting)
    build, written = build_programme, []

    def write() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            written.append(make_talk(meeting, speakers=[speaker]))
        finally:
            connection.close()

    def build_while_somebody_writes(*args: Any, **kwargs: Any) -> Any:
        with ThreadPoolExecutor(1) as others:
            others.submit(write).result()
        return build(*args, **kwargs)

    monkeypatch.setattr(releasing, "build_programme", build_while_somebody_writes)
    publish(meeting, by=organiser, at=now)
    assert Talk.objects.get() == written[0]
