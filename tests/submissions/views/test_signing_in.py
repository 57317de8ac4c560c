"""Coming back by a code: whoever has the mailbox is in, and nobody learns who else is."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client

from submissions.models import User
from submissions.operations.signing_in import verify_address
from tests.mail_server import mail_server
from tests.make import NOW, make_meeting, make_organiser, make_user
from tests.personas.matrix import Statements
from tests.sign_in import CODE, SIGN_IN, ask_for_code, newest_code, sign_in, signed_in_as

pytestmark = pytest.mark.django_db


def test_an_address_never_seen_before_is_in_after_two_steps(client: Client) -> None:
    answer = sign_in(client, "Ada@Example.org")
    assert (answer.status_code, answer["Location"]) == (302, "/talks/")
    user = User.objects.get()
    assert (user.email, user.has_usable_password()) == ("ada@example.org", False)
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (user.pk, "ada@example.org", True, True)
    ]
    assert signed_in_as(client) == "ada@example.org"


def test_no_account_is_made_before_the_code_is_typed(client: Client) -> None:
    ask_for_code(client, "ada@example.org")
    client.post(CODE, {"code": "BBBB-BBBB"})
    assert not User.objects.exists()


def test_an_account_of_that_address_in_any_case_is_the_one_that_is_entered(client: Client) -> None:
    user = make_organiser(make_meeting(), email="Olga@example.org")
    sign_in(client, "olga@EXAMPLE.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get().email == "olga@example.org"


def test_a_second_address_enters_the_same_account(client: Client) -> None:
    user = make_user("ada@example.org")
    verify_address(user, "ada@example.org")
    verify_address(user, "ada@institute.example")
    sign_in(client, "ada@institute.example")
    assert signed_in_as(client) == "ada@example.org"


# --- What the mail says -----------------------------------------------------------------------


def test_the_mail_is_plain_and_names_no_host(client: Client) -> None:
    client.post(SIGN_IN, {"email": "ada@example.org"}, headers={"host": "localhost"})
    (message,) = mail.outbox
    code = newest_code()
    assert (message.to, message.subject) == (["ada@example.org"], f"{code} is your code to sign in")
    assert message.body == (
        "Your code is:\n\n"
        f"    {code}\n\n"
        "Type it on the page that asked for it, within 15 minutes. It works in that browser only.\n"
        "\n"
        "If you did not ask for a code, somebody may have mistyped their address. Nothing happens "
        "unless the code is used, so keep it to yourself.\n"
    )
    assert message.message().get_content_type() == "text/plain"


@pytest.mark.parametrize("manners", ["refuses", "stalls", "hangs up"])
def test_a_broken_mail_server_is_told_about_and_the_address_stays(
    client: Client, manners: str
) -> None:
    with mail_server(manners):
        answer = ask_for_code(client, "ada@example.org")
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "could not be sent just now. Try again in a few minutes." in text
    assert 'value="ada@example.org"' in text


def test_asking_again_while_the_mail_server_is_down_keeps_the_first_code(client: Client) -> None:
    ask_for_code(client, "ada@example.org")
    with mail_server("stalls"):
        answer = client.post(CODE, {"again": "1"}, follow=True)
    assert "could not be sent just now" in answer.content.decode()
    client.post(CODE, {"code": newest_code()})
    assert signed_in_as(client) == "ada@example.org"


# --- Codes that are wrong, old, used, or of another browser -----------------------------------


@pytest.mark.parametrize(
    "typed", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} ", " ".join]
)
def test_a_code_may_be_typed_in_any_way(client: Client, typed: Callable[[str], str]) -> None:
    ask_for_code(client, "ada@example.org")
    client.post(CODE, {"code": typed(newest_code())})
    assert signed_in_as(client) == "ada@example.org"


@pytest.mark.parametrize("typed", ["BBBB-BBBB", "-", "0", "日本", "B" * 40, "B-B B.B\tB"])
def test_a_wrong_code_is_told_calmly(client: Client, typed: str) -> None:
    ask_for_code(client, "ada@example.org")
    answer = client.post(CODE, {"code": typed})
    assert answer.status_code == 422
    assert "This is not the code of the newest mail." in answer.content.decode()


def test_after_five_wrong_ones_the_right_one_does_not_work_either(client: Client) -> None:
    ask_for_code(client, "ada@example.org")
    wrong = [client.post(CODE, {"code": "BBBB-BBBB"}).status_code for _ in range(5)]
    assert wrong == [422, 422, 422, 422, 302]
    client.post(CODE, {"code": newest_code()})
    assert signed_in_as(client) == ""


@pytest.mark.parametrize(("minutes", "who"), [(14, "ada@example.org"), (15, "")])
def test_a_code_works_for_a_quarter_of_an_hour(client: Client, minutes: int, who: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        ask_for_code(client, "ada@example.org")
        clock.shift(timedelta(minutes=minutes))
        client.post(CODE, {"code": newest_code()})
        assert signed_in_as(client) == who


def test_a_code_works_once(client: Client) -> None:
    sign_in(client, "ada@example.org")
    client.post("/sign-out/")
    answer = client.post(CODE, {"code": newest_code()}, follow=True)
    assert "Ask for a new one." in answer.content.decode()
    assert signed_in_as(client) == ""


def test_a_code_works_in_the_browser_that_asked_for_it_alone(client: Client) -> None:
    ask_for_code(client, "ada@example.org")
    other = Client()
    ask_for_code(other, "eve@example.org")
    other.post(CODE, {"code": _code_in_mail(0)})
    assert signed_in_as(other) == ""


def test_a_newer_code_makes_the_earlier_one_void(client: Client) -> None:
    ask_for_code(client, "ada@example.org")
    client.post(CODE, {"again": "1"})
    assert client.post(CODE, {"code": _code_in_mail(0)}).status_code == 422
    client.post(CODE, {"code": _code_in_mail(1)})
    assert signed_in_as(client) == "ada@example.org"


def _code_in_mail(number: int) -> str:
    return str(mail.outbox[number].subject).split()[0]


def test_the_login_session_does_not_hold_the_code(client: Client) -> None:
    ask_for_code(client, "ada@example.org")
    assert newest_code() not in str(dict(client.session))


@pytest.mark.parametrize("kept", [{}, {"email": 1}, {"purpose": "rule the world"}, "text", 7])
def test_a_strange_login_session_starts_over(client: Client, kept: Any) -> None:
    session = client.session
    session["pending_code"] = kept
    session.save()
    assert client.get(CODE)["Location"] == SIGN_IN


# --- Nobody learns who has an account ----------------------------------------------------------


@time_machine.travel(NOW, tick=False)
def test_a_known_and_an_unknown_address_are_told_apart_by_nothing(client: Client) -> None:
    """Status, headers and body of every page before the right code, and the work for each."""
    known = make_organiser(make_meeting(), email="known1@example.org")
    verify_address(known, "known1@example.org")
    make_user("closed@example.org", is_active=False)
    roads = [
        _road(email) for email in ("known1@example.org", "closed@example.org", "nobody@example.org")
    ]
    assert roads[0] == roads[1] == roads[2]


def _road(email: str) -> list[tuple[str, int]]:
    client = Client()
    steps = [
        ("POST", SIGN_IN, {"email": email}),
        ("GET", CODE, None),
        ("POST", CODE, {"code": "BBBB-BBBB"}),
        ("POST", CODE, {"again": "1"}),
        ("GET", CODE, None),
    ]
    return [_answered(client, email, *step) for step in steps]


_BY_CHANCE = re.compile(
    r'value="\w{64}"|csrftoken=\w+|sessionid=\w+|expires=[^;]+|Content-Length: \d+'
)


def _answered(client: Client, email: str, method: str, path: str, data: Any) -> tuple[str, int]:
    """Everything that was answered but the address and what is made by chance; the statements."""
    statements = Statements()
    with connection.execute_wrapper(statements):
        answer = client.post(path, data) if method == "POST" else client.get(path)
    headers = [f"{name}: {value}" for name, value in answer.items()]
    told = [str(answer.status_code), *headers, answer.cookies.output(), answer.content.decode()]
    text = _BY_CHANCE.sub("(chance)", "\n".join(told)).replace(email, "(address)")
    return text, len(statements.seen)


@time_machine.travel(NOW, tick=False)
def test_the_password_page_tells_a_wrong_password_as_an_unknown_address() -> None:
    make_user("known@example.org")
    answers = [
        _answered(
            Client(), email, "POST", "/sign-in/password/", {"login": email, "password": "no"}
        )[0]
        for email in ("known@example.org", "nobody@example.org")
    ]
    assert answers[0] == answers[1]
    assert "do not belong together" in answers[0]


# --- Attempts are counted -----------------------------------------------------------------------


def test_one_address_is_sent_three_codes_a_minute_and_others_still_theirs(client: Client) -> None:
    answers = [ask_for_code(Client(), "ada@example.org").status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    assert ask_for_code(Client(), "bob@example.org").status_code == 302


def test_too_many_attempts_get_a_calm_page_with_what_to_do(client: Client) -> None:
    for _ in range(4):
        answer = ask_for_code(client, "ada@example.org")
    text = answer.content.decode()
    assert "Wait a moment" in text
    assert "wait a minute or two and try again" in text


def test_two_hundred_people_behind_one_address_all_get_their_code() -> None:
    answers = {ask_for_code(Client(), f"p{n}@example.org").status_code for n in range(200)}
    assert answers == {302}


def test_visitors_are_told_apart_behind_the_proxy_and_cannot_choose_who_they_are(
    settings: Any,
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"sign_in": "1/m/ip"}

    def asked(forwarded: str) -> int:
        data = {"email": f"{forwarded.replace(', ', '-')}@example.org"}
        answer = Client().post(SIGN_IN, data, headers={"x-forwarded-for": forwarded})
        return int(answer.status_code)

    assert [asked("192.0.2.1"), asked("192.0.2.2")] == [
        302,
        429,
    ]  # no proxy: the header is anybody's
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert [asked("192.0.2.3"), asked("192.0.2.4")] == [302, 302]
    assert [asked("9.9.9.9, 192.0.2.5"), asked("8.8.8.8, 192.0.2.5")] == [302, 429]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert asked("192.0.2.6") == 429  # fewer than promised: counted as the proxy's own


# --- Where it leads -----------------------------------------------------------------------------


def test_it_leads_to_where_the_visitor_wanted_to_go(client: Client) -> None:
    answer = sign_in(client, "ada@example.org", next="/account/")
    assert answer["Location"] == "/account/"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", r"\\evil.example", "https:evil.example",
     "/\t/evil.example", "http://testserver@evil.example", "javascript:alert(1)"],
)  # fmt: skip
def test_it_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert sign_in(client, "ada@example.org", next=elsewhere)["Location"] == "/talks/"
    again = client.get(SIGN_IN, {"next": elsewhere})
    assert again["Location"] == "/talks/"


@pytest.mark.parametrize("name", ["evil.example", "other.test"])
def test_another_name_of_the_site_is_no_place_to_lead_to_either(
    client: Client, settings: Any, name: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.test"]
    make_user("ada@example.org")
    answer = client.post(
        "/sign-in/password/",
        {"login": "ada@example.org", "password": "password", "next": f"http://{name}/"},
    )
    assert answer["Location"] == "/talks/"


def test_the_key_of_the_login_session_changes(client: Client) -> None:
    ask_for_code(client, "ada@example.org")
    before = client.session.session_key
    client.post(CODE, {"code": newest_code()})
    assert client.session.session_key != before


def test_a_closed_account_is_not_entered(client: Client) -> None:
    make_user("ada@example.org", is_active=False)
    answer = sign_in(client, "ada@example.org")
    assert answer["Location"] == "/sign-in/closed/"
    assert signed_in_as(client) == ""
    assert "This account is closed" in client.get(answer["Location"]).content.decode()


def test_with_a_password_as_before(client: Client) -> None:
    make_user("ada@example.org")
    client.post("/sign-in/password/", {"login": "ADA@example.org", "password": "password"})
    assert signed_in_as(client) == "ada@example.org"


@pytest.mark.parametrize(
    "email",
    ["", "ada", "ada@", "a@b@c", "ada@example.org\nBcc: eve@example.org", "x" * 300 + "@a.org"],
)
def test_what_is_no_address_comes_back_with_a_reason(client: Client, email: str) -> None:
    answer = ask_for_code(client, email)
    assert answer.status_code == 422
    assert mail.outbox == []


def test_asking_for_many_other_addresses_makes_nobody_forget_the_attempts_with_one() -> None:
    for _ in range(3):
        ask_for_code(Client(), "ada@example.org")
    for number in range(290):
        ask_for_code(Client(), f"other{number}@example.org")
    assert ask_for_code(Client(), "ada@example.org").status_code == 429
