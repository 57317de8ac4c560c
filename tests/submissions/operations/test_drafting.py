"""Keeping what is typed before it is handed in."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from submissions.domain.lifecycle import State
from submissions.models import Draft, Email, Meeting, Talk
from submissions.operations import drafting, submitting
from tests.make import NOW, make_meeting, make_proposal, make_talk, make_user

pytestmark = pytest.mark.django_db
KEY = UUID("00000000-0000-4000-8000-000000000001")
CONTENT = {"title": ["Engines"], "authors-0-email": ["ada@example.org"], "abstract": ["We"]}


def save(meeting: Meeting, *, seen: int = 0, **typed: list[str]) -> Draft:
    content = {**CONTENT, **typed}
    return drafting.save_new(meeting=meeting, key=KEY, content=content, seen=seen, by=None, at=NOW)


def test_the_first_save_makes_a_draft_with_a_code_and_the_next_ones_change_it() -> None:
    meeting = make_meeting()
    first = save(meeting)
    second = save(meeting, seen=1, title=["Engines that learn"])
    assert (first.talk, second.version) == (second.talk, 2)
    talk = Talk.objects.get()
    assert (talk.state, talk.title, talk.abstract) == ("draft", "Engines that learn", "")
    assert second.content == {**CONTENT, "title": ["Engines that learn"]}
    assert second.email == "ada@example.org"
    assert [entry.action for entry in talk.history.all()] == ["draft"]


def test_the_same_text_again_is_no_new_version() -> None:
    meeting = make_meeting()
    assert [save(meeting).version, save(meeting).version, save(meeting, seen=7).version] == [
        1,
        1,
        1,
    ]


def test_a_second_window_overwrites_nothing_that_it_has_not_seen() -> None:
    meeting = make_meeting()
    save(meeting)
    save(meeting, seen=1, abstract=["We, here"])
    with pytest.raises(drafting.DraftChanged) as refusal:
        save(meeting, seen=1, abstract=["We, there"])
    assert refusal.value.draft.version == 2
    assert Draft.objects.get().content["abstract"] == ["We, here"]
    assert save(meeting, seen=2, abstract=["We, there"]).version == 3


def test_submitting_makes_the_draft_a_talk_and_forgets_the_form() -> None:
    meeting = make_meeting()
    draft = save(meeting)
    proposal = make_proposal(submit_key=KEY)
    talk = submitting.submit(meeting=meeting, proposal=proposal, by=None, at=NOW, seen_draft=1)
    assert (talk.pk, talk.code) == (draft.talk.pk, draft.talk.code)
    assert talk.lifecycle_state is State.SUBMITTED
    assert not Draft.objects.exists()
    assert [entry.action for entry in talk.history.all()] == ["submit", "draft"]
    again = submitting.submit(meeting=meeting, proposal=proposal, by=None, at=NOW, seen_draft=1)
    assert again == talk
    with pytest.raises(drafting.AlreadySubmitted):
        save(meeting, seen=1)


def test_a_text_older_than_the_draft_is_not_submitted_over_it() -> None:
    meeting = make_meeting()
    save(meeting)
    save(meeting, seen=1, abstract=["More, from another window"])
    with pytest.raises(drafting.DraftChanged):
        submitting.submit(
            meeting=meeting,
            proposal=make_proposal(submit_key=KEY),
            by=None,
            at=NOW,
            seen_draft=1,
        )
    assert Talk.objects.get().lifecycle_state is State.DRAFT


def test_a_form_of_another_meeting_is_no_draft_here() -> None:
    save(make_meeting())
    with pytest.raises(drafting.AlreadySubmitted):
        save(make_meeting())


def test_more_than_anybody_types_is_refused() -> None:
    with pytest.raises(drafting.DraftTooLarge):
        save(make_meeting(), abstract=["x" * drafting.LARGEST])
    assert not Talk.objects.exists()


def test_unsaved_changes_belong_to_a_talk_and_go_when_it_is_saved_or_they_are_thrown_away() -> None:
    meeting = make_meeting()
    talk = submitting.submit(meeting=meeting, proposal=make_proposal(), by=None, at=NOW)
    for _time in range(2):
        drafting.save(talk, content=CONTENT, seen=0, by=None, at=NOW)
        talk.refresh_from_db()
        assert (talk.title, talk.draft.content) == ("Engines that learn", CONTENT)
        drafting.discard(talk)
        assert not Draft.objects.exists()
    drafting.save(talk, content=CONTENT, seen=0, by=None, at=NOW)
    submitting.revise(talk, make_proposal(title="Better engines"), by=None, at=NOW)
    assert not Draft.objects.exists()


def test_a_draft_thrown_away_leaves_nothing() -> None:
    drafting.discard(save(make_meeting()).talk)
    assert not Talk.objects.exists()


def test_the_way_back_is_mailed_once_to_each_address() -> None:
    meeting = make_meeting()
    draft = save(meeting)
    assert drafting.send_link(draft, at=NOW)
    assert drafting.send_link(draft, at=NOW + timedelta(hours=1))
    address: dict[str, Any] = {"authors-0-email": ["mary@example.org"]}
    mary = save(meeting, seen=1, **address)
    assert drafting.send_link(mary, at=NOW)
    mails = Email.objects.order_by("pk")
    assert [(mail.kind, mail.recipient) for mail in mails] == [
        ("draft_saved", "ada@example.org"),
        ("draft_saved", "mary@example.org"),
    ]
    assert "/talks/open/" in mails[0].body


def test_a_draft_without_an_address_and_a_submitted_talk_get_no_mail() -> None:
    half: dict[str, Any] = {"authors-0-email": ["ada@"]}
    nobody = save(make_meeting(), **half)
    assert not drafting.send_link(nobody, at=NOW)
    talk = make_talk(make_meeting())
    draft = drafting.save(talk, content=CONTENT, seen=0, by=make_user(), at=NOW)
    assert not drafting.send_link(draft, at=NOW)
    assert not Email.objects.exists()


def test_drafts_are_forgotten_long_after_the_call_and_submitted_talks_never() -> None:
    meeting = make_meeting()
    save(meeting)
    submitted = make_talk(meeting)
    drafting.save(submitted, content=CONTENT, seen=0, by=None, at=NOW)
    closes = meeting.call_closes_at
    assert closes is not None
    assert drafting.forget_old(at=closes + timedelta(days=90)) == 0
    assert drafting.forget_old(at=closes + timedelta(days=91)) == 2
    assert not Draft.objects.exists()
    assert list(Talk.objects.all()) == [submitted]
