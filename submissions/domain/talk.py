"""The people and areas of a talk as a reader sees them: plain values for pages and exports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from submissions.domain import orcid
from submissions.domain.names import fold


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a public page. There is no e-mail address in here, so none can get out."""

    slug: str
    given_name: str
    family_name: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def index_name(self) -> str:
        """As an index lists it: "Family, Given"."""
        return ", ".join(filter(None, (self.family_name, self.given_name)))

    @property
    def sort_key(self) -> tuple[str, str, str]:
        return fold(self.family_name), fold(self.given_name), self.slug


@dataclass(frozen=True, slots=True)
class Author(Person):
    orcid: str = ""
    """The bare sixteen characters, or ""."""
    is_presenting: bool = False
    affiliations: tuple[str, ...] = ()

    @property
    def orcid_uri(self) -> str:
        return f"https://orcid.org/{orcid.hyphenated(self.orcid)}" if self.orcid else ""

    @property
    def person(self) -> Person:
        return Person(self.slug, self.given_name, self.family_name)


@dataclass(frozen=True, slots=True)
class Area:
    slug: str
    label: str
    uat_uri: str = ""
    """The concept in the Unified Astronomy Thesaurus; "" where it has none."""
    within: tuple["Area", ...] = ()
    """The wider areas that it is a part of, near and far, by slug and label."""


@dataclass(frozen=True, slots=True)
class MarkedAuthor:
    author: Author
    marks: tuple[int, ...]
    """Numbers, from 1, of the author's institutes in `AuthorLine.affiliations`."""


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """Authors in order, with the institutes numbered as they first appear.

    One institute for everybody needs no numbers, so then nobody has marks.
    """

    authors: tuple[MarkedAuthor, ...]
    affiliations: tuple[str, ...]

    @classmethod
    def of(cls, authors: Iterable[Author]) -> Self:
        authors = tuple(authors)
        numbers: dict[str, int] = {}
        for author in authors:
            for name in author.affiliations:
                numbers.setdefault(name, len(numbers) + 1)
        everybody = all(author.affiliations for author in authors)
        marked = tuple(
            MarkedAuthor(
                author,
                ()
                if len(numbers) == 1 and everybody
                else tuple(numbers[name] for name in author.affiliations),
            )
            for author in authors
        )
        return cls(marked, tuple(numbers))

    @property
    def has_marks(self) -> bool:
        return any(marked.marks for marked in self.authors)
