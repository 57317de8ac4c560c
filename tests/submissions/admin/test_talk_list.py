"""The list of talks: what it shows, how it is searched, narrowed and downloaded."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from submissions.domain.lifecycle import State
from submissions.exports.talks_table import HEADER
from submissions.models import Meeting
from tests.make import (
    NOW,
    make_area,
    make_format,
    make_meeting,
    make_ml_area,
    make_organiser,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
)
from tests.queries import count_queries

pytestmark = pytest.mark.django_db
URL = "/admin/submissions/talk/"


@pytest.fixture
def meeting(client: Client) -> Meeting:
    meeting = make_meeting()
    client.force_login(make_organiser(meeting))
    return meeting


def titles(client: Client, **query: Any) -> set[str]:
    page = client.get(URL, query)
    assert page.status_code == 200
    return {talk.title for talk in page.context["cl"].result_list}


def test_the_list_names_code_presenter_state_and_areas(client: Client, meeting: Meeting) -> None:
    talk = make_talk(
        meeting,
        title="Engines & stars",
        format=make_format(meeting, name="Flash"),
        speakers=[
            make_speaker(meeting, given_name="Ada", family_name="Ångström"),
            make_speaker(meeting, given_name="Never", family_name="Shown"),
        ],
        submitted_at=datetime(2027, 2, 27, 23, 30, tzinfo=UTC),
        prepared_decision="accept",
        prepared_at=NOW,
        prepared_by=make_organiser(meeting),
    )
    talk.astronomy_areas.add(make_area("Galaxies"), make_area("Quasars"))
    talk.ml_areas.add(make_ml_area("Kernels"))
    page = client.get(URL).content.decode()
    for text in (
        talk.code,
        "Engines &amp; stars",
        "Ada Ångström",
        "prepared: accept",
        "Flash",
        "Galaxies",
        "Kernels",
        "+1",
        "28 Feb 2027",  # in Madrid it is tomorrow already
    ):
        assert text in page
    assert "Never Shown" not in page


def test_search_finds_words_without_accents(client: Client, meeting: Meeting) -> None:
    angstrom = make_speaker(meeting, given_name="Åsa", family_name="Wierzbołowska")
    make_talk(meeting, title="Found", speakers=[angstrom], affiliation="Université de Genève")
    make_talk(meeting, title="Other")
    for words in ("asa", "ÅSA wierzbolowska", "geneve found", "found"):
        assert titles(client, q=words) == {"Found"}
    assert titles(client, q="asa other") == set()


def test_filters_narrow_the_list(client: Client, meeting: Meeting) -> None:
    flash = make_format(meeting)
    cosmology = make_area("Cosmology")
    reionization = make_area("Reionization")
    reionization.parents.add(cosmology)
    kernels = make_ml_area("Kernels")
    prepared: dict[str, Any] = {"prepared_by": make_organiser(meeting), "prepared_at": NOW}
    one = make_talk(meeting, title="one", format=flash)
    one.astronomy_areas.add(reionization)
    two = make_talk(meeting, title="two", prepared_decision="reject", **prepared)
    two.ml_areas.add(kernels)
    make_talk(meeting, State.CONFIRMED, title="three", ml_areas_text="Deep thought")
    make_talk(meeting, State.WITHDRAWN, title="four")
    make_talk(meeting, State.DRAFT, title="five")
    everything = {"one", "two", "three", "four", "five"}
    expected: list[tuple[dict[str, Any], set[str]]] = [
        ({}, everything),
        ({"state": ""}, everything),
        ({"state": "submitted"}, {"one", "two"}),
        ({"state": "placed"}, {"three"}),
        ({"state": "live"}, {"one", "two", "three"}),
        ({"state": "proposed"}, {"one", "two", "three"}),
        ({"prepared": "any"}, {"two"}),
        ({"prepared": "reject"}, {"two"}),
        ({"prepared": "accept"}, set()),
        ({"prepared": "none", "state": "submitted"}, {"one"}),
        ({"format": flash.pk}, {"one"}),
        ({"format": "none"}, everything - {"one"}),
        ({"format": "nonsense"}, set()),
        ({"astronomy": "reionization"}, {"one"}),
        ({"astronomy": "cosmology"}, {"one"}),
        ({"astronomy": "absent"}, set()),
        ({"astronomy": "none"}, everything - {"one"}),
        ({"ml": "kernels"}, {"two"}),
        ({"ml": "none"}, everything - {"two"}),
        ({"typed": "unmatched"}, {"three"}),
        ({"scheduled": "no"}, everything),
        ({"scheduled": "yes"}, set()),
    ]
    assert [(query, titles(client, **query)) for query, _ in expected] == expected


def test_talks_in_the_timetable_can_be_told_from_those_that_are_not(
    client: Client, meeting: Meeting
) -> None:
    make_slot(make_session(meeting), make_talk(meeting, State.CONFIRMED, title="placed"))
    make_talk(meeting, State.CONFIRMED, title="not placed")
    poster = make_format(meeting, is_poster=True)
    make_talk(meeting, State.CONFIRMED, title="poster", format=poster)
    assert titles(client, scheduled="yes") == {"placed"}
    assert titles(client, scheduled="no") == {"not placed"}


def test_areas_are_offered_as_a_tree_of_those_in_use(client: Client, meeting: Meeting) -> None:
    top, child = make_area("Stars"), make_area("Variable stars")
    child.parents.add(top)
    make_area("Unused")
    make_talk(meeting).astronomy_areas.add(child)
    page = client.get(URL)
    offered = {spec.parameter_name: spec.lookup_choices for spec in page.context["cl"].filter_specs}
    assert [(slug, str(label)) for slug, label in offered["astronomy"]] == [
        ("none", "no area"),
        ("stars", "Stars"),
        ("variable-stars", "\u2003Variable stars"),
    ]


@pytest.mark.parametrize("query", ["", "?state=submitted&q=talk&astronomy=none"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_talks(
    client: Client, meeting: Meeting, query: str
) -> None:
    kernels = make_ml_area("Kernels")

    def queries_with(count: int) -> int:
        for _ in range(count):
            make_talk(meeting, format=make_format(meeting)).ml_areas.add(kernels)
        return count_queries(client, URL + query)

    assert queries_with(1) == queries_with(5) == queries_with(110)  # more than a page


def test_the_download_has_these_columns_and_runs_no_formula(
    client: Client, meeting: Meeting
) -> None:
    talk = make_talk(
        meeting,
        title="=1+1",
        abstract="-12.5 dex",
        speakers=[
            make_speaker(
                meeting, given_name="Ada", family_name="@SUM(A1)", email="ada@example.org"
            ),
            make_speaker(meeting, given_name="Second", family_name="Author", email=""),
        ],
        affiliation="+cmd",
        submitted_at=datetime(2027, 2, 28, 12, 0, tzinfo=UTC),
        changed_at=datetime(2027, 2, 28, 13, 0, tzinfo=UTC),
        remarks="a remark",
    )
    talk.astronomy_areas.add(make_area("Galaxies"))
    response = client.post(URL, {"action": "download", "_selected_action": [talk.pk]})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [
        list(HEADER),
        [
            talk.code,
            "'=1+1",
            "submitted",
            "",
            "",
            "Ada @SUM(A1)",
            "ada@example.org",
            "Ada @SUM(A1); Second Author",
            "'+cmd",
            "Galaxies",
            "",
            "",
            "",
            "'-12.5 dex",
            "a remark",
            "",
            "",
            "2027-02-28T13:00:00+01:00",
            "2027-02-28T14:00:00+01:00",
        ],
    ]


def test_an_empty_list_says_so(client: Client, meeting: Meeting) -> None:
    assert "There is no talk yet. Add one by hand" in client.get(URL).content.decode()
    page = client.get(URL, {"meeting": meeting.slug}).content.decode()
    assert "There is no talk yet. Add one by hand" in page
    assert "Nothing matches." in client.get(URL, {"q": "absent"}).content.decode()
