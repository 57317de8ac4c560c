"""The tables of evidence fit the vocabularies they speak of."""

from submissions.domain.areas.evidence import Weight
from submissions.domain.areas.folding import fold
from submissions.importers.evidence import shipped_evidence, shipped_signs
from submissions.importers.vocabulary import Kind, shipped_areas


def test_every_row_is_about_an_area_that_ships() -> None:
    for kind in Kind:
        known = {area.slug for area in shipped_areas(kind)}
        assert {each.slug for each in shipped_evidence(kind)} <= known


def test_every_area_that_has_none_below_has_evidence() -> None:
    for kind in Kind:
        areas = shipped_areas(kind)
        above = {parent for area in areas for parent in area.parents}
        said = {each.slug for each in shipped_evidence(kind) if each.text}
        assert {area.slug for area in areas} - above - said == set()


def test_every_phrase_has_words_and_only_marks_of_areas_have_none() -> None:
    marks = {Weight.BROAD, Weight.SUBJECT}
    for kind in Kind:
        for each in shipped_evidence(kind):
            assert bool(fold(each.text)) != (each.weight in marks)


def test_every_sign_has_words() -> None:
    assert [sign for sign in shipped_signs() if not fold(sign.text)] == []
