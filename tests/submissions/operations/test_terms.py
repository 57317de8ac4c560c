"""Deciding what a term means: for present and later talks of one meeting, and back again."""

from typing import Any

import pytest

from submissions.importers.vocabulary import Kind, shipped_areas
from submissions.models import (
    AreaTerm,
    AreaTermEntry,
    AstronomyArea,
    Meeting,
    MLArea,
    Talk,
    TalkMLArea,
    User,
)
from submissions.operations import importing, terms
from submissions.operations.areas import load_areas
from submissions.operations.open_terms import count_open_terms, open_terms
from submissions.operations.submitting import submit
from submissions.operations.suggesting import suggest_areas
from tests.make import NOW, make_meeting, make_organiser, make_proposal, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    for kind in Kind:
        load_areas(kind, shipped_areas(kind))
    return make_meeting()


@pytest.fixture
def olga(meeting: Meeting) -> User:
    return make_organiser(meeting)


def ml_areas(talk: Talk) -> list[str]:
    return sorted(talk.ml_areas.values_list("slug", flat=True))


def open_texts(meeting: Meeting) -> list[tuple[str, int]]:
    return [(term.text, len(term.talks)) for term in open_terms(meeting)]


def test_what_no_rule_knows_waits_with_the_talks_that_use_it(meeting: Meeting) -> None:
    make_talk(meeting, ml_areas_text="Zwicky boxes, CNN")
    make_talk(meeting, ml_areas_text="zwicky box")
    make_talk(meeting, ml_areas_text="deep learning")
    make_talk(meeting, astronomy_areas_text="Sky plumbing")
    make_talk(make_meeting(), ml_areas_text="Oort's razor")
    assert open_texts(meeting) == [("Zwicky boxes", 2), ("Sky plumbing", 1)]


def test_a_synonym_holds_for_present_and_later_talks_of_this_meeting(
    meeting: Meeting, olga: User
) -> None:
    talk = make_talk(meeting, ml_areas_text="Zwicky boxes")
    other = make_meeting()
    elsewhere = make_talk(other, ml_areas_text="Zwicky boxes")
    done = terms.take_as_synonym(
        meeting, Kind.ML, "Zwicky boxes", area="clusterings", by=olga, at=NOW
    )
    proposal = make_proposal(title="Later", ml_areas_text="CNNs and Zwicky-box")
    later = submit(meeting=meeting, proposal=proposal, by=None, at=NOW)

    assert done.talk_count == 1
    assert ml_areas(talk) == ["clustering"]
    assert ml_areas(later) == ["clustering", "convolutional-neural-networks"]
    assert ml_areas(elsewhere) == []
    assert (open_texts(meeting), open_texts(other)) == ([], [("Zwicky boxes", 1)])
    assert MLArea.objects.get(slug="clustering").synonyms == list(
        next(area for area in shipped_areas(Kind.ML) if area.slug == "clustering").synonyms
    )
    entry = talk.history.get()
    assert (entry.action, entry.by, entry.changes) == (
        "change",
        olga,
        {"ml_areas": [[], ["clustering"]]},
    )


def test_the_form_suggests_by_the_terms_of_the_meeting(
    meeting: Meeting, olga: User, django_capture_on_commit_callbacks: Any
) -> None:
    make_talk(meeting, ml_areas_text="Zwicky boxes")
    title = "Zwicky boxes for galaxies"
    assert suggest_areas(meeting, title, "").ml == ()
    with django_capture_on_commit_callbacks(execute=True):
        terms.take_as_synonym(meeting, Kind.ML, "Zwicky boxes", area="Clustering", by=olga, at=NOW)
    [found] = suggest_areas(meeting, title, "").ml
    assert (found.slug, found.because) == ("clustering", ("Zwicky boxes",))
    assert suggest_areas(make_meeting(), title, "").ml == ()


def test_taking_back_removes_what_only_the_decision_gave(meeting: Meeting, olga: User) -> None:
    talk = make_talk(meeting, ml_areas_text="Zwicky boxes")
    also_typed = make_talk(meeting, ml_areas_text="Zwicky boxes, k-means")
    chosen = make_talk(meeting, ml_areas_text="Zwicky boxes")
    area = MLArea.objects.get(slug="clustering")
    TalkMLArea.objects.create(talk=also_typed, area=area, origin="rule")
    TalkMLArea.objects.create(talk=chosen, area=area, origin="speaker")
    done = terms.take_as_synonym(
        meeting, Kind.ML, "Zwicky boxes", area="clustering", by=olga, at=NOW
    )
    assert done.talk_count == 1
    back = terms.take_back(done.term, by=olga, at=NOW)

    assert ml_areas(talk) == []
    assert ml_areas(chosen) == ["clustering"]
    assert ml_areas(also_typed) == ["clustering"]
    assert back.talk_count == 1
    assert open_texts(meeting) == [("Zwicky boxes", 3)]
    assert [entry.action for entry in AreaTermEntry.objects.all()] == ["undo", "synonym"]
    assert not AreaTerm.objects.exists()


def test_a_new_area_is_the_sites_and_goes_when_nobody_else_uses_it(
    meeting: Meeting, olga: User
) -> None:
    talk = make_talk(meeting, ml_areas_text="Zwicky boxes")
    done = terms.add_as_area(
        meeting, Kind.ML, "Zwicky boxes", label="Zwicky boxes", parent="Tasks", by=olga, at=NOW
    )
    area = MLArea.objects.get(slug="zwicky-boxes")
    assert (area.label, area.origin) == ("Zwicky boxes", "site")
    assert list(area.parents.values_list("slug", flat=True)) == ["tasks"]
    assert ml_areas(talk) == ["zwicky-boxes"]

    terms.take_back(done.term, by=olga, at=NOW)
    assert ml_areas(talk) == []
    assert not MLArea.objects.filter(slug="zwicky-boxes").exists()
    assert open_texts(meeting) == [("Zwicky boxes", 1)]


