"""Placing sessions in rooms and hours, and talks in sessions.

Slots follow one another from the start of their session: an order and minutes are given, times
follow. Everybody who schedules in a meeting waits for the others (the meeting's row is held), so
what is checked here still holds when it is written; the database refuses the rest.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sessions.models import Room, Session, SessionChair, Slot, SlotKind
from sessions.models.labels import place_and_time
from submissions.domain.lifecycle import PLACED, Action
from submissions.models import Meeting, Speaker, Talk, User
from submissions.operations import history

INTRODUCTION_MINUTES: Final = 5
DISCUSSION_MINUTES: Final = 10


@dataclass(frozen=True, slots=True)
class Item:
    """What shall fill a slot. A talk keeps its slot, others theirs if `slot_id` says which."""

    kind: SlotKind
    minutes: int
    talk_id: int | None = None
    title: str = ""
    led_by_id: int | None = None
    slot_id: int | None = None


class RunsOver(Exception):
    """The items need more time than the session has."""

    def __init__(self, minutes: int, ends_at: datetime) -> None:
        super().__init__(f"{minutes} minutes over")
        self.minutes = minutes
        self.ends_at = ends_at
        """When the last item would end."""


class TalkAlreadyPlaced(Exception):
    """The talk is in another slot: in `slot`, or twice among the items if that is None."""

    def __init__(self, talk: Talk, slot: Slot | None) -> None:
        super().__init__(talk.title)
        self.talk = talk
        self.slot = slot


class TalkNotPlaceable(Exception):
    """The talk has no place, announced or prepared; or it belongs to another meeting."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk.title)
        self.talk = talk


