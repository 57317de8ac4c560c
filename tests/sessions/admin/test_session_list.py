"""The list of sessions, their rooms, and what is done with many of them."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions.models import Session
from submissions.domain.lifecycle import State
from submissions.models import Meeting
from tests.make import (
    make_meeting,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
)
from tests.queries import count_queries

pytestmark = pytest.mark.django_db
URL = "/admin/programme/session/"


@pytest.fixture
def meeting(client: Client) -> Meeting:
    meeting = make_meeting()
    client.force_login(make_organiser(meeting))
    return meeting


def test_a_session_is_listed_with_time_room_chair_and_what_to_look_at(
    client: Client, meeting: Meeting
) -> None:
    block = make_session(meeting, theme="Stars", number=3, room=make_room(meeting, name="Hall"))
    block.session_chairs.create(
        speaker=make_speaker(meeting, given_name="Åsa", family_name="Chair")
    )
    make_slot(block, make_talk(meeting, State.WITHDRAWN, title="Gone"))
    make_slot(block, make_talk(meeting, State.CONFIRMED), start_minute=15)
    page = client.get(URL).content.decode()
    for text in (
        "Mon 7 Jun 2027<br>11:00–12:30 CEST",
        "Stars",
        "Hall",
        "Åsa Chair",
        "30 of 90 min",
        "“Gone” has no place any more",
        "1 hint",
        "60 min left at the end, from 11:30.",
    ):
        assert text in page


def test_sessions_are_narrowed_by_day_and_room(client: Client, meeting: Meeting) -> None:
    room = make_room(meeting)
    first = make_session(meeting, room=room)
    late = make_session(meeting, starts_at=first.starts_at.replace(hour=22, minute=30))
    # Half past midnight in Madrid: the next day.
    for query, expected in (
        ({"day": "2027-06-07"}, [first]),
        ({"day": "2027-06-08"}, [late]),
        ({"day": "nonsense"}, []),
        ({"room": room.pk}, [first]),
        ({"room": "none"}, [late]),
        ({"room": "nonsense"}, []),
        ({}, [first, late]),
    ):
        assert list(client.get(URL, query).context["cl"].result_list) == expected
    filters = client.get(URL).context["cl"].filter_specs
    assert filters[0].lookup_choices == [("2027-06-07", "Mon 7 June"), ("2027-06-08", "Tue 8 June")]


def test_the_number_of_queries_does_not_depend_on_the_number_of_sessions(
    client: Client, meeting: Meeting
) -> None:
    def queries_with(count: int) -> int:
        for _ in range(count):
            block = make_session(meeting, room=make_room(meeting))
            block.session_chairs.create(speaker=make_speaker(meeting))
            make_slot(block, make_talk(meeting, State.CONFIRMED))
        return count_queries(client, URL)

    assert queries_with(1) == queries_with(8)


def test_sessions_are_framed_if_they_are_long_enough(client: Client, meeting: Meeting) -> None:
    long, full = make_session(meeting), make_session(meeting, theme="Full")
    make_slot(full, minutes=90)
    data = {"action": "add_frame", "_selected_action": [long.pk, full.pk]}
    page = client.post(URL, data, follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "“Full” is 5 minutes too short for that; make it longer.",
        "1 session was framed.",
    ]
    assert list(long.slots.values_list("kind", "minutes")) == [
        ("introduction", 5),
        ("discussion", 10),
    ]
    assert full.slots.count() == 1


def test_a_deleted_session_leaves_a_trace_in_its_talks(client: Client, meeting: Meeting) -> None:
    talks = [make_talk(meeting, State.CONFIRMED) for _ in range(2)]
    for talk in talks:
        make_slot(make_session(meeting), talk)
    one, two = Session.objects.order_by("pk")
    client.post(reverse("admin:programme_session_delete", args=[one.pk]), {"post": "yes"})
    client.post(URL, {"action": "delete_selected", "_selected_action": [two.pk], "post": "yes"})
    assert not Session.objects.exists()
    assert [talk.history.get().action for talk in talks] == ["unschedule", "unschedule"]


def test_a_room_belongs_to_its_meeting_and_has_a_name_of_its_own(
    client: Client, meeting: Meeting
) -> None:
    url = reverse("admin:programme_room_add")
    data = {"name": "Hall", "capacity": "", "description": "", "position": 0}
    assert client.post(url, data).status_code == 302
    assert make_room(make_meeting(), name="Hall").meeting != meeting
    page = client.post(url, data)
    assert "This meeting already has a room of this name." in page.content.decode()
