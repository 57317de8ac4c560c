"""Names of people in cells: taken apart only where the text itself says where.

A full name is never split at blanks: nobody can tell "Ana María | López Fernández" from
"Ana | María López Fernández". A comma tells: "Family, Given".
"""

import re
from dataclasses import dataclass
from typing import Final

from submissions.domain.names import fold

# After a comma they are no given name.
_SUFFIXES: Final = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "ph d", "md", "msc", "bsc", "dr", "prof", "esq"}
)
_SEPARATE_LINES: Final = re.compile(r"[;\n|]")
_LIST_WORDS: Final = re.compile(r",|\band\b|&", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_ADDRESS: Final = re.compile(r"<?\b([^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+)\b>?")
# "A.", "J. K.", "J.-P.": what is left of a given name in "Smith, A., Jones, J. K.".
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?[-\s]*){1,3}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a row. Values are cleaned; "" where the row says nothing."""

    given_name: str
    family_name: str
    email: str = ""
    orcid: str = ""
    """Bare and checked."""
    affiliations: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def folded_name(self) -> str:
        """For comparison; the same for a name in two parts and for the whole in one."""
        return fold(self.name)

    @property
    def is_whole(self) -> bool:
        """Whether the name is one text that may hold given and family names."""
        return not self.given_name and " " in self.family_name


@dataclass(frozen=True, slots=True)
class CoAuthors:
    people: tuple[Person, ...] = ()
    unclear: str = ""
    """The text, if it cannot be told where one name ends and the next begins."""


def split_full_name(name: str) -> tuple[str, str]:
    """Return (given, family) for "Family, Given"; any other name whole as the family name."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and family and given and "," not in given and fold(given) not in _SUFFIXES:
        return given, family
    return "", name


def read_co_authors(text: str) -> CoAuthors:
    """People out of a list: on lines, between semicolons, or between commas if that is clear."""
    if not text:
        return CoAuthors()
    if _SEPARATE_LINES.search(text):
        parts = _SEPARATE_LINES.split(text)
    elif "," in _IN_BRACKETS.sub("", text) and not _is_list_of_names(text):
        return CoAuthors(unclear=text)
    else:
        parts = _outside_brackets(text)
    people = [person for part in parts if (person := _read_person(part)) is not None]
    return CoAuthors(tuple(people))


def _outside_brackets(text: str) -> list[str]:
    """Split at commas and list words, but not at those of an institute in brackets."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\x00{len(kept) - 1}\x00"

    hidden = _IN_BRACKETS.sub(hide, text)
    return [
        re.sub("\x00(\\d+)\x00", lambda match: kept[int(match.group(1))], part)
        for part in _LIST_WORDS.split(hidden)
    ]


def _is_list_of_names(text: str) -> bool:
    """Whether the parts between commas are names of two words at least, none of them initials.

    "Jane Doe, Richard Roe" is a list; "Doe, Jane" and "Doe, J., Roe, R." could be read in two ways.
    """
    parts = [part.strip() for part in _LIST_WORDS.split(_IN_BRACKETS.sub("", text)) if part.strip()]
    return all(" " in part and not _INITIALS.fullmatch(part) for part in parts)


def _read_person(text: str) -> Person | None:
    """One person: a name, perhaps with an institute in brackets and an address in angles."""
    email = ""
    if "@" in text and (address := _ADDRESS.search(text)):
        email = address.group(1)
        text = text.replace(address.group(), " ")
    institutes = tuple(
        institute for found in _IN_BRACKETS.findall(text) if (institute := " ".join(found.split()))
    )
    name = " ".join(_IN_BRACKETS.sub(" ", text).split()).strip(" ,*")
    if not fold(name):
        return None
    given, family = split_full_name(name)
    return Person(given, family, email, affiliations=institutes)