class NotPossible(Exception):
    """The session as a whole cannot be like this; `messages` say why, for people."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


def is_placeable(talk: Talk) -> bool:
    """Whether a talk may be given a slot: accepted, or about to be."""
    return talk.lifecycle_state in PLACED or talk.prepared_action is Action.ACCEPT


def version_of(session: Session) -> str:
    """A short text that is the same as long as session, chairs and slots are."""
    own = [session.number, session.theme, session.description, session.room_id, session.join_link]
    times = [session.starts_at.isoformat(), session.ends_at.isoformat()]
    chairs = list(session.session_chairs.values_list("speaker", flat=True))
    slots = session.slots.values_list(
        "pk", "kind", "talk", "title", "led_by", "start_minute", "minutes"
    )
    content = json.dumps([own, times, chairs, [list(slot) for slot in slots]])
    return sha256(content.encode()).hexdigest()[:20]


def items_of(session: Session) -> list[Item]:
    """The slots as they are, in order. Arranging them again closes gaps between them."""
    return [
        Item(SlotKind(slot.kind), slot.minutes, slot.talk_id, slot.title, slot.led_by_id, slot.pk)
        for slot in session.slots.all()
    ]


def arrange(
    session: Session, items: Sequence[Item], *, by: User, at: datetime, extend: bool = False
) -> Session:
    """Make the session's slots exactly these items, one after the other from its start.

    With `extend` a session that is too short gets longer. Raises RunsOver, TalkAlreadyPlaced,
    TalkNotPlaceable, NotPossible (longer, it would meet another one in its room; or somebody who
    leads is not of this meeting).
    """
    with transaction.atomic():
        _hold(session.meeting)
        session = Session.objects.select_related("meeting", "room").get(pk=session.pk)
        _write(session, items, by=by, at=at, extend=extend)
    return session


def save(
    session: Session,
    items: Sequence[Item],
    *,
    chairs: Iterable[Speaker],
    by: User,
    at: datetime,
    extend: bool = False,
) -> Session:
    """Save a session as it is in memory, new or changed, with exactly these items and chairs.

    Raises what `arrange` raises.
    """
    chairs = list(dict.fromkeys(chairs))
    with transaction.atomic():
        _hold(session.meeting)
        _check_people(session, [chair.pk for chair in chairs])
        _write(session, items, by=by, at=at, extend=extend)
        _write_chairs(session, chairs)
    return session


def move(
    session: Session, *, room: Room | None, starts_at: datetime, by: User, at: datetime
) -> Session:
    """Give the session another room or time; its length and its slots stay. Raises NotPossible."""
    with transaction.atomic():
        _hold(session.meeting)
        session = Session.objects.select_related("meeting", "room").get(pk=session.pk)
        session.ends_at = starts_at + (session.ends_at - session.starts_at)
        session.starts_at, session.room = starts_at, room
        _write(session, None, by=by, at=at)
    return session


def add_frame(session: Session, *, by: User, at: datetime) -> bool:
    """Begin with an introduction and end with a discussion; False if it has both already."""
    items = items_of(session)
    kinds = {item.kind for item in items}
    if SlotKind.INTRODUCTION not in kinds:
        items.insert(0, Item(SlotKind.INTRODUCTION, INTRODUCTION_MINUTES))
    if SlotKind.DISCUSSION not in kinds:
        items.append(Item(SlotKind.DISCUSSION, DISCUSSION_MINUTES))
    if len(items) == session.slots.count():
        return False
    arrange(session, items, by=by, at=at)
    return True


def remove(session: Session, *, by: User, at: datetime) -> None:
    """Delete a session; its talks leave the timetable."""
    with transaction.atomic():
        _hold(session.meeting)
        stored = _stored(session)
        if stored is None:  # somebody else was quicker
            return
        places = _places(stored)
        stored.delete()
        _note_places(places, {}, by=by, at=at)


def _hold(meeting: Meeting) -> None:
    """Wait until nobody else schedules in this meeting, and keep them waiting.

    Rows that only refer to the meeting, such as new talks, do not wait.
    """
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)


def _write(
    session: Session,
    items: Sequence[Item] | None,
    *,
    by: User,
    at: datetime,
    extend: bool = False,
) -> None:
    before = _stored(session)
    old_places = _places(before) if before else {}
    if items is not None:
        _make_room_for(session, items, extend=extend)
        _check_talks(session, items)
        _check_people(session, [item.led_by_id for item in items if item.led_by_id is not None])
    _check(session)
    # SQLite's triggers look at once: a session is lengthened before its slots, shortened after.
    shortens = before is not None and session.minutes < before.minutes
    if not shortens:
        session.save()
    if items is not None:
        _write_slots(session, items)
    if shortens:
        session.save()
    _note_places(old_places, _places(session), by=by, at=at)


def _stored(session: Session) -> Session | None:
    return Session.objects.select_related("meeting", "room").filter(pk=session.pk).first()


def _make_room_for(session: Session, items: Sequence[Item], *, extend: bool) -> None:
    over = sum(item.minutes for item in items) - session.minutes
    if over <= 0:
        return
    ends_at = session.ends_at + timedelta(minutes=over)
    if not extend:
        raise RunsOver(over, ends_at)
    session.ends_at = ends_at


def _check_talks(session: Session, items: Sequence[Item]) -> None:
    keys = [item.talk_id for item in items if item.talk_id is not None]
    slots = {
        slot.talk_id: slot
        for slot in Slot.objects.filter(talk__in=keys).select_related("session", "session__meeting")
    }
    talks = {talk.pk: talk for talk in Talk.objects.filter(pk__in=keys)}
    seen: set[int] = set()
    for key in keys:
        talk, slot = talks[key], slots.get(key)
        if key in seen:
            raise TalkAlreadyPlaced(talk, None)
        seen.add(key)
        is_here = slot is not None and slot.session_id == session.pk
        if talk.meeting_id != session.meeting_id or not (is_here or is_placeable(talk)):
            raise TalkNotPlaceable(talk)
        if slot is not None and not is_here:
            raise TalkAlreadyPlaced(talk, slot)


def _check_people(session: Session, keys: Sequence[int]) -> None:
    """Whoever leads or chairs belongs to the meeting: names go with a programme to its readers."""
    if not keys:
        return
    strangers = Speaker.objects.filter(pk__in=keys).exclude(meeting=session.meeting_id)
    text = _("%(name)s belongs to another meeting. Add the person to this one first.")
    if messages := [text % {"name": stranger.name} for stranger in strangers]:
        raise NotPossible(messages)


def _check(session: Session) -> None:
    try:
        session.full_clean()
    except ValidationError as error:
        raise NotPossible(error.messages) from error


def _write_slots(session: Session, items: Sequence[Item]) -> None:
    there = list(session.slots.all())
    of_talk = {slot.talk_id: slot for slot in there if slot.talk_id is not None}
    others = {slot.pk: slot for slot in there if slot.talk_id is None}
    start, slots = 0, []
    for item in items:
        slot = (
            others.pop(item.slot_id or 0, None)
            if item.talk_id is None
            else of_talk.get(item.talk_id)
        ) or Slot(session=session)
        slot.kind, slot.talk_id, slot.title = item.kind.value, item.talk_id, item.title
        slot.led_by_id, slot.start_minute, slot.minutes = item.led_by_id, start, item.minutes
        start += item.minutes
        slots.append(slot)
    session.slots.exclude(pk__in=[slot.pk for slot in slots if slot.pk]).delete()
    for slot in slots:
        slot.save()


def _write_chairs(session: Session, chairs: Sequence[Speaker]) -> None:
    there = list(session.session_chairs.values_list("speaker", flat=True))
    if there == [chair.pk for chair in chairs]:
        return
    session.session_chairs.all().delete()
    SessionChair.objects.bulk_create(
        SessionChair(session=session, speaker=chair, position=position)
        for position, chair in enumerate(chairs, start=1)
    )


def _places(session: Session) -> dict[int, str]:
    """Per talk in the session where that is, in words for the talk's history."""
    place = place_and_time(session, session.starts_at)
    keys = session.slots.filter(talk__isnull=False).values_list("talk", flat=True)
    return dict.fromkeys(keys, place)


def _note_places(before: dict[int, str], after: dict[int, str], *, by: User, at: datetime) -> None:
    changed = [k for k in before.keys() | after.keys() if before.get(k) != after.get(k)]
    for talk in Talk.objects.filter(pk__in=changed).order_by("pk"):
        action = "schedule" if talk.pk in after else "unschedule"
        changes: dict[str, list[str]] = {"slot": [before.get(talk.pk, ""), after.get(talk.pk, "")]}
        history.record(talk, action, by=by, at=at, changes=dict(changes))
