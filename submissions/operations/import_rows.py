"""The talks and people of a meeting as an import compares them: plain values, a few queries."""

from collections import defaultdict
from collections.abc import Iterator

from submissions.domain.lifecycle import State
from submissions.importers.outcomes import KnownAuthor, KnownTalk
from submissions.importers.people import Person
from submissions.models import Affiliation, Authorship, Meeting, Speaker, Talk

_GONE = frozenset({State.WITHDRAWN.value, State.DECLINED.value})
_COMPARED = (
    "code",
    "title",
    "state",
    "format_id",
    "astronomy_areas_text",
    "ml_areas_text",
    "abstract",
    "remarks",
)


def known_people(meeting: Meeting) -> Iterator[tuple[int, Person]]:
    """Speakers by primary key, oldest first."""
    rows = Speaker.objects.filter(meeting=meeting).order_by("pk")
    for key, given, family, email, orcid in rows.values_list(
        "pk", "given_name", "family_name", "email", "orcid"
    ):
        yield key, Person(given, family, email, orcid)


def known_talks(meeting: Meeting, *, for_update: bool = False) -> list[KnownTalk]:
    """Talks in every state, oldest first; locked until the transaction ends if `for_update`."""
    rows = Talk.objects.for_meeting(meeting).order_by("pk")
    if for_update:
        rows = rows.select_for_update(of=("self",))
    authors = _authors(meeting)
    formats = dict(meeting.talk_formats.values_list("pk", "name"))
    return [
        KnownTalk(
            id=talk.pk,
            code=talk.code,
            title=talk.title,
            authors=tuple(authors.get(talk.pk, ())),
            is_live=talk.state not in _GONE,
            format=formats.get(talk.format_id, "") if talk.format_id else "",
            astronomy_areas=talk.astronomy_areas_text,
            ml_areas=talk.ml_areas_text,
            abstract=talk.abstract,
            remarks=talk.remarks,
        )
        for talk in rows.only(*_COMPARED).iterator(chunk_size=1000)
    ]


def _authors(meeting: Meeting) -> dict[int, list[KnownAuthor]]:
    institutes: dict[int, list[str]] = defaultdict(list)
    names = Affiliation.objects.filter(authorship__talk__meeting=meeting)
    for authorship, name in names.order_by("position").values_list("authorship", "name"):
        institutes[authorship].append(name)
    authors: dict[int, list[KnownAuthor]] = defaultdict(list)
    rows = Authorship.objects.filter(talk__meeting=meeting).order_by("position")
    for key, talk, speaker, presents in rows.values_list("pk", "talk", "speaker", "is_presenting"):
        authors[talk].append(KnownAuthor(speaker, presents, tuple(institutes.get(key, ()))))
    return authors
