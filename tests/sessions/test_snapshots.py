from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions.domain.published import (
    Kind,
    PublishedMeeting,
    PublishedSession,
    PublishedSlot,
    PublishedTalk,
)
from sessions.models import Session, SessionChair, Slot
from sessions.operations.releasing import publish
from sessions.snapshots import build_programme, forget_published, published_programme
from submissions.domain.lifecycle import PLACED, State
from submissions.domain.talk import Area, Author, Person
from submissions.models import Affiliation, AstronomyArea, Meeting, Talk
from tests.make import (
    make_area,
    make_format,
    make_meeting,
    make_ml_area,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
)

pytestmark = pytest.mark.django_db

START = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(name="Learning the Sky", slug="sky", website="https://example.org/")


def minutes(number: int) -> datetime:
    return START + timedelta(minutes=number)


@dataclass(frozen=True, slots=True)
class Rows:
    """A session with an introduction and a talk of two authors, everything filled in."""

    talk: Talk
    block: Session
    opening: Slot
    place: Slot


def make_rows(meeting: Meeting) -> Rows:
    ada = make_speaker(meeting, family_name="Made-Up", orcid="0000000218250097")
    bo = make_speaker(meeting, given_name="Bo", family_name="Invented")
    talk = make_talk(
        meeting,
        State.ACCEPTED,
        speakers=[ada, bo],
        affiliation="Observatory",
        title="Engines",
        abstract="We *learn*.",
        format=make_format(meeting, name="Contributed"),
    )
    Affiliation.objects.create(authorship=talk.authorships.get(speaker=ada), position=2, name="Lab")
    talk.astronomy_areas.add(make_area("Galaxies", uat_id=573))
    talk.ml_areas.add(make_ml_area("Deep learning"))
    block = make_session(
        meeting,
        theme="Machines",
        description="About machines.",
        room=make_room(meeting, name="Aula"),
        join_link="https://meet.example.org/secret",
    )
    SessionChair.objects.create(session=block, speaker=bo)
    opening = make_slot(block, kind="introduction", title="Hello", led_by=bo, minutes=5)
    return Rows(talk, block, opening, make_slot(block, talk, start_minute=5))


def test_a_programme_says_which_meeting_it_is_of(meeting: Meeting, now: datetime) -> None:
    programme = build_programme(meeting, number=4, at=now)
    assert (programme.number, programme.published_at) == (4, now)
    assert programme.meeting == PublishedMeeting(
        "Learning the Sky",
        "sky",
        meeting.starts_on,
        meeting.ends_on,
        "Europe/Madrid",
        "Observatory",
        "Madrid, Spain",
        "https://example.org/",
    )


def test_a_talk_is_published_with_all_that_is_shown(meeting: Meeting, now: datetime) -> None:
    rows = make_rows(meeting)
    programme = build_programme(meeting, number=1, at=now)
    assert programme.talks[rows.talk.code].talk == PublishedTalk(
        code=rows.talk.code,
        number="1.01",
        title="Engines",
        abstract="We *learn*.",
        format="Contributed",
        authors=(
            Author(
                "ada-made-up",
                "Ada",
                "Made-Up",
                orcid="0000000218250097",
                is_presenting=True,
                affiliations=("Observatory", "Lab"),
            ),
            Author("bo-invented", "Bo", "Invented", affiliations=("Observatory",)),
        ),
        astronomy_areas=(Area("galaxies", "Galaxies", "http://astrothesaurus.org/uat/573"),),
        ml_areas=(Area("deep-learning", "Deep learning"),),
    )


def test_an_area_is_published_with_the_wider_ones_that_it_is_a_part_of(
    meeting: Meeting, now: datetime
) -> None:
    rows = make_rows(meeting)
    galaxies = AstronomyArea.objects.get(label="Galaxies")
    extragalactic, astronomy = make_area("Extragalactic"), make_area("Astronomy")
    galaxies.parents.add(extragalactic)
    extragalactic.parents.add(astronomy, galaxies)  # a wrong circle ends somewhere
    programme = build_programme(meeting, number=1, at=now)
    assert programme.talks[rows.talk.code].talk.astronomy_areas == (
        Area(
            "galaxies",
            "Galaxies",
            "http://astrothesaurus.org/uat/573",
            (Area("astronomy", "Astronomy"), Area("extragalactic", "Extragalactic")),
        ),
    )


def test_a_session_is_published_without_its_link(meeting: Meeting, now: datetime) -> None:
    rows = make_rows(meeting)
    programme = build_programme(meeting, number=1, at=now)
    bo = Person("bo-invented", "Bo", "Invented")
    talk = programme.talks[rows.talk.code].talk
    assert programme.sessions == (
        PublishedSession(
            id=rows.block.pk,
            number=1,
            theme="Machines",
            starts_at=START,
            ends_at=minutes(90),
            room="Aula",
            description="About machines.",
            is_online=True,
            chairs=(bo,),
            slots=(
                PublishedSlot(rows.opening.pk, Kind.INTRODUCTION, START, minutes(5), "Hello", bo),
                PublishedSlot(rows.place.pk, Kind.TALK, minutes(5), minutes(20), talk=talk),
            ),
        ),
    )


