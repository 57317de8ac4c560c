"""Answers that a meeting publishes: with the talk, from the release, and no others."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from sessions.models import Release
from sessions.operations.releasing import publish
from submissions.domain.lifecycle import State
from submissions.models import Answer, Meeting, Question, Talk
from tests.make import (
    NOW,
    make_answer,
    make_meeting,
    make_organiser,
    make_question,
    make_room,
    make_session,
    make_slot,
    make_talk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


@pytest.fixture
def talk(meeting: Meeting) -> Talk:
    """Published with the answers to two questions, of which one is public."""
    talk = make_talk(meeting, State.CONFIRMED, title="Late light")
    make_answer(talk, make_question(meeting, "Code?", is_public=True), "<b>In a repository</b>")
    make_answer(talk, make_question(meeting, "Diet?"), "Vegetarian")
    make_answer(talk, make_question(meeting, "Data?", is_for_reviewers=True), "Simulated")
    make_slot(make_session(meeting, room=make_room(meeting)), talk)
    publish(meeting, by=make_organiser(meeting), at=NOW)
    return talk


def page_of(client: Client, talk: Talk) -> str:
    url = reverse("sessions:talk-detail", args=[talk.meeting.slug, talk.code])
    return client.get(url).content.decode()


def file(client: Client, talk: Talk, extension: str) -> str:
    url = reverse("sessions:programme-export", args=[talk.meeting.slug, extension])
    return b"".join(client.get(url)).decode()


def test_the_public_page_of_a_talk_shows_public_answers_only(client: Client, talk: Talk) -> None:
    page = page_of(client, talk)
    assert "<dt>Code?</dt><dd>&lt;b&gt;In a repository&lt;/b&gt;</dd>" in page
    assert "Vegetarian" not in page
    assert "Simulated" not in page


def test_files_made_from_the_programme_hold_public_answers_only(client: Client, talk: Talk) -> None:
    [row] = csv.DictReader(io.StringIO(file(client, talk, "csv").removeprefix("\ufeff")))
    assert row["answers"] == "Code? <b>In a repository</b>"
    assert "Code? &lt;b&gt;In a repository&lt;/b&gt;" in file(client, talk, "html")
    for extension in ("csv", "html", "md", "ics"):
        assert "Vegetarian" not in file(client, talk, extension)


def test_a_release_keeps_what_was_answered_when_it_was_made(client: Client, talk: Talk) -> None:
    Answer.objects.filter(value="<b>In a repository</b>").update(value="Nowhere")
    Question.objects.update(is_public=True)
    page = page_of(client, talk)
    assert "In a repository" in page
    assert "Nowhere" not in page
    assert "Vegetarian" not in page


def test_of_a_talk_that_lost_its_place_no_answer_is_left(client: Client, talk: Talk) -> None:
    Talk.objects.update(state=State.WITHDRAWN.value)
    page = page_of(client, talk)
    assert "This talk has been withdrawn." in page
    assert "In a repository" not in page


def test_a_release_made_before_there_were_answers_is_shown(client: Client, talk: Talk) -> None:
    release = Release.objects.get()
    for session in release.content["sessions"]:
        for slot in session["slots"]:
            del slot["talk"]["answers"]
    Release.objects.update(content=release.content, published_at=NOW.replace(minute=1))
    assert "Late light" in page_of(client, talk)
    assert "In a repository" not in page_of(client, talk)
