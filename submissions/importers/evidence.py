"""Reads what the project wrote down about the words of titles and abstracts."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from submissions.domain.areas.evidence import Evidence, Lexicon, Weight, lexicon
from submissions.domain.areas.signs import Field, Sign, Signs, index_signs
from submissions.domain.areas.suggesting import Suggester
from submissions.importers.vocabulary import Kind, shipped_areas, shipped_wordings

_DATA: Final = Path(__file__).resolve().parent.parent / "data"
_SIGN_WEIGHTS: Final = {"clear": 1.0, "strong": 1.0, "half": 0.5, "none": 0.0}


def shipped_evidence(kind: Kind) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            row["slug"],
            Weight(row["weight"]),
            text,
            exact=row["letters"] == "exact",
            needs_learning=row.get("needs") == "learning",
        )
        for row in _rows(f"{kind}_evidence.csv")
        for text in _listed(row["wordings"]) or ("",)
    )


def shipped_signs() -> tuple[Sign, ...]:
    return tuple(
        Sign(Field(row["of"]), _SIGN_WEIGHTS[row["weight"]], text, exact=row["letters"] == "exact")
        for row in _rows("signs.csv")
        for text in _listed(row["wordings"])
    )


@cache
def signs_of_fields() -> dict[Field, Signs]:
    return dict(index_signs(shipped_signs()))


@cache
def shipped_suggester() -> Suggester:
    return Suggester(_shipped_lexicon(Kind.ASTRONOMY), _shipped_lexicon(Kind.ML), signs_of_fields())


def _shipped_lexicon(kind: Kind) -> Lexicon:
    return lexicon(shipped_areas(kind), shipped_wordings(kind), shipped_evidence(kind))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split("|") if item.strip())
