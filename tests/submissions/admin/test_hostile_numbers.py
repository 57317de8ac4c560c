"""Addresses with numbers that no database holds: they name nothing, and nothing breaks."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.make import make_meeting, make_organiser, make_room, make_session, make_talk

pytestmark = pytest.mark.django_db
HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        f"/admin/submissions/talk/decide/accept/?talk={HUGE}",
        f"/admin/submissions/talk/decide/accept/?talk=1&back={HUGE}",
        f"/admin/submissions/talk/?format={HUGE}",
        f"/admin/submissions/talk/?p={HUGE}",
        f"/admin/programme/session/?room={HUGE}",
        "/admin/programme/session/?day=9999-12-31",
        "/admin/programme/session/?day=0001-01-01",
        f"/admin/submissions/talk/{HUGE}/change/",
        f"/admin/submissions/talk/{HUGE}/private-link/",
        f"/admin/submissions/talk/{HUGE}/answer/confirm/",
    ],
)
def test_huge_numbers_and_days_name_nothing(client: Client, address: str) -> None:
    meeting = make_meeting()
    make_talk(meeting)
    make_session(meeting)
    make_room(meeting)
    client.force_login(make_organiser(meeting))
    assert client.get(address).status_code in (200, 302, 404)


def test_a_stamp_with_a_huge_number_is_nobodys(client: Client) -> None:
    client.force_login(make_organiser(make_meeting()))
    url = reverse("admin:submissions_talk_decide", args=["accept"])
    assert client.post(url, {f"seen-{HUGE}": "submitted", "back": HUGE}).status_code == 302
