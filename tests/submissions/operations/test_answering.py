from typing import Any

import pytest

from submissions.domain.lifecycle import Action, State, TransitionNotAllowed
from submissions.models import Email, HistoryEntry
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


# --- Mail -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "subject"),
    [
        (Action.CONFIRM, "Confirmed: Engines"),
        (Action.DECLINE, "Place given back: Engines"),
        (Action.WITHDRAW, "Withdrawn: Engines"),
    ],
)
def test_a_speaker_gets_a_receipt_of_their_answer(action: Action, subject: str) -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED, title="Engines")
    answering.answer(talk, action, by=None, at=NOW, send_mail=True)
    mails = [(mail.recipient, mail.kind, mail.subject) for mail in Email.objects.all()]
    assert mails == [(talk.authors.get().email, f"answer_{action}", subject)]


def test_who_answers_for_a_speaker_writes_themselves() -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED)
    answering.answer(talk, Action.WITHDRAW, by=make_organiser(talk.meeting), at=NOW)
    assert Email.objects.count() == 0


@pytest.mark.parametrize("action", [Action.DECLINE, Action.WITHDRAW])
def test_organisers_who_want_it_are_told_of_a_free_place(action: Action) -> None:
    meeting = make_meeting(contact_email="talks@example.org", tells_organisers_of_answers=True)
    talk = make_talk(meeting, State.CONFIRMED, title="Engines")
    answering.answer(talk, action, by=None, at=NOW, note="Observing run.", send_mail=True)
    notice = Email.objects.get(kind="answer_notice")
    assert notice.recipient == "talks@example.org"
    assert "Reason: Observing run." in notice.body
    assert f"/admin/submissions/talk/{talk.pk}/change/" in notice.body
    assert "/talks/open/" not in notice.body


@pytest.mark.parametrize(
    ("state", "action", "fields"),
    [
        (State.ACCEPTED, Action.DECLINE, {"tells_organisers_of_answers": False}),
        (State.ACCEPTED, Action.DECLINE, {"contact_email": ""}),
        (State.ACCEPTED, Action.CONFIRM, {}),
        (State.SUBMITTED, Action.WITHDRAW, {}),
    ],
)
def test_otherwise_they_are_not(state: State, action: Action, fields: dict[str, Any]) -> None:
    wanted = {"contact_email": "talks@example.org", "tells_organisers_of_answers": True}
    talk = make_talk(make_meeting(**(wanted | fields)), state)
    answering.answer(talk, action, by=None, at=NOW, send_mail=True)
    assert not Email.objects.filter(kind="answer_notice").exists()
