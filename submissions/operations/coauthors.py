"""Co-authors are told that they are named; what they answer is operations.coauthor_answers."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from submissions import emails
from submissions.domain.email_kinds import email_kind
from submissions.domain.lifecycle import State
from submissions.models import Authorship, Email, Talk, User
from submissions.operations import history, mailing

NOTICE: Final = "coauthor_notice"
MOST_NOTICES: Final = 3
"""Of one talk to one address, however often somebody is taken off the list and put on again."""


def tell(
    talk: Talk, *, by: User | None, at: datetime, among: Collection[int] | None = None
) -> list[Email]:
    """Write to every co-author who has an address and was not told yet, or to those `among`.

    Whoever gets the receipt of the talk is no co-author here, nor is whoever is acting; of a draft
    nobody is told. Call it in the transaction that named them.
    """
    if not talk.meeting.tells_coauthors or talk.lifecycle_state is State.DRAFT:
        return []
    authorships = list(talk.authorships.select_related("speaker"))
    knows = {recipient.address.lower() for recipient in emails.recipients_of(authorships)}
    knows |= {by.email.lower()} if by else set()
    sent = Email.objects.filter(talk=talk, kind=NOTICE)
    known_keys = set(sent.values_list("dedupe_key", flat=True))
    told = [address.lower() for address in sent.values_list("recipient", flat=True)]
    waiting = [
        authorship
        for authorship in authorships
        if (among is None or authorship.pk in among)
        and (address := authorship.speaker.email.lower())
        and address not in knows
        and told.count(address) < MOST_NOTICES
        and _key(talk, authorship) not in known_keys
    ]
    return _write_notices(talk, waiting, at=at)


def tell_again(authorship: Authorship, *, by: User, at: datetime) -> list[Email]:
    """Send a new link; the one sent before is void."""
    with transaction.atomic():
        Authorship.objects.filter(pk=authorship.pk).update(link_version=F("link_version") + 1)
        authorship.refresh_from_db(fields=["link_version"])
        queued = _write_notices(authorship.talk, [authorship], at=at)
        if queued:
            history.record(
                authorship.talk, "tell coauthor", by=by, at=at, note=authorship.speaker.name
            )
    return queued


def coauthor_link(authorship: Authorship) -> str:
    """The address of a co-author's own page. It is a secret, and changes nothing of the talk."""
    arguments = [authorship.talk.meeting.slug, authorship.coauthor_token()]
    return emails.absolute(reverse("submissions:coauthor-open", args=arguments))


def _write_notices(talk: Talk, authorships: Sequence[Authorship], *, at: datetime) -> list[Email]:
    """One mail to each; what is the same in all of them is looked up once."""
    addressed = [authorship for authorship in authorships if authorship.speaker.email]
    kind = email_kind(NOTICE)
    if kind is None or not addressed:
        return []
    wording = emails.wordings_of(talk.meeting).get(NOTICE) or emails.shipped_wording(kind)
    values = emails.values_of_talk(talk)
    messages = []
    for authorship in addressed:
        authorship.talk = talk
        who = emails.Recipient(authorship.speaker.email, authorship.speaker.name)
        own = values | {"coauthor_link": coauthor_link(authorship)}
        messages.append(
            emails.compose(kind, wording, who, own, key=_key(talk, authorship, with_address=False))
        )
    queued = mailing.queue(messages, meeting=talk.meeting, talk=talk, at=at)
    Authorship.objects.filter(pk__in=[each.pk for each in addressed]).update(told_at=at)
    return queued


def _key(talk: Talk, authorship: Authorship, *, with_address: bool = True) -> str:
    """Of the mail about this author by this link; the same once more is not sent."""
    key = f"{NOTICE}:{talk.code}:{authorship.pk} {authorship.link_version}"
    return f"{key}:{authorship.speaker.email.lower()}"[:400] if with_address else key
