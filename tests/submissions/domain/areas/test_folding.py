import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.domain.areas.folding import fold, fold_word, joined, spelled_out, words


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Galaxies", "galaxy"),
        ("SUPERNOVAE", "supernova"),
        ("nuclei", "nucleus"),
        ("lenses", "lens"),
        ("biases", "bias"),
        ("analyses", "analysis"),
        ("CNNs", "CNN"),
        ("haloes", "halos"),
        ("Newton’s", "newton"),
        ("reionisation", "reionization"),
        ("Optimising", "optimizing"),
        ("modelling", "modeling"),
        ("neighbours", "neighbor"),
        ("catalogues", "catalog"),
        ("discs", "disk"),
        ("millimetre", "millimeter"),
        ("Clár", "clar"),
        ("étoile", "etoile"),
        ("galax\u00adies", "galaxy"),
    ],
)
def test_spellings_of_one_word_meet(written: str, same: str) -> None:
    assert fold_word(written) == fold_word(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("supervised", "self-supervised"),
        ("supervised", "unsupervised"),
        ("galactic", "extragalactic"),
        ("series", "serial"),
        ("linear", "non-linear"),
        ("gas", "ga"),
        ("VAE", "va"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "texts",
    [
        ("time series", "time-series", "Timeseries", "TIME SERIES"),
        ("21cm", "21-cm", "21 cm"),
        ("light curves", "lightcurve", "light-curves"),
        ("self supervised", "self-supervised", "selfsupervised"),
        ("γ-ray", "gamma ray", "Gamma-rays"),
        ("k-means", "k means", "kmeans"),
        ("multi-messenger", "multimessenger"),
        ("U-Net", "UNet", "u_net"),
    ],
)
def test_blanks_and_hyphens_do_not_matter(texts: tuple[str, ...]) -> None:
    assert len({joined(words(text)) for text in texts}) == 1


def test_words_know_where_they_stand() -> None:
    text = "Deep  self-supervised\u200b CNN50"
    found = [(token.text, text[token.start : token.end], token.key) for token in words(text)]
    assert found == [
        ("Deep", "Deep", "deep"),
        ("self-supervised\u200b", "self-supervised\u200b", "selfsupervized"),
        ("CNN50", "CNN50", "cnn"),
        ("CNN50", "CNN50", "50"),
    ]


def test_a_prefix_keeps_the_word_it_changes() -> None:
    assert [(token.key, token.bare) for token in words("semi-supervised")] == [
        ("semisupervized", "supervized")
    ]


def test_greek_letters_are_spelled_out_for_addresses() -> None:
    assert spelled_out("α Cygni") == "alpha cygni"


@given(st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_folding_a_word_twice_changes_nothing(text: str) -> None:
    for token in words(text):
        assert fold_word(token.key) == token.key


@given(st.text(alphabet="abceinosxz-é’ ²½ſßİ", max_size=40))
@settings(max_examples=400, deadline=None)
def test_folding_a_text_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=80))
@settings(deadline=None)
def test_every_word_is_in_the_text(text: str) -> None:
    assert all(token.text in text for token in words(text))
