import pytest

from submissions.domain.lifecycle import Action, State, TransitionNotAllowed
from submissions.models import HistoryEntry
from submissions.operations import answering, deciding
from tests.make import NOW, make_meeting, make_organiser, make_talk

pytestmark = pytest.mark.django_db


def test_an_answer_moves_the_talk_and_is_written_down() -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED)
    answering.answer(talk, Action.DECLINE, by=None, at=NOW, note="Observing run.")
    talk.refresh_from_db()
    assert (talk.state, talk.changed_at) == ("declined", NOW)
    entry = HistoryEntry.objects.get(talk=talk)
    assert (entry.action, entry.by, entry.at, entry.changes, entry.note) == (
        "decline",
        None,
        NOW,
        {"state": ["accepted", "declined"]},
        "Observing run.",
    )


def test_an_answer_to_nothing_is_refused() -> None:
    talk = make_talk(make_meeting(), State.SUBMITTED)
    with pytest.raises(TransitionNotAllowed):
        answering.answer(talk, Action.CONFIRM, by=None, at=NOW)


def test_a_decision_is_no_answer() -> None:
    talk = make_talk(make_meeting(), State.SUBMITTED)
    with pytest.raises(TransitionNotAllowed):
        answering.answer(talk, Action.ACCEPT, by=None, at=NOW)


def test_a_second_click_is_refused_and_changes_nothing() -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED)
    answering.answer(talk, Action.CONFIRM, by=None, at=NOW)
    with pytest.raises(TransitionNotAllowed):
        answering.answer(talk, Action.CONFIRM, by=None, at=NOW)
    assert talk.history.count() == 1


def test_a_withdrawn_talk_forgets_the_decision_prepared_for_it() -> None:
    meeting = make_meeting()
    talk = make_talk(meeting)
    deciding.prepare(talk, decision=Action.ACCEPT, note="", by=make_organiser(meeting), at=NOW)
    answering.answer(talk, Action.WITHDRAW, by=None, at=NOW)
    talk.refresh_from_db()
    assert (talk.state, talk.prepared_decision, talk.prepared_at) == ("withdrawn", "", None)


def test_a_reopened_draft_counts_as_submitted_from_then_on() -> None:
    talk = make_talk(make_meeting(), State.WITHDRAWN, submitted_at=None)
    answering.answer(talk, Action.REOPEN, by=None, at=NOW)
    talk.refresh_from_db()
    assert (talk.state, talk.submitted_at) == ("submitted", NOW)


def test_a_draft_that_is_withdrawn_was_never_submitted() -> None:
    talk = make_talk(make_meeting(), State.DRAFT)
    answering.answer(talk, Action.WITHDRAW, by=None, at=NOW)
    talk.refresh_from_db()
    assert (talk.state, talk.submitted_at) == ("withdrawn", None)
