"""The page on which organisers decide what new terms for areas mean."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from submissions.models import AreaTerm, Meeting, MLArea, User
from tests.make import make_area, make_meeting, make_ml_area, make_organiser, make_talk

pytestmark = pytest.mark.django_db

URL = "/admin/submissions/areaterm/"


@pytest.fixture
def meeting() -> Meeting:
    make_area("Galaxies")
    make_ml_area("Clustering", synonyms=["k-means"])
    return make_meeting(slug="sky")


def decide(client: Client, meaning: str, **more: str) -> list[str]:
    """What the page says afterwards."""
    data = {"kind": "ml", "term": "Zwicky boxes", "meaning": meaning, **more}
    response = client.post(f"{URL}?meeting=sky", data)
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]


def shown(client: Client) -> Any:
    return client.get(f"{URL}?meeting=sky").context


def open_terms(client: Client) -> list[tuple[str, str, int]]:
    lines = shown(client)["lines"]
    return [(line.kind, line.term.text, len(line.term.talks)) for line in lines]


def test_each_term_stands_with_its_talks_and_the_nearest_areas(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting, ml_areas_text="Clusterin of boxes", title="Boxes of the sky")
    make_talk(meeting, astronomy_areas_text="Sky plumbing, galaxies")
    page = client.get(f"{URL}?meeting=sky").content.decode()
    assert open_terms(client) == [
        ("machine learning", "Clusterin of boxes", 1),
        ("astronomy", "Sky plumbing", 1),
    ]
    assert reverse("admin:submissions_talk_change", args=[talk.pk]) in page
    [line] = [each for each in shown(client)["lines"] if each.near]
    assert [(near.label, near.because) for near in line.near] == [("Clustering", ("Clusterin",))]


def test_a_synonym_is_taken_by_the_areas_name(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting, ml_areas_text="Zwicky boxes")
    assert decide(client, "synonym", area="k-means") == [
        "“Zwicky boxes” means Clustering in this meeting; 1 talk got the area."
    ]
    assert talk.ml_areas.get().slug == "clustering"
    assert open_terms(client) == []
    [term] = shown(client)["decided"]
    assert (term.text, term.area.label, term.decided_by) == (
        "Zwicky boxes",
        "Clustering",
        organiser,
    )


def test_a_new_area_and_no_area(client: Client, organiser: User, meeting: Meeting) -> None:
    make_talk(meeting, ml_areas_text="Zwicky boxes, Coffee")
    decide(client, "new-area", label="Zwicky boxes", parent="Clustering")
    said = decide(client, "no-area", term="Coffee")
    assert said[-1] == "“Coffee” is no area; it stays on its talks as typed."
    area = MLArea.objects.get(slug="zwicky-boxes")
    assert [parent.slug for parent in area.parents.all()] == ["clustering"]
    assert open_terms(client) == []


@pytest.mark.parametrize(
    ("meaning", "more", "said"),
    [
        ("synonym", {}, "Name the area that the term means."),
        (
            "synonym",
            {"area": "Boxing"},
            "No area is called “Boxing”. Choose one from the list, or add a new one.",
        ),
        ("new-area", {}, "Name the new area."),
        (
            "new-area",
            {"label": "clusterings"},
            "There is an area called “Clustering” already: take the term as its synonym.",
        ),
        ("no-area", {"term": "?!"}, "A term and an area need at least one letter or digit."),
        ("no-area", {"kind": "alchemy"}, None),
        ("eaten", {}, None),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    client: Client, organiser: User, meaning: str, more: dict[str, str], said: str | None
) -> None:
    messages = decide(client, meaning, **more)
    assert len(messages) == 1
    assert said is None or messages == [said]
    assert not AreaTerm.objects.exists()


def test_a_decision_is_taken_back_once(client: Client, organiser: User, meeting: Meeting) -> None:
    talk = make_talk(meeting, ml_areas_text="Zwicky boxes")
    decide(client, "synonym", area="Clustering")
    key = AreaTerm.objects.get().pk
    for _click in range(2):
        client.post(f"{URL}?meeting=sky", {"take_back": str(key)})
    assert not talk.ml_areas.exists()
    assert open_terms(client) == [("machine learning", "Zwicky boxes", 1)]
    actions = [entry.action for entry in shown(client)["entries"]]
    assert actions == ["undo", "synonym"]


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 40, "-1", "²"])
def test_a_key_that_is_none_takes_nothing_back(
    client: Client, organiser: User, meeting: Meeting, key: str
) -> None:
    response = client.post(f"{URL}?meeting=sky", {"take_back": key})
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == ["This decision was taken back already."]


def test_the_second_organiser_is_told_what_the_first_decided(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    decide(client, "no-area")
    client.force_login(make_organiser(meeting, "second@example.org"))
    said = decide(client, "synonym", area="Clustering")[-1]
    assert said == f"{organiser} has decided about “Zwicky boxes” meanwhile: it is no area."
    assert AreaTerm.objects.get().area is None


def test_decisions_of_another_meeting_are_out_of_reach(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    far = make_meeting(slug="far")
    make_talk(far, ml_areas_text="Far boxes")
    other = make_organiser(far)
    theirs = Client()
    theirs.force_login(other)
    theirs.post(f"{URL}?meeting=far", {"kind": "ml", "term": "Far boxes", "meaning": "no-area"})
    term = AreaTerm.objects.get()
    client.post(f"{URL}?meeting=sky", {"take_back": str(term.pk)})
    client.post(f"{URL}?meeting=far", {"take_back": str(term.pk)})
    assert AreaTerm.objects.get() == term
    assert "Far boxes" not in client.get(f"{URL}?meeting=far").content.decode()


def test_text_of_speakers_is_shown_as_text(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_talk(meeting, ml_areas_text="<script>boxes</script>")
    page = client.get(f"{URL}?meeting=sky").content.decode()
    assert "<script>boxes" not in page


def test_the_page_asks_as_often_however_many_talks_there_are(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(f"{URL}?meeting=sky")
        return len(found)

    make_talk(meeting, ml_areas_text="Boxes 1", astronomy_areas_text="Plumbing 1")
    queries()
    few = queries()
    for number in range(60):
        make_talk(meeting, ml_areas_text=f"Boxes {number}", astronomy_areas_text=f"Pipe {number}")
    assert queries() <= few
    assert len(shown(client)["lines"]) == 50
