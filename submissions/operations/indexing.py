"""Keeping the text that a search looks at."""

from collections.abc import Iterable

from submissions.domain.names import fold
from submissions.models import Talk


def search_text(talk: Talk, people: Iterable[str], institutes: Iterable[str]) -> str:
    """Folded words of a talk: code, title, people, institutes. Abstracts would find everything."""
    return fold(" ".join([talk.code, talk.title, *people, talk.collaboration, *institutes]))


def reindex(talk: Talk) -> None:
    """Recompute from the rows and save; for one talk at a time."""
    authorships = talk.authorships.select_related("speaker").prefetch_related("affiliations")
    people = [authorship.speaker.name for authorship in authorships]
    institutes = [
        affiliation.name
        for authorship in authorships
        for affiliation in authorship.affiliations.all()
    ]
    talk.search_text = search_text(talk, people, institutes)
    talk.save(update_fields=["search_text"])
