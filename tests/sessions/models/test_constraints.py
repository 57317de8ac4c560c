"""Rows that must never be are refused by the database itself, whoever writes them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from sessions.models import Session, SessionChair, Slot, SlotKind
from submissions.domain.lifecycle import State
from tests.make import make_meeting, make_room, make_session, make_slot, make_speaker, make_talk

pytestmark = pytest.mark.django_db

only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no exclusion constraints"
)


def commit_constraints() -> None:
    """Have deferred constraints checked now, as at the end of a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_a_talk_in_two_slots() -> None:
    meeting = make_meeting()
    talk, block = make_talk(meeting, State.ACCEPTED), make_session(meeting)
    make_slot(block, talk)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_slot(block, talk, start_minute=30)


def test_the_database_refuses_a_slot_beyond_its_session() -> None:
    block = make_session(make_meeting())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_slot(block, start_minute=80, minutes=11)
        commit_constraints()


def test_a_slot_may_end_with_its_session() -> None:
    make_slot(make_session(make_meeting()), start_minute=80, minutes=10)
    commit_constraints()


def test_the_database_refuses_to_lengthen_a_slot_beyond_its_session() -> None:
    slot = make_slot(make_session(make_meeting()), start_minute=80, minutes=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(minutes=11)
        commit_constraints()


def test_the_database_refuses_to_shorten_a_session_below_its_slots() -> None:
    block = make_session(make_meeting())
    make_slot(block, start_minute=80, minutes=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=block.pk).update(ends_at=block.ends_at - timedelta(minutes=1))
        commit_constraints()


def test_a_session_moves_in_time_with_its_slots() -> None:
    block = make_session(make_meeting())
    slot = make_slot(block, start_minute=80, minutes=10)
    block.starts_at += timedelta(days=1)
    block.ends_at += timedelta(days=1)
    block.save()
    commit_constraints()
    slot.refresh_from_db()
    assert slot.ends_at == block.ends_at


@pytest.mark.parametrize("kind", [SlotKind.INTRODUCTION, SlotKind.DISCUSSION, SlotKind.BREAK])
def test_the_database_refuses_a_talk_in_a_slot_of_another_kind(kind: SlotKind) -> None:
    meeting = make_meeting()
    talk, block = make_talk(meeting, State.ACCEPTED), make_session(meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_slot(block, talk, kind=kind.value)


def test_the_database_refuses_a_talk_slot_without_a_talk() -> None:
    block = make_session(make_meeting())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_slot(block, None, kind=SlotKind.TALK.value)


@only_postgresql
def test_the_database_refuses_overlapping_slots_of_a_session() -> None:
    block = make_session(make_meeting())
    make_slot(block, start_minute=0, minutes=15)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_slot(block, start_minute=14, minutes=15)
        commit_constraints()


@only_postgresql
def test_the_database_refuses_two_sessions_at_once_in_a_room() -> None:
    meeting = make_meeting()
    room = make_room(meeting)
    block = make_session(meeting, room=room)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(meeting, room=room, starts_at=block.ends_at - timedelta(minutes=1))
        commit_constraints()


def test_overlapping_slots_are_refused_by_the_check_on_every_database() -> None:
    block = make_session(make_meeting())
    make_slot(block, start_minute=0, minutes=15)
    late = Slot(session=block, kind=SlotKind.BREAK.value, start_minute=14, minutes=5)
    with pytest.raises(ValidationError, match="Two slots of this session overlap"):
        late.full_clean()
    late.start_minute = 15
    late.full_clean()


def test_two_sessions_in_a_room_are_refused_by_the_check_on_every_database() -> None:
    meeting = make_meeting()
    room = make_room(meeting)
    first = make_session(meeting, room=room)
    second = Session(
        meeting=meeting,
        room=room,
        theme="Second",
        starts_at=first.ends_at - timedelta(minutes=1),
        ends_at=first.ends_at + timedelta(hours=1),
    )
    with pytest.raises(ValidationError, match="Another session is in this room"):
        second.full_clean()
    second.starts_at = first.ends_at
    second.full_clean()


def test_sessions_without_a_room_may_be_at_the_same_time() -> None:
    meeting = make_meeting()
    make_session(meeting)
    make_session(meeting)
    commit_constraints()


def test_slots_may_change_places_within_a_transaction() -> None:
    block = make_session(make_meeting())
    first = make_slot(block, start_minute=0)
    second = make_slot(block, start_minute=15)
    with transaction.atomic():
        Slot.objects.filter(pk=first.pk).update(start_minute=15)
        Slot.objects.filter(pk=second.pk).update(start_minute=0)
        commit_constraints()
    assert list(block.slots.values_list("pk", flat=True)) == [second.pk, first.pk]


def test_a_room_of_another_meeting_is_refused() -> None:
    block = make_session(make_meeting())
    block.room = make_room(make_meeting())
    with pytest.raises(ValidationError, match="another meeting"):
        block.full_clean()


def test_who_leads_or_chairs_belongs_to_the_meeting() -> None:
    block, stranger = make_session(make_meeting()), make_speaker(make_meeting())
    slot = make_slot(block, led_by=stranger)
    with pytest.raises(ValidationError) as refused:
        slot.full_clean()
    assert refused.value.message_dict == {"led_by": ["This person belongs to another meeting."]}
    with pytest.raises(ValidationError) as refused:
        SessionChair(session=block, speaker=stranger).full_clean()
    assert refused.value.message_dict == {"speaker": ["This person belongs to another meeting."]}
