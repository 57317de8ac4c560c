"""Placing sessions in rooms and hours, and talks in sessions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sessions.models import Session, Slot, SlotKind
from sessions.operations import scheduling
from sessions.operations.scheduling import Item
from submissions.domain.lifecycle import Action, State
from submissions.models import Meeting, User
from submissions.operations import answering, deciding
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
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


@pytest.fixture
def by(meeting: Meeting) -> User:
    return make_organiser(meeting)


def slots(block: Session) -> list[tuple[Any, ...]]:
    found = block.slots.order_by("start_minute")
    return list(found.values_list("kind", "talk", "title", "start_minute", "minutes"))


def test_items_follow_one_another_from_the_start(meeting: Meeting, by: User) -> None:
    block, talk = make_session(meeting), make_talk(meeting, State.CONFIRMED)
    leader = make_speaker(meeting)
    items = [
        Item(SlotKind.INTRODUCTION, 5, led_by_id=leader.pk),
        Item(SlotKind.TALK, 15, talk_id=talk.pk),
        Item(SlotKind.BREAK, 10, title="Coffee"),
    ]
    scheduling.arrange(block, items, by=by, at=NOW)
    assert slots(block) == [
        ("introduction", None, "", 0, 5),
        ("talk", talk.pk, "", 5, 15),
        ("break", None, "Coffee", 20, 10),
    ]
    assert block.slots.filter(led_by=leader).count() == 1


def test_slots_keep_their_identity_when_they_change_places(meeting: Meeting, by: User) -> None:
    block = make_session(meeting)
    one = make_slot(block, make_talk(meeting, State.CONFIRMED))
    two = make_slot(block, make_talk(meeting, State.CONFIRMED), start_minute=15)
    three = make_slot(block, start_minute=30, title="Discussion")
    first, second, third = scheduling.items_of(block)
    scheduling.arrange(block, [third, second, first], by=by, at=NOW)
    assert list(block.slots.values_list("pk", "start_minute")) == [
        (three.pk, 0),
        (two.pk, 15),
        (one.pk, 30),
    ]


def test_two_sessions_cannot_have_one_talk(meeting: Meeting, by: User) -> None:
    talk = make_talk(meeting, State.CONFIRMED)
    there = make_slot(make_session(meeting), talk)
    item = Item(SlotKind.TALK, 15, talk_id=talk.pk)
    with pytest.raises(scheduling.TalkAlreadyPlaced) as refused:
        scheduling.arrange(make_session(meeting), [item], by=by, at=NOW)
    assert (refused.value.talk, refused.value.slot) == (talk, there)
    with pytest.raises(scheduling.TalkAlreadyPlaced) as refused:
        scheduling.arrange(there.session, [item, item], by=by, at=NOW)
    assert refused.value.slot is None
    assert Slot.objects.get() == there


def test_only_talks_with_a_place_are_placed(meeting: Meeting, by: User) -> None:
    block = make_session(meeting)
    foreign = make_talk(make_meeting(), State.CONFIRMED)
    for talk in (make_talk(meeting), make_talk(meeting, State.WITHDRAWN), foreign):
        with pytest.raises(scheduling.TalkNotPlaceable):
            item = Item(SlotKind.TALK, 15, talk_id=talk.pk)
            scheduling.arrange(block, [item], by=by, at=NOW)
    prepared = deciding.prepare(make_talk(meeting), decision=Action.ACCEPT, note="", by=by, at=NOW)
    scheduling.arrange(block, [Item(SlotKind.TALK, 15, talk_id=prepared.pk)], by=by, at=NOW)
    assert Slot.objects.get().talk == prepared


def test_nobody_of_another_meeting_leads_or_chairs(meeting: Meeting, by: User) -> None:
    block, stranger = make_session(meeting), make_speaker(make_meeting(), given_name="Eve")
    message = (
        f"Eve {stranger.family_name} belongs to another meeting. Add the person to this one first."
    )
    item = Item(SlotKind.DISCUSSION, 15, led_by_id=stranger.pk)
    with pytest.raises(scheduling.NotPossible) as refused:
        scheduling.arrange(block, [item], by=by, at=NOW)
    assert refused.value.messages == [message]
    with pytest.raises(scheduling.NotPossible) as refused:
        scheduling.save(block, [], chairs=[stranger], by=by, at=NOW)
    assert refused.value.messages == [message]
    assert (block.slots.count(), block.chairs.count()) == (0, 0)


def test_a_place_in_a_zone_without_letters_is_written_with_its_offset(by: User) -> None:
    meeting = make_meeting(time_zone="Asia/Kathmandu")
    block, talk = make_session(meeting, theme="Peaks"), make_talk(meeting, State.CONFIRMED)
    scheduling.arrange(block, [Item(SlotKind.TALK, 15, talk_id=talk.pk)], by=by, at=NOW)
    entry = talk.history.get(action="schedule")
    assert entry.changes == {"slot": ["", "Peaks, 7 June 2027, 14:45 UTC+05:45"]}


def test_a_talk_that_lost_its_place_may_stay_until_somebody_looks(
    meeting: Meeting, by: User
) -> None:
    block, talk = make_session(meeting), make_talk(meeting, State.WAITLISTED)
    make_slot(block, talk)
    scheduling.arrange(block, scheduling.items_of(block), by=by, at=NOW)
    assert Slot.objects.get().talk == talk


def test_items_that_need_too_much_time_are_refused_or_extend_the_session(
    meeting: Meeting, by: User
) -> None:
    block = make_session(meeting)  # of 90 minutes
    items = [Item(SlotKind.DISCUSSION, 60), Item(SlotKind.BREAK, 42)]
    with pytest.raises(scheduling.RunsOver) as refused:
        scheduling.arrange(block, items, by=by, at=NOW)
    ends_at = block.ends_at + timedelta(minutes=12)
    assert (refused.value.minutes, refused.value.ends_at) == (12, ends_at)
    assert not block.slots.exists()
    scheduling.arrange(block, items, by=by, at=NOW, extend=True)
    block.refresh_from_db()
    assert (block.ends_at, [slot[3:] for slot in slots(block)]) == (ends_at, [(0, 60), (60, 42)])


def test_a_session_is_not_extended_into_the_next_one_in_its_room(
    meeting: Meeting, by: User
) -> None:
    room = make_room(meeting)
    block = make_session(meeting, room=room)
    make_session(meeting, room=room, starts_at=block.ends_at)
    with pytest.raises(scheduling.NotPossible) as refused:
        items = [Item(SlotKind.DISCUSSION, 91)]
        scheduling.arrange(block, items, by=by, at=NOW, extend=True)
    assert refused.value.messages == ["Another session is in this room at that time."]
    assert not block.slots.exists()


@pytest.mark.parametrize(("minutes", "slot_minutes"), [(30, 20), (240, 200)])
def test_a_session_and_its_slots_become_shorter_and_longer_together(
    meeting: Meeting, by: User, minutes: int, slot_minutes: int
) -> None:
    block = make_session(meeting)
    make_slot(block, minutes=90)
    block.ends_at = block.starts_at + timedelta(minutes=minutes)
    items = [Item(SlotKind.DISCUSSION, slot_minutes)]
    scheduling.save(block, items, chairs=[], by=by, at=NOW)
    block.refresh_from_db()
    assert (block.minutes, slots(block)[0][3:]) == (minutes, (0, slot_minutes))


def test_a_new_session_is_saved_with_chairs_in_order(meeting: Meeting, by: User) -> None:
    one, two = make_speaker(meeting), make_speaker(meeting)
    starts_at = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)
    block = Session(
        meeting=meeting, theme="New", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )
    items = [Item(SlotKind.DISCUSSION, 30)]
    scheduling.save(block, items, chairs=[two, one, two], by=by, at=NOW)
    chairs = Session.objects.get().session_chairs.values_list("position", "speaker")
    assert list(chairs) == [(1, two.pk), (2, one.pk)]
    scheduling.save(block, items, chairs=[one], by=by, at=NOW)
    assert list(block.session_chairs.values_list("speaker", flat=True)) == [one.pk]


def test_moving_a_session_keeps_its_length_and_slots(meeting: Meeting, by: User) -> None:
    block, room = make_session(meeting), make_room(meeting)
    slot = make_slot(block, start_minute=20)
    starts_at = block.starts_at + timedelta(days=1)
    moved = scheduling.move(block, room=room, starts_at=starts_at, by=by, at=NOW)
    assert (moved.starts_at, moved.minutes, moved.room) == (starts_at, 90, room)
    slot.refresh_from_db()
    assert slot.start_minute == 20


def test_a_session_is_not_moved_into_a_taken_or_foreign_room(meeting: Meeting, by: User) -> None:
    block, taken = make_session(meeting), make_room(meeting)
    make_session(meeting, room=taken)
    foreign = make_room(make_meeting())
    for room, text in (
        (taken, "Another session is in this room at that time."),
        (foreign, "This room belongs to another meeting."),
    ):
        with pytest.raises(scheduling.NotPossible) as refused:
            scheduling.move(block, room=room, starts_at=block.starts_at, by=by, at=NOW)
        assert refused.value.messages == [text]
    block.refresh_from_db()
    assert block.room is None


def test_two_sessions_change_rooms_one_after_the_other(meeting: Meeting, by: User) -> None:
    one_room, two_room = make_room(meeting), make_room(meeting)
    one = make_session(meeting, room=one_room)
    two = make_session(meeting, room=two_room)
    scheduling.move(one, room=None, starts_at=one.starts_at, by=by, at=NOW)
    scheduling.move(two, room=one_room, starts_at=two.starts_at, by=by, at=NOW)
    scheduling.move(one, room=two_room, starts_at=one.starts_at, by=by, at=NOW)
    assert dict(Session.objects.values_list("pk", "room")) == {
        one.pk: two_room.pk,
        two.pk: one_room.pk,
    }


def test_a_frame_is_added_once(meeting: Meeting, by: User) -> None:
    block = make_session(meeting)
    make_slot(block, make_talk(meeting, State.CONFIRMED))
    assert scheduling.add_frame(block, by=by, at=NOW)
    assert [(kind, *rest) for kind, _talk, _title, *rest in slots(block)] == [
        ("introduction", 0, 5),
        ("talk", 5, 15),
        ("discussion", 20, 10),
    ]
    assert not scheduling.add_frame(block, by=by, at=NOW)


def test_arranging_again_closes_the_gap_that_a_withdrawn_talk_left(
    meeting: Meeting, by: User
) -> None:
    block = make_session(meeting)
    gone = make_talk(meeting, State.CONFIRMED)
    make_slot(block, gone)
    stays = make_slot(block, make_talk(meeting, State.CONFIRMED), start_minute=15)
    answering.answer(gone, Action.WITHDRAW, by=by, at=NOW)
    assert [slot.start_minute for slot in block.slots.all()] == [15]
    scheduling.arrange(block, scheduling.items_of(block), by=by, at=NOW)
    assert list(block.slots.values_list("pk", "start_minute")) == [(stays.pk, 0)]


def test_the_history_of_a_talk_says_where_it_was_placed(meeting: Meeting, by: User) -> None:
    block = make_session(meeting, theme="Stars", number=3, room=make_room(meeting, name="Hall"))
    talk = make_talk(meeting, State.CONFIRMED)
    place = "3. Stars, 7 June 2027, 11:00 CEST, Hall"
    scheduling.arrange(block, [Item(SlotKind.TALK, 15, talk_id=talk.pk)], by=by, at=NOW)
    scheduling.arrange(block, scheduling.items_of(block), by=by, at=NOW)
    later = block.starts_at + timedelta(hours=2)
    scheduling.move(block, room=None, starts_at=later, by=by, at=NOW)
    scheduling.remove(block, by=by, at=NOW)
    moved = "3. Stars, 7 June 2027, 13:00 CEST"
    assert [(entry.action, entry.changes, entry.by) for entry in talk.history.order_by("pk")] == [
        ("schedule", {"slot": ["", place]}, by),
        ("schedule", {"slot": [place, moved]}, by),
        ("unschedule", {"slot": [moved, ""]}, by),
    ]
    assert not Session.objects.exists()


def test_the_version_of_a_session_changes_with_whatever_its_page_shows(
    meeting: Meeting, by: User
) -> None:
    block = make_session(meeting)
    versions = [scheduling.version_of(block)]

    def changed() -> bool:
        versions.append(scheduling.version_of(Session.objects.get(pk=block.pk)))
        return versions[-1] not in versions[:-1]

    assert scheduling.version_of(Session.objects.get(pk=block.pk)) == versions[0]
    slot = make_slot(block, make_talk(meeting, State.CONFIRMED, format=make_format(meeting)))
    assert changed()
    Slot.objects.filter(pk=slot.pk).update(minutes=16)
    assert changed()
    block.session_chairs.create(speaker=make_speaker(meeting))
    assert changed()
    Session.objects.filter(pk=block.pk).update(theme="Another")
    assert changed()
