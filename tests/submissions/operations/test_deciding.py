from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from sessions.models import Slot
from submissions.domain.lifecycle import Action, State, TransitionNotAllowed
from submissions.models import Email, Talk
from submissions.operations import answering, deciding
from tests.make import NOW, make_meeting, make_organiser, make_session, make_slot, make_talk

pytestmark = pytest.mark.django_db(transaction=False)


def test_a_prepared_decision_changes_neither_state_nor_decision_and_sends_nothing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    meeting = make_meeting()
    organiser, talk = make_organiser(meeting), make_talk(meeting)
    with django_capture_on_commit_callbacks(execute=True):
        deciding.prepare(talk, decision=Action.ACCEPT, note="Strong.", by=organiser, at=NOW)
    talk.refresh_from_db()
    assert (talk.state, talk.decided_at, talk.decided_by) == ("submitted", None, None)
    # Speakers see when their talk was changed last.
    assert talk.changed_at < NOW
    assert (talk.prepared_decision, talk.prepared_by, talk.prepared_at, talk.prepared_note) == (
        "accept",
        organiser,
        NOW,
        "Strong.",
    )
    assert not mail.outbox
    assert not Email.objects.exists()


def test_an_announcement_makes_the_prepared_decision_the_state_and_tells_the_speaker(
    django_capture_on_commit_callbacks: Any,
) -> None:
    meeting = make_meeting()
    organiser, talk = make_organiser(meeting), make_talk(meeting)
    deciding.prepare(talk, decision=Action.ACCEPT, note="Strong.", by=organiser, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        deciding.announce(talk, by=organiser, at=NOW + timedelta(days=1))
    talk.refresh_from_db()
    assert (talk.state, talk.decided_by, talk.decided_at, talk.decision_note) == (
        "accepted",
        organiser,
        NOW,
        "Strong.",
    )
    assert (talk.prepared_decision, talk.prepared_by, talk.prepared_at) == ("", None, None)
    assert [message.to for message in mail.outbox] == [
        [talk.authorships.get().speaker.email],
    ]
    assert talk.title in mail.outbox[0].subject
    assert "Strong." not in mail.outbox[0].body


def test_history_tells_who_prepared_and_who_announced() -> None:
    meeting = make_meeting()
    organiser, talk = make_organiser(meeting), make_talk(meeting)
    deciding.prepare(talk, decision=Action.REJECT, note="Off topic.", by=organiser, at=NOW)
    deciding.announce(talk, by=organiser, at=NOW + timedelta(hours=1))
    assert list(talk.history.values_list("action", "by", "at", "note")) == [
        ("reject", organiser.pk, NOW + timedelta(hours=1), ""),
        ("prepare", organiser.pk, NOW, "Off topic."),
    ]


def test_nothing_is_announced_that_was_not_prepared() -> None:
    meeting = make_meeting()
    with pytest.raises(deciding.NothingPrepared):
        deciding.announce(make_talk(meeting), by=make_organiser(meeting), at=NOW)


def test_a_second_announcement_of_the_same_decision_is_refused() -> None:
    meeting = make_meeting()
    organiser, talk = make_organiser(meeting), make_talk(meeting)
    stale = Talk.objects.get(
        pk=deciding.prepare(talk, decision=Action.ACCEPT, note="", by=organiser, at=NOW).pk
    )
    deciding.announce(talk, by=organiser, at=NOW)
    with pytest.raises(deciding.NothingPrepared):
        deciding.announce(stale, by=organiser, at=NOW)


def test_a_decision_is_taken_back_before_it_is_announced() -> None:
    meeting = make_meeting()
    organiser, talk = make_organiser(meeting), make_talk(meeting)
    deciding.prepare(talk, decision=Action.REJECT, note="No.", by=organiser, at=NOW)
    deciding.clear(talk, by=organiser, at=NOW)
    talk.refresh_from_db()
    assert (talk.prepared_decision, talk.prepared_by, talk.prepared_at, talk.prepared_note) == (
        "",
        None,
        None,
        "",
    )


@pytest.mark.parametrize(
    ("state", "decision"),
    [
        (State.DRAFT, Action.ACCEPT),
        (State.WITHDRAWN, Action.ACCEPT),
        (State.CONFIRMED, Action.REJECT),
        (State.SUBMITTED, Action.CONFIRM),
    ],
)
def test_impossible_decisions_are_refused(state: State, decision: Action) -> None:
    meeting = make_meeting()
    with pytest.raises(TransitionNotAllowed):
        deciding.prepare(
            make_talk(meeting, state),
            decision=decision,
            note="",
            by=make_organiser(meeting),
            at=NOW,
        )


def test_announcing_several_is_all_or_nothing(django_capture_on_commit_callbacks: Any) -> None:
    meeting = make_meeting()
    organiser = make_organiser(meeting)
    ready, unprepared = make_talk(meeting), make_talk(meeting)
    deciding.prepare(ready, decision=Action.ACCEPT, note="", by=organiser, at=NOW)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(deciding.NothingPrepared),
    ):
        deciding.announce_all([ready, unprepared], by=organiser, at=NOW)
    ready.refresh_from_db()
    assert ready.state == "submitted"
    assert not mail.outbox
    assert not Email.objects.exists()


def test_the_decisions_that_can_be_prepared_follow_the_table() -> None:
    assert {state: deciding.possible_decisions(state) for state in State} == {
        State.DRAFT: (),
        State.SUBMITTED: (Action.ACCEPT, Action.WAITLIST, Action.REJECT),
        State.ACCEPTED: (),
        State.WAITLISTED: (Action.ACCEPT, Action.REJECT),
        State.REJECTED: (Action.ACCEPT, Action.WAITLIST),
        State.CONFIRMED: (),
        State.DECLINED: (),
        State.WITHDRAWN: (),
    }


@pytest.mark.parametrize("action", [Action.WITHDRAW, Action.DECLINE])
def test_a_talk_that_loses_its_place_leaves_its_slot(action: Action) -> None:
    meeting = make_meeting()
    talk = make_talk(meeting, State.CONFIRMED)
    make_slot(make_session(meeting), talk)
    answering.answer(talk, action, by=None, at=NOW)
    assert not Slot.objects.filter(talk=talk).exists()


def test_a_confirmed_talk_keeps_its_slot() -> None:
    meeting = make_meeting()
    talk = make_talk(meeting, State.ACCEPTED)
    slot = make_slot(make_session(meeting), talk)
    answering.answer(talk, Action.CONFIRM, by=None, at=NOW)
    assert Slot.objects.get(talk=talk) == slot
