import csv
import io

import pytest
from django.test import Client
from icalendar import Calendar

from sessions.exports.registry import EXPORTS, Export
from tests.sessions.views.programmes import Published, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Published:
    return make_published(slug="sky")


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_every_format_is_a_file_with_its_type_and_name(
    client: Client, published: Published, export: Export
) -> None:
    response = client.get(published.address("programme-export", extension=export.extension))
    assert (response.status_code, response["Content-Type"], response["Content-Disposition"]) == (
        200,
        export.content_type,
        f'attachment; filename="sky-programme.{export.extension}"',
    )
    assert "Late light" in response.content.decode()


def test_the_calendar_points_back_to_the_configured_site(
    client: Client, published: Published
) -> None:
    address = published.address("talk-calendar", code=published.late.code)
    response = client.get(address, headers={"host": "localhost"})
    (event,) = Calendar.from_ical(response.content).events
    page = published.address("talk-detail", code=published.late.code)
    assert str(event["url"]) == f"http://127.0.0.1:8000{page}"


def test_a_talk_and_a_session_have_calendars_of_their_own(
    client: Client, published: Published
) -> None:
    session = client.get(published.address("session-calendar", number=2))
    talk = client.get(published.address("talk-calendar", code=published.late.code))
    assert session["Content-Disposition"] == 'attachment; filename="sky-session-2.ics"'
    assert (
        talk["Content-Disposition"] == f'attachment; filename="sky-talk-{published.late.code}.ics"'
    )
    uids = [
        [str(event["uid"]) for event in Calendar.from_ical(response.content).events]
        for response in (session, talk)
    ]
    assert uids == [[f"talk-{published.late.code}.sky@conjunction"]] * 2


def test_a_withdrawn_talk_is_marked_in_files(client: Client, published: Published) -> None:
    published.late.state = "withdrawn"
    published.late.save()
    table = client.get(published.address("programme-export", extension="csv")).content.decode()
    row = list(csv.DictReader(io.StringIO(table)))[-1]
    assert (row["title"], row["status"], row["authors"], row["abstract"]) == (
        "Late light",
        "withdrawn",
        "",
        "",
    )
