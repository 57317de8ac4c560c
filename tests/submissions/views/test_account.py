"""Your account: addresses, passkeys, an authenticator app, and where one is signed in."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, yield_hotp_counters_from_time
from allauth.mfa.totp.internal.auth import hotp_value as six_digits
from django.core import mail
from django.test import Client

from config.accounts import SIGNED_IN_AT
from submissions.models import User
from submissions.operations.signing_in import verify_address
from tests.mail_server import mail_server
from tests.make import make_user
from tests.passkeys import Pocket
from tests.sign_in import CODE, SIGN_IN, newest_code, sign_in, signed_in_as

pytestmark = pytest.mark.django_db

PAGE = "/account/"


@pytest.fixture
def ada(client: Client) -> User:
    sign_in(client, "ada@example.org")
    return User.objects.get(email="ada@example.org")


def told(answer: Any) -> str:
    return str(answer.content.decode())


def addresses(user: User) -> list[tuple[str, bool]]:
    return [*EmailAddress.objects.filter(user=user).order_by("pk").values_list("email", "primary")]


def add(client: Client, email: str) -> Any:
    client.post(f"{PAGE}addresses/add/", {"email": email})
    return client.post(CODE, {"code": newest_code()}, follow=True)


# --- Addresses ----------------------------------------------------------------------------------


def test_another_address_counts_once_it_is_proved(client: Client, ada: User) -> None:
    client.post(f"{PAGE}addresses/add/", {"email": "Ada@Institute.example"})
    assert mail.outbox[-1].to == ["ada@institute.example"]
    assert addresses(ada) == [("ada@example.org", True)]
    client.post(CODE, {"code": newest_code()})
    assert addresses(ada) == [("ada@example.org", True), ("ada@institute.example", False)]


def test_an_address_of_somebody_else_is_refused_only_after_the_code(
    client: Client, ada: User
) -> None:
    """So nobody without the mailbox learns that it has an account."""
    for email in ("bob@example.org", "carol@example.org"):
        make_user(email)
    verify_address(User.objects.get(email="bob@example.org"), "bob@example.org")
    assert "signs in to another account of yours" in told(add(client, "bob@example.org"))
    assert "signs in to another account of yours" in told(add(client, "Carol@example.org"))
    assert addresses(ada) == [("ada@example.org", True)]


def test_the_main_address_changes_and_the_old_one_may_go(client: Client, ada: User) -> None:
    add(client, "ada@institute.example")
    client.post(f"{PAGE}addresses/remove/", {"email": "ada@example.org"})
    assert addresses(ada)[0] == ("ada@example.org", True)
    client.post(f"{PAGE}addresses/main/", {"email": "ada@institute.example"})
    assert signed_in_as(client) == "ada@institute.example"
    client.post(f"{PAGE}addresses/remove/", {"email": "ada@example.org"})
    assert addresses(ada) == [("ada@institute.example", True)]


def test_a_main_address_that_became_another_accounts_is_refused_calmly(
    client: Client, ada: User
) -> None:
    add(client, "ada@institute.example")
    make_user("Ada@Institute.example")
    answer = client.post(f"{PAGE}addresses/main/", {"email": "ada@institute.example"}, follow=True)
    assert "Another account has this as its main address." in told(answer)


def test_addresses_of_others_are_not_touched(client: Client, ada: User) -> None:
    bob = make_user("bob@example.org")
    verify_address(bob, "bob@example.org")
    verify_address(bob, "bob@institute.example")
    for action in ("main", "remove"):
        client.post(f"{PAGE}addresses/{action}/", {"email": "bob@institute.example"})
    assert addresses(bob) == [("bob@example.org", True), ("bob@institute.example", False)]


def test_a_code_for_adding_does_not_sign_anybody_in(client: Client, ada: User) -> None:
    client.post(f"{PAGE}addresses/add/", {"email": "bob@example.org"})
    client.post("/sign-out/")
    client.post(CODE, {"code": newest_code()})
    assert signed_in_as(client) == ""
    assert not User.objects.filter(email="bob@example.org").exists()


def test_an_account_whose_address_nobody_proved_is_told_so(client: Client) -> None:
    client.force_login(make_user("root@example.org"))
    assert "You have not shown yet that root@example.org is yours" in told(client.get(PAGE))


# --- Authenticator app --------------------------------------------------------------------------


def digits(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(six_digits(secret, counter)))


def add_app(client: Client) -> str:
    secret = str(client.get(f"{PAGE}app/add/").context["form"].secret)
    client.post(f"{PAGE}app/add/", {"code": digits(secret)})
    return secret


def recovery_codes(client: Client) -> list[str]:
    return told(client.get(f"{PAGE}recovery-codes/download/")).split()


def test_with_an_app_the_code_from_the_mail_is_only_the_first_step(
    client: Client, ada: User
) -> None:
    secret = add_app(client)
    other = Client()
    assert sign_in(other, "ada@example.org")["Location"] == "/sign-in/second-step/"
    assert signed_in_as(other) == ""
    wrong = other.post("/sign-in/second-step/", {"code": "000000"})
    assert "This code is not right." in told(wrong)
    other.post("/sign-in/second-step/", {"code": digits(secret)})
    assert signed_in_as(other) == "ada@example.org"


def test_a_recovery_code_takes_the_place_of_the_app_once(client: Client, ada: User) -> None:
    add_app(client)
    code = recovery_codes(client)[0]
    for expected in ("ada@example.org", ""):
        other = Client()
        sign_in(other, "ada@example.org")
        other.post("/sign-in/second-step/", {"code": code})
        assert signed_in_as(other) == expected


def test_the_password_does_not_go_round_the_second_step(client: Client) -> None:
    user = make_user("ada@example.org")
    TOTP.activate(user, "A" * 32)
    answer = client.post("/sign-in/password/", {"login": "ada@example.org", "password": "password"})
    assert answer["Location"] == "/sign-in/second-step/"
    assert signed_in_as(client) == ""


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_told_of_a_new_app_and_a_broken_mail_server_undoes_nothing(
    client: Client, ada: User
) -> None:
    add_app(client)
    (notice,) = mail.outbox[1:]
    assert notice.subject == "An authenticator app was added to your account"
    assert notice.body.startswith("An authenticator app was added to your account. Signing in asks")
    with mail_server("refuses"):
        client.post(f"{PAGE}app/remove/")
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_after_a_while_a_change_asks_who_is_there(client: Client) -> None:
    user = make_user("ada@example.org")
    client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = 0
    session.save()
    answer = client.get(f"{PAGE}app/add/")
    assert answer["Location"].startswith(f"{PAGE}again/")
    page = client.get(answer["Location"])
    assert "Is it still you?" in told(page)
    back = client.post(answer["Location"], {"password": "password"})
    assert back["Location"] == f"{PAGE}app/add/"
    assert client.get(f"{PAGE}app/add/").status_code == 200


# --- Passkeys -----------------------------------------------------------------------------------


@pytest.fixture
def pocket(client: Client, ada: User) -> Pocket:
    """Ada's passkey, made in the browser of `client`."""
    pocket = Pocket()
    options = client.get(f"{PAGE}passkeys/add/").context["js_data"]["creation_options"]
    posted = {"name": "Pocket", "credential": pocket.make(options), "passwordless": "on"}
    answer = client.post(f"{PAGE}passkeys/add/", posted)
    assert answer["Location"] == f"{PAGE}recovery-codes/", told(answer)
    return pocket


