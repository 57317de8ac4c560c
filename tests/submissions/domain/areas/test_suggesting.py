"""What is suggested for titles and abstracts, one rule at a time."""

import pytest

from submissions.domain.areas.suggesting import AreaSuggestion, AreaSuggestions
from submissions.importers.evidence import shipped_suggester


def suggest(title: str, abstract: str = "") -> AreaSuggestions:
    return shipped_suggester().suggest(title, abstract)


def slugs(title: str, abstract: str = "") -> tuple[set[str], set[str]]:
    found = suggest(title, abstract)
    return {each.slug for each in found.astronomy}, {each.slug for each in found.ml}


def test_each_suggestion_says_which_words_gave_it() -> None:
    assert suggest("Finding Exoplanets with CNNs") == AreaSuggestions(
        (AreaSuggestion("exoplanet-detection", ("Finding Exoplanets",), 0.95),),
        (AreaSuggestion("convolutional-neural-networks", ("CNNs",), 0.95),),
    )


@pytest.mark.parametrize(
    ("title", "astronomy", "ml"),
    [
        # Words that mean one thing here and another there.
        ("Anisotropic galaxy clustering", {"large-scale-structure"}, set()),
        (
            "Accretion flows of quasars",
            {"active-galactic-nuclei", "high-energy-astrophysics"},
            set(),
        ),
        ("Transformers for variable stars", {"variable-stars"}, {"transformers"}),
        ("Gap filling of light curves", {"time-domain-astronomy"}, {"missing-data"}),
        # The narrower area says it all, unless the title says both.
        ("Deep learning for galaxies with a U-Net", {"galaxies"}, {"u-net"}),
        (
            "Cosmology from the cosmic web with SBI",
            {"cosmology", "large-scale-structure"},
            {"simulation-based-inference"},
        ),
        # Neural networks say nothing beside a kind of them.
        ("Neural networks for pulsars: CNNs revisited", {"compact-objects"}, None),
        # What is not used is not suggested.
        ("Ages of open clusters without neural networks", {"star-clusters"}, set()),
        # The longest phrase counts, and what stands in front of it.
        ("High-redshift galaxy clusters", {"galaxy-clusters"}, set()),
        # Abbreviations that could be words keep their capitals.
        ("Pulsars and lstms", {"compact-objects"}, {"recurrent-neural-networks"}),
        ("A gan of pulsars", {"compact-objects"}, set()),
        ("A GAN of pulsars", {"compact-objects"}, {"generative-adversarial-networks"}),
    ],
)
def test_titles(title: str, astronomy: set[str], ml: set[str] | None) -> None:
    found = slugs(title)
    assert found[0] == astronomy
    assert found[1] == ({"convolutional-neural-networks"} if ml is None else ml)


@pytest.mark.parametrize(
    "title",
    [
        "Attention is all you need",
        "Samsung Galaxy battery life prediction with federated learning",
        "Forecasting solar power with LSTM networks",
        "Searching for dark matter at the Large Hadron Collider with normalizing flows",
        "Semi-supervised segmentation of brain tumours",
        "Supernova: fast zero-knowledge proofs",
        "",
    ],
)
def test_nothing_is_suggested_outside_astronomy(title: str) -> None:
    assert suggest(title) == AreaSuggestions()


def test_a_title_that_borrows_a_word_is_found_out_by_its_abstract() -> None:
    title = "Black holes with gradient boosting"
    elsewhere = "Companies lose customers to competitors as if they fell in. " * 4
    assert slugs(title) == ({"compact-objects"}, {"gradient-boosting"})
    assert suggest(title, elsewhere) == AreaSuggestions()


def test_a_method_that_the_authors_used_counts_and_one_of_others_does_not() -> None:
    title = "Ages of open clusters"
    assert slugs(title, "We train a random forest on colours of stars.")[1] == {"decision-trees"}
    assert slugs(title, "Future work may train a random forest on stars.")[1] == set()
    assert slugs(title, "Our fit is better than a random forest on stars.")[1] == set()


def test_a_subject_named_once_in_passing_is_not_what_the_talk_is_about() -> None:
    title = "Ages of open clusters"
    once = "We train a network on stars, and mention supernovae once."
    twice = f"{once} We classify supernovae too, and our supernovae are bright."
    assert slugs(title, once)[0] == {"star-clusters"}
    assert slugs(title, twice)[0] == {"star-clusters", "supernovae"}


def test_markup_does_not_come_between_words() -> None:
    title = "{\\it Stellar} streams in the <i>Milky</i> Way with $-$ U-Nets"
    assert slugs(title) == ({"milky-way"}, {"u-net"})


def test_at_most_four_areas_of_a_kind() -> None:
    found = suggest(
        "CNNs, GANs, VAEs, LSTMs, SVMs and transformers for quasars, comets, pulsars, sunspots, "
        "exoplanets and supernovae"
    )
    assert (len(found.astronomy), len(found.ml)) == (4, 4)


def test_the_most_certain_comes_first() -> None:
    found = suggest("Quasars", "We find quasars, quasars and more quasars. We see dwarf galaxies.")
    assert [each.confidence for each in found.astronomy] == sorted(
        (each.confidence for each in found.astronomy), reverse=True
    )
