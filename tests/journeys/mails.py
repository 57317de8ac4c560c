"""What arrives by e-mail."""

import re

from django.core import mail


def private_link(site: str) -> str:
    """The path of the private link in the newest mail."""
    message = mail.outbox[-1]
    found = re.search(rf"{re.escape(site)}(\S+/talks/open/\S+)", str(message.body))
    assert found, message.body
    return found[1]
