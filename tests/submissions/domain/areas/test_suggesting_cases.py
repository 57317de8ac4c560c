"""How good the suggestions are, on talks invented for this project in the style of listings.

Somebody labelled every case before the rules were written, by what a careful expert would choose;
areas in brackets are defensible and count neither way for recall. The rules were tuned on the
development half alone; of the held-out half only these numbers were looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from submissions.importers.evidence import shipped_suggester
from submissions.importers.vocabulary import Kind, shipped_areas

CASES = Path(__file__).parent / "cases"
RARELY_NAMED = ("image-processing", "supervised-learning", "unsupervised-learning")


@dataclass(frozen=True)
class Case:
    title: str
    abstract: str
    needed: dict[Kind, frozenset[str]]
    allowed: dict[Kind, frozenset[str]]

    @property
    def is_outside(self) -> bool:
        return not any(self.allowed.values())


def cases(half: str) -> list[Case]:
    return list(_read((CASES / f"{half}.txt").read_text(encoding="utf-8")))


def _read(text: str) -> Iterator[Case]:
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(":", 1) for line in block.splitlines())
        labels = {kind: fields[kind.value].split() for kind in Kind}
        yield Case(
            fields["title"].strip(),
            fields["abstract"].strip(),
            {k: frozenset(x for x in given if x[0] != "(") for k, given in labels.items()},
            {k: frozenset(x.strip("()") for x in given) for k, given in labels.items()},
        )


@dataclass
class Score:
    right: int = 0
    suggested: int = 0
    found: int = 0
    needed: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.suggested

    @property
    def recall(self) -> float:
        return self.found / self.needed


def score(half: str, kind: Kind, *, titles_only: bool = False) -> Score:
    total = Score()
    for case in cases(half):
        given = shipped_suggester().suggest(case.title, "" if titles_only else case.abstract)
        slugs = {each.slug for each in getattr(given, kind.value)}
        total.right += len(slugs & case.allowed[kind])
        total.suggested += len(slugs)
        total.found += len(slugs & case.needed[kind])
        total.needed += len(case.needed[kind])
    return total


@pytest.mark.parametrize("half", ["development", "held_out"])
@pytest.mark.parametrize(("kind", "recall"), [(Kind.ASTRONOMY, 0.92), (Kind.ML, 0.82)])
def test_nine_of_ten_suggestions_are_right(half: str, kind: Kind, recall: float) -> None:
    measured = score(half, kind)
    assert measured.precision >= 0.9
    assert measured.recall >= recall


@pytest.mark.parametrize("half", ["development", "held_out"])
@pytest.mark.parametrize(("kind", "precision"), [(Kind.ASTRONOMY, 0.93), (Kind.ML, 0.88)])
def test_titles_alone_are_enough_for_most(half: str, kind: Kind, precision: float) -> None:
    measured = score(half, kind, titles_only=True)
    assert measured.precision >= precision
    assert measured.recall >= 0.62


@pytest.mark.parametrize("half", ["development", "held_out"])
def test_nothing_is_suggested_for_talks_outside_astronomy(half: str) -> None:
    outside = [case for case in cases(half) if case.is_outside]
    suggest = shipped_suggester().suggest
    given = [(case.title, suggest(case.title, case.abstract)) for case in outside]
    assert len(outside) >= 30
    assert [title for title, found in given if found.astronomy or found.ml] == []


@pytest.mark.parametrize(("low", "high"), [(0.7, 0.88), (0.88, 0.96), (0.96, 1.01)])
def test_the_confidence_is_about_how_often_a_suggestion_is_right(low: float, high: float) -> None:
    right: list[bool] = []
    claimed: list[float] = []
    for case in (*cases("development"), *cases("held_out")):
        given = shipped_suggester().suggest(case.title, case.abstract)
        for kind in Kind:
            for each in getattr(given, kind.value):
                if low <= each.confidence < high:
                    right.append(each.slug in case.allowed[kind])
                    claimed.append(each.confidence)
    assert len(right) >= 30
    assert abs(sum(right) / len(right) - sum(claimed) / len(claimed)) <= 0.05


def test_the_cases_cover_both_vocabularies() -> None:
    """Every area without areas below it is in a case, three apart that titles rarely name."""
    unnamed = {Kind.ASTRONOMY: set(), Kind.ML: set(RARELY_NAMED)}
    every = (*cases("development"), *cases("held_out"))
    for kind in Kind:
        areas = shipped_areas(kind)
        above = {parent for area in areas for parent in area.parents}
        used = {slug for case in every for slug in case.allowed[kind]}
        assert {area.slug for area in areas} - above - used == unnamed[kind]


def test_talks_of_a_real_meeting(shared: Path) -> None:
    """Their speakers named areas in their own words; here only that somebody would nod."""
    lines = (shared / "seeds" / "004_9f9624201ff46f28.txt").read_text(encoding="utf-8").splitlines()
    talks = [line.split("\t") for line in lines[1:]]
    found = [shipped_suggester().suggest(talk[2], talk[5]) for talk in talks if len(talk) > 5]
    assert sum(bool(each.astronomy) for each in found) >= 17
    assert sum(bool(each.ml) for each in found) >= 17