def use(client: Client, pocket: Pocket) -> Any:
    options = client.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    credential = pocket.use(options["request_options"])
    return client.post("/sign-in/passkey/", {"credential": credential, "next": PAGE})


def test_a_passkey_alone_signs_in(pocket: Pocket) -> None:
    other = Client()
    assert use(other, pocket)["Location"] == PAGE
    assert signed_in_as(other) == "ada@example.org"


def test_a_passkey_is_a_second_step_as_well(pocket: Pocket) -> None:
    other = Client()
    sign_in(other, "ada@example.org")
    page = other.get("/sign-in/second-step/")
    credential = pocket.use(page.context["js_data"]["request_options"])
    other.post("/sign-in/second-step/", {"credential": credential})
    assert signed_in_as(other) == "ada@example.org"


def test_what_a_passkey_signed_once_signs_nobody_in_again(pocket: Pocket) -> None:
    other = Client()
    options = other.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    credential = pocket.use(options["request_options"])
    for expected in ("ada@example.org", ""):
        other.post("/sign-in/passkey/", {"credential": credential})
        assert signed_in_as(other) == expected
        other.post("/sign-out/")


NONSENSE = [
    "",
    "{}",
    "[]",
    "7",
    "nonsense",
    '{"id": "AAAA"}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}',
    *(
        json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response})
        for response in (
            {"clientDataJSON": "e30", "attestationObject": "oA"},
            {"clientDataJSON": "e30", "authenticatorData": "AAAA", "userHandle": "7"},
            {"clientDataJSON": "", "authenticatorData": 7, "signature": [], "userHandle": "99999"},
        )
    ),
]


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_instead_of_a_passkey_is_answered_calmly(pocket: Pocket, credential: str) -> None:
    other = Client()
    other.get("/sign-in/passkey/", headers={"accept": "application/json"})
    assert other.post("/sign-in/passkey/", {"credential": credential})["Location"] == SIGN_IN


def test_what_another_passkey_signed_is_not_taken(pocket: Pocket) -> None:
    other = Client()
    options = other.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    stranger = Pocket(name=pocket.name, user=pocket.user)
    other.post("/sign-in/passkey/", {"credential": stranger.use(options["request_options"])})
    assert signed_in_as(other) == ""


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_instead_of_a_new_passkey_comes_back(
    client: Client, ada: User, credential: str
) -> None:
    client.get(f"{PAGE}passkeys/add/")
    answer = client.post(f"{PAGE}passkeys/add/", {"credential": credential})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_a_passkey_is_renamed_and_removed(client: Client, pocket: Pocket) -> None:
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    client.post(f"{PAGE}passkeys/{key.pk}/name/", {"name": "Office"})
    assert "Office" in told(client.get(PAGE))
    assert "Remove “Office”?" in told(client.get(f"{PAGE}passkeys/{key.pk}/remove/"))
    client.post(f"{PAGE}passkeys/{key.pk}/remove/")
    assert not Authenticator.objects.exists()


def test_options_of_a_new_passkey_name_the_site_and_the_owner(client: Client, ada: User) -> None:
    data = client.get(f"{PAGE}passkeys/add/").context["js_data"]
    asked = json.loads(json.dumps(data))["creation_options"]["publicKey"]
    assert asked["rp"] == {"id": "testserver", "name": "Conjunction"}
    assert asked["user"]["name"] == "ada@example.org"


# --- Where one is signed in ---------------------------------------------------------------------


def test_signing_out_everywhere_else(client: Client, ada: User) -> None:
    other = Client(headers={"user-agent": "Other browser"})
    sign_in(other, "ada@example.org")
    page = client.get(f"{PAGE}devices/")
    assert "Other browser" in told(page)
    client.post(f"{PAGE}devices/")
    assert (signed_in_as(client), signed_in_as(other)) == ("ada@example.org", "")
