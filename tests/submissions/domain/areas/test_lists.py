import pytest

from submissions.domain.areas.folding import words
from submissions.domain.areas.lists import abbreviates, with_its_head, with_its_qualifier
from submissions.importers.vocabulary import Kind, shipped_vocabulary

ASTRONOMY = shipped_vocabulary(Kind.ASTRONOMY)


@pytest.mark.parametrize(
    ("part", "after", "expected"),
    [
        ("star", "planet formation", ("star-formation",)),
        ("strong", "micro-lensing", ("gravitational-lensing",)),
        ("formation", "evolution of the galaxies", ("galaxy-evolution",)),
        ("galaxies", "galaxy clusters", ()),
        ("cosmology", "galaxies", ()),
    ],
)
def test_a_part_may_leave_out_the_head(part: str, after: str, expected: tuple[str, ...]) -> None:
    assert with_its_head(words(part), words(after), ASTRONOMY) == expected


def test_a_part_may_leave_out_the_qualifier() -> None:
    part, before = words("evolution"), words("galaxy morphology")
    assert with_its_qualifier(part, before, ASTRONOMY, turned=False) == ("galaxy-evolution",)


def test_a_heading_may_stand_in_front() -> None:
    part, before = words("variable"), words("stars")
    assert with_its_qualifier(part, before, ASTRONOMY, turned=True) == ("variable-stars",)
    assert with_its_qualifier(part, before, ASTRONOMY, turned=False) == ()


@pytest.mark.parametrize(
    ("short", "long", "defined"),
    [
        ("ML", "Maximum likelihood", True),
        ("GPs", "Gaussian processes", True),
        ("LSST", "Legacy Survey of Space and Time", True),
        ("CNN", "Deep learning", False),
        ("S", "stars", False),
        ("optical", "Extragalactic astronomy", False),
    ],
)
def test_brackets_may_define_an_abbreviation(short: str, long: str, defined: object) -> None:
    assert abbreviates(words(short), words(long)) is defined
