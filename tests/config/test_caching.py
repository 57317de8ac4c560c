import pytest
from django.test import Client

from tests.make import make_meeting, make_talk, make_user

pytestmark = pytest.mark.django_db

PERSONAL = {"private", "no-cache"}


def told(client: Client, address: str) -> set[str]:
    """What the answer at this address lets caches do."""
    return {word.strip() for word in client.get(address)["Cache-Control"].split(",")}


def test_a_page_that_differs_by_who_looks_is_kept_by_nobody_for_others(client: Client) -> None:
    meeting = make_meeting()
    talk = make_talk(meeting)
    addresses = {
        "the front page": "/",
        "a meeting": f"/{meeting.slug}/",
        "no meeting": "/no-such-meeting/",
        "no page": "/no/such/page/",
        "no slash": f"/{meeting.slug}",
        "a talk of somebody else": f"/{meeting.slug}/talks/{talk.code}/",
        "a link that is void": f"/{meeting.slug}/talks/open/forged/",
        "the form": f"/{meeting.slug}/submit/",
        "signing in": "/sign-in/",
        "what needs signing in": f"/{meeting.slug}/review/",
        "the admin": "/admin/",
        "health": "/healthz/",
    }
    for user in (None, make_user()):
        if user:
            client.force_login(user)
        open_to_others = {
            name: told(client, address)
            for name, address in addresses.items()
            if not told(client, address) >= PERSONAL
        }
        assert open_to_others == {}


def test_a_view_that_says_something_is_believed(client: Client) -> None:
    assert told(client, f"/{make_meeting().slug}/accent.css") == {"max-age=300"}
