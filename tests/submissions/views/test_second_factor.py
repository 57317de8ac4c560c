"""Where the site asks for a second factor, organisers have one before anything of theirs opens."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from submissions.models import Meeting, Talk, User
from tests.make import make_meeting, make_organiser, make_reviewer, make_talk, make_user

pytestmark = pytest.mark.django_db

ORGANISERS_PAGES = [
    "/admin/",
    "/admin/meetings/sky/",
    "/admin/submissions/talk/?meeting=sky",
    "/admin/meetings/sky/publish/",
    "/admin/password_change/",
    "/admin/jsi18n/",
]


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def meeting() -> Meeting:
    meeting = make_meeting(name="Sky", slug="sky")
    make_talk(meeting)
    return meeting


@pytest.fixture(params=["organiser", "superuser"])
def user(request: Any, meeting: Meeting) -> User:
    return make_organiser(meeting) if request.param == "organiser" else make_user(is_superuser=True)


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("path", ORGANISERS_PAGES)
def test_without_one_no_page_opens_and_each_leads_to_enrolling(client: Client, path: str) -> None:
    answer = client.get(path, follow=True)
    assert answer.request["PATH_INFO"] == "/account/"
    assert "Add a passkey or an authenticator app below" in answer.content.decode()


@pytest.mark.parametrize("path", ["/sky/review/", "/sky/"])
def test_without_one_pages_beside_the_admin_show_what_everybody_sees(
    client: Client, path: str
) -> None:
    make_meeting(slug="hidden", is_listed=False)
    assert client.get("/sky/review/").status_code == 404
    text = client.get("/").content.decode()
    assert "The organisers’ pages open once your account has a second proof." in text


def test_without_one_no_list_holds_anything_of_theirs(user: User) -> None:
    assert not Meeting.objects.organised_by(user).exists()
    assert not Talk.objects.visible_to(user).exists()


def test_recovery_codes_alone_are_none(client: Client, user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client.get("/admin/meetings/sky/").status_code == 302


def test_with_one_everything_opens(client: Client, user: User) -> None:
    TOTP.activate(user, "A" * 32)
    opened = {path: client.get(path, follow=True) for path in ORGANISERS_PAGES}
    assert {path: page.status_code for path, page in opened.items()} == dict.fromkeys(opened, 200)
    assert "/account/" not in {page.request["PATH_INFO"] for page in opened.values()}


def test_a_session_from_before_the_site_asked_does_not_go_on(client: Client, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    assert client.get("/admin/meetings/sky/").status_code == 200
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get("/admin/meetings/sky/").status_code == 302


def test_reviewers_and_speakers_need_none(meeting: Meeting) -> None:
    reviewer = Client()
    reviewer.force_login(make_reviewer(meeting))
    page = reviewer.get("/sky/review/")
    assert page.status_code == 200
    assert "second proof" not in page.content.decode()


def test_the_admin_has_no_form_of_its_own_that_would_go_round_the_second_step(
    client: Client, user: User
) -> None:
    TOTP.activate(user, "A" * 32)
    other = make_user("other@example.org", is_superuser=True)
    client.post("/admin/login/", {"username": other.email, "password": "password"})
    assert client.session["_auth_user_id"] == str(user.pk)
    stranger = Client()
    answer = stranger.post("/admin/login/", {"username": other.email, "password": "password"})
    assert answer["Location"].startswith("/sign-in/?next=")


def test_it_costs_no_query_where_the_site_does_not_ask(
    user: User, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    with django_assert_num_queries(0):
        assert user.may_organise
        assert not user.must_add_second_factor
