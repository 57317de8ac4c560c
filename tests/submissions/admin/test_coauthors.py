"""The organisers' page about the co-authors of a talk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sessions.views.attention import what_waits
from submissions.models import Authorship, Email, Meeting, Speaker, Talk, User
from submissions.operations import coauthor_answers
from tests.make import NOW, make_meeting, make_organiser, make_speaker, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


@pytest.fixture
def organiser(client: Client, meeting: Meeting) -> User:
    user = make_organiser(meeting)
    client.force_login(user)
    return user


@pytest.fixture
def objecting(meeting: Meeting, organiser: User) -> Authorship:
    people = [make_speaker(meeting), make_speaker(meeting, given_name="Bo", family_name="Li")]
    talk = make_talk(meeting, speakers=people)
    authorship = talk.authorships.get(position=2)
    coauthor_answers.object_to(authorship, word="I <b>left</b>.", by=None, at=NOW)
    return authorship


def page_of(talk: Talk) -> str:
    return reverse("admin:submissions_talk_coauthors", args=[talk.pk])


def do(client: Client, authorship: Authorship, action: str) -> str:
    data = {"author": authorship.pk, "do": action}
    answer: Any = client.post(page_of(authorship.talk), data, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_objection_is_seen_on_the_page_of_the_talk_and_in_the_list_of_what_waits(
    client: Client, meeting: Meeting, objecting: Authorship
) -> None:
    talk_page = reverse("admin:submissions_talk_change", args=[objecting.talk_id])
    assert "Bo Li says not to be an author" in client.get(talk_page).content.decode()
    [waiting] = [
        line
        for line in what_waits(meeting, found=(), published=None, at=NOW)
        if "says not to be an author" in line.text
    ]
    other = make_talk(meeting, title="Nobody objects here")
    listed = client.get(waiting.url).content.decode()
    assert (waiting.count, objecting.talk.title in listed) == (1, True)
    assert other.title not in listed
    assert "I &lt;b&gt;left&lt;/b&gt;." in client.get(page_of(objecting.talk)).content.decode()


def test_the_name_is_kept(client: Client, objecting: Authorship) -> None:
    assert "The objection is set aside; Bo Li stays." in do(client, objecting, "keep")
    assert not Authorship.objects.objecting().exists()
    assert objecting.talk.authorships.count() == 2


def test_the_author_is_taken_off(client: Client, objecting: Authorship) -> None:
    talk = objecting.talk
    assert "Bo Li is taken off the talk." in do(client, objecting, "remove")
    assert not Speaker.objects.filter(family_name="Li").exists()
    assert talk.authorships.count() == 1
    assert "This author is no longer on the talk." in do(client, objecting, "remove")


def test_the_only_author_stays(client: Client, meeting: Meeting, organiser: User) -> None:
    alone = make_talk(meeting).authorships.get()
    assert "is the only author." in do(client, alone, "remove")
    assert Authorship.objects.filter(pk=alone.pk).exists()


def test_a_new_link_is_sent(client: Client, meeting: Meeting, organiser: User) -> None:
    people = [make_speaker(meeting), make_speaker(meeting), make_speaker(meeting, email="")]
    _first, told, silent = make_talk(meeting, speakers=people).authorships.all()
    assert "gets a new link" in do(client, told, "tell")
    assert Email.objects.get(kind="coauthor_notice").recipient == told.speaker.email
    assert "has no e-mail address." in do(client, silent, "tell")
    assert Email.objects.count() == 1


@pytest.mark.parametrize("author", ["", "x", "9" * 30, "-1", "٣"])
def test_an_author_who_cannot_be_is_a_calm_message(
    client: Client, meeting: Meeting, organiser: User, author: str
) -> None:
    data = {"author": author, "do": "remove"}
    answer = client.post(page_of(make_talk(meeting)), data, follow=True)
    assert "This author is no longer on the talk." in answer.content.decode()


def test_an_author_of_another_talk_is_not_touched(client: Client, objecting: Authorship) -> None:
    other = make_talk(objecting.talk.meeting)
    client.post(page_of(other), {"author": objecting.pk, "do": "remove"})
    assert Authorship.objects.filter(pk=objecting.pk).exists()
