from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.make import NOW, make_format, make_meeting, make_organiser, make_reviewer

pytestmark = pytest.mark.django_db


def test_the_front_page_lists_public_meetings_coming_and_past(client: Client) -> None:
    make_meeting(name="Coming meeting")
    make_meeting(
        name="Past meeting",
        starts_on=NOW.date() - timedelta(days=9),
        ends_on=NOW.date() - timedelta(days=8),
    )
    make_meeting(name="Secret meeting", is_listed=False)
    with time_machine.travel(NOW):
        page = client.get(reverse("submissions:meeting-list")).content.decode()
    assert page.index("Coming meeting") < page.index("Earlier") < page.index("Past meeting")
    assert "call open until" in page
    assert "Secret meeting" not in page


ENDS = [
    ("Pacific/Honolulu", datetime(2027, 6, 9, 9, 59, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2027, 6, 8, 18, 14, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "last_minute"), ENDS)
def test_a_meeting_is_over_when_its_last_day_is_over_where_it_takes_place(
    client: Client, zone: str, last_minute: datetime
) -> None:
    meeting = make_meeting(time_zone=zone)
    for moment, list_of_it in ((0, "coming"), (1, "past")):
        with time_machine.travel(last_minute + timedelta(minutes=moment)):
            context = client.get(reverse("submissions:meeting-list")).context
        assert context[list_of_it] == [meeting]


def test_an_empty_front_page_says_what_would_be_here(client: Client) -> None:
    page = client.get(reverse("submissions:meeting-list")).content.decode()
    assert "No meetings to come" in page


def test_the_first_page_of_a_meeting_tells_what_when_and_how(client: Client) -> None:
    meeting = make_meeting(name="Sky", introduction="Come & *listen* <script>x</script>")
    make_format(meeting, name="Contributed", talk_minutes=12, discussion_minutes=3)
    with time_machine.travel(NOW):
        page = client.get(reverse("submissions:meeting-detail", args=[meeting.slug]))
    text = page.content.decode()
    assert "<em>listen</em>" in text
    assert "<script>x" not in text
    assert "31 March 2027, 14:00 CEST" in text
    assert "12 minutes and 3 for questions" in text
    assert reverse("submissions:talk-submit", args=[meeting.slug]) in text


def test_a_meeting_that_is_not_public_is_for_its_members_only(client: Client) -> None:
    meeting = make_meeting(is_listed=False)
    address = reverse("submissions:meeting-detail", args=[meeting.slug])
    unknown = reverse("submissions:meeting-detail", args=["no-such-meeting"])
    assert client.get(address).status_code == client.get(unknown).status_code == 404
    for member in (make_organiser(meeting), make_reviewer(meeting)):
        client.force_login(member)
        assert client.get(address).status_code == 200


def test_the_accent_is_a_stylesheet_and_tells_nothing_about_hidden_meetings(
    client: Client,
) -> None:
    public = make_meeting(accent_colour="#aa3300")
    hidden = make_meeting(accent_colour="#aa3301", is_listed=False)
    answers = [
        client.get(reverse("submissions:meeting-accent", args=[slug]))
        for slug in (public.slug, hidden.slug, "no-such-meeting")
    ]
    assert [answer.content.decode() for answer in answers] == [
        ":root { --accent: #aa3300; }\n",
        ":root { --accent: #1f5fa8; }\n",
        ":root { --accent: #1f5fa8; }\n",
    ]
    assert {answer["Content-Type"] for answer in answers} == {"text/css"}


@pytest.mark.parametrize("name", ["reserved:admin", "zone:Mars/Olympus", "colour:red"])
def test_meetings_that_cannot_be_are_refused(name: str) -> None:
    field = {"reserved": "slug", "zone": "time_zone", "colour": "accent_colour"}
    kind, _, value = name.partition(":")
    meeting = make_meeting()
    setattr(meeting, field[kind], value)
    with pytest.raises(ValidationError) as refusal:
        meeting.full_clean()
    assert set(refusal.value.message_dict) == {field[kind]}
