"""A published meeting for the tests of public pages, and where its pages are."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from sessions.models import SessionChair
from sessions.operations.releasing import publish
from submissions.domain.lifecycle import State
from submissions.models import AstronomyArea, Meeting, MLArea, Speaker, Talk
from tests.make import (
    NOW,
    make_area,
    make_meeting,
    make_ml_area,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
)


@dataclass(frozen=True, slots=True)
class Published:
    """Two sessions on two days: an introduction, two talks, an open place; one talk."""

    meeting: Meeting
    ada: Speaker
    bo: Speaker
    engines: Talk
    dust: Talk
    late: Talk

    def address(self, name: str, **kwargs: str | int) -> str:
        return reverse(f"sessions:{name}", kwargs={"slug": self.meeting.slug, **kwargs})

    def pages(self) -> list[str]:
        """Every public address of the programme."""
        codes = [talk.code for talk in (self.engines, self.dust, self.late)]
        return [
            self.address("programme-detail"),
            f"{self.address('programme-detail')}?q=engines",
            f"{self.address('programme-detail')}?abstracts=open",
            self.address("speaker-list"),
            *(self.address("speaker-detail", person=p.slug) for p in (self.ada, self.bo)),
            *(self.address("session-detail", number=number) for number in (1, 2)),
            *(self.address("talk-detail", code=code) for code in codes),
            *self.files(),
        ]

    def files(self) -> list[str]:
        codes = [talk.code for talk in (self.engines, self.dust, self.late)]
        return [
            *(self.address("programme-export", extension=e) for e in ("md", "html", "ics", "csv")),
            *(self.address("session-calendar", number=number) for number in (1, 2)),
            *(self.address("talk-calendar", code=code) for code in codes),
        ]


def make_published(**fields: object) -> Published:
    meeting = make_meeting(**fields)
    ada = make_speaker(
        meeting, family_name="Made-Up", orcid="0000000218250097", email="ada.secret@example.org"
    )
    bo = make_speaker(meeting, given_name="Bo", family_name="Invented")
    engines = make_talk(
        meeting,
        State.CONFIRMED,
        speakers=[ada, bo],
        title="Engines for $z > 5$",
        abstract="We *learn* slowly.",
    )
    dust = make_talk(meeting, State.ACCEPTED, speakers=[bo], title="Dust")
    late = make_talk(meeting, State.CONFIRMED, speakers=[ada], title="Late light")
    # Areas belong to the site: a test may publish two meetings.
    galaxies = AstronomyArea.objects.filter(uat_id=573).first() or make_area(uat_id=573)
    learning = MLArea.objects.first() or make_ml_area()
    engines.astronomy_areas.add(galaxies)
    engines.ml_areas.add(learning)
    late.ml_areas.add(learning)
    block = make_session(
        meeting,
        theme="Machines",
        room=make_room(meeting, name="Aula"),
        join_link="https://meet.example.org/secret-room",
    )
    SessionChair.objects.create(session=block, speaker=bo)
    make_slot(block, kind="introduction", led_by=ada, minutes=5)
    make_slot(block, engines, start_minute=5)
    make_slot(block, make_talk(meeting, title="Not announced"), start_minute=20)
    make_slot(block, dust, start_minute=35)
    next_day = make_session(
        meeting,
        theme="Night",
        room=make_room(meeting, name="Patio"),
        starts_at=block.starts_at + timedelta(days=1),
    )
    make_slot(next_day, late)
    publish(meeting, by=make_organiser(meeting), at=NOW)
    return Published(meeting, ada, bo, engines, dust, late)
