"""Forms that arrive at the same moment, through the front door, on a database with real locks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from submissions.models import Email, Meeting, Speaker, Talk
from tests.make import make_area, make_format, make_meeting, make_ml_area
from tests.submissions.views.filled_forms import address, sent
from tests.together import shared_database, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(tmp_path: Path) -> Iterator[Meeting]:
    with shared_database(tmp_path):
        make_area("Galaxies")
        make_ml_area("Deep learning")
        meeting = make_meeting(
            call_opens_at=timezone.now() - timedelta(days=1),
            call_closes_at=timezone.now() + timedelta(days=1),
        )
        make_format(meeting)
        yield meeting


def submit(meeting: Meeting, form: dict[str, Any]) -> tuple[int, str]:
    """Status and address that a browser of its own gets."""
    answer: Any = Client(raise_request_exception=False).post(address(meeting), form)
    return answer.status_code, answer.headers.get("Location", "")


def test_the_same_form_four_times_is_one_talk_one_person_one_mail(meeting: Meeting) -> None:
    form = sent(meeting)
    answers = together(lambda _number: submit(meeting, form), 4)
    talk = Talk.objects.get()
    own_page = reverse("submissions:talk-detail", args=[meeting.slug, talk.code])
    assert answers == [(302, own_page)] * 4
    assert (Speaker.objects.count(), Email.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_two_talks_of_one_person_at_once_make_one_person(meeting: Meeting) -> None:
    forms = [
        sent(meeting, title="First"),
        sent(meeting, title="Second"),
        sent(meeting, title="Third"),
    ]
    answers = together(lambda number: submit(meeting, forms[number]), len(forms))
    assert [status for status, _address in answers] == [302, 302, 302]
    assert (Talk.objects.count(), Speaker.objects.count()) == (3, 1)


def test_namesakes_at_once_are_several_people_with_addresses_of_their_own(
    meeting: Meeting,
) -> None:
    forms = [sent(meeting) | {"authors-0-email": f"ada{number}@example.org"} for number in range(3)]
    answers = together(lambda number: submit(meeting, forms[number]), len(forms))
    assert [status for status, _address in answers] == [302, 302, 302]
    assert sorted(Speaker.objects.values_list("slug", flat=True)) == [
        "ada-lovelace",
        "ada-lovelace-2",
        "ada-lovelace-3",
    ]
