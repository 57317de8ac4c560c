"""Signing in with ORCID, whole round trips against an issuer on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from submissions.models import User
from submissions.operations.signing_in import verify_address
from tests.make import make_meeting, make_speaker, make_talk, make_user
from tests.orcid_server import Issuer, orcid_server
from tests.sign_in import CODE, SIGN_IN, newest_code, sign_in, signed_in_as

pytestmark = pytest.mark.django_db

BUTTON = "/sign-in/orcid/"
IRIS = "0000-0002-1825-0097"


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with orcid_server() as issuer:
        yield issuer


def come_from_orcid(client: Client, issuer: Issuer, **posted: str) -> Any:
    """Press the button, agree at ORCID, come back: the answer of our site."""
    leaving = client.post(BUTTON, posted)
    assert leaving.status_code == 302
    return client.get(issuer.goes_back(leaving["Location"]))


def known(issuer: Issuer, email: str = "josiah@example.org") -> User:
    user = make_user(email)
    verify_address(user, email)
    SocialAccount.objects.create(user=user, provider="orcid", uid=issuer.orcid)
    return user


def test_without_a_client_there_is_no_button(client: Client) -> None:
    assert "ORCID" not in client.get(SIGN_IN).content.decode()
    assert client.post(BUTTON).status_code == 404


def test_a_known_orcid_is_in_at_once(client: Client, issuer: Issuer) -> None:
    known(issuer)
    assert "With ORCID" in client.get(SIGN_IN).content.decode()
    assert come_from_orcid(client, issuer)["Location"] == "/talks/"
    assert signed_in_as(client) == "josiah@example.org"


def test_it_leads_to_where_the_visitor_wanted_to_go(client: Client, issuer: Issuer) -> None:
    known(issuer)
    assert come_from_orcid(client, issuer, next="/account/")["Location"] == "/account/"
    client.post("/sign-out/")
    assert come_from_orcid(client, issuer, next="//evil.example")["Location"] == "/talks/"


def test_a_new_orcid_asks_for_an_address_proves_it_and_is_connected(
    client: Client, issuer: Issuer
) -> None:
    assert come_from_orcid(client, issuer)["Location"] == SIGN_IN
    assert f"Your ORCID {IRIS} is not connected" in client.get(SIGN_IN).content.decode()
    assert not User.objects.exists()
    sign_in(client, "josiah@example.org")
    user = User.objects.get()
    assert (user.email, user.full_name) == ("josiah@example.org", "Josiah Carberry")
    assert [*SocialAccount.objects.values_list("user", "provider", "uid")] == [
        (user.pk, "orcid", IRIS)
    ]
    other = Client()
    come_from_orcid(other, issuer)
    assert signed_in_as(other) == "josiah@example.org"


def test_a_new_orcid_joins_the_account_that_the_address_has(client: Client, issuer: Issuer) -> None:
    user = make_user("josiah@example.org", full_name="J. S. Carberry")
    come_from_orcid(client, issuer)
    sign_in(client, "josiah@example.org")
    assert SocialAccount.objects.get().user == user
    assert User.objects.get().full_name == "J. S. Carberry"
    assert "An ORCID was connected to your account." in str(mail.outbox[-1].body)


def test_the_address_that_an_issuer_tells_is_not_believed(client: Client) -> None:
    with orcid_server(more={"email": "olga@example.org", "email_verified": True}) as issuer:
        make_user("olga@example.org")
        assert come_from_orcid(client, issuer)["Location"] == SIGN_IN
        assert signed_in_as(client) == ""
        assert not SocialAccount.objects.exists()
        assert not EmailAddress.objects.exists()


def test_an_orcid_that_was_only_typed_gives_nothing(client: Client, issuer: Issuer) -> None:
    meeting = make_meeting()
    make_talk(meeting, speakers=[make_speaker(meeting, orcid=IRIS.replace("-", ""))], title="Hers")
    known(issuer)
    come_from_orcid(client, issuer)
    assert "Hers" not in client.get("/talks/").content.decode()


def test_it_is_connected_from_the_account_page_and_let_go_again(
    client: Client, issuer: Issuer
) -> None:
    sign_in(client, "ada@example.org")
    answer = come_from_orcid(client, issuer, process="connect")
    assert answer["Location"] == "/account/"
    assert f"{IRIS} signs you in." in client.get("/account/").content.decode()
    client.post("/account/orcid/disconnect/")
    assert not SocialAccount.objects.exists()
    assert "Connect my ORCID" in client.get("/account/").content.decode()


def test_the_orcid_of_another_account_is_not_taken_over(client: Client, issuer: Issuer) -> None:
    owner = known(issuer)
    sign_in(client, "ada@example.org")
    come_from_orcid(client, issuer, process="connect")
    assert "signs in to another account of yours" in client.get("/account/").content.decode()
    assert SocialAccount.objects.get().user == owner


def test_who_is_not_that_orcid_says_so_and_it_is_forgotten(client: Client, issuer: Issuer) -> None:
    come_from_orcid(client, issuer)
    page = client.post(SIGN_IN, {"forget_orcid": "1"})
    assert IRIS not in page.content.decode()
    sign_in(client, "ada@example.org")
    assert not SocialAccount.objects.exists()


def test_an_orcid_left_behind_is_connected_to_nobody_later(client: Client, issuer: Issuer) -> None:
    come_from_orcid(client, issuer)
    session = client.session
    session["orcid_to_connect"] |= {"proved_at": "2020-01-01T00:00:00+00:00"}
    session.save()
    sign_in(client, "ada@example.org")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("manners", "told"),
    [
        ("cancelled", "at ORCID you chose not to"),
        ("refuses the code", "ORCID did not answer as it should"),
        ("silent", "ORCID did not answer as it should"),
        ("garbage", "ORCID did not answer as it should"),
    ],
)
def test_what_goes_wrong_at_orcid_is_told_calmly(client: Client, manners: str, told: str) -> None:
    with orcid_server() as issuer:
        leaving = client.post(BUTTON)
        issuer.manners = manners
        answer = client.get(issuer.goes_back(leaving["Location"]), follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == SIGN_IN
    assert told in answer.content.decode()


@pytest.mark.parametrize("manners", ["silent", "garbage"])
def test_an_issuer_that_is_down_keeps_nobody_from_the_other_ways(
    client: Client, manners: str
) -> None:
    with orcid_server(manners=manners):
        answer = client.post(BUTTON, follow=True)
    assert "ORCID did not answer as it should" in answer.content.decode()
    assert "Send me a code" in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?code=the-code", "?code=the-code&state=forged", "?error=x"])
def test_an_answer_that_this_browser_did_not_ask_for_signs_nobody_in(
    client: Client, issuer: Issuer, query: str
) -> None:
    known(issuer)
    answer = client.get(f"/sign-in/orcid/back/{query}")
    assert answer["Location"] == SIGN_IN
    assert signed_in_as(client) == ""


def test_the_answer_works_once(client: Client, issuer: Issuer) -> None:
    known(issuer)
    back = issuer.goes_back(client.post(BUTTON)["Location"])
    client.get(back)
    client.post("/sign-out/")
    client.get(back)
    assert signed_in_as(client) == ""


def test_a_second_step_comes_before_the_orcid_is_connected(client: Client, issuer: Issuer) -> None:
    TOTP.activate(make_user("ada@example.org"), generate_totp_secret())
    come_from_orcid(client, issuer)
    client.post(SIGN_IN, {"email": "ada@example.org"})
    answer = client.post(CODE, {"code": newest_code()})
    assert answer["Location"] == "/sign-in/second-step/"
    assert not SocialAccount.objects.exists()
