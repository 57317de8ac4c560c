import json
from pathlib import Path
from typing import Any

import pytest

from submissions.importers.vocabulary import (
    Concept,
    Kind,
    Relation,
    ThesaurusRefused,
    read_thesaurus,
    shipped_areas,
    shipped_mappings,
)

ROOT = "http://astrothesaurus.org/uat/"


def concept(number: int = 573, **fields: Any) -> dict[str, Any]:
    values = {"uri": f"{ROOT}{number}", "name": "Galaxies", "broader": None, "altNames": None}
    return values | fields


def content(*records: Any) -> bytes:
    return json.dumps(records).encode()


def test_the_shipped_areas_have_parents_before_children() -> None:
    for kind, number in ((Kind.ASTRONOMY, 51), (Kind.ML, 102)):
        seen: set[str] = set()
        for area in shipped_areas(kind):
            assert set(area.parents) <= seen
            seen.add(area.slug)
        assert len(seen) == number


def test_an_area_without_a_concept_has_no_number() -> None:
    numbers = {area.slug: area.uat_id for area in shipped_areas(Kind.ASTRONOMY)}
    assert [slug for slug, number in numbers.items() if number is None] == [
        "multi-messenger-astronomy"
    ]
    assert {area.uat_id for area in shipped_areas(Kind.ML)} == {None}


def test_every_mapping_names_a_shipped_area() -> None:
    mappings = shipped_mappings()
    assert len(mappings) == 90
    assert {each.slug for each in mappings} == {area.slug for area in shipped_areas(Kind.ASTRONOMY)}
    assert {each.relation for each in mappings} == set(Relation)


def test_the_shipped_tables_are_the_ones_written_for_the_project(shared: Path) -> None:
    data = Path(__file__).resolve().parents[3] / "submissions" / "data"
    for name in ("astronomy_areas.csv", "astronomy_areas_uat.csv", "ml_areas.csv"):
        assert (data / name).read_bytes() == (shared / "vocab" / name).read_bytes()


def test_a_concept_is_read_with_its_names_tidied() -> None:
    record = concept(
        0,
        name=" DC  stars ",
        altNames=["DC white dwarf ", "DC stars", "DC white dwarf"],
        broader=[{"name": "Galaxies", "uri": f"{ROOT}573"}],
    )
    assert read_thesaurus(content(record, concept())) == (
        Concept(0, "DC stars", ("DC white dwarf",), (573,)),
        Concept(573, "Galaxies", (), ()),
    )


def test_deprecated_concepts_are_left_out_also_as_parents() -> None:
    old = {"uri": f"{ROOT}9", "name": "Old", "status": "deprecated", "useInstead": None}
    young = concept(broader=[{"name": "Old", "uri": f"{ROOT}9"}])
    assert read_thesaurus(content(old, young)) == (Concept(573, "Galaxies", (), ()),)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert len(read_thesaurus(b"\xef\xbb\xbf" + content(concept()))) == 1


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (b"\xff\xfe[", "The file is not UTF-8 text (byte 1)."),
        (b"# Areas", "The file is not JSON (line 1, column 1)."),
        (b"[" * 100_000, "The file is not JSON"),
        (b"{}", "The file is JSON but no list of concepts."),
        (b"[]", "The file holds no active concept."),
        (content(7), "Record 1 is not a concept"),
        (content(concept(), concept(name=None, number=1)), 'Record 2, field "name": a text'),
        (content(concept(name=" ")), 'Record 1, field "name": a text'),
        (content(concept(altNames="M31")), 'Record 1, field "altNames": a list'),
        (content(concept(altNames=[3])), 'Record 1, field "altNames": a text'),
        (content(concept(broader=["x"])), 'Record 1, field "broader": an address'),
        (content(concept(uri=None)), 'Record 1, field "uri": an address'),
        (content(concept(uri=f"{ROOT}²")), 'Record 1, field "uri": an address'),
        (content(concept(uri=f"{ROOT}{'9' * 5000}")), 'Record 1, field "uri": an address'),
        (content(concept(), concept()), f"Record 2: {ROOT}573 is in the file twice."),
    ],
)
def test_another_file_is_refused_with_the_place(refused: bytes, message: str) -> None:
    with pytest.raises(ThesaurusRefused) as refusal:
        read_thesaurus(refused)
    assert str(refusal.value).startswith(message)


def test_the_official_file_is_read_whole(shared: Path) -> None:
    concepts = read_thesaurus((shared / "uat" / "UAT_list.json").read_bytes())
    names = [name for each in concepts for name in (each.label, *each.synonyms)]
    assert len(concepts) == 2275
    assert len([each for each in concepts if not each.broader]) == 11
    assert [name for name in names if name != " ".join(name.split())] == []
    assert 0 in {each.uat_id for each in concepts}
