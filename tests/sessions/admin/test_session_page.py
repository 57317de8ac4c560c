"""The page of a session: slots in order, times that follow, and what cannot be."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sessions.admin import placeable
from sessions.models import Session
from sessions.operations import scheduling
from submissions.domain.lifecycle import Action, State
from submissions.models import Meeting, User
from submissions.operations import deciding
from tests.filled import filled
from tests.make import (
    NOW,
    make_format,
    make_meeting,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/programme/session/add/"


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(time_zone="Europe/Madrid")


def url_of(block: Session) -> str:
    return reverse("admin:programme_session_change", args=[block.pk])


def errors(page: Any) -> list[str]:
    """Every error of a page that was not saved."""
    assert page.status_code == 200
    form, rows = page.context["form"], page.context["rows"]
    dicts = [form.errors, *rows.errors]
    found = [str(error) for errors in dicts for theirs in errors.values() for error in theirs]
    return [*found, *map(str, rows.non_form_errors())]


def slots(block: Session) -> list[tuple[Any, ...]]:
    found = block.slots.order_by("start_minute")
    return list(found.values_list("kind", "talk", "start_minute", "minutes"))


def test_a_session_is_added_with_times_of_the_meeting(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    room, chair = make_room(meeting), make_speaker(meeting, given_name="Åsa", family_name="Chair")
    talk = make_talk(meeting, State.CONFIRMED, format=make_format(meeting))
    assert client.get(ADD).status_code == 200
    data = {
        "theme": "Stars",
        "number": 3,
        "room": room.pk,
        "starts_at": "2027-06-07T09:30",
        "minutes": 60,
        "chair_1": "asa chair",
        "slots-TOTAL_FORMS": 3,
        "slots-INITIAL_FORMS": 0,
        "slots-0-kind": "discussion",
        "slots-0-minutes": 10,
        "slots-0-ORDER": 2,
        "slots-1-kind": "talk",
        "slots-1-talk": talk.code,
        "slots-1-ORDER": 1,
        "slots-2-kind": "talk",
    }
    response = client.post(ADD, data | {"_continue": "Add"})
    block = Session.objects.get()
    assert response.headers["Location"] == url_of(block)
    assert (block.meeting, block.room, str(block)) == (meeting, room, "3. Stars")
    assert (block.starts_at, block.minutes) == (datetime(2027, 6, 7, 7, 30, tzinfo=UTC), 60)
    assert list(block.chairs.all()) == [chair]
    # The talk has the minutes of its format.
    assert slots(block) == [("talk", talk.pk, 0, 15), ("discussion", None, 15, 10)]


def test_the_page_shows_times_in_the_zone_of_the_meeting(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block = make_session(meeting)
    make_slot(block, start_minute=0, minutes=20)
    make_slot(block, start_minute=20)
    page = client.get(url_of(block)).content.decode()
    assert 'value="2027-06-07T11:00"' in page
    for text in ("Europe/Madrid", "11:00", "11:20", "12:30 CEST"):
        assert text in page


def test_saving_a_page_as_it_is_changes_nothing(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block = make_session(meeting, number=1, room=make_room(meeting))
    block.session_chairs.create(speaker=make_speaker(meeting))
    make_slot(block, make_talk(meeting, State.CONFIRMED))
    make_slot(block, start_minute=15, title="Discussion", led_by=make_speaker(meeting))
    before = scheduling.version_of(block)
    assert client.post(url_of(block), filled(client, url_of(block))).status_code == 302
    assert scheduling.version_of(Session.objects.get()) == before


def test_slots_change_places_leave_and_join(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block = make_session(meeting)
    gone, stays = (
        make_slot(block, make_talk(meeting, State.CONFIRMED), start_minute=n * 15) for n in (0, 1)
    )
    last = make_slot(block, start_minute=30)
    data = filled(client, url_of(block)) | {
        "slots-0-DELETE": "on",
        "slots-1-ORDER": 3,
        "slots-2-ORDER": 1,
        "slots-3-kind": "break",
        "slots-3-title": "Coffee",
        "slots-3-minutes": 5,
        "slots-3-ORDER": 2,
    }
    assert client.post(url_of(block), data).status_code == 302
    assert slots(block) == [
        ("discussion", None, 0, 15),
        ("break", None, 15, 5),
        ("talk", stays.talk_id, 20, 15),
    ]
    assert set(block.slots.values_list("pk", flat=True)) > {last.pk, stays.pk}
    assert not block.slots.filter(pk=gone.pk).exists()


def test_talks_offered_are_those_that_may_be_placed_here(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block, elsewhere = make_session(meeting), make_session(meeting)
    here = make_talk(meeting, State.WAITLISTED, title="Here")
    make_slot(block, here)
    make_slot(elsewhere, make_talk(meeting, State.CONFIRMED, title="Elsewhere"))
    make_talk(
        meeting, State.CONFIRMED, title="Confirmed", format=make_format(meeting, name="Flash")
    )
    make_talk(meeting, State.ACCEPTED, title="Accepted")
    make_talk(meeting, title="Submitted")
    prepared = make_talk(meeting, title="Prepared")
    deciding.prepare(prepared, decision=Action.ACCEPT, note="", by=organiser, at=NOW)
    make_talk(make_meeting(), State.CONFIRMED, title="Foreign")
    page = client.get(url_of(block))
    [row, *_] = page.context["rows"]
    choices = row.fields["talk"].widget.choices
    # A label is "title – names" or "title – names (state)".
    offered = {
        group: [(label.split(" – ")[0], label.partition(" (")[2]) for _code, label in options]
        for group, options in choices[1:]
    }
    assert offered == {
        "Flash, 15 min": [("Confirmed", "")],
        "no format": [
            ("Accepted", "accepted)"),
            ("Here", "on the waiting list)"),
            ("Prepared", "submitted)"),
        ],
    }


def test_of_many_talks_one_is_chosen_by_typing(
    client: Client,
    organiser: User,
    meeting: Meeting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(placeable, "MOST_OPTIONS", 1)
    block = make_session(meeting)
    here, free = (make_talk(meeting, State.CONFIRMED, title=title) for title in ("Here", "Free"))
    make_slot(block, here)
    page = client.get(url_of(block)).content.decode()
    assert f'<option value="{free.code} Free – ' in page
    assert f'value="{here.code} Here – ' in page
    data = filled(client, url_of(block)) | {
        "slots-1-talk": f"{free.code.lower()} free",
        "slots-1-minutes": 5,
    }
    assert client.post(url_of(block), data).status_code == 302
    assert slots(block) == [("talk", here.pk, 0, 15), ("talk", free.pk, 15, 5)]


def test_a_session_that_is_too_short_offers_to_become_longer(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block = make_session(meeting)
    make_slot(block, minutes=90)
    data = filled(client, url_of(block)) | {
        "slots-1-kind": "break",
        "slots-1-minutes": 12,
    }
    assert errors(client.post(url_of(block), data)) == [
        (
            "Its items need 12 minutes more; it would end at 12:42. Shorten one, take one out, or "
            "let the session become longer."
        )
    ]
    assert block.slots.count() == 1
    assert client.post(url_of(block), data | {"extend": "on"}).status_code == 302
    block.refresh_from_db()
    assert (block.minutes, block.slots.count()) == (102, 2)


def test_a_talk_placed_elsewhere_meanwhile_is_refused_with_its_place(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block, other = make_session(meeting), make_session(meeting, theme="Quasars", number=7)
    talk = make_talk(meeting, State.CONFIRMED)
    make_slot(other, talk)
    data = filled(client, url_of(block)) | {"slots-0-talk": talk.code, "slots-0-minutes": 15}
    # Not among the choices any more.
    assert "This talk cannot be placed here" in errors(client.post(url_of(block), data))[0]
    assert block.slots.count() == 0


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"slots-0-minutes": 5}, "Choose the talk, or another kind."),
        ({"slots-0-kind": "break"}, "How long does it take?"),
        ({"slots-0-kind": "break", "slots-0-minutes": 0}, "greater than or equal to 1"),
        (
            {"slots-0-kind": "break", "slots-0-minutes": 5, "slots-0-led_by": "Nobody Known"},
            "Nobody of this meeting is called “Nobody Known”. Add the person under Speakers.",
        ),
        (
            {"chair_1": "Ada Twice"},
            "Several people are called that; write one of: Ada Twice (ada-twice)",
        ),
        ({"theme": ""}, "This field is required."),
        ({"starts_at": ""}, "This field is required."),
        ({"starts_at": "2027-03-28T02:30"}, "The clocks change then in Europe/Madrid"),
        ({"number": 9}, "Another session of this meeting has this number."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    client: Client, organiser: User, meeting: Meeting, typed: dict[str, Any], error: str
) -> None:
    for _ in range(2):
        make_speaker(meeting, given_name="Ada", family_name="Twice")
    make_session(meeting, number=9)
    block = make_session(meeting)
    before = scheduling.version_of(block)
    page = client.post(url_of(block), filled(client, url_of(block)) | typed)
    assert any(error in text for text in errors(page))
    assert scheduling.version_of(Session.objects.get(pk=block.pk)) == before


def test_namesakes_are_told_apart_by_what_the_page_offers(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    first, second = (make_speaker(meeting, given_name="Ada", family_name="Twice") for _ in range(2))
    block = make_session(meeting)
    data = filled(client, url_of(block)) | {"chair_1": f"Ada Twice ({second.slug})"}
    assert f'value="Ada Twice ({first.slug})"' in client.get(url_of(block)).content.decode()
    assert client.post(url_of(block), data).status_code == 302
    assert list(block.chairs.all()) == [second]


def test_rooms_and_people_of_other_meetings_are_refused(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    other = make_meeting()
    make_speaker(other, given_name="Foreign", family_name="Person")
    block, room = make_session(meeting), make_room(other, name="Foreign room")
    page = client.get(url_of(block)).content.decode()
    assert "Foreign" not in page
    for typed in ({"room": room.pk}, {"chair_1": "Foreign Person"}):
        assert errors(client.post(url_of(block), filled(client, url_of(block)) | typed))
    block.refresh_from_db()
    assert (block.room, block.chairs.count()) == (None, 0)


def test_a_room_that_is_taken_is_refused(client: Client, organiser: User, meeting: Meeting) -> None:
    room = make_room(meeting)
    make_session(meeting, room=room)
    block = make_session(meeting)
    page = client.post(url_of(block), filled(client, url_of(block)) | {"room": room.pk})
    assert errors(page) == ["Another session is in this room at that time."]


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block = make_session(meeting, theme="First")
    mine = filled(client, url_of(block)) | {"theme": "Mine"}
    theirs = Client()
    theirs.force_login(make_organiser(meeting))
    theirs.post(url_of(block), mine | {"theme": "Theirs"})

    page = client.post(url_of(block), mine)
    text = page.content.decode()
    assert "Not saved: somebody changed this session while you were editing it." in text
    assert "Olga Organiser" in text
    assert 'value="Mine"' in text
    block.refresh_from_db()
    assert block.theme == "Theirs"

    again = mine | {"version": page.context["form"]["version"].value()}
    assert client.post(url_of(block), again).status_code == 302
    block.refresh_from_db()
    assert block.theme == "Mine"


def test_what_is_to_be_looked_at_is_on_the_page(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    person = make_speaker(meeting, given_name="Ada", family_name="Twice")
    block, other = make_session(meeting), make_session(meeting, theme="Quasars")
    talk = make_talk(meeting, State.ACCEPTED, title="A talk", speakers=[person])
    make_slot(block, talk)
    other.session_chairs.create(speaker=person)
    told = [warning["text"] for warning in client.get(url_of(block)).context["warnings"]]
    assert told == [
        "Ada Twice is also in “Quasars” at 11:00.",
        "It has no room.",
        "Nobody chairs it.",
        "75 min left at the end, from 11:15.",
        "“A talk” is not confirmed by its speaker yet.",
    ]


def test_a_join_link_is_kept(client: Client, organiser: User, meeting: Meeting) -> None:
    block = make_session(meeting)
    link = "https://example.org/join"
    client.post(url_of(block), filled(client, url_of(block)) | {"join_link": link})
    block.refresh_from_db()
    assert block.join_link == link


def test_the_talk_page_says_where_the_talk_is_placed(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block = make_session(meeting, theme="Stars", room=make_room(meeting, name="Hall"))
    talk = make_talk(meeting, State.CONFIRMED)
    url = reverse("admin:submissions_talk_change", args=[talk.pk])
    assert client.get(url).context["facts"] == []
    make_slot(block, talk, start_minute=15)
    assert client.get(url).context["facts"] == [
        ("In the timetable", "Stars, 7 June 2027, 11:15 CEST, Hall")
    ]


def test_a_talk_in_the_timetable_is_deleted_by_nobody(client: Client, meeting: Meeting) -> None:
    client.force_login(make_user(is_superuser=True))
    talk = make_talk(meeting, State.CONFIRMED)
    make_slot(make_session(meeting), talk)
    url = reverse("admin:submissions_talk_delete", args=[talk.pk])
    page = client.post(url, {"post": "yes"}).content.decode()
    assert "would require deleting the following protected related objects" in page
    talk.refresh_from_db()


def test_a_moved_session_takes_its_slots_along(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    block = make_session(meeting)
    slot = make_slot(block, start_minute=0)
    data = filled(client, url_of(block)) | {"starts_at": "2027-06-08T09:00"}
    assert client.post(url_of(block), data).status_code == 302
    slot = block.slots.select_related("session").get()
    assert slot.starts_at == datetime(2027, 6, 8, 7, 0, tzinfo=UTC)
    assert slot.session.ends_at - slot.session.starts_at == timedelta(minutes=90)
