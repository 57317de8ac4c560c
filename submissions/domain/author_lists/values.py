"""What is read out of a pasted author list: a proposal that its owner corrects."""

from dataclasses import dataclass, field
from enum import StrEnum


class Doubt(StrEnum):
    """What was not certain about one author."""

    FAMILY_NAME = "family name"
    """Where the family name begins was guessed."""
    ONE_WORD = "one word"
    ORDER = "order"
    """Whether the family name stands first was guessed."""
    INSTITUTE = "institute"
    """A part of the list was taken for the author's institute."""
    MARK = "mark"
    """A mark behind the name stands before no institute."""
    ORCID = "orcid"
    DIGITS = "digits"
    LONG = "long"
    SCRIPTS = "scripts"


class Note(StrEnum):
    """What was not certain about the list."""

    ET_AL = "et al"
    ASTERISK = "asterisk"
    """Read as the mark of whoever presents."""
    CORRESPONDING = "corresponding"
    """The asterisk marks the corresponding author, so nobody is known to present."""
    UNUSED = "unused"
    """Institutes or lines that belong to no author; they are in `SplitList.unused`."""
    CUT = "cut"
    """The text was longer than anybody's author list; the rest was not read."""


@dataclass(frozen=True, slots=True)
class SplitAuthor:
    given_name: str
    family_name: str
    email: str = ""
    orcid: str = ""
    """As it stood in the list."""
    affiliations: tuple[str, ...] = ()
    is_presenting: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitList:
    authors: tuple[SplitAuthor, ...] = ()
    collaboration: str = ""
    notes: tuple[Note, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(slots=True)
class Item:
    """One author while the list is being read."""

    name: str = ""
    family_first: bool | None = None
    """Whether the name is "Family, Given"; None: one text, to be split."""
    marks: list[str] = field(default_factory=list)
    email: str = ""
    orcid: str = ""
    affiliations: list[str] = field(default_factory=list)
    is_presenting: bool = False
    doubts: list[Doubt] = field(default_factory=list)
