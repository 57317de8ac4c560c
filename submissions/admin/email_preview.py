"""A mail as it will arrive: what its reader sees of the header, and the text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from submissions.emails import Message
from submissions.models import Email, Meeting
from submissions.operations.delivering import message_of


@dataclass(frozen=True, slots=True)
class Preview:
    header: tuple[tuple[str, str], ...]
    body: str


def preview_of(email: Email) -> Preview:
    message = message_of(email)
    lines = [(_("From"), message.extra_headers["From"]), (_("To"), message.extra_headers["To"])]
    if message.reply_to:
        lines.append((_("Reply to"), ", ".join(message.reply_to)))
    return Preview((*lines, (_("Subject"), email.subject)), email.body)


def preview_of_message(message: Message, meeting: Meeting) -> Preview:
    """Of one that is in no outbox."""
    return preview_of(
        Email(
            meeting=meeting,
            recipient=message.recipient,
            recipient_name=message.recipient_name,
            subject=message.subject,
            body=message.body,
        )
    )
