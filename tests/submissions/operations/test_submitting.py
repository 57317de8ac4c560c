from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError

from submissions.domain.lifecycle import State
from submissions.domain.proposal import ProposedAuthor, typed_affiliations
from submissions.models import Email, Speaker, Talk
from submissions.operations import submitting
from tests.make import (
    NOW,
    make_area,
    make_format,
    make_meeting,
    make_ml_area,
    make_proposal,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db

KEY = UUID("12345678-1234-5678-1234-567812345678")


def test_a_proposal_becomes_a_submitted_talk_with_everything_in_it() -> None:
    meeting = make_meeting()
    chosen_format = make_format(meeting, name="Contributed")
    make_area("Galaxies")
    make_ml_area("Deep learning")
    proposal = make_proposal(
        format_id=chosen_format.pk,
        astronomy_area_slugs=("galaxies",),
        ml_area_slugs=("deep-learning",),
        astronomy_areas_text="odd galaxies",
        remarks="I arrive late.",
        authors=(
            ProposedAuthor(
                "Ada",
                "Lovelace",
                "ada@example.org",
                affiliations=typed_affiliations("Engines", "Looms"),
                is_presenting=True,
            ),
            ProposedAuthor("", "Mononym"),
        ),
    )
    talk = submitting.submit(meeting=meeting, proposal=proposal, by=None, at=NOW)
    talk.refresh_from_db()
    assert (talk.state, talk.submitted_at, talk.created_at, talk.changed_at) == (
        "submitted",
        NOW,
        NOW,
        NOW,
    )
    assert submitting.content_of(talk) == {
        "title": "Engines that learn",
        "abstract": "We *learn* $10^5$ things.",
        "collaboration": "",
        "format": "Contributed",
        "authors": ["Ada Lovelace *, ada@example.org, Engines; Looms", "Mononym"],
        "astronomy_areas": ["galaxies"],
        "ml_areas": ["deep-learning"],
        "astronomy_areas_text": "odd galaxies",
        "ml_areas_text": "",
        "remarks": "I arrive late.",
        "preference": "",
        "is_remote": False,
        "answers": [],
    }
    assert list(talk.astronomy_tags.values_list("origin", flat=True)) == ["speaker"]
    entry = talk.history.get()
    assert (entry.action, entry.by, entry.at) == ("submit", None, NOW)
    assert Talk.objects.search("lovelace looms").get() == talk


def test_the_receipt_goes_to_the_presenting_author_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    meeting = make_meeting(contact_email="talks@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        talk = submitting.submit(meeting=meeting, proposal=make_proposal(), by=None, at=NOW)
    message = mail.outbox[0]
    assert (len(mail.outbox), message.to, message.reply_to) == (
        1,
        ["ada@example.org"],
        ["talks@example.org"],
    )
    assert talk.code in message.body
    assert talk.private_token() in message.body
    assert Email.objects.get().state == "sent"


def test_the_same_form_twice_is_one_talk_and_one_mail(
    django_capture_on_commit_callbacks: Any,
) -> None:
    meeting, proposal = make_meeting(), make_proposal(submit_key=KEY)
    with django_capture_on_commit_callbacks(execute=True):
        first = submitting.submit(meeting=meeting, proposal=proposal, by=None, at=NOW)
        second = submitting.submit(meeting=meeting, proposal=proposal, by=None, at=NOW)
    assert first == second
    assert (Talk.objects.count(), Speaker.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_the_slower_of_two_clicks_finds_the_talk_of_the_quicker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meeting, proposal = make_meeting(), make_proposal(submit_key=KEY)
    quicker = submitting.submit(meeting=meeting, proposal=proposal, by=None, at=NOW)
    looks = iter([None, quicker])
    monkeypatch.setattr(submitting, "_talk_of", lambda _key: next(looks))
    assert submitting.submit(meeting=meeting, proposal=proposal, by=None, at=NOW) == quicker
    assert Talk.objects.get() == quicker


def test_other_integrity_errors_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(submitting, "_hand_in", fail)
    with pytest.raises(IntegrityError):
        submitting.submit(meeting=make_meeting(), proposal=make_proposal(), by=None, at=NOW)


def test_the_same_form_with_another_text_is_neither_lost_nor_written_over_the_first() -> None:
    meeting = make_meeting()
    first = make_proposal(submit_key=KEY)
    talk = submitting.submit(meeting=meeting, proposal=first, by=None, at=NOW)
    author = replace(first.authors[0], affiliations=typed_affiliations("Elsewhere"))
    for changes in ({"title": "Another"}, {"remarks": "Also"}, {"authors": (author,)}):
        with pytest.raises(submitting.FormUsedBefore) as refusal:
            submitting.submit(meeting=meeting, proposal=replace(first, **changes), by=None, at=NOW)
        assert refusal.value.talk == talk
    assert Talk.objects.get().title == first.title


def test_the_same_form_sent_to_another_meeting_is_refused() -> None:
    proposal = make_proposal(submit_key=KEY)
    submitting.submit(meeting=make_meeting(), proposal=proposal, by=None, at=NOW)
    with pytest.raises(submitting.FormUsedBefore):
        submitting.submit(meeting=make_meeting(), proposal=proposal, by=None, at=NOW)


def test_a_code_that_is_taken_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = make_meeting()
    taken = make_talk(meeting).code
    codes = iter([taken, taken, "FREE23"])
    monkeypatch.setattr("submissions.operations.codes.new_code", lambda: next(codes))
    talk = submitting.submit(meeting=meeting, proposal=make_proposal(), by=None, at=NOW)
    assert talk.code == "FREE23"


def test_a_revision_keeps_what_was_before() -> None:
    meeting, user = make_meeting(), make_user()
    talk = submitting.submit(meeting=meeting, proposal=make_proposal(), by=None, at=NOW)
    changed = submitting.revise(talk, make_proposal(title="Better engines"), by=user, at=NOW)
    assert changed
    entry = talk.history.first()
    assert entry is not None
    assert (entry.action, entry.by, entry.changes) == (
        "change",
        user,
        {"title": ["Engines that learn", "Better engines"]},
    )
    assert Talk.objects.search("better").get() == talk


def test_a_revision_without_a_difference_leaves_no_trace() -> None:
    talk = submitting.submit(meeting=make_meeting(), proposal=make_proposal(), by=None, at=NOW)
    assert not submitting.revise(talk, make_proposal(), by=None, at=NOW)
    assert talk.history.count() == 1


def test_a_revision_of_something_else_than_was_seen_is_refused() -> None:
    talk = submitting.submit(meeting=make_meeting(), proposal=make_proposal(), by=None, at=NOW)
    later = NOW + timedelta(minutes=1)
    submitting.revise(talk, make_proposal(title="Quick"), by=None, at=later, seen=NOW)
    with pytest.raises(submitting.ChangedMeanwhile):
        submitting.revise(talk, make_proposal(title="Slow"), by=None, at=later, seen=NOW)
    talk.refresh_from_db()
    assert (talk.title, talk.changed_at) == ("Quick", later)


def test_a_decided_talk_is_not_revised_even_if_the_page_came_before_the_decision() -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED)
    with pytest.raises(submitting.NotEditable):
        submitting.revise(talk, make_proposal(), by=None, at=NOW)


def test_an_orcid_that_is_added_is_a_change() -> None:
    proposal = make_proposal()
    talk = submitting.submit(meeting=make_meeting(), proposal=proposal, by=None, at=NOW)
    author = replace(proposal.authors[0], orcid="0000000218250097")
    assert submitting.revise(talk, replace(proposal, authors=(author,)), by=None, at=NOW)
    assert "0000-0002-1825-0097" in str(talk.history.filter(action="change").get().changes)


def test_areas_written_in_words_are_matched_and_the_words_are_kept() -> None:
    make_area("Galaxies", synonyms=["galaxy"])
    make_area("Exoplanets", synonyms=["extrasolar planets"])
    make_ml_area("Deep learning")
    proposal = make_proposal(
        astronomy_area_slugs=("galaxies",),
        astronomy_areas_text="galaxies, Extrasolar Planets; space pirates",
        ml_areas_text="deep-learning",
    )
    talk = submitting.submit(meeting=make_meeting(), proposal=proposal, by=None, at=NOW)
    columns = ("area__slug", "origin")
    assert [
        *talk.astronomy_tags.order_by("area__slug").values_list(*columns),
        *talk.ml_tags.values_list(*columns),
    ] == [("exoplanets", "rule"), ("galaxies", "speaker"), ("deep-learning", "rule")]
    assert talk.astronomy_areas_text == "galaxies, Extrasolar Planets; space pirates"


def test_areas_matched_from_words_go_with_the_words() -> None:
    make_area("Exoplanets")
    proposal = make_proposal(astronomy_areas_text="exoplanets")
    talk = submitting.submit(meeting=make_meeting(), proposal=proposal, by=None, at=NOW)
    submitting.revise(talk, make_proposal(), by=None, at=NOW)
    assert not talk.astronomy_areas.exists()
