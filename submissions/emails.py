"""Wording of the e-mails: from a talk to subject and text. Sending is operations.mailing.

A template is `templates/submissions/emails/<kind>.txt`: its first line is the subject, the text
follows after a blank line. Values are inserted as they are (plain text, nothing to escape);
newlines in a subject are folded, so that no value can add a header.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from submissions.models import Meeting, Talk


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one person, before it is a row of the outbox."""

    kind: str
    recipient: str
    subject: str
    body: str
    dedupe_key: str
    """The same key is the same mail: it is queued once."""


def absolute(path: str) -> str:
    """An address for e-mails: from SITE_URL, never from a request's Host header."""
    return f"{settings.SITE_URL}{path}"


def private_link(talk: Talk) -> str:
    """The address by which a speaker comes back without an account. It is a secret."""
    arguments = [talk.meeting.slug, talk.private_token()]
    return absolute(reverse("submissions:talk-open", args=arguments))


def talk_messages(kind: str, talk: Talk, *, occasion: str, **context: Any) -> list[Message]:
    """The mail of `kind` to every presenting author (or else the first) who has an address.

    `occasion` tells apart two mails of one kind about one talk, such as two decisions.
    """
    authorships = list(talk.authorships.select_related("speaker"))
    addressed = [authorship for authorship in authorships if authorship.speaker.email]
    presenting = [authorship for authorship in addressed if authorship.is_presenting]
    context |= {"talk": talk, "meeting": talk.meeting, "private_link": private_link(talk)}
    return [
        _message(
            kind,
            authorship.speaker.email,
            talk,
            occasion,
            {**context, "speaker": authorship.speaker},
        )
        for authorship in presenting or addressed[:1]
    ]


def _message(
    kind: str, recipient: str, talk: Talk, occasion: str, context: dict[str, Any]
) -> Message:
    text = render_to_string(f"submissions/emails/{kind}.txt", context)
    subject, _, body = text.strip().partition("\n")
    return Message(
        kind=kind,
        recipient=recipient,
        subject=" ".join(subject.split())[:300],
        body=body.strip() + "\n",
        dedupe_key=f"{kind}:{talk.code}:{occasion}:{recipient.lower()}"[:200],
    )


def contact_of(meeting: Meeting) -> str:
    """Where answers should go; "" if the meeting names no address."""
    return meeting.contact_email
