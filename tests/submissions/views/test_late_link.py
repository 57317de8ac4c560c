"""Handing in after the close with a link that works once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from submissions.models import LateLink, Meeting, Talk
from tests.make import (
    NOW,
    make_area,
    make_format,
    make_late_link,
    make_meeting,
    make_ml_area,
    make_talk,
)
from tests.submissions.views.filled_forms import address, sent
from tests.together import shared_database, together

CLOSED = {"call_opens_at": NOW - timedelta(days=30), "call_closes_at": NOW - timedelta(days=1)}


@pytest.fixture
def meeting(db: None) -> Iterator[Meeting]:
    make_area("Galaxies")
    make_ml_area("Deep learning")
    meeting = make_meeting(contact_email="talks@example.org", **CLOSED)
    make_format(meeting, name="Contributed")
    with time_machine.travel(NOW, tick=False):
        yield meeting


def late(link: LateLink, secret: str = "") -> str:
    return reverse("submissions:talk-submit-late", args=[link.meeting.slug, secret or link.secret])


def test_the_link_opens_the_closed_form_to_this_browser_alone(
    client: Client, meeting: Meeting
) -> None:
    link = make_late_link(meeting, expires_at=NOW + timedelta(days=2))
    answer = client.get(late(link))
    assert (answer.status_code, answer["Location"]) == (302, address(meeting))
    page = client.get(address(meeting)).content.decode()
    assert "The form is open for you by a link from the organisers." in page
    assert "3 March 2027, 13:00 CET" in page
    assert link.secret not in page
    assert "The call is closed" in Client().get(address(meeting)).content.decode()
    assert LateLink.objects.get().used_at is None


def test_one_talk_is_submitted_and_the_link_is_spent(client: Client, meeting: Meeting) -> None:
    link = make_late_link(meeting)
    client.get(late(link))
    client.post(address(meeting), sent(meeting, title="Late light"))
    talk = Talk.objects.get()
    assert (talk.title, talk.state) == ("Late light", "submitted")
    link.refresh_from_db()
    assert (link.talk, link.used_at) == (talk, NOW)
    refused = client.post(address(meeting), sent(meeting, title="One more"))
    assert refused.status_code == 409
    assert "One more" in refused.content.decode()
    assert Talk.objects.get() == talk


def test_the_same_form_twice_is_one_talk(client: Client, meeting: Meeting) -> None:
    link = make_late_link(meeting)
    client.get(late(link))
    other = Client()
    other.get(late(link))
    form = sent(meeting)
    first, again = client.post(address(meeting), form), other.post(address(meeting), form)
    assert first.status_code == 302
    assert again.status_code == 409
    assert Talk.objects.count() == 1


def test_whose_link_was_used_meanwhile_keeps_the_text_and_learns_why(
    client: Client, meeting: Meeting
) -> None:
    link = make_late_link(meeting)
    client.get(late(link))
    LateLink.objects.update(used_at=NOW, talk=make_talk(meeting))
    page = client.post(address(meeting), sent(meeting, title="Nearly there"))
    assert page.status_code == 409
    text = page.content.decode()
    assert "The link that the organisers gave you has been used" in text
    assert "Nearly there" in text
    assert "mailto:talks@example.org" in text


def test_a_form_with_errors_spends_nothing(client: Client, meeting: Meeting) -> None:
    link = make_late_link(meeting)
    client.get(late(link))
    assert client.post(address(meeting), sent(meeting, title="")).status_code == 422
    link.refresh_from_db()
    assert link.used_at is None


def test_while_the_call_is_open_no_link_is_spent(client: Client, meeting: Meeting) -> None:
    Meeting.objects.update(call_closes_at=NOW + timedelta(days=1))
    link = make_late_link(meeting)
    client.get(late(link))
    assert client.post(address(meeting), sent(meeting)).status_code == 302
    link.refresh_from_db()
    assert link.used_at is None


def test_with_a_link_a_draft_is_saved_and_handed_in(client: Client, meeting: Meeting) -> None:
    link = make_late_link(meeting)
    client.get(late(link))
    form = sent(meeting, title="Slowly", draft="0")
    saved = client.post(address(meeting, "talk-draft"), form)
    assert saved.status_code == 302
    page = client.get(saved["Location"]).content.decode()
    assert "The form is open for you by a link from the organisers." in page
    assert client.post(saved["Location"], form | {"draft": "1"}).status_code == 302
    link.refresh_from_db()
    assert (link.talk, Talk.objects.get().state) == (Talk.objects.get(), "submitted")


def test_links_that_cannot_be_used_answer_alike(client: Client, meeting: Meeting) -> None:
    usable = make_late_link(meeting)
    elsewhere = make_late_link(make_meeting(**CLOSED))
    void = [
        late(usable, "forged"),
        late(usable, elsewhere.secret),
        late(make_late_link(meeting, expires_at=NOW)),
        late(make_late_link(meeting, used_at=NOW)),
    ]
    answers = [client.get(path) for path in void]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({answer.content for answer in answers}) == 1
    assert "This link does not work" in answers[0].content.decode()
    assert "The call is closed" in client.get(address(meeting)).content.decode()


@pytest.mark.parametrize(("seconds", "status"), [(-1, 302), (0, 404), (1, 404)])
def test_a_link_runs_out_to_the_second(
    client: Client, meeting: Meeting, seconds: int, status: int
) -> None:
    link = make_late_link(meeting, expires_at=NOW + timedelta(hours=1))
    with time_machine.travel(NOW + timedelta(hours=1, seconds=seconds), tick=False):
        assert client.get(late(link)).status_code == status


def test_the_address_with_the_secret_is_named_to_no_other_page(
    client: Client, meeting: Meeting
) -> None:
    answer = client.get(late(make_late_link(meeting)))
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_of_two_talks_with_one_link_at_once_one_wins_and_the_other_keeps_its_text(
    tmp_path: Path,
) -> None:
    with shared_database(tmp_path):
        make_area("Galaxies")
        make_ml_area("Deep learning")
        meeting = make_meeting(
            call_opens_at=timezone.now() - timedelta(days=30),
            call_closes_at=timezone.now() - timedelta(days=1),
        )
        make_format(meeting)
        link = make_late_link(meeting)
        browsers = [Client(raise_request_exception=False) for _number in range(2)]
        for browser in browsers:
            browser.get(late(link))
        forms = [sent(meeting, title=f"Talk of window {number}") for number in range(2)]

        def hand_in(number: int) -> Any:
            return browsers[number].post(address(meeting), forms[number])

        answers = together(hand_in, 2)
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        loser = next(n for n, answer in enumerate(answers) if answer.status_code == 409)
        page = answers[loser].content.decode()
        assert f"Talk of window {loser}" in page
        assert "has been used" in page
        assert [talk.title for talk in Talk.objects.all()] == [f"Talk of window {1 - loser}"]
