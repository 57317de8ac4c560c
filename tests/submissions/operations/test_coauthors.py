from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError

from submissions.domain.lifecycle import State
from submissions.domain.proposal import ProposedAuthor, typed_affiliations
from submissions.models import Authorship, Email, Meeting, Speaker, Talk
from submissions.operations import coauthor_answers, coauthors, submitting
from submissions.permissions import authorship_by_coauthor_token
from tests.make import (
    NOW,
    make_meeting,
    make_organiser,
    make_proposal,
    make_speaker,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db

ADA = ProposedAuthor("Ada", "Lovelace", "ada@example.org", is_presenting=True)
BO = ProposedAuthor("Bo", "Li", "bo@example.org")
CY = ProposedAuthor("Cy", "Roe")


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


def submit(meeting: Meeting, *authors: ProposedAuthor, **options: Any) -> Talk:
    values = {"by": None, "at": NOW} | options
    proposal = make_proposal(authors=authors)
    return submitting.submit(meeting=meeting, proposal=proposal, **values)


def notices() -> list[str]:
    return list(
        Email.objects.filter(kind="coauthor_notice")
        .order_by("pk")
        .values_list("recipient", flat=True)
    )


def author(talk: Talk, family_name: str) -> Authorship:
    return Authorship.objects.select_related("talk__meeting", "speaker").get(
        talk=talk, speaker__family_name=family_name
    )


def test_each_co_author_with_an_address_gets_one_mail(meeting: Meeting) -> None:
    talk = submit(meeting, ADA, BO, CY)
    assert notices() == ["bo@example.org"]
    told = talk.authorships.values_list("speaker__family_name", "told_at")
    assert list(told) == [("Lovelace", None), ("Li", NOW), ("Roe", None)]
    body = Email.objects.get(kind="coauthor_notice").body
    assert coauthors.coauthor_link(author(talk, "Li")) in body
    assert "/talks/open/" not in body


def test_whoever_submits_by_account_is_not_written_to(meeting: Meeting) -> None:
    submit(meeting, ADA, BO, by=make_user("BO@example.org"))
    assert notices() == []


def test_a_meeting_can_leave_it(meeting: Meeting) -> None:
    meeting.tells_coauthors = False
    submit(meeting, ADA, BO)
    assert notices() == []


def test_an_organiser_who_sends_no_mail_sends_none(meeting: Meeting) -> None:
    submit(meeting, ADA, BO, send_mail=False)
    assert notices() == []


def test_who_is_added_later_is_told_then_and_nobody_twice(meeting: Meeting) -> None:
    talk = submit(meeting, ADA, BO)
    dee = ProposedAuthor("Dee", "Doe", "dee@example.org")
    for title in ("One", "Two"):
        proposal = make_proposal(authors=(ADA, BO, dee), title=title)
        submitting.revise(talk, proposal, by=None, at=NOW)
    assert notices() == ["bo@example.org", "dee@example.org"]


def test_taking_somebody_off_and_on_again_does_not_write_without_end(meeting: Meeting) -> None:
    talk = submit(meeting, ADA, BO)
    for _time in range(5):
        submitting.revise(talk, make_proposal(authors=(ADA,)), by=None, at=NOW)
        submitting.revise(talk, make_proposal(authors=(ADA, BO)), by=None, at=NOW)
    assert len(notices()) == coauthors.MOST_NOTICES


def test_the_number_of_questions_does_not_grow_with_those_who_were_told(
    meeting: Meeting, django_assert_max_num_queries: Any
) -> None:
    many = [ProposedAuthor("Bo", f"Li{n}", f"bo{n}@example.org") for n in range(30)]
    talk = submit(meeting, ADA, *many)
    with django_assert_max_num_queries(4):
        assert coauthors.tell(talk, by=None, at=NOW) == []


class TestTheLink:
    def test_is_of_one_author_of_one_meeting(self, meeting: Meeting) -> None:
        bo = author(submit(meeting, ADA, BO), "Li")
        assert authorship_by_coauthor_token(meeting, bo.coauthor_token()) == bo
        assert authorship_by_coauthor_token(make_meeting(), bo.coauthor_token()) is None
        assert authorship_by_coauthor_token(meeting, bo.coauthor_token() + "x") is None
        assert authorship_by_coauthor_token(meeting, bo.talk.private_token()) is None

    def test_ends_with_a_newer_one(self, meeting: Meeting) -> None:
        bo = author(submit(meeting, ADA, BO), "Li")
        before = bo.coauthor_token()
        coauthors.tell_again(bo, by=make_organiser(meeting), at=NOW)
        assert authorship_by_coauthor_token(meeting, before) is None
        assert authorship_by_coauthor_token(meeting, bo.coauthor_token()) == bo
        assert notices() == ["bo@example.org"] * 2

    def test_ends_when_the_address_becomes_another(self, meeting: Meeting) -> None:
        bo = author(submit(meeting, ADA, BO), "Li")
        token = bo.coauthor_token()
        Speaker.objects.filter(pk=bo.speaker_id).update(email="other@example.org")
        assert authorship_by_coauthor_token(meeting, token) is None


class TestConfirming:
    def test_notes_it_and_corrects_the_own_entry(self, meeting: Meeting) -> None:
        talk = submit(meeting, ADA, BO)
        correction = ProposedAuthor(
            "Bó", "Lí", orcid="0000000218250097", affiliations=typed_affiliations("Here", "There")
        )
        coauthor_answers.confirm(author(talk, "Li"), correction, by=None, at=NOW)
        bo = author(talk, "Lí")
        assert (bo.confirmed_at, bo.speaker.email, bo.speaker.orcid, bo.is_presenting) == (
            NOW,
            "bo@example.org",
            "0000000218250097",
            False,
        )
        assert [place.name for place in bo.affiliations.all()] == ["Here", "There"]
        assert Talk.objects.search("bo li there").get() == talk
        assert list(talk.history.order_by("pk").values_list("action", "note"))[-2:] == [
            ("confirm coauthor", "Bó Lí"),
            ("change", "Bó Lí"),
        ]

    def test_takes_an_objection_back(self, meeting: Meeting) -> None:
        talk = submit(meeting, ADA, BO)
        coauthor_answers.object_to(author(talk, "Li"), word="Not me", by=None, at=NOW)
        coauthor_answers.confirm(author(talk, "Li"), BO, by=None, at=NOW)
        bo = author(talk, "Li")
        assert (bo.confirmed_at, bo.objected_at, bo.objection) == (NOW, None, "")

    def test_links_the_account_that_proved_the_address_and_no_other(self, meeting: Meeting) -> None:
        talk, stranger, owner = submit(meeting, ADA, BO), make_user(), make_user()
        EmailAddress.objects.create(user=owner, email="bo@example.org", verified=True)
        EmailAddress.objects.create(user=stranger, email="bo@example.org", verified=False)
        for user, linked in ((stranger, None), (owner, owner)):
            coauthor_answers.confirm(author(talk, "Li"), BO, by=user, at=NOW)
            assert author(talk, "Li").speaker.user == linked
            assert Talk.objects.owned_by(user).exists() == (linked is not None)


class TestObjecting:
    def test_is_noted_and_told_and_the_name_stays(self, meeting: Meeting) -> None:
        talk = submit(meeting, ADA, BO)
        coauthor_answers.object_to(author(talk, "Li"), word="I left", by=None, at=NOW)
        bo = author(talk, "Li")
        assert (bo.objected_at, bo.objection, bo.confirmed_at) == (NOW, "I left", None)
        mail = Email.objects.get(kind="coauthor_objected")
        assert (mail.recipient, "Bo Li" in mail.body, "I left" in mail.body) == (
            "ada@example.org",
            True,
            False,
        )
        assert talk.history.values_list("note", flat=True)[0] == "Bo Li: I left"

    def test_twice_is_once_with_the_newer_word(self, meeting: Meeting) -> None:
        talk = submit(meeting, ADA, BO)
        coauthor_answers.object_to(author(talk, "Li"), word="One", by=None, at=NOW)
        later = NOW + timedelta(days=3)
        coauthor_answers.object_to(author(talk, "Li"), word="Two", by=None, at=later)
        assert (author(talk, "Li").objected_at, author(talk, "Li").objection) == (NOW, "Two")
        assert Email.objects.filter(kind="coauthor_objected").count() == 1
        assert talk.history.filter(action="object").count() == 1

    def test_is_set_aside_by_an_organiser(self, meeting: Meeting) -> None:
        talk, organiser = submit(meeting, ADA, BO), make_organiser(meeting)
        coauthor_answers.object_to(author(talk, "Li"), word="No", by=None, at=NOW)
        coauthor_answers.set_aside(author(talk, "Li"), by=organiser, at=NOW)
        assert not Authorship.objects.objecting().exists()
        latest = talk.history.values_list("action", "by")[0]
        assert latest == ("set objection aside", organiser.pk)

    def test_ends_with_the_name_taken_off(self, meeting: Meeting) -> None:
        talk, organiser = submit(meeting, ADA, BO, CY), make_organiser(meeting)
        coauthor_answers.remove(author(talk, "Li"), by=organiser, at=NOW)
        people = talk.authorships.values_list("position", "speaker__family_name")
        assert list(people) == [(1, "Lovelace"), (2, "Roe")]
        assert not Speaker.objects.filter(family_name="Li").exists()
        assert not Talk.objects.search("li").exists()

    def test_the_only_author_cannot_be_taken_off(self, meeting: Meeting) -> None:
        talk = make_talk(meeting)
        with pytest.raises(coauthor_answers.OnlyAuthor):
            coauthor_answers.remove(talk.authorships.get(), by=make_organiser(meeting), at=NOW)
        assert talk.authorships.count() == 1


@pytest.mark.parametrize(
    "impossible",
    [{"confirmed_at": NOW, "objected_at": NOW}, {"objection": "without a time"}],
)
def test_rows_that_contradict_themselves_are_refused(impossible: dict[str, Any]) -> None:
    meeting = make_meeting()
    talk = make_talk(meeting, speakers=[make_speaker(meeting)])
    with pytest.raises(IntegrityError):
        talk.authorships.update(**impossible)


def test_nobody_is_told_of_a_draft(meeting: Meeting) -> None:
    draft = make_talk(meeting, State.DRAFT)
    submitting.revise(draft, make_proposal(authors=(ADA, BO)), by=None, at=NOW)
    assert notices() == []
