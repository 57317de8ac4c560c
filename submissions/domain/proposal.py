"""What a speaker proposes, before it is a talk: the values of a checked form or of a read row."""

from dataclasses import dataclass
from uuid import UUID

from submissions.domain.questions import GivenAnswer


@dataclass(frozen=True, slots=True)
class ProposedAffiliation:
    name: str
    """As typed or chosen; never re-cased."""
    ror_id: str = ""
    """With https://ror.org/; "" if nobody chose an institute from the suggestions."""


@dataclass(frozen=True, slots=True)
class ProposedAuthor:
    given_name: str
    family_name: str
    email: str = ""
    orcid: str = ""
    """Bare, checked; "" if none was given."""
    affiliations: tuple[ProposedAffiliation, ...] = ()
    """The main one first."""
    is_presenting: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    title: str
    abstract: str
    """Source text in our Markdown subset."""
    authors: tuple[ProposedAuthor, ...]
    """In the order of the author list; at least one."""
    collaboration: str = ""
    """Named after the authors; "" if there is none."""
    format_id: int | None = None
    astronomy_area_slugs: tuple[str, ...] = ()
    ml_area_slugs: tuple[str, ...] = ()
    astronomy_areas_text: str = ""
    """What was typed because it was not in the list; kept as it is."""
    ml_areas_text: str = ""
    remarks: str = ""
    """For the organisers only."""
    preference: str = ""
    """"talk", "poster" or "either"; "" where the meeting does not ask."""
    is_remote: bool = False
    answers: tuple[GivenAnswer, ...] = ()
    """One for each question that was asked; what is not in here stays as it was."""
    submit_key: UUID | None = None
    """One per shown form: a second arrival of the same form is the same talk."""


def typed_affiliations(*names: str) -> tuple[ProposedAffiliation, ...]:
    """Institutes of which nothing is known but their names."""
    return tuple(ProposedAffiliation(name) for name in names)
