import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import Action, State
from submissions.models import Meeting, Talk
from submissions.operations import deciding
from tests.make import (
    NOW,
    make_area,
    make_meeting,
    make_organiser,
    make_reviewer,
    make_speaker,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(is_blind=True)


@pytest.fixture
def talk(meeting: Meeting) -> Talk:
    author = make_speaker(
        meeting, given_name="Planted", family_name="Secretname", email="planted@secret.example.org"
    )
    talk = make_talk(
        meeting,
        speakers=[author],
        affiliation="Planted Institute",
        title="On $z$",
        remarks="Planted",
    )
    talk.astronomy_areas.add(make_area("Galaxies"))
    return talk


def reviewer_of(meeting: Meeting) -> Client:
    client = Client()
    client.force_login(make_reviewer(meeting))
    return client


def pages(client: Client, talk: Talk) -> list[str]:
    addresses = [
        reverse("submissions:review-list", args=[talk.meeting.slug]),
        reverse("submissions:review-detail", args=[talk.meeting.slug, talk.code]),
    ]
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200]
    return [answer.content.decode() for answer in answers]


def test_a_blind_reviewer_reads_the_talk_and_nothing_about_its_authors(talk: Talk) -> None:
    for page in pages(reviewer_of(talk.meeting), talk):
        assert "<math" in page
        assert "Galaxies" in page
        for secret in ("Planted", "Secretname", "planted-secretname", "secret.example.org"):
            assert secret not in page


def test_a_reviewer_who_is_not_blind_sees_the_authors_but_no_remarks_or_addresses(
    talk: Talk,
) -> None:
    Meeting.objects.filter(pk=talk.meeting_id).update(is_blind=False)
    listed, read = pages(reviewer_of(talk.meeting), talk)
    assert "Planted Secretname" in listed
    assert "Planted Institute" in read
    assert "secret.example.org" not in listed + read


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_a_prepared_decision_cannot_be_told_from_none(talk: Talk) -> None:
    client = reviewer_of(talk.meeting)
    before = pages(client, talk)
    organiser = make_organiser(talk.meeting)
    deciding.prepare(talk, decision=Action.REJECT, note="Planted", by=organiser, at=NOW)
    after = pages(client, talk)
    assert [*map(without_token, before)] == [*map(without_token, after)]


def test_drafts_and_withdrawn_talks_are_not_there_to_review(meeting: Meeting) -> None:
    client = reviewer_of(meeting)
    for state in (State.DRAFT, State.WITHDRAWN):
        hidden = make_talk(meeting, state)
        address = reverse("submissions:review-detail", args=[meeting.slug, hidden.code])
        assert client.get(address).status_code == 404
    assert (
        "No talks yet"
        in client.get(reverse("submissions:review-list", args=[meeting.slug])).content.decode()
    )


def test_only_members_of_the_meeting_reach_it(talk: Talk) -> None:
    elsewhere = make_meeting()
    people = {
        "reviewer elsewhere": make_reviewer(elsewhere),
        "organiser elsewhere": make_organiser(elsewhere),
        "stranger": make_user(),
        "organiser": make_organiser(talk.meeting),
    }
    answers = {}
    for name, user in people.items():
        client = Client()
        client.force_login(user)
        address = reverse("submissions:review-list", args=[talk.meeting.slug])
        answers[name] = client.get(address).status_code
    assert answers == {
        "reviewer elsewhere": 404,
        "organiser elsewhere": 404,
        "stranger": 404,
        "organiser": 200,
    }


def test_whoever_is_not_signed_in_is_asked_to(client: Client, talk: Talk) -> None:
    answer = client.get(reverse("submissions:review-list", args=[talk.meeting.slug]))
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (
        302,
        reverse("submissions:account-sign-in"),
    )


@pytest.mark.parametrize("talks", [1, 20])
def test_the_list_asks_the_database_the_same_questions(
    meeting: Meeting, django_assert_num_queries: Any, talks: int
) -> None:
    for _ in range(talks):
        make_talk(meeting)
    client = reviewer_of(meeting)
    with django_assert_num_queries(10):
        client.get(reverse("submissions:review-list", args=[meeting.slug]))
