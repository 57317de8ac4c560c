"""Mails for tests: put into the outbox, without sending them."""

from itertools import count
from typing import Any

from submissions.emails import Message
from submissions.models import Email, Meeting
from submissions.operations import mailing
from tests.make import NOW

_numbers = count(1)


def make_message(**fields: Any) -> Message:
    values: dict[str, Any] = {
        "kind": "receipt",
        "recipient": "ada@example.org",
        "subject": "Received",
        "body": "Thank you.\n",
        "dedupe_key": f"receipt:{next(_numbers)}",
    }
    return Message(**(values | fields))


def queue_one(meeting: Meeting, **fields: Any) -> Email:
    message = make_message(**fields)
    (email,) = mailing.queue([message], meeting=meeting, talk=None, at=NOW, send=False)
    return email