def test_a_new_area_that_others_use_stays(meeting: Meeting, olga: User) -> None:
    talk = make_talk(meeting, ml_areas_text="Zwicky boxes")
    done = terms.add_as_area(
        meeting, Kind.ML, "Zwicky boxes", label="Zwicky boxes", parent="", by=olga, at=NOW
    )
    elsewhere = make_talk(make_meeting())
    area = MLArea.objects.get(slug="zwicky-boxes")
    TalkMLArea.objects.create(talk=elsewhere, area=area, origin="speaker")
    terms.take_back(done.term, by=olga, at=NOW)
    assert (ml_areas(talk), ml_areas(elsewhere)) == (["zwicky-boxes"], ["zwicky-boxes"])


def test_what_is_no_area_waits_no_longer_and_stays_as_typed(meeting: Meeting, olga: User) -> None:
    talk = make_talk(meeting, astronomy_areas_text="Coffee")
    done = terms.set_aside(meeting, Kind.ASTRONOMY, "Coffee", by=olga, at=NOW)
    talk.refresh_from_db()
    assert (open_texts(meeting), talk.astronomy_areas_text) == ([], "Coffee")
    terms.take_back(done.term, by=olga, at=NOW)
    assert open_texts(meeting) == [("Coffee", 1)]


def test_the_second_of_two_organisers_is_told_what_the_first_decided(
    meeting: Meeting, olga: User
) -> None:
    make_talk(meeting, ml_areas_text="Zwicky boxes")
    first = terms.set_aside(meeting, Kind.ML, "Zwicky boxes", by=olga, at=NOW)
    with pytest.raises(terms.TermDecided) as second:
        terms.take_as_synonym(
            meeting, Kind.ML, "zwicky box", area="clustering", by=make_organiser(meeting), at=NOW
        )
    assert second.value.term == first.term
    with pytest.raises(terms.TermDecided):
        terms.add_as_area(
            meeting, Kind.ML, "Zwicky boxes", label="Boxes", parent="", by=olga, at=NOW
        )
    assert not MLArea.objects.filter(label="Boxes").exists()
    terms.take_back(first.term, by=olga, at=NOW)
    with pytest.raises(AreaTerm.DoesNotExist):
        terms.take_back(first.term, by=olga, at=NOW)


def test_what_cannot_be_is_refused_and_changes_nothing(meeting: Meeting, olga: User) -> None:
    say: dict[str, Any] = {"by": olga, "at": NOW}
    with pytest.raises(terms.NoSuchArea):
        terms.take_as_synonym(meeting, Kind.ML, "Boxes", area="no such thing", **say)
    with pytest.raises(terms.NoSuchArea):
        terms.add_as_area(meeting, Kind.ML, "Boxes", label="Boxes", parent="nothing", **say)
    with pytest.raises(terms.AreaExists):
        terms.add_as_area(meeting, Kind.ML, "Boxes", label="clusterings", parent="", **say)
    with pytest.raises(terms.NoTerm):
        terms.add_as_area(meeting, Kind.ML, "Boxes", label="…", parent="", **say)
    with pytest.raises(terms.NoTerm):
        terms.set_aside(meeting, Kind.ML, "?!", **say)
    assert not AreaTerm.objects.exists()
    assert MLArea.objects.count() == len(shipped_areas(Kind.ML))


@pytest.mark.parametrize("term", ["Boxes & bubbles", "boxes and bubbles", "λ-boxes", "filaments"])
def test_a_term_once_decided_is_read_by_the_rules(term: str, meeting: Meeting, olga: User) -> None:
    """Also one of which the rules had an inkling, and one that joins two words."""
    make_talk(meeting, astronomy_areas_text=term)
    [found] = open_terms(meeting)
    terms.take_as_synonym(
        meeting, Kind.ASTRONOMY, found.text, area="interstellar-medium", by=olga, at=NOW
    )
    proposal = make_proposal(title="Later", astronomy_areas_text=term)
    later = submit(meeting=meeting, proposal=proposal, by=None, at=NOW)
    assert AstronomyArea.objects.get(talks=later).slug == "interstellar-medium"


def test_an_import_reads_the_terms_of_its_meeting(meeting: Meeting, olga: User) -> None:
    make_talk(meeting, ml_areas_text="Zwicky boxes")
    terms.take_as_synonym(meeting, Kind.ML, "Zwicky boxes", area="clustering", by=olga, at=NOW)
    content = b"Surname\tTitle\tAbstract\tMachine learning areas\nOne\tNew\tIn short.\tZwicky box\n"
    upload = importing.Upload(content, is_pasted=True, name="")
    plan = importing.preview(meeting, upload, {})
    assert plan.tags[Kind.ML]["Zwicky box"].areas == ("clustering",)


def test_how_many_wait_is_counted_again_after_a_decision(
    meeting: Meeting, olga: User, django_capture_on_commit_callbacks: Any
) -> None:
    make_talk(meeting, ml_areas_text="Zwicky boxes")
    assert count_open_terms(meeting) == 1
    with django_capture_on_commit_callbacks(execute=True):
        terms.set_aside(meeting, Kind.ML, "Zwicky boxes", by=olga, at=NOW)
    assert count_open_terms(meeting) == 0
