"""Signed in, somebody sees the talks of every address that they proved, and no other talk."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import Action, State
from submissions.domain.roles import Role
from submissions.models import Draft, Meeting, Membership, Speaker, Talk
from submissions.operations import deciding
from submissions.operations.signing_in import account_with, verify_address
from tests.make import NOW, make_meeting, make_organiser, make_speaker, make_talk, make_user
from tests.queries import count_queries
from tests.sign_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_at_the_time_of_the_call")]

PAGE = "/talks/"


@pytest.fixture
def _at_the_time_of_the_call() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def client_of(email: str) -> Client:
    client = Client()
    sign_in(client, email)
    return client


def make_talk_of(email: str, meeting: Meeting | None = None, **fields: Any) -> Talk:
    meeting = meeting or make_meeting()
    return make_talk(meeting, speakers=[make_speaker(meeting, email=email)], **fields)


def titles(client: Client) -> list[str]:
    groups = client.get(PAGE).context["groups"]
    return [line.talk.title for _meeting, lines in groups for line in lines]


def without_chance(client: Client) -> str:
    return re.sub(r'value="\w{64}"', "", client.get(PAGE).content.decode())


def address_of(talk: Talk, name: str = "talk-detail") -> str:
    return reverse(f"submissions:{name}", args=[talk.meeting.slug, talk.code])


def test_talks_of_all_meetings_under_the_address_in_any_case() -> None:
    for number in (1, 2):
        meeting = make_meeting(is_listed=False)
        make_talk_of("Ada@Example.ORG", meeting, title=f"Hers {number}")
    make_talk_of("bob@example.org", title="His")
    assert sorted(titles(client_of("ada@example.org"))) == ["Hers 1", "Hers 2"]


def test_a_talk_is_opened_changed_and_taken_back_without_its_link() -> None:
    talk = make_talk_of("ada@example.org")
    client = client_of("ada@example.org")
    assert client.get(address_of(talk)).status_code == 200
    assert client.get(address_of(talk, "talk-edit")).status_code == 200
    client.post(address_of(talk, "talk-withdraw"))
    talk.refresh_from_db()
    assert talk.state == State.WITHDRAWN


def test_an_address_that_nobody_proved_gives_nothing() -> None:
    """Made by createsuperuser or by hand in the admin: the account has the address, no more."""
    talk = make_talk_of("ada@example.org", title="Hers")
    user = make_user("ada@example.org")
    client = Client()
    client.force_login(user)
    assert titles(client) == []
    assert client.get(address_of(talk)).status_code == 404
    EmailAddress.objects.create(user=user, email="ada@example.org", verified=False)
    assert titles(client) == []


def test_a_corrected_address_takes_the_talk_away_at_once_and_gives_it_to_the_other() -> None:
    talk = make_talk_of("adda@example.org", title="Hers")
    wrong, right = client_of("adda@example.org"), client_of("ada@example.org")
    assert (titles(wrong), titles(right)) == (["Hers"], [])
    Speaker.objects.update(email="ada@example.org")
    assert (titles(wrong), titles(right)) == ([], ["Hers"])
    assert wrong.get(address_of(talk)).status_code == 404


def test_a_second_address_brings_its_talks_and_takes_them_along() -> None:
    make_talk_of("ada@institute.example", title="Hers")
    client = client_of("ada@example.org")
    user = account_with("ada@example.org")
    verify_address(user, "ada@institute.example")
    assert titles(client) == ["Hers"]
    client.post("/account/addresses/remove/", {"email": "ada@institute.example"})
    assert titles(client) == []


def test_a_speaker_without_an_address_belongs_to_nobody() -> None:
    make_talk_of("", title="Anonymous")
    client = client_of("ada@example.org")
    assert titles(client) == []


def test_who_objected_to_being_an_author_is_none() -> None:
    talk = make_talk_of("ada@example.org")
    client = client_of("ada@example.org")
    talk.authorships.update(objected_at=NOW)
    assert titles(client) == []
    assert client.get(address_of(talk)).status_code == 404


def test_an_account_that_is_linked_to_the_speaker_needs_no_address() -> None:
    meeting, user = make_meeting(), make_user()
    make_talk(meeting, speakers=[make_speaker(meeting, user=user, email="")], title="Hers")
    client = Client()
    client.force_login(user)
    assert titles(client) == ["Hers"]


def test_drafts_are_there_and_lead_on() -> None:
    meeting = make_meeting()
    by_address = make_talk(meeting, State.DRAFT, speakers=[], title="Begun on the phone")
    Draft.objects.create(talk=by_address, email="Ada@example.org", saved_at=NOW)
    others = make_talk(meeting, State.DRAFT, speakers=[], title="Begun by Bob")
    Draft.objects.create(talk=others, email="bob@example.org", saved_at=NOW)
    client = client_of("ada@example.org")
    assert titles(client) == ["Begun on the phone"]
    assert "Go on writing" in client.get(PAGE).content.decode()


def test_the_address_on_unsaved_changes_of_a_submitted_talk_gives_nothing() -> None:
    talk = make_talk_of("bob@example.org")
    Draft.objects.create(talk=talk, email="ada@example.org", saved_at=NOW)
    assert titles(client_of("ada@example.org")) == []


def test_a_prepared_decision_shows_nowhere() -> None:
    """The page is the same to the byte, whatever the organisers have prepared."""
    talk = make_talk_of("ada@example.org")
    client = client_of("ada@example.org")
    before = without_chance(client)
    organiser = make_organiser(talk.meeting)
    for decision in (Action.ACCEPT, Action.REJECT, Action.WAITLIST):
        deciding.prepare(talk, decision=decision, note="Secret", by=organiser, at=NOW)
        assert without_chance(client) == before


def test_an_accepted_talk_asks_for_an_answer_and_only_open_talks_for_changes() -> None:
    meeting = make_meeting()
    make_talk_of("ada@example.org", meeting, state=State.ACCEPTED)
    text = client_of("ada@example.org").get(PAGE).content.decode()
    assert "Confirm or give the place back" in text
    assert ">Change<" not in text


def test_after_the_deadline_nothing_invites_to_change() -> None:
    make_talk_of("ada@example.org", make_meeting(call_closes_at=NOW - timedelta(days=1)))
    assert ">Change<" not in client_of("ada@example.org").get(PAGE).content.decode()


def test_an_empty_page_says_what_to_do() -> None:
    text = client_of("ada@example.org").get(PAGE).content.decode()
    assert "No talks yet" in text
    assert 'href="/account/"' in text


def test_organisers_and_reviewers_find_their_meetings_there() -> None:
    meeting = make_meeting(name="Sky", slug="sky")
    user = account_with("olga@example.org")
    for role in Role:
        Membership.objects.create(meeting=meeting, user=user, role=role.value)
    text = client_of("olga@example.org").get(PAGE).content.decode()
    assert 'href="/admin/">Organise Sky<' in text
    assert 'href="/sky/review/">Review the talks of Sky<' in text


def test_titles_are_shown_as_text(client: Client) -> None:
    make_talk_of("ada@example.org", title="<script>alert(1)</script> $x<y$")
    text = client_of("ada@example.org").get(PAGE).content.decode()
    assert "<script>alert" not in text


def test_it_asks_the_database_the_same_questions_for_one_talk_and_for_thirty() -> None:
    client = client_of("ada@example.org")
    make_talk_of("ada@example.org")
    one = count_queries(client, PAGE)
    for _ in range(29):
        make_talk_of("ada@example.org")
    assert count_queries(client, PAGE) == one


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    answer = client.get(PAGE)
    assert answer["Location"] == "/sign-in/?next=/talks/"
