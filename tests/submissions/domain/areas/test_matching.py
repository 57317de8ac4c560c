"""The rules, on the shipped vocabularies and on texts made up for them."""

import pytest

from submissions.domain.areas.matching import Tagging, tag
from submissions.domain.areas.reading import Suggestion
from submissions.domain.areas.vocabulary import Area, index
from submissions.importers.vocabulary import Kind, shipped_vocabulary


def astronomy(text: str) -> Tagging:
    return tag(text, shipped_vocabulary(Kind.ASTRONOMY))


def ml(text: str) -> Tagging:
    return tag(text, shipped_vocabulary(Kind.ML))


def slugs(tagging: Tagging) -> str:
    return " ".join(tagging.areas)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Exoplanets, star formation; AGN/quasars",
            "exoplanets star-formation active-galactic-nuclei",
        ),
        ("galaxies and galaxy clusters", "galaxies galaxy-clusters"),
        ("Extragalactic FIR,", "extragalactic-astronomy infrared-submm-astronomy"),
        (
            "Extragalactic (optical and radio), fast radio bursts",
            "extragalactic-astronomy optical-uv-astronomy radio-astronomy fast-radio-bursts",
        ),
        ("Education, outreach and citizen science", "astronomy-education"),
        ("Galaxies\nstars", "galaxies stars"),
        ("- galaxies\n- cosmology", "galaxies cosmology"),
    ],
)
def test_lists_are_taken_apart(text: str, expected: str) -> None:
    assert slugs(astronomy(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Submm Galaxies", "infrared-submm-astronomy galaxies"),
        ("Radio cosmology", "radio-astronomy cosmology"),
        ("Supernova cosmology with LSST", "cosmology supernovae sky-surveys"),
        ("X-ray binaries", "compact-objects"),
        ("High-redshift galaxy clusters", "galaxy-clusters"),
        ("21cm cosmology", "reionization"),
        ("CMB cosmology", "cosmic-microwave-background"),
    ],
)
def test_qualifier_and_head_give_their_areas(text: str, expected: str) -> None:
    assert slugs(astronomy(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Star and planet formation", "star-formation planet-formation"),
        ("Galaxy morphology and evolution", "galaxy-morphology galaxy-evolution"),
        ("formation and evolution of galaxies", "galaxy-evolution"),
        ("Exoplanets & atmospheres", "exoplanets exoplanet-atmospheres"),
        ("strong, weak and micro lensing", "gravitational-lensing"),
        ("Galaxies, clusters", "galaxies galaxy-clusters"),
        ("stars: variable", "variable-stars"),
        ("Stars (variable)", "variable-stars"),
        ("galaxies - morphology", "galaxy-morphology"),
        ("Clusters (star, galaxy)", "star-clusters galaxy-clusters"),
        ("methods: data analysis", "astroinformatics"),
    ],
)
def test_lists_may_leave_words_out(text: str, expected: str) -> None:
    assert astronomy(text) == Tagging(text, tuple(expected.split()), (), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Supervised and unsupervised learning", "supervised-learning unsupervised-learning"),
        ("(un)supervised learning", "supervised-learning unsupervised-learning"),
        ("Semi- and self-supervised learning", "semi-supervised-learning self-supervised-learning"),
        ("Machine and deep learning", "machine-learning deep-learning"),
        ("Deep learning/Bayesian deep learning", "deep-learning bayesian-deep-learning"),
        (
            "U-Net, Convolutional Neural Network, Deep learning",
            "u-net convolutional-neural-networks deep-learning",
        ),
        ("Gaussian Processes (GPs)", "gaussian-processes"),
        ("GNNs; diffusion models", "graph-neural-networks diffusion-models"),
        (
            "CNN, Timeseries classification",
            "convolutional-neural-networks time-series-classification",
        ),
        ("Neural networks, TensorFlow", "neural-networks ml-software"),
        ("ResNet50", "convolutional-neural-networks"),
        ("k-NN", "nearest-neighbours"),
        ("contextual ML", "multimodal-learning"),
        ("supervised machine learning", "supervised-learning"),
        ("machine learning (random forests)", "decision-trees"),
        (
            "I use random forests on light curves of variable stars",
            "decision-trees time-series-analysis",
        ),
    ],
)
def test_methods_are_found(text: str, expected: str) -> None:
    assert slugs(ml(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "time series", "Time-Series", "TIMESERIES", "time‑series", "time  series", "“time series”",
    ],
)  # fmt: skip
def test_writing_does_not_matter(text: str) -> None:
    assert slugs(ml(text)) == "time-series-analysis"


