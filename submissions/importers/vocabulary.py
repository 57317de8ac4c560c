"""Reads vocabularies: the shipped tables, and the file of the Unified Astronomy Thesaurus."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from submissions.domain.areas.vocabulary import Area, Use, Vocabulary, Wording, index

_DATA: Final = Path(__file__).resolve().parent.parent / "data"
_URI: Final = "http://astrothesaurus.org/uat/"


class Kind(StrEnum):
    """The two vocabularies."""

    ASTRONOMY = "astronomy"
    ML = "ml"


class Relation(StrEnum):
    """How a concept of the thesaurus relates to a shipped area (SKOS mapping names)."""

    EXACT = "exactMatch"
    CLOSE = "closeMatch"
    NARROW = "narrowMatch"
    """The concept is narrower than the area."""
    RELATED = "relatedMatch"


@dataclass(frozen=True, slots=True)
class ConceptMapping:
    slug: str
    uat_id: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class Concept:
    """An active concept of the thesaurus."""

    uat_id: int
    label: str
    synonyms: tuple[str, ...]
    broader: tuple[int, ...]
    """Ids of active concepts; empty for the eleven at the top."""


class ThesaurusRefused(Exception):
    """The file is not the thesaurus; the message says what is wrong and where."""


@cache
def shipped_areas(kind: Kind) -> tuple[Area, ...]:
    """The areas that ship with the program, parents before children."""
    return tuple(
        Area(
            slug=row["slug"],
            label=row["label"],
            synonyms=_listed(row["synonyms"]),
            parents=(row["parent"],) if row["parent"] else (),
            uat_id=int(row["uat_id"]) if row.get("uat_id") else None,
        )
        for row in _rows(f"{kind}_areas.csv")
    )


@cache
def shipped_wordings(kind: Kind) -> tuple[Wording, ...]:
    """What people write for these areas besides their synonyms."""
    return tuple(
        Wording(row["slug"], Use(row["use"]), text)
        for row in _rows(f"{kind}_wordings.csv")
        for text in _listed(row["wordings"]) or ("",)
    )


def shipped_mappings() -> tuple[ConceptMapping, ...]:
    return tuple(
        ConceptMapping(row["slug"], int(row["uat_id"]), Relation(row["relation"]))
        for row in _rows("astronomy_areas_uat.csv")
    )


@cache
def shipped_vocabulary(kind: Kind) -> Vocabulary:
    return index(shipped_areas(kind), shipped_wordings(kind))


def read_thesaurus(content: bytes) -> tuple[Concept, ...]:
    """The active concepts of `UAT_list.json`, the flat list the thesaurus is published as.

    Deprecated concepts are left out, also as broader ones. Raises ThesaurusRefused.
    """
    try:
        records = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ThesaurusRefused(f"The file is not UTF-8 text (byte {error.start + 1}).") from None
    except (json.JSONDecodeError, RecursionError) as error:
        where = (
            f" (line {error.lineno}, column {error.colno})"
            if isinstance(error, json.JSONDecodeError)
            else ""
        )
        raise ThesaurusRefused(
            f"The file is not JSON{where}. Download UAT_list.json from the thesaurus again."
        ) from None
    if not isinstance(records, list):
        raise ThesaurusRefused(
            "The file is JSON but no list of concepts. Use UAT_list.json, not the hierarchy."
        )
    concepts: dict[int, Concept] = {}
    for number, record in enumerate(records, start=1):
        concept = _concept(record, number)
        if concept and concept.uat_id in concepts:
            raise ThesaurusRefused(f"Record {number}: {_URI}{concept.uat_id} is in the file twice.")
        if concept:
            concepts[concept.uat_id] = concept
    if not concepts:
        raise ThesaurusRefused("The file holds no active concept. Is it UAT_list.json?")
    return tuple(
        replace(each, broader=tuple(above for above in each.broader if above in concepts))
        for each in concepts.values()
    )


def _concept(record: object, number: int) -> Concept | None:
    if not isinstance(record, dict):
        raise ThesaurusRefused(f"Record {number} is not a concept: a JSON object is expected.")
    if record.get("status") == "deprecated":
        return None
    label = _text(record.get("name"), number, "name")
    others = _list(record.get("altNames"), number, "altNames")
    names = dict.fromkeys(_text(other, number, "altNames") for other in others)
    broader = []
    for above in _list(record.get("broader"), number, "broader"):
        uri = above.get("uri") if isinstance(above, dict) else None
        broader.append(_uat_id(uri, number, "broader"))
    return Concept(
        uat_id=_uat_id(record.get("uri"), number, "uri"),
        label=label,
        synonyms=tuple(name for name in names if name != label),
        broader=tuple(dict.fromkeys(broader)),
    )


def _list(value: object, number: int, field: str) -> list[object]:
    """The thesaurus writes null for an empty list."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise ThesaurusRefused(f'Record {number}, field "{field}": a list is expected.')
    return value


def _text(value: object, number: int, field: str) -> str:
    """Text without the stray blanks that some labels have."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        raise ThesaurusRefused(f'Record {number}, field "{field}": a text is expected.')
    return text


def _uat_id(value: object, number: int, field: str) -> int:
    digits = value.removeprefix(_URI) if isinstance(value, str) and value.startswith(_URI) else ""
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise ThesaurusRefused(
            f'Record {number}, field "{field}": an address like {_URI}573 is expected.'
        )
    return int(digits)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split("|") if item.strip())
