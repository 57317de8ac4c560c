"""The call on a meeting's page: deadlines anywhere on Earth, formats' own, and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, User
from tests.filled import filled
from tests.make import make_format, make_meeting, make_organiser

pytestmark = pytest.mark.django_db

EVENING = datetime(2027, 3, 31, 21, 59, tzinfo=UTC)
"""23:59 in Madrid, where the clocks went forward three days before."""


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(
        time_zone="Europe/Madrid",
        call_opens_at=datetime(2027, 1, 31, 23, 0, tzinfo=UTC),
        call_closes_at=EVENING,
    )


def url_of(meeting: Meeting) -> str:
    return reverse("admin:submissions_meeting_change", args=[meeting.pk])


def errors(page: Any) -> list[str]:
    """Everything that the page complains about."""
    form = page.context["adminform"].form
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    found = [*form.errors.values()]
    for formset in formsets:
        found += [formset.non_form_errors(), *(e for each in formset.errors for e in each.values())]
    return [str(text) for texts in found for text in texts]


def test_ticking_anywhere_on_earth_keeps_the_clock_times_and_says_what_they_are_now(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    poster = make_format(
        meeting, name="Poster", is_poster=True, closes_at=datetime(2027, 4, 10, 10, tzinfo=UTC)
    )
    data = filled(client, url_of(meeting)) | {"closes_anywhere_on_earth": "on"}
    assert (data["call_closes_at"], data["talk_formats-0-closes_at"]) == (
        "2027-03-31T23:59",
        "2027-04-10T12:00",
    )
    answer = client.post(url_of(meeting), data)
    meeting.refresh_from_db()
    poster.refresh_from_db()
    assert (meeting.call_closes_at, poster.closes_at) == (
        datetime(2027, 4, 1, 11, 59, tzinfo=UTC),
        datetime(2027, 4, 11, 0, 0, tzinfo=UTC),
    )
    [told] = [
        str(each) for each in get_messages(answer.wsgi_request) if "other moments" in str(each)
    ]
    assert told == (
        "The clock times on this page were kept and count in another zone now, so they are other "
        "moments than before. "
        "Call opens: 1 February 2027, 00:00 anywhere on Earth (1 February 2027, 13:00 CET); "
        "Call closes: 31 March 2027, 23:59 anywhere on Earth (1 April 2027, 13:59 CEST); "
        "Poster: 10 April 2027, 12:00 anywhere on Earth (11 April 2027, 02:00 CEST)."
    )


def test_saved_again_nothing_moves_and_the_page_shows_times_anywhere_on_earth(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    client.post(
        url_of(meeting), filled(client, url_of(meeting)) | {"closes_anywhere_on_earth": "on"}
    )
    moved = Meeting.objects.values_list("call_opens_at", "call_closes_at").get(pk=meeting.pk)
    data = filled(client, url_of(meeting))
    assert data["call_closes_at"] == "2027-03-31T23:59"
    answer = client.post(url_of(meeting), data)
    assert (
        Meeting.objects.values_list("call_opens_at", "call_closes_at").get(pk=meeting.pk) == moved
    )
    page = client.get(answer["Location"]).content.decode()
    assert "Times of the call are typed and shown as anywhere on Earth (UTC−12)." in page


def test_a_time_that_the_clocks_skip_at_the_meeting_is_fine_anywhere_on_earth(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    data = filled(client, url_of(meeting)) | {"call_closes_at": "2027-03-28T02:30"}
    refused = client.post(url_of(meeting), data)
    assert errors(refused)[0].startswith("The clocks change then in Europe/Madrid")
    assert (
        client.post(url_of(meeting), data | {"closes_anywhere_on_earth": "on"}).status_code == 302
    )
    meeting.refresh_from_db()
    assert meeting.call_closes_at == datetime(2027, 3, 28, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"call_opens_at": "2027-04-02T00:00"}, "The call closes before it opens."),
        (
            {"edits_close_at": "2027-03-31T12:00"},
            (
                "Edits would close before the call does: who submits in between could correct "
                "nothing. Choose a later time, or leave it empty."
            ),
        ),
        (
            {"call_closes_at": "", "edits_close_at": "2027-03-31T12:00"},
            "Say first when the call closes.",
        ),
        ({"talk_formats-0-closes_at": "2027-01-01T12:00"}, "This is before the call opens."),
        (
            {"talk_formats-0-closes_at": "2027-04-01T12:00", "call_closes_at": ""},
            "Say first when the call itself closes.",
        ),
        ({"grace_minutes": "1441"}, "Ensure this value is less than or equal to 1440."),
        ({"author_limit": "0"}, "Ensure this value is greater than or equal to 1."),
    ],
)
def test_dates_and_limits_that_do_not_fit_together_are_refused_in_words(
    client: Client, organiser: User, meeting: Meeting, change: dict[str, str], complaint: str
) -> None:
    make_format(meeting)
    page = client.post(url_of(meeting), filled(client, url_of(meeting)) | change)
    assert errors(page) == [complaint]


def test_a_format_that_outlives_the_edits_is_allowed_and_remarked_on(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_format(meeting, name="Poster")
    data = filled(client, url_of(meeting)) | {"talk_formats-0-closes_at": "2027-04-10T12:00"}
    page = client.post(url_of(meeting), data, follow=True).content.decode()
    assert (
        "“Poster” is taken until 10 April 2027, 12:00 CEST, but talks can be changed only until "
        "31 March 2027, 23:59 CEST." in page
    )


def test_organisers_see_the_form_before_the_call_opens_and_can_submit_nothing_there(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(call_opens_at=None, call_closes_at=None)
    url = reverse("admin:submissions_meeting_form_preview", args=[meeting.pk])
    page = client.get(url).content.decode()
    assert "This is the form as speakers see it while the call is open." in page
    assert "data-submit>" not in page
    assert "js/draft.js" not in page
    client.force_login(make_organiser(make_meeting(), "other@example.org"))
    assert client.get(url).status_code == 404
