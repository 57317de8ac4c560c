"""How many authors a talk has, and how many talks a person presents, at most."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from submissions.domain.lifecycle import State
from submissions.models import Meeting, Talk
from tests.make import (
    make_area,
    make_format,
    make_meeting,
    make_ml_area,
    make_speaker,
    make_talk,
)
from tests.submissions.views.filled_forms import Fields, address, sent
from tests.together import shared_database, together

FULL = "This person presents 1 talk already, as many as the meeting allows."

second_author = {
    "authors-1-family_name": "Babbage",
    "authors-1-email": "",
    "authors-1-ORDER": "2",
}


@pytest.fixture
def open_meeting(meeting: Meeting, at_the_time_of_the_call: None) -> Meeting:
    return meeting


@pytest.mark.django_db
def test_more_authors_than_the_meeting_prints_are_refused_at_the_list(
    client: Client, open_meeting: Meeting
) -> None:
    Meeting.objects.update(author_limit=1)
    page = client.post(address(open_meeting), sent(open_meeting, authors=2, **second_author))
    assert page.status_code == 422
    text = "<li>At most 1 author; name the collaboration for the others.</li>"
    assert text in page.content.decode()
    assert client.post(address(open_meeting), sent(open_meeting)).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED, State.CONFIRMED])
def test_one_talk_too_many_is_refused_beside_the_address_without_naming_the_others(
    client: Client, open_meeting: Meeting, state: State
) -> None:
    Meeting.objects.update(talks_per_person=1)
    ada = make_speaker(open_meeting, email="ADA@example.org")
    other = make_talk(open_meeting, state, speakers=[ada], title="Hidden work")
    refused = client.post(address(open_meeting), sent(open_meeting, title="Second"))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert f'<a href="#id_authors-0-email">E-mail address 1</a>: {FULL}' in page
    assert "Second" in page
    assert other.code not in page
    assert other.title not in page
    assert Talk.objects.get() == other


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN, State.REJECTED, State.DECLINED])
def test_talks_that_will_not_be_given_do_not_count(
    client: Client, open_meeting: Meeting, state: State
) -> None:
    Meeting.objects.update(talks_per_person=1)
    ada = make_speaker(open_meeting, email="ada@example.org")
    make_talk(open_meeting, state, speakers=[ada])
    assert client.post(address(open_meeting), sent(open_meeting)).status_code == 302


@pytest.mark.django_db
def test_neither_co_authors_count_nor_talks_of_another_meeting(
    client: Client, open_meeting: Meeting
) -> None:
    Meeting.objects.update(talks_per_person=1)
    ada = make_speaker(open_meeting, email="ada@example.org")
    make_talk(open_meeting, speakers=[make_speaker(open_meeting), ada])
    elsewhere = make_meeting()
    make_talk(elsewhere, speakers=[make_speaker(elsewhere, email="ada@example.org")])
    assert client.post(address(open_meeting), sent(open_meeting)).status_code == 302


@pytest.mark.django_db
def test_a_talk_is_changed_under_a_limit_that_was_lowered_since(
    client: Client, open_meeting: Meeting
) -> None:
    for title in ("First", "Second"):
        client.post(address(open_meeting), sent(open_meeting, title=title))
    Meeting.objects.update(talks_per_person=1)
    talk = Talk.objects.get(title="First")
    url = reverse("submissions:talk-edit", args=[open_meeting.slug, talk.code])
    form = Fields(client.get(url).content.decode()).values
    assert client.post(url, form | {"title": "Mended"}).status_code == 302


@pytest.mark.django_db
def test_a_change_makes_nobody_present_too_much(client: Client, open_meeting: Meeting) -> None:
    Meeting.objects.update(talks_per_person=1)
    client.post(address(open_meeting), sent(open_meeting, title="Of Ada"))
    bob = sent(open_meeting, title="Of Bob") | {"authors-0-email": "bob@example.org"}
    client.post(address(open_meeting), bob)
    talk = Talk.objects.get(title="Of Bob")
    url = reverse("submissions:talk-edit", args=[open_meeting.slug, talk.code])
    form = Fields(client.get(url).content.decode()).values
    refused = client.post(url, form | {"authors-0-email": "ada@example.org"})
    assert refused.status_code == 422
    assert FULL in refused.content.decode()
    assert talk.authors.get().email == "bob@example.org"


@pytest.fixture
def real_meeting(tmp_path: Path) -> Iterator[Meeting]:
    with shared_database(tmp_path):
        make_area("Galaxies")
        make_ml_area("Deep learning")
        meeting = make_meeting(
            call_opens_at=timezone.now() - timedelta(days=1),
            call_closes_at=timezone.now() + timedelta(days=1),
            talks_per_person=1,
        )
        make_format(meeting)
        yield meeting


@pytest.mark.django_db(transaction=True)
def test_of_three_talks_of_one_person_at_once_one_is_taken(real_meeting: Meeting) -> None:
    forms = [sent(real_meeting, title=f"Talk {number}") for number in range(3)]

    def submit(number: int) -> Any:
        browser = Client(raise_request_exception=False)
        return browser.post(address(real_meeting), forms[number]).status_code

    assert sorted(together(submit, 3)) == [302, 422, 422]
    assert Talk.objects.count() == 1
