import pytest

from submissions.domain.areas.matching import tag
from submissions.domain.areas.vocabulary import (
    Area,
    Entry,
    Use,
    Wording,
    index,
    key_of,
    with_terms,
)
from submissions.importers.vocabulary import (
    Kind,
    shipped_areas,
    shipped_vocabulary,
    shipped_wordings,
)

STARS = Area("stars", "Stars", ("stellar physics",))
VARIABLE = Area("variable-stars", "Variable stars", ("variables",), parents=("stars",))


def test_labels_and_synonyms_are_found_folded() -> None:
    vocabulary = index([STARS, VARIABLE])
    assert vocabulary.entries[key_of("VARIABLE-STAR")] == Entry(("variable-stars",))
    assert vocabulary.ancestors == {"stars": frozenset(), "variable-stars": frozenset({"stars"})}


def test_the_earlier_area_keeps_a_phrase_that_two_claim() -> None:
    vocabulary = index([STARS, Area("suns", "Suns", ("star",))])
    assert vocabulary.entries[key_of("Star")].slugs == ("stars",)


def test_the_thesaurus_counts_only_where_the_vocabulary_is_silent() -> None:
    vocabulary = index([STARS], (), [Area("star", "Star"), Area("dwarfs", "Dwarfs")])
    assert vocabulary.entries[key_of("star")].slugs == ("stars",)
    assert vocabulary.thesaurus == {key_of("dwarf"): Entry(("dwarfs",))}


def test_a_name_of_two_concepts_is_only_a_hint() -> None:
    one, other = Area("a", "Alpha", ("Planets",)), Area("b", "Beta", ("Planets",))
    vocabulary = index([STARS], (), [one, other])
    assert vocabulary.thesaurus[key_of("planets")] == Entry(("a", "b"), Use.HINT)


def test_a_further_synonym_of_an_own_area_beats_the_thesaurus() -> None:
    again = Area("stars", "Stars", ("dwarfs",))
    vocabulary = index([STARS], (), [Area("dwarfs", "Dwarfs"), again])
    assert vocabulary.thesaurus[key_of("dwarfs")] == Entry(("stars",))


def test_wordings_add_weaken_and_share_phrases() -> None:
    vocabulary = index(
        [STARS, VARIABLE],
        [
            Wording("variable-stars", Use.ALONE, "variables"),
            Wording("stars", Use.PHRASE, "flare stars"),
            Wording("variable-stars", Use.PHRASE, "flare stars"),
            Wording("stars", Use.PHRASE, "variable star"),
            Wording("stars", Use.CASED, "HOT"),
        ],
    )
    assert vocabulary.entries[key_of("variables")] == Entry(("variable-stars",), Use.ALONE)
    assert vocabulary.entries[key_of("flare stars")] == Entry(("stars", "variable-stars"))
    assert vocabulary.entries[key_of("variable star")] == Entry(("variable-stars",))
    assert vocabulary.entries["hot"] == Entry(("stars",), Use.PHRASE, "HOT")


def test_abbreviations_of_two_letters_are_weak() -> None:
    vocabulary = index([Area("gaussian-processes", "Gaussian processes", ("GP", "GPR"))])
    assert vocabulary.entries["gp"].use is Use.WEAK
    assert vocabulary.entries["gpr"].use is Use.PHRASE


def test_a_circle_of_parents_does_no_harm() -> None:
    one, other = Area("a", "Alpha", parents=("b",)), Area("b", "Beta", parents=("a", "gone"))
    assert index([one, other]).ancestors == {"a": frozenset({"b"}), "b": frozenset({"a"})}


def test_an_empty_vocabulary_is_one() -> None:
    assert index([]).entries == {}


@pytest.mark.parametrize("kind", Kind)
def test_no_two_shipped_areas_share_a_phrase(kind: Kind) -> None:
    owners: dict[str, set[str]] = {}
    for area in shipped_areas(kind):
        for wording in area.wordings:
            owners.setdefault(key_of(wording), set()).add(area.slug)
    assert {key: slugs for key, slugs in owners.items() if len(slugs) > 1} == {}


@pytest.mark.parametrize("kind", Kind)
def test_every_shipped_wording_belongs_to_a_shipped_area_and_does_something(kind: Kind) -> None:
    areas = shipped_vocabulary(kind).areas
    own = {key_of(wording) for area in areas.values() for wording in area.wordings}
    strange = [
        wording
        for wording in shipped_wordings(kind)
        if (wording.slug not in areas) != (wording.use is Use.PLAIN)
        or (wording.use is Use.PHRASE and key_of(wording.text) in own)
    ]
    assert strange == []


def test_terms_outweigh_what_a_vocabulary_says_of_them() -> None:
    own = (Area("dust", "Dust"), Area("gas", "Gas"))
    known = index(own, (Wording("dust", Use.HINT, "filaments"),))
    more = with_terms(known, {key_of("filaments"): "gas", key_of("a box"): "no-such-area"})
    assert tag("Filaments, dust, a box", known).areas == ("dust",)
    assert tag("Filaments, dust, a box", more).areas == ("gas", "dust")
    assert with_terms(known, {}) is known
