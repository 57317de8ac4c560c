"""Wording of the e-mails: from a talk to subject and text. Sending is operations.mailing.

What kinds there are and what may stand in their texts is domain/email_kinds.py. A kind's shipped
text is a file (`templates/submissions/emails/<kind>.txt`: the subject, a blank line, the text);
a meeting may have its own wording. What people typed is put in by domain/email_texts.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions.domain.email_kinds import PLACEHOLDERS, EmailKind, Origin, email_kind
from submissions.domain.email_texts import as_typed_by_people, fill_body, fill_subject, one_line
from submissions.models import Authorship, EmailTemplate, Meeting, Talk
from submissions.models.deadlines import deadline_words

LONGEST_SUBJECT: Final = 300
LONGEST_NAME: Final = 200
MOST_NAMES: Final = 20


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one person, before it is a row of the outbox."""

    kind: str
    recipient: str
    subject: str
    body: str
    dedupe_key: str
    """The same key is the same mail: it is queued once."""
    recipient_name: str = ""
    sends_at_once: bool = True


@dataclass(frozen=True, slots=True)
class Wording:
    """What a meeting's mails of one kind say, with placeholders, and whether they wait."""

    subject: str
    body: str
    sends_at_once: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    address: str
    name: str = ""


# --- Addresses --------------------------------------------------------------------------------


def absolute(path: str) -> str:
    """An address for e-mails: from SITE_URL, never from a request's Host header."""
    return f"{settings.SITE_URL}{path}"


def private_link(talk: Talk) -> str:
    """The address by which a speaker comes back without an account. It is a secret."""
    arguments = [talk.meeting.slug, talk.private_token()]
    return absolute(reverse("submissions:talk-open", args=arguments))


# --- Wordings ---------------------------------------------------------------------------------


def shipped_wording(kind: EmailKind) -> Wording:
    subject, body = _shipped_text(kind.shipped_text, translation.get_language())
    return Wording(subject, body, kind.sends_at_once)


@cache
def _shipped_text(template: str, _language: str) -> tuple[str, str]:
    subject, _blank, body = render_to_string(template).strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def wordings_of(meeting: Meeting) -> dict[str, Wording]:
    """The meeting's own wordings by kind; what is not in it is as shipped. One query."""
    return {
        template.kind: wording_in(template)
        for template in EmailTemplate.objects.filter(meeting=meeting)
    }


def wording_in(template: EmailTemplate) -> Wording:
    kind = email_kind(template.kind)
    must_go = kind is not None and not kind.may_be_held
    return Wording(template.subject, template.body, template.sends_at_once or must_go)


# --- Messages ---------------------------------------------------------------------------------


def talk_messages(
    kind: str,
    talk: Talk,
    *,
    occasion: str,
    wordings: Mapping[str, Wording] | None = None,
    **values: str,
) -> list[Message]:
    """The mail of `kind` to every presenting author (or else the first) who has an address.

    `occasion` tells apart two mails of one kind about one talk, such as two decisions. Whoever
    makes many for one meeting hands in its `wordings_of`.
    """
    authorships = list(talk.authorships.select_related("speaker"))
    return messages_to(
        recipients_of(authorships),
        kind,
        talk,
        occasion=occasion,
        wordings=wordings,
        values={**values},
    )


def recipients_of(authorships: Sequence[Authorship]) -> list[Recipient]:
    """Who gets the mails about a talk and its private link; the authors in their order."""
    addressed = [each.speaker for each in authorships if each.speaker.email]
    presenting = [each.speaker for each in authorships if each.is_presenting and each.speaker.email]
    return [Recipient(who.email, who.name) for who in presenting or addressed[:1]]


def messages_to(
    recipients: list[Recipient],
    kind: str,
    talk: Talk,
    *,
    occasion: str,
    wordings: Mapping[str, Wording] | None = None,
    values: Mapping[str, str] | None = None,
) -> list[Message]:
    """The mail of `kind` about the talk to each of them; `values` by the name of a placeholder."""
    if not recipients:
        return []
    about = email_kind(kind)
    if about is None:
        raise LookupError(kind)
    own = wordings_of(talk.meeting) if wordings is None else wordings
    wording = own.get(kind) or shipped_wording(about)
    everything = {**values_of_talk(talk), **(values or {})}
    return [
        compose(about, wording, recipient, everything, key=f"{kind}:{talk.code}:{occasion}")
        for recipient in recipients
    ]


def compose(
    kind: EmailKind, wording: Wording, recipient: Recipient, values: Mapping[str, str], *, key: str
) -> Message:
    """Fill the wording in. What people typed is made harmless here, whoever handed it in."""
    named = {**values, "recipient_name": recipient.name or _("colleague")}
    safe = {name: _harmless(name, named.get(name, "")) for name in kind.placeholders}
    return Message(
        kind=kind.name,
        recipient=recipient.address,
        recipient_name=as_typed_by_people(recipient.name)[:LONGEST_NAME],
        subject=fill_subject(wording.subject, safe, longest=LONGEST_SUBJECT),
        body=fill_body(wording.body, safe),
        dedupe_key=f"{key}:{recipient.address.lower()}"[:400],
        sends_at_once=wording.sends_at_once,
    )


def _harmless(name: str, value: str) -> str:
    is_typed = PLACEHOLDERS[name].origin is Origin.PEOPLE
    return as_typed_by_people(value) if is_typed else one_line(value)


# --- Values -----------------------------------------------------------------------------------


def values_of_talk(talk: Talk) -> dict[str, str]:
    """Every placeholder's value that follows from the talk and its meeting."""
    authorships = list(talk.authorships.select_related("speaker"))
    presenting = [each for each in authorships if each.is_presenting] or authorships[:1]
    return {
        **values_of_meeting(talk.meeting),
        "talk_title": talk.title or _("(no title yet)"),
        "talk_code": talk.code,
        "talk_authors": _names(authorships),
        "submitter_name": _names(presenting),
        "private_link": private_link(talk),
    }


def _names(authorships: Sequence[Authorship]) -> str:
    """The first of them, for a collaboration may have thousands, and as many mails."""
    shown = [each.speaker.name for each in authorships[:MOST_NAMES]]
    if (others := len(authorships) - len(shown)) > 0:
        more = ngettext("and %d other", "and %d others", others)
        shown.append(more % others)
    return ", ".join(shown)


def values_of_meeting(meeting: Meeting) -> dict[str, str]:
    return {
        "meeting_name": meeting.name,
        "meeting_dates": _days(meeting),
        "meeting_place": ", ".join(part for part in (meeting.venue, meeting.place) if part),
        "meeting_link": absolute(reverse("submissions:meeting-detail", args=[meeting.slug])),
        "contact_address": meeting.contact_email,
        "call_closes": _deadline(meeting.call_ends_at, meeting),
        "edits_close": _deadline(meeting.edits_until, meeting),
    }


def _days(meeting: Meeting) -> str:
    first, last = meeting.starts_on, meeting.ends_on
    if first == last:
        return date_format(first, "j F Y")
    pattern = "j" if (first.year, first.month) == (last.year, last.month) else "j F"
    pattern = pattern if first.year == last.year else "j F Y"
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, pattern),
        "last": date_format(last, "j F Y"),
    }


def _deadline(at: datetime | None, meeting: Meeting) -> str:
    return deadline_words(at, meeting) if at else _("(no date yet)")


def sample_values(kind: EmailKind) -> dict[str, str]:
    """For a look at a wording in a meeting that has no talk yet."""
    return {name: placeholder.sample for name, placeholder in kind.own_placeholders.items()}
