"""Areas suggested in the submission form: as a part while typing, and without a script."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from submissions.importers.vocabulary import Kind, shipped_areas
from submissions.models import Meeting, Talk
from submissions.operations.areas import load_areas
from tests.make import make_area, make_format, make_meeting
from tests.submissions.views.filled_forms import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]

TITLE = "Finding exoplanets with CNNs"


@pytest.fixture
def meeting() -> Meeting:
    for kind in Kind:
        load_areas(kind, shipped_areas(kind))
    meeting = make_meeting(slug="sky")
    make_format(meeting)
    return meeting


def part(client: Client, **typed: object) -> str:
    url = reverse("submissions:talk-areas", args=["sky"])
    return client.post(url, typed, headers={"HX-Request": "true"}).content.decode()


def added(page: str) -> list[tuple[str, str]]:
    return re.findall(r'data-add-area="([^"]+)" data-field="([^"]+)"', page)


def test_the_part_offers_each_area_with_its_words(client: Client, meeting: Meeting) -> None:
    page = part(client, title=TITLE, abstract="")
    assert added(page) == [
        ("exoplanet-detection", "astronomy_areas"),
        ("convolutional-neural-networks", "ml_areas"),
    ]
    assert "<q>Finding exoplanets</q>" in page
    assert "very likely" in page


def test_what_is_chosen_already_is_not_offered(client: Client, meeting: Meeting) -> None:
    page = part(client, title=TITLE, astronomy_areas=["exoplanet-detection"])
    assert added(page) == [("convolutional-neural-networks", "ml_areas")]
    both = {"astronomy_areas": "exoplanet-detection", "ml_areas": "convolutional-neural-networks"}
    assert "Nothing to suggest" in part(client, title=TITLE, **both)


@pytest.mark.parametrize("typed", [{}, {"title": "Attention is all you need"}])
def test_nothing_is_offered_where_nothing_is_known(
    client: Client, meeting: Meeting, typed: dict[str, str]
) -> None:
    page = part(client, **typed)
    assert (added(page), "Nothing to suggest" in page) == ([], True)


def test_text_of_the_speaker_is_shown_as_text(client: Client, meeting: Meeting) -> None:
    page = part(client, title="Galaxy <b>clusters</b> & quasars'")
    assert "<b>" not in page
    assert ("galaxy-clusters", "astronomy_areas") in added(page)


def test_areas_of_the_site_are_suggested_and_only_those_that_exist(client: Client) -> None:
    make_meeting(slug="sky")
    make_area("Galaxies")
    make_area("Zwicky boxes")
    page = part(client, title="Zwicky boxes, galaxies and supernovae seen by telescopes")
    assert sorted(slug for slug, _field in added(page)) == ["galaxies", "zwicky-boxes"]


def test_without_a_script_the_form_comes_back_with_boxes_to_tick(
    client: Client, meeting: Meeting
) -> None:
    client.get(reverse("submissions:talk-submit", args=["sky"]))
    data = {"title": TITLE, "abstract": "We look.", "suggest_areas": "yes"}
    page = client.post(reverse("submissions:talk-preview", args=["sky"]), data).content.decode()
    assert f'value="{TITLE}"' in page
    assert 'name="taken_astronomy_areas" value="exoplanet-detection"' in page
    assert 'name="taken_ml_areas" value="convolutional-neural-networks"' in page


def test_nothing_is_worked_out_for_a_page_that_nobody_asked_for_suggestions(
    client: Client, meeting: Meeting
) -> None:
    page = client.get(reverse("submissions:talk-submit", args=["sky"])).content.decode()
    assert "taken_" not in page
    assert 'name="suggest_areas"' in page


def test_ticked_suggestions_are_chosen_areas(client: Client, meeting: Meeting) -> None:
    data = sent(
        meeting,
        title=TITLE,
        astronomy_areas=["galaxies"],
        ml_areas=[],
        taken_astronomy_areas=["exoplanet-detection"],
        taken_ml_areas=["convolutional-neural-networks"],
    )
    response = client.post(reverse("submissions:talk-submit", args=["sky"]), data)
    assert response.status_code == 302, json.dumps(response.context["form"].errors)
    talk = Talk.objects.get()
    assert set(talk.astronomy_areas.values_list("slug", flat=True)) == {
        "galaxies",
        "exoplanet-detection",
    }
    assert talk.ml_areas.get().slug == "convolutional-neural-networks"


def test_a_long_text_is_answered(client: Client, meeting: Meeting) -> None:
    page = part(client, title=TITLE, abstract="galaxies and more " * 60_000)
    assert ("exoplanet-detection", "astronomy_areas") in added(page)


def test_the_vocabulary_is_not_read_for_each_pause_in_typing(
    client: Client, meeting: Meeting, django_assert_max_num_queries: Any
) -> None:
    part(client, title=TITLE)
    with django_assert_max_num_queries(4):
        part(client, title=TITLE)
