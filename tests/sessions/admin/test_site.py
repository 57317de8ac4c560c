"""The first page of the organisers' site."""

import pytest
from django.test import Client

from tests.make import make_meeting, make_organiser, make_talk, make_user

pytestmark = pytest.mark.django_db


def test_whoever_organises_one_meeting_comes_to_its_overview(client: Client) -> None:
    meeting = make_meeting(slug="mine")
    make_meeting()
    client.force_login(make_organiser(meeting))
    assert client.get("/admin/").headers["Location"] == "/admin/meetings/mine/"


def test_whoever_organises_several_sees_them_with_their_numbers(client: Client) -> None:
    one, two = make_meeting(name="One"), make_meeting(name="Two", call_opens_at=None)
    make_meeting(name="Three")
    user = make_organiser(one)
    two.memberships.create(user=user, role="organiser")
    make_talk(one)
    client.force_login(user)
    lines = client.get("/admin/").context["meetings"]
    assert {(str(x["meeting"]), x["talk_count"], x["undecided"]) for x in lines} == {
        ("One", 1, 1),
        ("Two", 0, 0),
    }
    assert {str(x["meeting"]): x["call"] for x in lines}["Two"] == "has no dates yet"


def test_a_superuser_sees_everything_of_the_site(client: Client) -> None:
    make_meeting(name="One")
    client.force_login(make_user(is_superuser=True))
    page = client.get("/admin/").content.decode()
    for text in ("One", "/admin/submissions/user/", "/admin/submissions/meeting/add/"):
        assert text in page
