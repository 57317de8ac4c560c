from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError

from submissions.domain.proposal import ProposedAuthor
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
                "Ada", "Lovelace", "ada@example.org", "", ("Engines", "Looms"), is_presenting=True
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
        "format": "Contributed",
        "authors": ["Ada Lovelace *, ada@example.org, Engines; Looms", "Mononym"],
        "astronomy_areas": ["galaxies"],
        "ml_areas": ["deep-learning"],
        "astronomy_areas_text": "odd galaxies",
        "ml_areas_text": "",
        "remarks": "I arrive late.",
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
    quicker = make_talk(meeting, submit_key=KEY)
    looks = iter([None, quicker])
    monkeypatch.setattr(submitting, "_already_submitted", lambda _proposal: next(looks))
    assert submitting.submit(meeting=meeting, proposal=proposal, by=None, at=NOW) == quicker
    assert Talk.objects.get() == quicker


def test_other_integrity_errors_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(submitting, "_create", fail)
    with pytest.raises(IntegrityError):
        submitting.submit(meeting=make_meeting(), proposal=make_proposal(), by=None, at=NOW)


def test_the_same_person_on_two_talks_is_one_speaker() -> None:
    meeting = make_meeting()
    for _ in range(2):
        submitting.submit(meeting=meeting, proposal=make_proposal(), by=None, at=NOW)
    assert Speaker.objects.count() == 1


def proposed(**fields: str) -> ProposedAuthor:
    values: dict[str, Any] = {
        "given_name": "Ada",
        "family_name": "Lovelace",
        "email": "ada@example.org",
    }
    return ProposedAuthor(**(values | fields))


@pytest.mark.parametrize(
    ("second", "people"),
    [
        (proposed(email="ADA@example.org", given_name="Áda"), 1),
        (proposed(email="someone.else@example.org"), 2),
        (proposed(orcid="000000021694233X"), 2),
        (proposed(family_name="King", orcid="0000000218250097"), 1),
        (proposed(family_name="King"), 2),
        (proposed(email="", orcid="0000000218250097"), 2),
    ],
    ids=[
        "same address and folded name",
        "same name, other address",
        "same name and address, other ORCID",
        "same address and ORCID, other name",
        "same address, other name",
        "same ORCID, no address",
    ],
)
def test_who_is_the_same_person(second: ProposedAuthor, people: int) -> None:
    meeting = make_meeting()
    first = proposed(orcid="0000000218250097")
    submitting.find_or_make_speaker(meeting, first)
    submitting.find_or_make_speaker(meeting, second)
    assert Speaker.objects.count() == people


def test_people_of_another_meeting_are_other_people() -> None:
    submitting.find_or_make_speaker(make_meeting(), proposed())
    submitting.find_or_make_speaker(make_meeting(), proposed())
    assert Speaker.objects.count() == 2


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


def test_a_mended_name_leaves_no_second_person_behind() -> None:
    talk = submitting.submit(meeting=make_meeting(), proposal=make_proposal(), by=None, at=NOW)
    submitting.revise(
        talk, make_proposal(authors=(proposed(given_name="Augusta"),)), by=None, at=NOW
    )
    assert [person.name for person in Speaker.objects.all()] == ["Augusta Lovelace"]


def test_one_talk_does_not_rename_a_person_who_is_on_another() -> None:
    meeting = make_meeting()
    talk = submitting.submit(meeting=meeting, proposal=make_proposal(), by=None, at=NOW)
    other = submitting.submit(meeting=meeting, proposal=make_proposal(), by=None, at=NOW)
    submitting.revise(talk, make_proposal(authors=(proposed(given_name="Eve"),)), by=None, at=NOW)
    assert [author.name for author in other.authors.all()] == ["Ada Lovelace"]


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
