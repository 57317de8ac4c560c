"""Reminders of drafts: once, in time, and to nobody who needs none."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from submissions.domain.lifecycle import State
from submissions.models import Draft, Email, EmailTemplate, Meeting, Talk
from submissions.operations import reminding
from submissions.operations.reminding import remind_of_drafts
from tests.make import NOW, make_format, make_meeting, make_talk

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
CLOSES = NOW + 48 * HOUR


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(call_closes_at=CLOSES, name="Learning the Sky")


def make_draft(meeting: Meeting, **fields: Any) -> Draft:
    talk = make_talk(meeting, State.DRAFT, title="Half a thought", speakers=[])
    values = {"email": "ada@example.org", "saved_at": NOW - 5 * HOUR}
    return Draft.objects.create(talk=talk, **(values | fields))


def test_a_draft_is_reminded_of_once_with_its_private_link(meeting: Meeting) -> None:
    draft = make_draft(meeting)
    assert [remind_of_drafts(at=NOW), remind_of_drafts(at=NOW + HOUR)] == [1, 0]
    email = Email.objects.get()
    assert (email.kind, email.recipient, email.talk, email.state) == (
        "draft_reminder",
        "ada@example.org",
        draft.talk,
        "queued",
    )
    assert email.subject == "Not handed in yet: Half a thought"
    assert "closes on 3 March 2027, 13:00 CET." in email.body
    assert "/talks/open/" in email.body
    draft.refresh_from_db()
    assert draft.reminded_at == NOW


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (CLOSES - 48 * HOUR - timedelta(seconds=1), 0),
        (CLOSES - 48 * HOUR, 1),
        (CLOSES - timedelta(seconds=1), 1),
        (CLOSES, 0),
    ],
)
def test_it_is_sent_in_the_hours_before_the_call_closes(
    meeting: Meeting, at: datetime, count: int
) -> None:
    make_draft(meeting)
    assert remind_of_drafts(at=at) == count


@pytest.mark.parametrize(("hours", "count"), [(0, 0), (24, 0), (72, 1)])
def test_each_meeting_says_how_many_hours_before(hours: int, count: int) -> None:
    make_draft(make_meeting(call_closes_at=CLOSES, draft_reminder_hours=hours))
    assert remind_of_drafts(at=NOW) == count


def test_the_last_deadline_of_the_formats_counts(meeting: Meeting) -> None:
    make_format(meeting, closes_at=CLOSES + 48 * HOUR)
    make_draft(meeting)
    assert [remind_of_drafts(at=at) for at in (NOW, CLOSES)] == [0, 1]


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"reminded_at": NOW - HOUR},
        {"saved_at": NOW - HOUR + timedelta(seconds=1)},
    ],
    ids=["no address", "reminded before", "still writing"],
)
def test_nobody_is_written_to_without_need(meeting: Meeting, fields: dict[str, Any]) -> None:
    make_draft(meeting, **fields)
    assert (remind_of_drafts(at=NOW), Email.objects.count()) == (0, 0)


def test_changes_of_a_submitted_talk_are_no_draft_to_hand_in(meeting: Meeting) -> None:
    talk = make_talk(meeting)
    Draft.objects.create(talk=talk, email="ada@example.org", saved_at=NOW - 5 * HOUR)
    assert remind_of_drafts(at=NOW) == 0


def test_a_talk_handed_in_between_the_look_and_the_mail_is_left_alone(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft(meeting)
    remind = reminding._remind

    def submitted_first(*arguments: Any, **keywords: Any) -> int:
        Talk.objects.filter(pk=draft.pk).update(state="submitted", submitted_at=NOW)
        return remind(*arguments, **keywords)

    monkeypatch.setattr(reminding, "_remind", submitted_first)
    assert (remind_of_drafts(at=NOW), Email.objects.count()) == (0, 0)


def test_reminders_of_a_meeting_that_looks_first_are_held(meeting: Meeting) -> None:
    EmailTemplate.objects.create(
        meeting=meeting,
        kind="draft_reminder",
        subject="{talk_title}",
        body="{private_link}",
        sends_at_once=False,
    )
    make_draft(meeting)
    assert remind_of_drafts(at=NOW) == 1
    assert Email.objects.get().state == "held"
