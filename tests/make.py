"""Plain makers for tests. Each makes one thing with sensible values; say only what matters."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from sessions.models import Room, Session, Slot, SlotKind
from submissions.domain.lifecycle import DECIDED, State
from submissions.domain.proposal import Proposal, ProposedAuthor, typed_affiliations
from submissions.domain.roles import Role
from submissions.models import (
    Affiliation,
    Answer,
    AstronomyArea,
    Authorship,
    LateLink,
    Material,
    Meeting,
    Membership,
    MLArea,
    Question,
    Speaker,
    Talk,
    TalkFormat,
    User,
)
from submissions.operations.indexing import reindex

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
"""The moment at which tests happen: the call of a made meeting is open."""

_numbers = count(1)


def make_user(email: str = "", **fields: Any) -> User:
    """A user who can sign in with the password "password"."""
    return User.objects.create_user(
        email or f"user{next(_numbers)}@example.org", "password", **fields
    )


def make_meeting(**fields: Any) -> Meeting:
    """A listed meeting in June 2027 in Madrid, its call open at NOW."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": f"Meeting {number}",
        "slug": f"meeting-{number}",
        "starts_on": date(2027, 6, 7),
        "ends_on": date(2027, 6, 8),
        "venue": "Observatory",
        "place": "Madrid, Spain",
        "time_zone": "Europe/Madrid",
        "is_listed": True,
        "call_opens_at": NOW - timedelta(days=30),
        "call_closes_at": NOW + timedelta(days=30),
    }
    return Meeting.objects.create(**(values | fields))


def make_organiser(meeting: Meeting, email: str = "") -> User:
    user = make_user(email, full_name="Olga Organiser")
    Membership.objects.create(meeting=meeting, user=user, role=Role.ORGANISER.value)
    return user


def make_reviewer(meeting: Meeting, email: str = "") -> User:
    user = make_user(email, full_name="Rene Reviewer")
    Membership.objects.create(meeting=meeting, user=user, role=Role.REVIEWER.value)
    return user


def make_format(meeting: Meeting, **fields: Any) -> TalkFormat:
    values: dict[str, Any] = {"name": f"Format {next(_numbers)}"}
    return TalkFormat.objects.create(meeting=meeting, **(values | fields))


def make_question(meeting: Meeting, text: str = "", **fields: Any) -> Question:
    """A line of text that nobody must fill in, unless said otherwise."""
    return Question.objects.create(
        meeting=meeting, text=text or f"Question {next(_numbers)}?", **fields
    )


def make_answer(talk: Talk, question: Question, value: Any = "an answer") -> Answer:
    return Answer.objects.create(talk=talk, question=question, value=value)


def make_late_link(meeting: Meeting, **fields: Any) -> LateLink:
    values: dict[str, Any] = {"note": f"For {next(_numbers)}", "created_at": NOW}
    if "created_by" not in fields:
        values["created_by"] = make_user()
    return LateLink.objects.create(meeting=meeting, **(values | fields))


def make_area(label: str = "Galaxies", **fields: Any) -> AstronomyArea:
    return AstronomyArea.objects.create(label=label, slug=label.lower().replace(" ", "-"), **fields)


def make_ml_area(label: str = "Deep learning", **fields: Any) -> MLArea:
    return MLArea.objects.create(label=label, slug=label.lower().replace(" ", "-"), **fields)


def make_speaker(meeting: Meeting, **fields: Any) -> Speaker:
    number = next(_numbers)
    values = {
        "given_name": "Ada",
        "family_name": f"Speaker{number}",
        "email": f"ada{number}@example.org",
    }
    return Speaker.objects.create(meeting=meeting, **(values | fields))


def make_talk(
    meeting: Meeting,
    state: State = State.SUBMITTED,
    *,
    speakers: Sequence[Speaker] | None = None,
    affiliation: str = "Institute of Tests",
    **fields: Any,
) -> Talk:
    """A talk in `state` with one presenting speaker, or those given (the first presents)."""
    values: dict[str, Any] = {
        "title": f"Talk {next(_numbers)}",
        "abstract": "We learn from the sky.",
        "state": state.value,
        "created_at": NOW - timedelta(days=2),
        "changed_at": NOW - timedelta(days=2),
        "submitted_at": None if state is State.DRAFT else NOW - timedelta(days=1),
    }
    if state in DECIDED and "decided_by" not in fields:
        values |= {"decided_at": NOW - timedelta(hours=1), "decided_by": make_user()}
    talk = Talk.objects.create(meeting=meeting, **(values | fields))
    people = [make_speaker(meeting)] if speakers is None else speakers
    for position, speaker in enumerate(people, start=1):
        authorship = Authorship.objects.create(
            talk=talk, speaker=speaker, position=position, is_presenting=position == 1
        )
        Affiliation.objects.create(authorship=authorship, position=1, name=affiliation)
    reindex(talk)
    return talk


def make_material(talk: Talk, content: bytes = b"", **fields: Any) -> Material:
    """Slides to be published, as a file; with `url=` a link."""
    number = next(_numbers)
    values: dict[str, Any] = {"uploaded_at": NOW, "is_public": True}
    if "url" not in fields:
        content = content or f"%PDF-1.7 slides {number}".encode()
        values |= {
            "file": ContentFile(content, "file"),
            "file_name": f"slides-{number}.pdf",
            "content_type": "application/pdf",
            "size": len(content),
            "sha256": sha256(content).hexdigest(),
        }
    return Material.objects.create(talk=talk, **(values | fields))


def make_proposal(**fields: Any) -> Proposal:
    author = ProposedAuthor(
        given_name="Ada",
        family_name="Lovelace",
        email="ada@example.org",
        affiliations=typed_affiliations("Institute of Engines"),
        is_presenting=True,
    )
    values: dict[str, Any] = {
        "title": "Engines that learn",
        "abstract": "We *learn* $10^5$ things.",
        "authors": (author,),
    }
    return Proposal(**(values | fields))


def make_room(meeting: Meeting, **fields: Any) -> Room:
    values: dict[str, Any] = {"name": f"Room {next(_numbers)}"}
    return Room.objects.create(meeting=meeting, **(values | fields))


def make_session(meeting: Meeting, **fields: Any) -> Session:
    """A session of 90 minutes on 7 June 2027, 09:00 UTC (11:00 in Madrid)."""
    starts_at = fields.get("starts_at", datetime(2027, 6, 7, 9, 0, tzinfo=UTC))
    values: dict[str, Any] = {
        "theme": f"Theme {next(_numbers)}",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
    }
    return Session.objects.create(meeting=meeting, **(values | fields))


def make_slot(
    session: Session, talk: Talk | None = None, *, start_minute: int = 0, **fields: Any
) -> Slot:
    """A slot of 15 minutes; without a talk it is a discussion."""
    kind = SlotKind.DISCUSSION if talk is None else SlotKind.TALK
    values: dict[str, Any] = {"kind": kind.value, "minutes": 15}
    return Slot.objects.create(
        session=session, talk=talk, start_minute=start_minute, **(values | fields)
    )
