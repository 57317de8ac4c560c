from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from submissions.domain.areas.matching import tag
from submissions.domain.areas.vocabulary import Area
from submissions.importers.vocabulary import (
    Concept,
    ConceptMapping,
    Kind,
    Relation,
    read_thesaurus,
    shipped_areas,
    shipped_mappings,
    shipped_vocabulary,
)
from submissions.models import AreaOrigin, AstronomyArea, MLArea
from submissions.operations.area_rows import Loaded
from submissions.operations.areas import (
    ShippedAreasMissing,
    load_areas,
    load_uat,
    match_areas,
    vocabulary,
)
from tests.make import make_area, make_ml_area

pytestmark = pytest.mark.django_db

STARS = Area("stars", "Stars", ("stellar physics",), (), 1583)
VARIABLE = Area("variable-stars", "Variable stars", ("variables",), ("stars",), 1761)


def parents(slug: str) -> list[str]:
    area = AstronomyArea.objects.get(slug=slug)
    return sorted(area.parents.values_list("slug", flat=True))


def test_loading_makes_the_areas_and_their_tree() -> None:
    assert load_areas(Kind.ASTRONOMY, [STARS, VARIABLE]) == Loaded(new=2)
    stars, variable = AstronomyArea.objects.all()
    assert (stars.slug, stars.label, stars.uat_id, stars.origin) == (
        "stars",
        "Stars",
        1583,
        "shipped",
    )
    assert variable.synonyms == ["variables"]
    assert parents("variable-stars") == ["stars"]


@pytest.mark.parametrize(("kind", "number"), [(Kind.ASTRONOMY, 51), (Kind.ML, 102)])
def test_loading_twice_changes_nothing(kind: Kind, number: int) -> None:
    assert load_areas(kind, shipped_areas(kind)) == Loaded(new=number)
    assert load_areas(kind, shipped_areas(kind)) == Loaded(same=number)


def test_a_new_version_updates_and_never_deletes() -> None:
    load_areas(Kind.ASTRONOMY, [STARS, VARIABLE])
    renamed = replace(STARS, label="The stars", synonyms=("suns",))
    assert load_areas(Kind.ASTRONOMY, [renamed]) == Loaded(changed=1)
    stars = AstronomyArea.objects.get(slug="stars")
    assert (stars.label, stars.synonyms) == ("The stars", ["suns", "stellar physics"])
    assert AstronomyArea.objects.filter(slug="variable-stars").exists()


def test_what_the_site_added_stays() -> None:
    load_areas(Kind.ASTRONOMY, [STARS, VARIABLE])
    stars = AstronomyArea.objects.get(slug="stars")
    stars.synonyms = [*stars.synonyms, "our word"]
    stars.position = 7
    stars.save()
    stars.parents.add(make_area("Sky"))
    assert load_areas(Kind.ASTRONOMY, [STARS, VARIABLE]) == Loaded(same=2)
    stars.refresh_from_db()
    assert (stars.synonyms, stars.position) == (["stellar physics", "our word"], 7)
    assert parents("stars") == ["sky"]


def test_an_area_of_the_site_is_not_taken_over() -> None:
    make_ml_area("Deep learning", synonyms=["ours"])
    loaded = load_areas(Kind.ML, shipped_areas(Kind.ML))
    assert loaded == Loaded(new=101, kept=("deep-learning",))
    kept = MLArea.objects.get(slug="deep-learning")
    assert (kept.origin, kept.synonyms) == (AreaOrigin.SITE, ["ours"])


def test_a_concept_number_that_another_area_has_is_left_to_it() -> None:
    make_area("Suns", uat_id=1583)
    load_areas(Kind.ASTRONOMY, [STARS])
    assert AstronomyArea.objects.get(slug="stars").uat_id is None


def test_a_concept_of_a_shipped_area_gives_it_its_free_names() -> None:
    load_areas(Kind.ASTRONOMY, [STARS, VARIABLE])
    concepts = [
        Concept(1583, "Stellar astronomy", ("Stellar physics", "Variables", "Suns"), ()),
        Concept(1, "Suns", (), ()),
    ]
    assert load_uat(concepts, []) == Loaded(new=1, changed=1)
    stars = AstronomyArea.objects.get(slug="stars")
    assert stars.label == "Stars"
    # "Variables" is another area's, "Suns" is another concept's own name.
    assert stars.synonyms == ["stellar physics", "Stellar astronomy"]


