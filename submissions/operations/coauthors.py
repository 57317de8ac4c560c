"""Co-authors are told that they are named; what they answer is operations.coauthor_answers."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from submissions import emails
from submissions.models import Authorship, Email, Talk, User
from submissions.operations import history, mailing

NOTICE: Final = "coauthor_notice"
MOST_NOTICES: Final = 3
"""Of one talk to one address, however often somebody is taken off the list and put on again."""


def tell(
    talk: Talk, *, by: User | None, at: datetime, among: Collection[int] | None = None
) -> list[Email]:
    """Write to every co-author who has an address and was not told yet, or to those `among`.

    Whoever gets the receipt of the talk is no co-author here, nor is whoever is acting. Call it
    in the transaction that named them.
    """
    if not talk.meeting.tells_coauthors:
        return []
    authorships = list(talk.authorships.select_related("speaker"))
    knows = {recipient.address.lower() for recipient in emails.recipients_of(authorships)}
    knows |= {by.email.lower()} if by else set()
    sent = Email.objects.filter(talk=talk, kind=NOTICE)
    known_keys = set(sent.values_list("dedupe_key", flat=True))
    told = [address.lower() for address in sent.values_list("recipient", flat=True)]
    queued: list[Email] = []
    for authorship in authorships:
        if among is not None and authorship.pk not in among:
            continue
        address = authorship.speaker.email.lower()
        if address and address not in knows and told.count(address) < MOST_NOTICES:
            queued += _write_notice(authorship, talk, known_keys, at=at)
    return queued


def tell_again(authorship: Authorship, *, by: User, at: datetime) -> list[Email]:
    """Send a new link; the one sent before is void."""
    with transaction.atomic():
        Authorship.objects.filter(pk=authorship.pk).update(link_version=F("link_version") + 1)
        authorship.refresh_from_db(fields=["link_version"])
        queued = _write_notice(authorship, authorship.talk, set(), at=at)
        if queued:
            history.record(
                authorship.talk, "tell coauthor", by=by, at=at, note=authorship.speaker.name
            )
    return queued


def coauthor_link(authorship: Authorship) -> str:
    """The address of a co-author's own page. It is a secret, and changes nothing of the talk."""
    arguments = [authorship.talk.meeting.slug, authorship.coauthor_token()]
    return emails.absolute(reverse("submissions:coauthor-open", args=arguments))


def _write_notice(
    authorship: Authorship, talk: Talk, known_keys: set[str], *, at: datetime
) -> list[Email]:
    speaker = authorship.speaker
    if not speaker.email:
        return []
    authorship.talk = talk
    messages = emails.messages_to(
        [emails.Recipient(speaker.email, speaker.name)],
        NOTICE,
        talk,
        occasion=f"{authorship.pk} {authorship.link_version}",
        values={"coauthor_link": coauthor_link(authorship)},
    )
    new = [message for message in messages if message.dedupe_key not in known_keys]
    queued = mailing.queue(new, meeting=talk.meeting, talk=talk, at=at)
    if queued:
        Authorship.objects.filter(pk=authorship.pk).update(told_at=at)
        authorship.told_at = at
    return queued
