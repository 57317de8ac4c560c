"""Signing in as people do: an address, the code from the mail, and you are in."""

import re
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

SIGN_IN = "/sign-in/"
CODE = "/sign-in/code/"


def newest_code() -> str:
    found = re.search(r"^ {4}([A-Z]{4}-[A-Z]{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def ask_for_code(client: Client, email: str, **more: str) -> Any:
    return client.post(SIGN_IN, {"email": email, **more})


def sign_in(client: Client, email: str, **more: str) -> Any:
    """The answer to the right code."""
    asked = ask_for_code(client, email, **more)
    assert asked.status_code == 302, asked.content
    return client.post(CODE, {"code": newest_code()})


def signed_in_as(client: Client) -> str:
    """The main address of whoever is signed in; "" for nobody."""
    page = client.get(reverse("submissions:account-detail"))
    return str(page.context["user"].email) if page.status_code == 200 else ""