@pytest.mark.parametrize("state", [state for state in State if state not in PLACED])
def test_a_slot_whose_talk_has_no_announced_place_stays_without_it(
    meeting: Meeting, now: datetime, state: State
) -> None:
    block = make_session(meeting)
    unplaced = make_slot(block, make_talk(meeting, state))
    placed = make_talk(meeting, State.CONFIRMED)
    make_slot(block, placed, start_minute=15)

    programme = build_programme(meeting, number=1, at=now)

    (session,) = programme.sessions
    assert session.slots[0] == PublishedSlot(unplaced.pk, Kind.TALK, START, minutes(15))
    # The place keeps its number, so that the others do not change when it is announced.
    assert {code: found.talk.number for code, found in programme.talks.items()} == {
        placed.code: "1.02"
    }


def test_sessions_with_neither_room_nor_slot_stay_out(meeting: Meeting, now: datetime) -> None:
    make_session(meeting, theme="Unfinished")
    with_room = make_session(meeting, room=make_room(meeting), starts_at=minutes(600))
    with_slot = make_session(meeting, starts_at=minutes(1200))
    make_slot(with_slot)

    programme = build_programme(meeting, number=1, at=now)

    assert [session.id for session in programme.sessions] == [with_room.pk, with_slot.pk]


def test_sessions_come_by_start_then_as_rooms_are_ordered(meeting: Meeting, now: datetime) -> None:
    rooms = [make_room(meeting, position=position) for position in (2, 1)]
    late = make_session(meeting, room=rooms[1], starts_at=minutes(200), number=1)
    second, first = (make_session(meeting, room=room) for room in rooms)

    programme = build_programme(meeting, number=1, at=now)

    assert [(session.id, session.number) for session in programme.sessions] == [
        (first.pk, 2),
        (second.pk, 3),
        (late.pk, 1),
    ]


def test_other_meetings_stay_out(meeting: Meeting, now: datetime) -> None:
    other = make_meeting()
    make_slot(make_session(other), make_talk(other, State.CONFIRMED))
    assert build_programme(meeting, number=1, at=now).sessions == ()


def filled_meeting(talks: int) -> Meeting:
    meeting = make_meeting()
    block = make_session(meeting, ends_at=START + timedelta(days=1))
    astronomy, ml = make_area(f"Area {meeting.pk}"), make_ml_area(f"Method {meeting.pk}")
    for number in range(talks):
        talk = make_talk(meeting, State.CONFIRMED)
        talk.astronomy_areas.add(astronomy)
        talk.ml_areas.add(ml)
        make_slot(block, talk, start_minute=15 * number)
    return meeting


def test_building_takes_the_same_queries_whatever_the_size(now: datetime) -> None:
    counts = []
    for size in (3, 30):
        meeting = filled_meeting(size)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            programme = build_programme(meeting, number=1, at=now)
        assert len(programme.talks) == size
        counts.append(len(queries))
    assert counts == [13, 13]


def test_nothing_is_published_before_the_first_release(meeting: Meeting) -> None:
    assert published_programme(meeting) is None


def test_the_current_release_is_read_and_not_the_rows(meeting: Meeting, now: datetime) -> None:
    block = make_session(meeting, theme="Published")
    make_slot(block, make_talk(meeting, State.CONFIRMED))
    publish(meeting, by=make_organiser(meeting), at=now)
    block.theme = "Changed since"
    block.save()

    programme = published_programme(meeting)

    assert programme is not None
    assert [session.theme for session in programme.sessions] == ["Published"]


@pytest.mark.parametrize("state", [state for state in State if state not in PLACED])
def test_a_talk_that_lost_its_place_since_is_shown_as_withdrawn(
    meeting: Meeting, now: datetime, state: State
) -> None:
    block = make_session(meeting)
    gone, stays = (make_talk(meeting, State.CONFIRMED) for _ in range(2))
    make_slot(block, gone)
    make_slot(block, stays, start_minute=15)
    publish(meeting, by=make_organiser(meeting), at=now)
    Talk.objects.filter(pk=gone.pk).update(state=state.value, submitted_at=now)

    programme = published_programme(meeting)

    assert programme is not None
    assert programme.talks[gone.code].talk == PublishedTalk(
        gone.code, "1.01", gone.title, is_withdrawn=True
    )
    assert programme.withdrawn_codes == (gone.code,)
    assert programme.talks[stays.code].talk.authors != ()


def test_reading_takes_the_same_queries_whatever_the_size(now: datetime) -> None:
    counts = []
    for size in (3, 30):
        meeting = filled_meeting(size)
        publish(meeting, by=make_organiser(meeting), at=now)
        forget_published()
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                published_programme(meeting)
            counts.append(len(queries))
    # The release, its content the first time, and the codes of talks that still have their place.
    assert counts == [3, 2, 3, 2]
