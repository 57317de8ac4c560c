"""What a column holds, told by its name alone.

Names vary ("Surname", "Areas of Machine Learning / AI", "E-mail address of the presenting
author"), so a name is folded, fillers are taken out, and the rest is held against patterns.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from submissions.domain.names import fold


class Field(StrEnum):
    """What a column may hold; the value is what people write after `--column`."""

    CODE = "code"
    TITLE = "title"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    EMAIL = "email"
    ORCID = "orcid"
    AFFILIATIONS = "affiliations"
    CO_AUTHORS = "co_authors"
    ASTRONOMY_AREAS = "astronomy_areas"
    ML_AREAS = "ml_areas"
    AREAS = "areas"
    FORMAT = "format"
    ABSTRACT = "abstract"
    REMARKS = "remarks"


JOINED: Final = frozenset(
    {
        Field.AFFILIATIONS,
        Field.CO_AUTHORS,
        Field.ASTRONOMY_AREAS,
        Field.ML_AREAS,
        Field.AREAS,
        Field.REMARKS,
    }
)
"""Several columns may hold these ("Affiliation 1", "Affiliation 2"), read one after the other."""

_SURE, LIKELY, _WEAK = 3, 2, 1

_PERSON: Final = (
    r"(?:(?:presenting |first |lead |main |corresponding |contact |submitting )?"
    r"(?:author|speaker|presenter|participant|applicant|submitter|contact)(?: s)?)"
)
_WHO: Final = rf"(?:{_PERSON} )?"
_THING: Final = r"(?:talk|presentation|contribution|submission|proposal|abstract|poster|paper)"

# The first pattern of the highest rank wins; each must match the whole name, or be found in it.
_WHOLE: Final = MappingProxyType(
    {
        Field.CODE: rf"(?:{_THING} )?code",
        Field.TITLE: rf"(?:{_THING} )?title(?: {_THING})?",
        Field.GIVEN_NAME: rf"{_WHO}(?:first|given|fore|christian) ?names?(?: s)?",
        Field.FAMILY_NAME: rf"{_WHO}(?:last|family|sur) ?names?(?: s)?",
        Field.FULL_NAME: (
            rf"presenting|{_WHO}(?:full )?names?|names? {_PERSON}|{_PERSON}"
            r"|(?:first |given )?names? and (?:last |family |sur) ?names?"
        ),
        Field.EMAIL: rf"{_WHO}(?:contact )?e ?mail(?: address)?",
        Field.ORCID: rf"{_WHO}orcid(?: id| identifier| number)?",
        Field.AFFILIATIONS: (
            rf"{_WHO}(?:home )?(?:affiliations?|institut(?:e|es|ion|ions)|universit(?:y|ies)|"
            r"organi[sz]ations?|employer)(?: s)?(?: \d+)?"
            r"(?: (?:name|institut(?:e|ion)|affiliation|university))?"
        ),
        Field.CO_AUTHORS: r"(?:co ?|additional |other |further )authors?(?: s)?(?: names?| list)?",
        Field.AREAS: (
            r"(?:primary |main )?(?:research |subject |scientific )?"
            r"(?:areas?|topics?|fields?|key ?words?|tracks?|themes?|categor(?:y|ies))"
            r"(?: research| interest)?"
        ),
        Field.FORMAT: (
            rf"(?:{_THING} )?format|(?:{_THING}|session) (?:type|kind)|type|"
            rf"(?:type|kind|format) {_THING}|(?:oral|talk) (?:or )?poster"
        ),
        Field.ABSTRACT: rf"(?:{_THING} )?abstract(?: text)?",
        Field.REMARKS: (
            r"remarks?|comments?|notes?|anything else.*|special requirements?|"
            r"(?:additional |further |other )(?:information|comments?|remarks?)|"
            r"(?:remarks?|comments?|notes?|message) (?:to|for)(?: organi[sz]ers?| chairs?)?"
        ),
    }
)
_FOUND: Final = MappingProxyType(
    {
        Field.EMAIL: r"\be ?mail\b",
        Field.ORCID: r"\borcid\b",
        Field.AFFILIATIONS: (
            r"\b(?:affiliations?|institut(?:e|es|ion|ions)|universit(?:y|ies)|organi[sz]ations?)\b"
        ),
        Field.CO_AUTHORS: r"\bco ?authors?\b",
        Field.TITLE: r"\btitle\b",
        Field.ABSTRACT: r"\babstract\b",
        Field.GIVEN_NAME: r"\b(?:first|given) ?names?\b|\bforenames?\b",
        Field.FAMILY_NAME: r"\b(?:last|family) ?names?\b|\bsurnames?\b",
        Field.FORMAT: rf"\bformat\b|\b{_THING} (?:type|kind)\b",
        Field.REMARKS: r"\b(?:remarks?|comments?)\b",
    }
)
_PERHAPS: Final = MappingProxyType(
    {
        Field.ABSTRACT: r"(?:short |brief )?(?:summary|description)",
        Field.CO_AUTHORS: r"(?:all )?authors?(?: list)?",
        Field.AREAS: rf"(?:{_THING} )?(?:areas?|topics?|tracks?|themes?|key ?words?)\b.*",
    }
)
_RANKS: Final = tuple(
    (
        rank,
        {
            field: re.compile(rf"^(?:{pattern})$" if whole else pattern)
            for field, pattern in patterns.items()
        },
    )
    for rank, whole, patterns in (
        (_SURE, True, _WHOLE),
        (LIKELY, False, _FOUND),
        (_WEAK, True, _PERHAPS),
    )
)

_ML: Final = re.compile(
    r"\b(?:machine learning|deep learning|artificial intelligence|data science|ml|ai)\b"
)
_ASTRONOMY: Final = re.compile(r"\b(?:astro\w*|cosmolog\w*|science|scientific)\b")
_TOPIC: Final = re.compile(
    r"\b(?:areas?|topics?|fields?|key ?words?|tracks?|themes?|subjects?|categor(?:y|ies)|methods?|"
    r"techniques?|branch(?:es)?)\b"
)
# About something or somebody else, whatever other word is in it.
_ELSEWHERE: Final = re.compile(
    r"\b(?:supervisor|advisor|referee|emergency|billing|invoice|password|file|url|link|website|"
    r"hotel|diet\w*|country|phone|chair|reviewer|timestamp|job|academic title|honorific|"
    r"salutation|session title|degree)\b"
)
_OF_CO_AUTHORS: Final = re.compile(
    r"\b(?:co ?|other |additional )authors?\b.*\b(?:e ?mails?|affiliations?|institut\w+|orcids?)\b"
    r"|\b(?:e ?mails?|affiliations?|institut\w+|orcids?)\b.*\b(?:co ?|other |additional )authors?\b"
)
_FILLERS: Final = re.compile(
    r"\b(?:please|enter|provide|give|state|your|the|a|an|of|for|in|my|proposed|preferred|required|optional|"
    r"max|maximum)\b"
)
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Guess:
    field: Field
    rank: int


@lru_cache(maxsize=1024)
def recognise(name: str) -> Guess | None:
    """What a column of this name holds, by the name alone; None if nothing fits."""
    if not name.strip() or len(name) > LONGEST_NAME:
        return None
    guesses = [guess for variant in _variants(name) if (guess := _recognise_words(variant))]
    return max(guesses, key=lambda guess: guess.rank, default=None)


def _variants(name: str) -> tuple[str, ...]:
    """The name as words: with and without what is in brackets, and with FirstName taken apart."""
    without_brackets = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", name)
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", without_brackets)
    return tuple(dict.fromkeys(_words(variant) for variant in (without_brackets, apart, name)))


def _words(name: str) -> str:
    bare = re.sub(r"[\W_]+", " ", fold(name))
    return " ".join(_FILLERS.sub(" ", bare).split())


def _recognise_words(words: str) -> Guess | None:
    if _ELSEWHERE.search(words) or _OF_CO_AUTHORS.search(words):
        return None
    for rank, patterns in _RANKS:
        if rank == LIKELY and (area := _area(words)):
            # Our own list of talks has the areas twice: what was typed is what an import takes.
            return Guess(area, _SURE if words.endswith(" as typed") else LIKELY)
        for field, pattern in patterns.items():
            if pattern.search(words):
                return Guess(field, rank)
    return None


def _area(words: str) -> Field | None:
    """Both kinds of areas, told apart by their subject; a long question about it is neither."""
    ml, astronomy = _ML.search(words), _ASTRONOMY.search(words)
    if not (ml or astronomy) or re.search(r"\b(?:title|abstract|names?|e ?mail)\b", words):
        return None
    if not _TOPIC.search(words) and len(words.split()) > 3:
        return None
    if ml and astronomy:
        return Field.AREAS if _TOPIC.search(words) else None
    return Field.ML_AREAS if ml else Field.ASTRONOMY_AREAS
