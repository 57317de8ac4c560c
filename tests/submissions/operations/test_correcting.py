"""Organisers correct talks and people; history keeps what was there before."""

from dataclasses import replace

import pytest

from submissions.domain.lifecycle import Action
from submissions.domain.proposal import ProposedAuthor, typed_affiliations
from submissions.models import Affiliation, Meeting, Speaker, Talk, User
from submissions.operations import deciding
from submissions.operations.correcting import (
    CorrectedAuthor,
    Correction,
    correct,
    correct_person,
    version_of,
)
from tests.make import (
    NOW,
    make_area,
    make_format,
    make_meeting,
    make_organiser,
    make_speaker,
    make_talk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


@pytest.fixture
def by(meeting: Meeting) -> User:
    return make_organiser(meeting)


def as_it_is(talk: Talk) -> Correction:
    """The correction that changes nothing."""
    return Correction(
        title=talk.title,
        abstract=talk.abstract,
        format_id=talk.format_id,
        authors=tuple(
            CorrectedAuthor(
                ProposedAuthor(
                    author.speaker.given_name,
                    author.speaker.family_name,
                    author.speaker.email,
                    author.speaker.orcid,
                    typed_affiliations(*(place.name for place in author.affiliations.all())),
                    author.is_presenting,
                ),
                author.speaker_id,
            )
            for author in talk.authorships.all()
        ),
        astronomy_area_slugs=tuple(area.slug for area in talk.astronomy_areas.all()),
        ml_area_slugs=tuple(area.slug for area in talk.ml_areas.all()),
    )


def test_nothing_changed_leaves_no_trace(meeting: Meeting, by: User) -> None:
    talk = make_talk(meeting, format=make_format(meeting))
    talk.astronomy_areas.add(make_area())
    version, changed_at = version_of(talk), talk.changed_at
    assert not correct(talk, as_it_is(talk), by=by, at=NOW)
    talk.refresh_from_db()
    assert (version_of(talk), talk.changed_at) == (version, changed_at)
    assert not talk.history.exists()


def test_a_change_is_told_by_field_and_moves_the_time(meeting: Meeting, by: User) -> None:
    talk = make_talk(meeting, title="Old")
    correction = replace(as_it_is(talk), title="New", abstract=talk.abstract)
    assert correct(talk, correction, by=by, at=NOW)
    talk.refresh_from_db()
    assert (talk.title, talk.changed_at) == ("New", NOW)
    [entry] = talk.history.all()
    assert (entry.action, entry.by, entry.changes) == ("change", by, {"title": ["Old", "New"]})
    assert list(Talk.objects.search("new")) == [talk]


def test_an_affiliation_that_stays_keeps_its_identifier(meeting: Meeting, by: User) -> None:
    talk = make_talk(meeting, affiliation="Stays")
    Affiliation.objects.update(ror_id="https://ror.org/0abcdef12")
    unchanged = as_it_is(talk)
    author = replace(unchanged.authors[0].author, affiliations=typed_affiliations("New", "Stays"))
    corrected = replace(unchanged.authors[0], author=author)
    correct(talk, replace(unchanged, authors=(corrected,)), by=by, at=NOW)
    found = Affiliation.objects.order_by("position").values_list("name", "ror_id")
    assert list(found) == [("New", ""), ("Stays", "https://ror.org/0abcdef12")]


def test_a_person_of_another_meeting_cannot_be_named(meeting: Meeting, by: User) -> None:
    talk, stranger = make_talk(meeting), make_speaker(make_meeting())
    unchanged = as_it_is(talk)
    foreign = replace(unchanged.authors[0], speaker_id=stranger.pk)
    with pytest.raises(Speaker.DoesNotExist):
        correct(talk, replace(unchanged, authors=(foreign,)), by=by, at=NOW)


def test_a_renamed_person_is_renamed_in_the_history_of_every_talk(
    meeting: Meeting, by: User
) -> None:
    person = make_speaker(meeting, given_name="Ada", family_name="Old", email="")
    talks = [make_talk(meeting, speakers=[person]) for _ in range(2)]
    bystander = make_talk(meeting)
    person.family_name = "New"
    correct_person(person, by=by, at=NOW)
    for talk in talks:
        [entry] = talk.history.all()
        assert [names[0].split(",")[0] for names in entry.changes["authors"]] == [
            "Ada Old *",
            "Ada New *",
        ]
    assert set(Talk.objects.search("ada new")) == set(talks)
    assert not bystander.history.exists()


def test_the_version_is_of_the_content_and_not_of_decisions(meeting: Meeting, by: User) -> None:
    talk = make_talk(meeting)
    version = version_of(talk)
    deciding.prepare(talk, decision=Action.ACCEPT, note="", by=by, at=NOW)
    assert version_of(Talk.objects.get(pk=talk.pk)) == version
    talk.astronomy_areas.add(make_area())
    assert version_of(Talk.objects.get(pk=talk.pk)) != version
