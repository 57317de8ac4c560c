"""Taking one's data away and asking for erasure, through the pages."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from submissions.models import ErasureRequest, Speaker, Talk, User
from tests.make import (
    NOW,
    make_meeting,
    make_organiser,
    make_reviewer,
    make_speaker,
    make_talk,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]


@pytest.fixture
def talk() -> Talk:
    meeting = make_meeting(contact_email="talks@example.org")
    ada = make_speaker(meeting, family_name="Lovelace", email="ada@example.org")
    return make_talk(meeting, speakers=[ada, make_speaker(meeting, family_name="Byron")])


@pytest.fixture
def speaker(client: Client, talk: Talk) -> Client:
    client.get(reverse("submissions:talk-open", args=[talk.meeting.slug, talk.private_token()]))
    return client


def page(talk: Talk, name: str = "talk-personal-data") -> str:
    return reverse(f"submissions:{name}", args=[talk.meeting.slug, talk.code])


def test_the_file_comes_as_a_download(speaker: Client, talk: Talk) -> None:
    text = speaker.get(page(talk)).content.decode()
    address = f"{page(talk, 'talk-personal-data-file')}?person=ada-lovelace"
    assert address in text
    answer = speaker.get(address)
    names = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control")
    assert {name: answer[name] for name in names} == {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": 'attachment; filename="personal-data.json"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
    }
    held = json.loads(answer.content)
    assert (held["people"][0]["email"], held["talks"][0]["code"]) == ("ada@example.org", talk.code)


def test_a_talk_links_to_it(speaker: Client, talk: Talk) -> None:
    assert page(talk) in speaker.get(page(talk, "talk-detail")).content.decode()


@pytest.mark.parametrize("person", ["ada-byron", "nobody", "%00", "x" * 3000])
def test_it_is_of_nobody_whom_the_link_was_not_sent_to(
    speaker: Client, talk: Talk, person: str
) -> None:
    for name in ("talk-personal-data-file", "talk-erasure"):
        assert speaker.get(f"{page(talk, name)}?person={person}").status_code == 404


def test_of_two_presenting_authors_each_is_asked_for_by_name(speaker: Client, talk: Talk) -> None:
    talk.authorships.update(is_presenting=True)
    assert speaker.get(page(talk, "talk-personal-data-file")).status_code == 404
    held = speaker.get(f"{page(talk, 'talk-personal-data-file')}?person=ada-byron").json()
    assert [each["family_name"] for each in held["people"]] == ["Byron"]


def test_erasure_is_asked_for_and_organisers_see_it(speaker: Client, talk: Talk) -> None:
    address = page(talk, "talk-erasure")
    assert speaker.get(address).status_code == 200
    assert ErasureRequest.objects.count() == 0
    answer = speaker.post(address, {"reason": "I have left the field."}, follow=True)
    assert answer.redirect_chain == [(page(talk), 302)]
    assert "have been asked to erase" in answer.content.decode()
    request = ErasureRequest.objects.get()
    assert (request.speaker.family_name, request.reason) == ("Lovelace", "I have left the field.")
    organiser = Client()
    organiser.force_login(make_organiser(talk.meeting))
    dashboard = organiser.get(reverse("admin:meeting-dashboard", args=[talk.meeting.slug]))
    assert "asked for their personal data to be erased" in dashboard.content.decode()
    listed = organiser.get(
        reverse("admin:submissions_speaker_changelist"),
        {"meeting": talk.meeting.slug, "erasure": "asked"},
    ).content.decode()
    assert "Lovelace" in listed
    assert "Byron" not in listed


@pytest.mark.parametrize("keeps", ["keeps", "anonymises"])
def test_the_page_says_what_this_meeting_does(speaker: Client, talk: Talk, keeps: str) -> None:
    type(talk.meeting).objects.update(erasure_keeps_published=keeps == "keeps")
    text = speaker.get(page(talk, "talk-erasure")).content.decode()
    assert ("stays there as part of the record" in text) == (keeps == "keeps")


# --- Organisers -------------------------------------------------------------------------------


def erase_page(person: Speaker) -> str:
    return reverse("admin:submissions_speaker_erase", args=[person.pk])


def test_an_organiser_sees_the_plan_and_then_does_it(client: Client, talk: Talk) -> None:
    person = talk.authors.get(family_name="Lovelace")
    alone = make_talk(talk.meeting, speakers=[person], title="Alone")
    ErasureRequest.objects.create(speaker=person, asked_at=NOW, reason="I have left.")
    client.force_login(make_organiser(talk.meeting))
    person_page = client.get(reverse("admin:submissions_speaker_change", args=[person.pk]))
    assert erase_page(person) in person_page.content.decode()
    text = client.get(erase_page(person)).content.decode()
    assert "The whole text of talk" in text
    assert alone.code in text
    assert "I have left." in text
    person.refresh_from_db()
    assert person.family_name == "Lovelace"
    client.post(erase_page(person), {"erase": "1"})
    person.refresh_from_db()
    alone.refresh_from_db()
    assert (person.name, person.email, alone.title) == ("Name removed", "", "Text removed")
    assert "Nothing is left" in client.get(erase_page(person)).content.decode()


def test_a_request_is_closed_with_a_reason_that_the_person_may_read(
    speaker: Client, talk: Talk
) -> None:
    person = talk.authors.get(family_name="Lovelace")
    ErasureRequest.objects.create(speaker=person, asked_at=NOW)
    organiser = Client()
    organiser.force_login(make_organiser(talk.meeting))
    organiser.post(erase_page(person), {"decline": "1", "answer": "The law asks us to keep it."})
    person.refresh_from_db()
    assert person.family_name == "Lovelace"
    held = speaker.get(page(talk, "talk-personal-data-file")).json()
    assert held["erasure_requests"][0]["answer"] == "The law asks us to keep it."
    assert held["erasure_requests"][0]["closed_at"] is not None


def test_the_same_address_under_another_name_is_pointed_out(client: Client, talk: Talk) -> None:
    person = talk.authors.get(family_name="Lovelace")
    other = make_speaker(talk.meeting, family_name="Lovelacé", email="ADA@example.org")
    client.force_login(make_organiser(talk.meeting))
    assert erase_page(other) in client.get(erase_page(person)).content.decode()


# --- Accounts ---------------------------------------------------------------------------------


@pytest.fixture
def account(client: Client, talk: Talk) -> User:
    user = make_user("ada@example.org")
    EmailAddress.objects.create(user=user, email="ada@example.org", verified=True, primary=True)
    client.force_login(user)
    return user


def test_an_account_takes_everything_away(client: Client, account: User, talk: Talk) -> None:
    assert account.is_active
    text = client.get(reverse("submissions:account-personal-data")).content.decode()
    address = reverse("submissions:account-personal-data-file")
    assert address in text
    held = client.get(address).json()
    assert (held["proved_by"], [each["code"] for each in held["talks"]]) == ("account", [talk.code])


def test_an_account_without_a_role_erases_itself(client: Client, account: User) -> None:
    address = reverse("submissions:account-erase")
    assert client.get(address).status_code == 200
    answer = client.post(address, follow=True)
    assert "Your account is erased." in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated
    assert not User.objects.filter(pk=account.pk).exists()
    assert Speaker.objects.filter(email="ada@example.org").exists()


def test_an_account_with_a_role_is_told_what_to_do(client: Client) -> None:
    user = make_reviewer(make_meeting())
    client.force_login(user)
    address = reverse("submissions:account-erase")
    assert 'method="post">' not in client.get(address).content.decode().split("</header>")[1]
    client.post(address)
    assert User.objects.filter(pk=user.pk, is_active=True).exists()
    text = client.get(reverse("submissions:account-personal-data")).content.decode()
    assert "Ask its organisers to take you off their list" in text


def test_a_superuser_erases_an_account(client: Client, django_user_model: Any) -> None:
    user = make_user("gone@example.org")
    client.force_login(make_user(is_superuser=True))
    account_page = client.get(reverse("admin:submissions_user_change", args=[user.pk]))
    address = reverse("admin:submissions_user_erase", args=[user.pk])
    assert address in account_page.content.decode()
    assert client.get(address).status_code == 200
    client.post(address)
    assert not django_user_model.objects.filter(pk=user.pk).exists()
