"""Everything that is held about somebody, as plain data for them to take away.

What is collected is a list of holdings: each says which tables it reads, so that a test can find a
table that nobody thought of. Apps above add theirs. The shape is described in
docs/personal-data.md; whoever changes it raises VERSION.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.functions import Lower

from submissions.models import Speaker, Talk, TalkQuerySet, User

FORMAT: Final = "conjunction-personal-data"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Subject:
    """Who asks, and by which proof."""

    speakers: tuple[Speaker, ...]
    """Their entries among the people of meetings."""
    addresses: frozenset[str]
    """In lower case."""
    user: User | None = None
    """None: by the private link of `talk`."""
    talk: Talk | None = None
    """A private link proves no more than this talk; None: everything."""

    def talks(self) -> TalkQuerySet:
        if self.talk is not None:
            return Talk.objects.filter(pk=self.talk.pk)
        theirs = Q(authorships__speaker__in=self.speakers)
        if self.user is not None:
            theirs |= Q(draft__user=self.user)
            theirs |= Q(pk__in=Talk.objects.owned_by(self.user).values("pk"))
        return Talk.objects.filter(theirs).distinct().order_by("pk")


@dataclass(frozen=True, slots=True)
class Holding:
    name: str
    """Its key in the file."""
    tables: tuple[str, ...]
    """Labels of the models that it reads, such as "submissions.Talk"."""
    collect: Callable[[Subject], Any]


HOLDINGS: Final[list[Holding]] = []


def holding(name: str, *tables: str) -> Callable[[Callable[[Subject], Any]], Callable[..., Any]]:
    """Register a function that collects a part of the file."""

    def register(collect: Callable[[Subject], Any]) -> Callable[[Subject], Any]:
        HOLDINGS.append(Holding(name, tables, collect))
        return collect

    return register


def by_link(talk: Talk, speaker: Speaker) -> Subject:
    """The person on this talk, as far as the private link of the talk proves anything."""
    addresses = frozenset({speaker.email.lower()} if speaker.email else ())
    return Subject((speaker,), addresses, talk=talk)


def by_account(user: User) -> Subject:
    """Whoever is signed in, with every address that they have proved, over all meetings."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    addresses = frozenset(address.lower() for address in proved)
    theirs = Speaker.objects.alias(address=Lower("email")).filter(
        Q(user=user) | Q(address__in=addresses)
    )
    return Subject(tuple(theirs.select_related("meeting").order_by("pk")), addresses, user=user)


def held_about(subject: Subject, *, at: datetime) -> dict[str, Any]:
    """Everything, as values that JSON can hold."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": at.isoformat(),
        "proved_by": "account" if subject.user else "private link of one talk",
        **{each.name: each.collect(subject) for each in HOLDINGS},
    }


def people_of_link(talk: Talk) -> list[Speaker]:
    """Who may hold the private link of a talk: those it was sent to, else the first author."""
    authorships = list(talk.authorships.select_related("speaker__meeting"))
    addressed = [each for each in authorships if each.speaker.email]
    presenting = [each for each in addressed if each.is_presenting]
    return [each.speaker for each in presenting or addressed[:1] or authorships[:1]]
