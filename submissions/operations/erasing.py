"""Forgetting a person of one meeting: asked for by them, done by an organiser, in one transaction.

What is erased and what is kept is told by `plan` before and done by `erase`; both follow from the
same classification of the person's talks (docs/decisions/0018). Apps above register what they hold
with `eraser`, and what they have published with `publications`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction

from submissions.domain.identity_texts import NAME_REMOVED, Identity
from submissions.domain.lifecycle import State
from submissions.models import ErasureRequest, Meeting, Speaker, Talk, User
from submissions.operations import history


@dataclass(frozen=True, slots=True)
class Published:
    """What any release of a meeting has ever shown."""

    codes: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    """By the last part of the address of their page."""


@dataclass(slots=True)
class Erasure:
    """What the erasers work on."""

    speaker: Speaker
    identity: Identity
    """As the person was called before."""
    old_slug: str
    keeps_published: bool
    by: User | None
    at: datetime
    published: list[Talk] = field(default_factory=list)
    """Talks of theirs that a release shows, or has shown."""
    alone: list[Talk] = field(default_factory=list)
    """Never published, and nobody else is on them: their text goes too."""
    shared: list[Talk] = field(default_factory=list)
    """Never published, with other authors: the text is the others' as well."""
    is_published_otherwise: bool = False
    """Chairs a session of a release, or leads an item of it."""

    @property
    def meeting(self) -> Meeting:
        return self.speaker.meeting

    @property
    def keeps_name(self) -> bool:
        """Whether they stay among the people of the meeting, since the programme shows them."""
        return self.keeps_published and bool(self.published or self.is_published_otherwise)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing (more) to erase."""
        if not self.keeps_name:
            return self.identity.is_nobody
        kept = self.speaker.email or self.speaker.orcid or self.speaker.user_id
        return not (kept or self.alone or self.shared)

    @property
    def talks(self) -> list[Talk]:
        return [*self.published, *self.alone, *self.shared]


Eraser = Callable[[Erasure], None]
ERASERS: Final[list[tuple[tuple[str, ...], Eraser]]] = []
"""In the order in which they run, each with the tables that it clears."""
PUBLICATIONS: Final[list[Callable[[Meeting], Published]]] = []


def eraser(*tables: str) -> Callable[[Eraser], Eraser]:
    """Register a function that takes the person out of these tables."""

    def register(function: Eraser) -> Eraser:
        ERASERS.append((tables, function))
        return function

    return register


def publications(function: Callable[[Meeting], Published]) -> Callable[[Meeting], Published]:
    """Register a function that says what a meeting has published."""
    PUBLICATIONS.append(function)
    return function


def ask(
    speaker: Speaker, *, talk: Talk, by: User | None, at: datetime, reason: str = ""
) -> ErasureRequest:
    """Note that the person wants to be forgotten; asking again changes nothing."""
    with transaction.atomic():
        speaker.meeting.hold_people()
        request, is_new = ErasureRequest.objects.open().get_or_create(
            speaker=speaker, defaults={"asked_at": at, "reason": reason}
        )
        if is_new:
            history.record(talk, "ask erasure", by=by, at=at)
    return request


def is_asked(speaker: Speaker) -> bool:
    return ErasureRequest.objects.open().filter(speaker=speaker).exists()


def decline(speaker: Speaker, *, by: User, at: datetime, answer: str) -> int:
    """Close the open request without erasing; tells how many there were."""
    return (
        ErasureRequest.objects.open()
        .filter(speaker=speaker)
        .update(closed_at=at, closed_by=by, answer=answer)
    )


def plan(speaker: Speaker, *, by: User | None, at: datetime) -> Erasure:
    """What would be erased; nothing is."""
    published = [function(speaker.meeting) for function in PUBLICATIONS]
    codes = frozenset[str]().union(*(each.codes for each in published))
    people = frozenset[str]().union(*(each.people for each in published))
    erasure = Erasure(
        speaker=speaker,
        identity=Identity(speaker.given_name, speaker.family_name, speaker.email, speaker.orcid),
        old_slug=speaker.slug,
        keeps_published=speaker.meeting.erasure_keeps_published,
        by=by,
        at=at,
    )
    for talk in Talk.objects.filter(authorships__speaker=speaker).order_by("pk"):
        if talk.code in codes:
            erasure.published.append(talk)
        elif talk.authorships.exclude(speaker__family_name=NAME_REMOVED).count() <= 1:
            erasure.alone.append(talk)
        else:
            erasure.shared.append(talk)
    erasure.is_published_otherwise = not erasure.published and speaker.slug in people
    return erasure


def erase(speaker: Speaker, *, by: User, at: datetime) -> Erasure:
    """Do it; doing it again changes nothing more."""
    with transaction.atomic():
        speaker.meeting.hold_people()
        speaker = (
            Speaker.objects.select_for_update(of=("self",))
            .select_related("meeting")
            .get(pk=speaker.pk)
        )
        erasure = plan(speaker, by=by, at=at)
        keys = [talk.pk for talk in erasure.talks]
        list(Talk.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))
        if not erasure.is_done:
            for _tables, function in ERASERS:
                function(erasure)
            for talk in Talk.objects.filter(pk__in=keys):
                history.record(talk, "erase", by=by, at=at)
        ErasureRequest.objects.filter(speaker=speaker).update(reason="")
        ErasureRequest.objects.open().filter(speaker=speaker).update(
            closed_at=at, closed_by=by, is_erased=True
        )
    return erasure


LIVE_STATES: Final = frozenset({State.SUBMITTED, State.WAITLISTED, State.ACCEPTED, State.CONFIRMED})
"""States in which an emptied talk would still wait for somebody."""