def test_a_concept_becomes_an_area_below_its_broader_ones_and_the_areas_it_is_mapped_to() -> None:
    load_areas(Kind.ASTRONOMY, [STARS, VARIABLE])
    concepts = [
        Concept(1583, "Stars", (), ()),
        Concept(0, "β Cephei stars", ("Beta Cepheids", "Variables"), (1583, 5)),
        Concept(5, "Hot stars", (), ()),
    ]
    mappings = [
        ConceptMapping("variable-stars", 0, Relation.NARROW),
        ConceptMapping("variable-stars", 5, Relation.RELATED),
        ConceptMapping("stars", 1583, Relation.EXACT),
    ]
    assert load_uat(concepts, mappings) == Loaded(new=2, same=1)
    cephei = AstronomyArea.objects.get(uat_id=0)
    assert (cephei.slug, cephei.label, cephei.origin) == (
        "beta-cephei-stars",
        "β Cephei stars",
        "uat",
    )
    assert cephei.synonyms == ["Beta Cepheids"]
    assert parents("beta-cephei-stars") == ["hot-stars", "stars", "variable-stars"]
    assert parents("hot-stars") == []
    assert parents("stars") == []
    assert load_uat(concepts, mappings) == Loaded(same=3)


def test_a_slug_that_is_taken_gets_the_number_and_keeps_it() -> None:
    make_area("Hot stars")
    load_uat([Concept(5, "Hot stars", (), ())], [])
    load_uat([Concept(5, "Very hot stars", (), ())], [])
    area = AstronomyArea.objects.get(uat_id=5)
    assert (area.slug, area.label) == ("hot-stars-5", "Very hot stars")


def test_a_mapping_needs_the_shipped_areas() -> None:
    with pytest.raises(ShippedAreasMissing):
        load_uat([Concept(5, "Hot stars", (), ())], shipped_mappings())


def test_a_vocabulary_takes_one_query() -> None:
    load_areas(Kind.ASTRONOMY, shipped_areas(Kind.ASTRONOMY))
    with CaptureQueriesContext(connection) as queries:
        found = vocabulary(Kind.ASTRONOMY)
    assert len(queries) == 1
    assert tag("Submm galaxies", found).areas == ("infrared-submm-astronomy", "galaxies")


def test_matching_hears_of_a_change_at_once() -> None:
    load_areas(Kind.ML, shipped_areas(Kind.ML))
    assert match_areas(Kind.ML, "Zwicky boxes").areas == ()
    area = MLArea.objects.get(slug="clustering")
    area.synonyms = [*area.synonyms, "Zwicky boxes"]
    area.save()
    assert match_areas(Kind.ML, "zwicky box, deep learning").areas == (
        "clustering",
        "deep-learning",
    )


def test_an_area_of_the_site_is_matched_like_a_shipped_one() -> None:
    load_areas(Kind.ML, shipped_areas(Kind.ML))
    make_ml_area("Tabular learning", synonyms=["tabular data"])
    assert match_areas(Kind.ML, "CNNs for tabular data").areas == (
        "convolutional-neural-networks",
        "tabular-learning",
    )


def test_without_any_area_nothing_matches() -> None:
    assert match_areas(Kind.ML, "deep learning").areas == ()


def test_the_full_thesaurus_never_changes_what_the_shipped_areas_find(shared: Path) -> None:
    concepts = read_thesaurus((shared / "uat" / "UAT_list.json").read_bytes())
    load_areas(Kind.ASTRONOMY, shipped_areas(Kind.ASTRONOMY))
    assert load_uat(concepts, shipped_mappings()) == Loaded(new=2225, changed=30, same=20)
    assert load_uat(concepts, shipped_mappings()) == Loaded(same=2275)
    assert load_areas(Kind.ASTRONOMY, shipped_areas(Kind.ASTRONOMY)) == Loaded(same=51)

    small, large = shipped_vocabulary(Kind.ASTRONOMY), vocabulary(Kind.ASTRONOMY)
    shipped = set(small.areas)
    for text in (name for each in concepts for name in (each.label, *each.synonyms)):
        before, after = tag(text, small).areas, tag(text, large).areas
        if before:
            assert tuple(slug for slug in after if slug in shipped) == before
