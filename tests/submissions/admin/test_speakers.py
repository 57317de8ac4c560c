"""People of a meeting in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, Speaker, Talk, User
from tests.filled import filled
from tests.make import make_meeting, make_speaker, make_talk, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/submissions/speaker/"


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


def url_of(person: Speaker) -> str:
    return reverse("admin:submissions_speaker_change", args=[person.pk])


@pytest.mark.parametrize("words", ["angstrom", "Åsa ÅNGSTRÖM", "asa@", "ANGSTROM asa@example"])
def test_people_are_found_without_accents_or_by_address(
    client: Client, organiser: User, meeting: Meeting, words: str
) -> None:
    found = make_speaker(meeting, given_name="Åsa", family_name="Ångström", email="asa@example.org")
    make_speaker(meeting, given_name="Bo", family_name="Berg", email="bo@example.org")
    assert list(client.get(LIST, {"q": words}).context["cl"].result_list) == [found]


def test_a_corrected_name_is_written_to_the_history_and_search_of_the_talks(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    person = make_speaker(meeting, family_name="Mistyped")
    talk = make_talk(meeting, speakers=[person])
    data = filled(client, url_of(person)) | {
        "family_name": "Łukaszewicz",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
    }
    assert client.post(url_of(person), data).status_code == 302
    person.refresh_from_db()
    assert (person.family_name, person.orcid) == ("Łukaszewicz", "0000000218250097")
    assert list(Talk.objects.search("lukaszewicz")) == [talk]
    assert [(entry.action, entry.by) for entry in talk.history.all()] == [("change", organiser)]
    assert talk.title in client.get(url_of(person)).content.decode()


def test_a_person_is_added_to_the_meeting(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    data = {"given_name": "Ada", "family_name": "New", "email": "", "orcid": ""}
    assert client.post(f"{LIST}add/", data).status_code == 302
    assert Speaker.objects.get().meeting == meeting


def test_organisers_neither_see_nor_choose_accounts(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    account = make_user("hidden@example.org")
    person = make_speaker(meeting)
    linked = make_speaker(meeting, user=account)
    for shown in (person, linked):
        page = client.get(url_of(shown)).content.decode()
        assert "Account" not in page
        assert "hidden@example.org" not in page
    data = filled(client, url_of(person)) | {"family_name": "X", "user": account.pk}
    assert client.post(url_of(person), data).status_code == 302
    person.refresh_from_db()
    assert (person.family_name, person.user) == ("X", None)


def test_a_person_on_a_talk_is_not_deleted(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    person = make_speaker(meeting)
    make_talk(meeting, speakers=[person])
    url = reverse("admin:submissions_speaker_delete", args=[person.pk])
    page = client.post(url, {"post": "yes"}).content.decode()
    assert "would require deleting the following protected related objects" in page
    person.refresh_from_db()
