"""What a row would change in a talk that is there, cell by cell."""

from typing import Final

from submissions.domain.abstracts import from_html
from submissions.importers.cells import lines, one_line
from submissions.importers.identity import KnownPerson, People
from submissions.importers.outcomes import Changes, KnownAuthor, KnownTalk
from submissions.importers.people import Person
from submissions.importers.talks import TalkRow, affiliation_names

_TEXTS: Final = ("title", "format", "astronomy_areas", "ml_areas", "abstract", "remarks")
_Listed = tuple[tuple[int, Person], ...]


def text_changes(talk: KnownTalk, row: TalkRow) -> Changes:
    """Where the row says something else than the talk; a blank cell says nothing."""
    changes = {}
    for name in _TEXTS:
        before, after = getattr(talk, name), getattr(row, name)
        if after and after != before and after != _as_read(name, before):
            changes[name] = (before, after)
    return changes


def _as_read(name: str, text: str) -> str:
    """A text of a talk as it would come back out of a spreadsheet."""
    if name == "abstract":
        return from_html(lines(text)).strip()
    return lines(text) if name == "remarks" else one_line(text)


def replaced_by(
    speaker: KnownPerson | None, talk: KnownTalk, listed: _Listed, people: People
) -> int | None:
    """Who makes room on the talk for a speaker of the same name: another, by address or ORCID.

    Somebody of another name stays, and so does whoever the row lists as a co-author.
    """
    leading = talk.leading()
    if speaker is None or not leading or _authorship(talk, speaker):
        return None
    before = people[leading[0].person]
    if before.as_found.folded_name != speaker.person.folded_name:
        return None
    return None if any(key == before.key for key, _ in listed) else before.key


def author_changes(
    talk: KnownTalk,
    row: TalkRow,
    speaker: KnownPerson | None,
    people: People,
    *,
    replaced: int | None,
    added: _Listed,
) -> Changes:
    """Who presents it, from where, and with whom."""
    changes: Changes = {}
    if speaker is not None:
        leading = [author.person for author in talk.leading()]
        if speaker.key not in leading:
            before = _label(people[leading[0]].as_found) if leading else ""
            changes["speaker"] = (before, _label(speaker.person))
        authorship = _authorship(talk, speaker)
        institutes = authorship.affiliations if authorship else ()
        if _says_more(row.speaker.affiliations, institutes, talk):
            changes["affiliations"] = ("; ".join(institutes), "; ".join(row.speaker.affiliations))
    if added:
        gone = (replaced, speaker.key if speaker else None)
        others = [
            people[author.person].person.name
            for author in talk.authors
            if author.person not in gone
        ]
        after = [*others, *(people[key].person.name for key, _ in added)]
        changes["co_authors"] = ("; ".join(others), "; ".join(after))
    return changes


def _authorship(talk: KnownTalk, speaker: KnownPerson) -> KnownAuthor | None:
    return next((author for author in talk.authors if author.person == speaker.key), None)


def _says_more(named: tuple[str, ...], there: tuple[str, ...], talk: KnownTalk) -> bool:
    """Whether the institutes of a row are others than the speaker's.

    Our own list of talks names the institutes of all authors together, which is no news either.
    """
    everybodys = dict.fromkeys(name for author in talk.authors for name in author.affiliations)
    known = (), affiliation_names("; ".join(there)), affiliation_names("; ".join(everybodys))
    return named not in known


def _label(person: Person) -> str:
    return f"{person.name} <{person.email}>" if person.email else person.name
