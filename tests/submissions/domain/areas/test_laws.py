"""What holds for every text, however odd."""

from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.domain.areas.folding import fold
from submissions.domain.areas.matching import tag
from submissions.domain.areas.vocabulary import key_of
from submissions.importers.vocabulary import (
    Kind,
    shipped_areas,
    shipped_vocabulary,
    shipped_wordings,
)

KINDS = st.sampled_from(list(Kind))
SPELLED = {
    key_of(wording.text)
    for kind in Kind
    for wording in shipped_wordings(kind)
    if wording.use == "cased"
}
PHRASES = {
    kind: [
        wording
        for area in shipped_areas(kind)
        for wording in area.wordings
        if key_of(wording) not in SPELLED
    ]
    for kind in Kind
}
WORDS = sorted({word for kind in Kind for phrase in PHRASES[kind] for word in phrase.split()})
SIGNS = [
    ",",
    ";",
    "/",
    " and ",
    " & ",
    "(",
    ")",
    ":",
    " - ",
    "\n",
    ".",
    " of ",
    " for ",
    "no ",
    "(un)",
    "self-",
]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*WORDS, *SIGNS, "blorp", "é", "🌌"]), max_size=30).map(" ".join),
    st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=12).map("".join),
)


@given(KINDS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_text_is_tagged_soundly(kind: Kind, text: str) -> None:
    vocabulary = shipped_vocabulary(kind)
    tagging = tag(text, vocabulary)
    suggested = [suggestion.slug for suggestion in tagging.suggestions]
    assert tagging.text == text
    assert set(tagging.areas) <= set(vocabulary.areas)
    assert len({*tagging.areas, *suggested}) == len(tagging.areas) + len(suggested)
    assert all(phrase and phrase in text for phrase in tagging.unmatched)
    assert bool(tagging.areas or tagging.unmatched) == bool(text.strip())
    for suggestion in tagging.suggestions:
        assert suggestion.because
        assert all(word in text for word in suggestion.because)
        assert 0 < suggestion.score < 1


@given(KINDS, st.data())
@settings(max_examples=200, deadline=None)
def test_letter_case_and_hyphens_do_not_matter(kind: Kind, data: st.DataObject) -> None:
    vocabulary = shipped_vocabulary(kind)
    phrases = data.draw(st.lists(st.sampled_from(PHRASES[kind]), min_size=1, max_size=4))
    capitals = data.draw(st.lists(st.booleans(), min_size=7, max_size=7))
    changed = [
        "".join(
            letter.upper() if capitals[at % 7] else letter.lower()
            for at, letter in enumerate(phrase.replace(" ", "-"))
        )
        for phrase in phrases
    ]
    assert tag("; ".join(changed), vocabulary).areas == tag("; ".join(phrases), vocabulary).areas


@given(KINDS, st.data())
@settings(max_examples=200, deadline=None)
def test_a_folded_phrase_means_the_same(kind: Kind, data: st.DataObject) -> None:
    vocabulary = shipped_vocabulary(kind)
    phrase = data.draw(st.sampled_from(PHRASES[kind]))
    assert tag(fold(phrase), vocabulary).areas == tag(phrase, vocabulary).areas


def test_every_name_of_a_shipped_area_is_that_area() -> None:
    for kind in Kind:
        vocabulary = shipped_vocabulary(kind)
        found = {
            (area.slug, wording): tag(wording, vocabulary).areas
            for area in shipped_areas(kind)
            for wording in area.wordings
        }
        assert {name: areas for name, areas in found.items() if areas != (name[0],)} == {}
