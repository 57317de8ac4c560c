"""What a row would change in a talk that is there, cell by cell."""

from typing import Final

from submissions.importers.identity import KnownPerson, People
from submissions.importers.outcomes import Changes, KnownTalk
from submissions.importers.people import Person
from submissions.importers.talks import TalkRow

_TEXTS: Final = ("title", "format", "astronomy_areas", "ml_areas", "abstract", "remarks")
_Listed = tuple[tuple[int, Person], ...]


def text_changes(talk: KnownTalk, row: TalkRow) -> Changes:
    """Where the row says something else than the talk; a blank cell says nothing."""
    return {
        name: (getattr(talk, name), getattr(row, name))
        for name in _TEXTS
        if getattr(row, name) and getattr(row, name) != getattr(talk, name)
    }


def replaced_by(
    speaker: KnownPerson, talk: KnownTalk, listed: _Listed, people: People
) -> int | None:
    """Who leaves the talk for a speaker of the same name: another person, by address or ORCID.

    Somebody of another name stays, and so does whoever the row lists as a co-author.
    """
    leading = [author.person for author in talk.leading()]
    if speaker.key in leading or not leading:
        return None
    before = people[leading[0]]
    if before.as_found.folded_name != speaker.person.folded_name:
        return None
    return None if any(key == before.key for key, _ in listed) else before.key


def author_changes(
    talk: KnownTalk,
    row: TalkRow,
    speaker: KnownPerson,
    people: People,
    *,
    replaced: int | None,
    added: _Listed,
) -> Changes:
    """Who presents it, from where, and with whom."""
    changes: Changes = {}
    leading = [author.person for author in talk.leading()]
    if speaker.key not in leading:
        before = _label(people[leading[0]].as_found) if leading else ""
        changes["speaker"] = (before, _label(speaker.person))
    institutes = next(
        (author.affiliations for author in talk.authors if author.person == speaker.key), ()
    )
    if row.speaker.affiliations and row.speaker.affiliations != institutes:
        changes["affiliations"] = ("; ".join(institutes), "; ".join(row.speaker.affiliations))
    if added:
        others = [
            people[author.person].person.name
            for author in talk.authors
            if author.person not in (speaker.key, replaced)
        ]
        after = [*others, *(people[key].person.name for key, _ in added)]
        changes["co_authors"] = ("; ".join(others), "; ".join(after))
    return changes


def _label(person: Person) -> str:
    return f"{person.name} <{person.email}>" if person.email else person.name