def test_british_and_american_spellings_are_one() -> None:
    assert slugs(astronomy("reionisation")) == slugs(astronomy("Reionization")) == "reionization"
    assert slugs(ml("normalising flow")) == slugs(ml("Normalizing Flows")) == "normalizing-flows"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Self-supervised", "self-supervised-learning"),
        ("self supervised", "self-supervised-learning"),
        ("weakly-supervised segmentation", "weak-supervision image-segmentation"),
        ("non-linear regression", "regression"),
        ("non-Gaussian processes", ""),
        ("unclassified", ""),
        ("AGNostic", ""),
    ],
)
def test_part_of_a_word_is_not_the_word(text: str, expected: str) -> None:
    assert slugs(ml(text)) == expected


@pytest.mark.parametrize("abbreviation", ["RAG", "SOM", "VI", "NAS", "AE"])
def test_an_abbreviation_that_is_a_word_counts_in_capitals_only(abbreviation: str) -> None:
    assert len(ml(abbreviation).areas) == 1
    lower = ml(abbreviation.lower())
    assert lower.areas == ()
    assert [each.because for each in lower.suggestions] == [(abbreviation.lower(),)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ML", "machine-learning"),
        ("ML of probability distributions", "density-estimation"),
        ("Maximum likelihood (ML)", "probabilistic-methods"),
        ("Graph attention networks (GAN)", "graph-neural-networks"),
        ("ML estimation", ""),
        ("GPS", ""),
    ],
)
def test_an_abbreviation_means_what_stands_around_it(text: str, expected: str) -> None:
    assert slugs(ml(text)) == expected


def test_a_vague_word_beside_an_unknown_one_is_suggested_with_its_reason() -> None:
    assert astronomy("Optical depth") == Tagging(
        "Optical depth",
        (),
        (Suggestion("optical-uv-astronomy", ("Optical",), 0.7),),
        ("Optical depth",),
    )


def test_a_misspelt_word_is_suggested_and_never_tagged() -> None:
    assert astronomy("Reionizaton") == Tagging(
        "Reionizaton",
        (),
        (Suggestion("reionization", ("Reionizaton",), 0.95),),
        ("Reionizaton",),
    )


@pytest.mark.parametrize("text", ["no deep learning", "anything except deep learning"])
def test_what_is_denied_is_not_tagged(text: str) -> None:
    assert ml(text).areas == ()
    assert ml(text).unmatched == (text,)


@pytest.mark.parametrize("text", ["N/A", "none", "various", "???", "🌌", "astrology", "Kosmologie"])
def test_what_gives_no_area_is_handed_back_as_typed(text: str) -> None:
    assert astronomy(f" {text} ").areas == ()
    assert astronomy(f" {text} ").unmatched == (text,)


def test_unmatched_phrases_of_a_list_are_named_one_by_one() -> None:
    tagging = astronomy("galaxies, Zwicky stuff; cosmology and blorp, foo and bar")
    assert tagging.areas == ("galaxies", "cosmology")
    assert tagging.unmatched == ("Zwicky stuff", "blorp", "foo and bar")


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_gives_nothing(text: str) -> None:
    assert astronomy(text) == Tagging(text, (), (), ())


def test_the_thesaurus_names_whole_phrases_only() -> None:
    stars = Area("stars", "Stars")
    vocabulary = index([stars], (), [Area("barium-stars", "Barium stars"), Area("rings", "Rings")])
    assert tag("Stars, rings", vocabulary).areas == ("stars", "rings")
    assert tag("Barium stars", vocabulary).areas == ("stars",)
    assert [s.slug for s in tag("Barium stars", vocabulary).suggestions] == ["barium-stars"]


def test_an_ambiguous_name_of_the_thesaurus_suggests_all_it_may_mean() -> None:
    vocabulary = index([], (), [Area("a", "Alpha", ("Planets",)), Area("b", "Beta", ("Planets",))])
    assert tag("planets", vocabulary) == Tagging(
        "planets",
        (),
        (Suggestion("a", ("planets",), 0.5), Suggestion("b", ("planets",), 0.5)),
        ("planets",),
    )
