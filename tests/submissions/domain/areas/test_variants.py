import pytest

from submissions.domain.areas.variants import variants


@pytest.mark.parametrize(
    ("phrase", "other"),
    [
        ("unsupervised learning", "unsupervised ml"),
        ("quantum machine learning", "quantum ml"),
        ("bayesian deep learning", "bayesian dl"),
        ("graph network", "graph neural network"),
        ("graph neural network", "graph nn"),
        ("radio astronomy", "radio astrophysic"),
        ("surrogate modeling", "surrogate model"),
        ("binary classification", "binary classifier"),
    ],
)
def test_habits_of_the_field_give_other_wordings(phrase: str, other: str) -> None:
    assert tuple(other.split()) in set(variants(tuple(phrase.split())))


@pytest.mark.parametrize("phrase", ["machine learning", "classification", "galaxy", "deep set"])
def test_the_words_of_an_abbreviation_are_left_alone(phrase: str) -> None:
    assert list(variants(tuple(phrase.split()))) == []
