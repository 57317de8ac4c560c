"""Suggestions by what the site and the meeting know."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from submissions.importers.vocabulary import (
    Kind,
    read_thesaurus,
    shipped_areas,
    shipped_mappings,
)
from submissions.models import AstronomyArea, Meeting, MLArea
from submissions.operations.areas import load_areas, load_uat
from submissions.operations.suggesting import forget_suggestions, suggest_areas
from tests.make import make_area, make_meeting, make_ml_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    for kind in Kind:
        load_areas(kind, shipped_areas(kind))
    return make_meeting()


def slugs(meeting: Meeting, title: str) -> tuple[list[str], list[str]]:
    found = suggest_areas(meeting, title, "")
    return [each.slug for each in found.astronomy], [each.slug for each in found.ml]


def test_the_shipped_areas_are_suggested_as_the_command_suggests_them(meeting: Meeting) -> None:
    assert slugs(meeting, "Finding exoplanets with CNNs") == (
        ["exoplanet-detection"],
        ["convolutional-neural-networks"],
    )


def test_without_any_area_nothing_is_suggested() -> None:
    assert slugs(make_meeting(), "Finding exoplanets with CNNs") == ([], [])


def test_areas_of_the_site_are_found_by_their_names(meeting: Meeting) -> None:
    make_area("Sky plumbing", synonyms=["cosmic pipework"])
    make_ml_area("Zwicky boxes")
    assert slugs(meeting, "Cosmic pipework in galaxies with Zwicky boxes") == (
        ["galaxies", "sky-plumbing"],
        ["zwicky-boxes"],
    )


def test_a_synonym_that_the_site_gave_a_shipped_area_counts(meeting: Meeting) -> None:
    area = MLArea.objects.get(slug="clustering")
    area.synonyms = [*area.synonyms, "Zwicky boxes"]
    area.save()
    assert slugs(meeting, "Zwicky boxes for galaxies") == (["galaxies"], ["clustering"])


def test_a_change_is_heard_when_it_is_said_and_else_within_minutes(meeting: Meeting) -> None:
    title = "Galaxies in Zwicky boxes"
    assert slugs(meeting, title) == (["galaxies"], [])
    make_area("Zwicky boxes")
    assert slugs(meeting, title) == (["galaxies"], [])
    forget_suggestions(meeting)
    assert slugs(meeting, title) == (["galaxies", "zwicky-boxes"], [])


def test_what_is_known_is_read_once(meeting: Meeting) -> None:
    slugs(meeting, "Galaxies")
    with CaptureQueriesContext(connection) as queries:
        slugs(meeting, "Galaxies")
    assert len(queries) == 0


def test_the_full_thesaurus_supports_the_areas_of_the_form_and_adds_none(
    meeting: Meeting, shared: Path
) -> None:
    titles = ("Finding exoplanets with CNNs", "Galaxy clusters with deep learning", "Quasars")
    before = [slugs(meeting, title) for title in titles]
    concepts = read_thesaurus((shared / "uat" / "UAT_list.json").read_bytes())
    load_uat(concepts, shipped_mappings())
    forget_suggestions(meeting)
    assert [slugs(meeting, title) for title in titles] == before
    offered = {area.slug for area in shipped_areas(Kind.ASTRONOMY)}
    title = "Ammonia masers, Apollo group asteroids and Barnard stars: a sky of binary pulsars"
    found = slugs(meeting, title)[0]
    assert found
    assert set(found) <= offered
    assert AstronomyArea.objects.count() > 2000
