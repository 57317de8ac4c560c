"""What a meeting asks besides, as organisers enter, correct, read and filter it."""

import pytest
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, Talk, User
from tests.filled import filled
from tests.make import make_answer, make_meeting, make_question, make_talk

pytestmark = pytest.mark.django_db

ADD = reverse("admin:submissions_talk_add")
LIST = reverse("admin:submissions_talk_changelist")


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(asks_preference=True, asks_remote=True, author_limit=1, talks_per_person=1)


def url_of(talk: Talk) -> str:
    return reverse("admin:submissions_talk_change", args=[talk.pk])


def test_an_organiser_adds_a_talk_without_answering_and_beyond_the_limits(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_question(meeting, "Required?", is_required=True)
    make_question(meeting, "Consent", kind="consent", is_required=True)
    for title in ("First", "Second"):
        data = filled(client, ADD) | {
            "title": title,
            "form-0-family_name": "Lovelace",
            "form-0-email": "ada@example.org",
            "form-0-is_presenting": "on",
            "form-1-family_name": "Babbage",
        }
        assert client.post(ADD, data).status_code == 302
    assert [talk.answers.count() for talk in Talk.objects.all()] == [0, 0]


def test_answers_are_read_and_corrected_and_what_is_no_longer_asked_stays(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting, preference="either")
    asked = make_question(meeting, "Where from?")
    make_answer(talk, asked, "Leiden")
    make_answer(talk, make_question(meeting, "Diet?", is_asked=False), "Vegetarian")
    page = client.get(url_of(talk)).content.decode()
    assert "<dt>Where from?</dt><dd>Leiden</dd>" in page
    assert "<dt>Diet?</dt><dd>Vegetarian</dd>" in page
    changes = {f"question_{asked.pk}": "Madrid", "preference": "poster", "is_remote": "on"}
    client.post(url_of(talk), filled(client, url_of(talk)) | changes)
    talk.refresh_from_db()
    assert (talk.preference, talk.is_remote) == ("poster", True)
    assert talk.history.get(action="change").changes == {
        "preference": ["either", "poster"],
        "is_remote": [False, True],
        "answers": [
            ["Where from? Leiden", "Diet? Vegetarian"],
            ["Where from? Madrid", "Diet? Vegetarian"],
        ],
    }
    history = client.get(url_of(talk)).content.decode()
    assert "Talk or poster" in history
    assert "a poster only" in history


def test_the_list_is_narrowed_by_preference_and_by_who_takes_part_remotely(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_talk(meeting, title="Poster here", preference="poster")
    make_talk(meeting, title="Talk from afar", preference="talk", is_remote=True)
    posters = client.get(LIST, {"preference": "poster"}).content.decode()
    assert "Poster here" in posters
    assert "Talk from afar" not in posters
    remote = client.get(LIST, {"remote": "yes"}).content.decode()
    assert "Talk from afar" in remote
    assert "Poster here" not in remote


def test_where_no_meeting_asks_the_list_offers_no_such_filter(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    assert 'name="remote"' in client.get(LIST).content.decode()
    Meeting.objects.update(asks_preference=False, asks_remote=False)
    page = client.get(LIST).content.decode()
    assert 'name="remote"' not in page
    assert 'name="preference"' not in page
