"""Material on the public page of a talk: what is published, of talks that have their place."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions.operations.releasing import publish
from submissions.domain.lifecycle import Action, State
from submissions.models import Material, Talk
from submissions.operations import answering
from tests.make import (
    NOW,
    make_material,
    make_meeting,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_talk,
)

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 slides"


@pytest.fixture
def talk() -> Talk:
    """Published."""
    meeting = make_meeting()
    talk = make_talk(meeting, State.CONFIRMED)
    make_slot(make_session(meeting, room=make_room(meeting)), talk)
    publish(meeting, by=make_organiser(meeting), at=NOW)
    return talk


def talk_page(talk: Talk) -> str:
    return reverse("sessions:talk-detail", args=[talk.meeting.slug, talk.code])


def file_page(material: Material) -> str:
    talk = material.talk
    return reverse("sessions:material-file", args=[talk.meeting.slug, talk.code, material.pk])


def test_it_is_there_without_another_release(client: Client, talk: Talk) -> None:
    before = client.get(talk_page(talk))
    material = make_material(talk, PDF, label="Slides with notes")
    after = client.get(talk_page(talk), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Slides with notes" in after.content.decode()
    download = client.get(file_page(material))
    assert (download.getvalue(), download["Cache-Control"]) == (PDF, "private, no-cache")
    assert download["Content-Disposition"].startswith("attachment")


def test_a_link_says_where_it_leads(client: Client, talk: Talk) -> None:
    make_material(talk, url="https://www.example.org/v/1", label="Recording", kind="recording")
    text = client.get(talk_page(talk)).content.decode()
    assert '<a href="https://www.example.org/v/1" rel="noopener noreferrer nofollow ugc">' in text
    assert "recording, www.example.org" in text


def test_what_is_not_published_is_for_nobody(client: Client, talk: Talk) -> None:
    material = make_material(talk, is_public=False, label="Hidden slides")
    assert "Hidden slides" not in client.get(talk_page(talk)).content.decode()
    assert client.get(file_page(material)).status_code == 404


def test_a_withdrawn_talk_takes_its_files_along(client: Client, talk: Talk) -> None:
    material = make_material(talk, label="Slides of then")
    answering.answer(talk, Action.WITHDRAW, by=None, at=NOW)
    assert "Slides of then" not in client.get(talk_page(talk)).content.decode()
    assert client.get(file_page(material)).status_code == 404


def test_an_accepted_talk_that_no_release_has_shows_nothing(client: Client, talk: Talk) -> None:
    material = make_material(make_talk(talk.meeting, State.ACCEPTED))
    assert client.get(file_page(material)).status_code == 404


def test_a_file_of_another_talk_is_not_found_under_this_one(client: Client, talk: Talk) -> None:
    other = make_material(make_talk(talk.meeting, State.CONFIRMED))
    address = reverse("sessions:material-file", args=[talk.meeting.slug, talk.code, other.pk])
    assert client.get(address).status_code == 404


def test_an_address_with_no_code_in_it_is_no_page(client: Client, talk: Talk) -> None:
    material = make_material(talk)
    address = f"/{talk.meeting.slug}/programme/talks/%00/materials/{material.pk}/"
    assert client.get(address).status_code == 404
    assert client.get(f"/{talk.meeting.slug}/programme/talks/%00/").status_code == 404
