"""A real submission spreadsheet, tagged as a curator would; records are known by number only."""

from pathlib import Path

import pytest

from submissions.domain.areas.matching import tag
from submissions.importers.vocabulary import Kind, shipped_vocabulary

GOLD = {
    Kind.ASTRONOMY: {
        1: "extragalactic-astronomy",
        2: "galaxies galaxy-morphology",
        3: "extragalactic-astronomy optical-uv-astronomy radio-astronomy fast-radio-bursts",
        4: "time-domain-astronomy",
        5: "gravitational-waves",
        6: "infrared-submm-astronomy galaxies",
        7: "extragalactic-astronomy infrared-submm-astronomy",
        8: "gravitational-waves",
        9: "gravitational-lensing",
        10: "space-weather solar-activity",
        11: "solar-physics",
        12: "transients",
        13: "time-domain-astronomy transients supernovae sky-surveys multi-messenger-astronomy",
        14: "exoplanets",
        15: "galaxy-evolution",
        16: "cosmology",
        17: "reionization",
        18: "radio-astronomy cosmology",
        19: "gravitation",
    },
    Kind.ML: {
        1: "unsupervised-learning bayesian-inference",
        2: "deep-learning supervised-learning",
        3: "computer-vision bayesian-deep-learning active-learning",
        4: "recurrent-neural-networks",
        5: "neural-networks classification ml-software",
        6: "convolutional-neural-networks",
        7: "probabilistic-programming",
        8: "convolutional-neural-networks time-series-classification",
        9: "convolutional-neural-networks",
        10: "computer-vision deep-learning convolutional-neural-networks image-processing "
        "image-segmentation",
        11: "deep-learning normalizing-flows",
        12: "time-series-classification",
        13: "image-classification bayesian-deep-learning data-augmentation multimodal-learning",
        14: "explainable-ai supervised-learning unsupervised-learning",
        15: "deep-learning bayesian-deep-learning",
        16: "simulation-based-inference density-estimation",
        17: "u-net convolutional-neural-networks deep-learning image-processing",
        18: "gaussian-processes",
        19: "deep-learning symbolic-regression",
    },
}
COLUMNS = {Kind.ASTRONOMY: 3, Kind.ML: 4}


@pytest.fixture
def records(shared: Path) -> list[list[str]]:
    """The cells of each record, the header left out."""
    (sheet,) = (shared / "seeds").glob("004_*.txt")
    lines = [line.split("\t") for line in sheet.read_text(encoding="utf-8").split("\n")]
    return [line for line in lines if any(line)][1:]


@pytest.mark.parametrize("kind", Kind)
def test_the_real_columns_are_tagged_precisely_and_completely(
    kind: Kind, records: list[list[str]]
) -> None:
    vocabulary = shipped_vocabulary(kind)
    tagged = {
        (number, slug)
        for number, cells in enumerate(records, start=1)
        for slug in tag(cells[COLUMNS[kind]], vocabulary).areas
    }
    gold = {(number, slug) for number, slugs in GOLD[kind].items() for slug in slugs.split()}
    assert len(records) == 19
    assert len(tagged & gold) / len(tagged) >= 0.95
    assert len(tagged & gold) / len(gold) >= 0.95


@pytest.mark.parametrize("kind", Kind)
def test_no_phrase_of_the_real_columns_is_left_over(kind: Kind, records: list[list[str]]) -> None:
    vocabulary = shipped_vocabulary(kind)
    left = [tag(cells[COLUMNS[kind]], vocabulary).unmatched for cells in records]
    assert left == [()] * 19
