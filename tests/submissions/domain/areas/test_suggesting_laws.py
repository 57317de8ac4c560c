"""What holds for the suggestions of every text, however odd."""

from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.importers.evidence import shipped_evidence, shipped_suggester
from submissions.importers.vocabulary import Kind, shipped_vocabulary

PHRASES = sorted({each.text for kind in Kind for each in shipped_evidence(kind) if each.text})
ODD = ["<p>", "</b>", "$", "\\it ", "{", "}", "\n\n", "\n", "\t", "\u00ad", "\u0301", "-", "*", "Ⅻ"]
JOINTS = [" ", " ", " ", ", ", ". ", " and ", " without ", " into ", ": ", "-", "/", *ODD]
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.one_of(st.sampled_from(PHRASES), st.sampled_from(JOINTS), st.text(max_size=5)),
        max_size=25,
    ).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(title=TEXTS, abstract=TEXTS)
def test_every_word_of_a_reason_stands_in_the_text(title: str, abstract: str) -> None:
    found = shipped_suggester().suggest(title, abstract)
    for each in (*found.astronomy, *found.ml):
        assert each.because
        for word in each.because:
            assert word.strip() == word != ""
            assert word in title or word in abstract


@settings(max_examples=200, deadline=None)
@given(title=TEXTS, abstract=TEXTS)
def test_suggestions_are_few_known_sure_and_the_same_again(title: str, abstract: str) -> None:
    found = shipped_suggester().suggest(title, abstract)
    assert found == shipped_suggester().suggest(title, abstract)
    for kind, given_ in ((Kind.ASTRONOMY, found.astronomy), (Kind.ML, found.ml)):
        slugs = [each.slug for each in given_]
        assert len(slugs) == len(set(slugs)) <= 4
        assert set(slugs) <= set(shipped_vocabulary(kind).areas)
        assert all(0.0 <= each.confidence <= 1.0 for each in given_)


def test_a_book_is_read_to_a_fixed_length() -> None:
    """What lies beyond is not looked at, so a large text costs no more than a long abstract."""
    shown = "We train a CNN on galaxies. " * 20
    book = shown.ljust(20_000) + "quasars " * 200_000
    suggest = shipped_suggester().suggest
    assert suggest("Galaxies", book) == suggest("Galaxies", shown)
