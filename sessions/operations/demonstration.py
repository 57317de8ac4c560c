"""Playing the demonstration meetings of the folder `demo` into the database.

What people would have done is done by the same operations, in the order of time and at its time,
so that history, decisions and the outbox look as they would have. Nothing is sent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from sessions.importers.demonstration import DemoMeeting, DemoMember, DemoTalk, read_meeting
from sessions.models import Room, Session, SessionChair, Slot
from sessions.operations import releasing
from submissions.domain.lifecycle import Action, State
from submissions.domain.proposal import Proposal
from submissions.domain.questions import GivenAnswer
from submissions.domain.roles import Role
from submissions.models import (
    AstronomyArea,
    Email,
    EmailState,
    Meeting,
    Membership,
    MLArea,
    Question,
    QuestionKind,
    Speaker,
    Talk,
    TalkFormat,
    User,
)
from submissions.operations import answering, deciding, submitting
from submissions.operations.people import find_or_make_speaker
from submissions.operations.signing_in import verify_address

MEETINGS = (("meeting.toml", "people.toml", "talks.toml"), ("school.toml",))
"""The files of each meeting; the first is the one to show."""

_DECISIONS = {
    State.ACCEPTED: Action.ACCEPT,
    State.CONFIRMED: Action.ACCEPT,
    State.DECLINED: Action.ACCEPT,
    State.WAITLISTED: Action.WAITLIST,
    State.REJECTED: Action.REJECT,
}
_ANSWERS = {
    State.CONFIRMED: Action.CONFIRM,
    State.DECLINED: Action.DECLINE,
    State.WITHDRAWN: Action.WITHDRAW,
}


class AlreadyLoaded(Exception):
    """One of the demonstration meetings is there; it may have been worked on, so it stays."""


class AreasMissing(Exception):
    """The demonstration names areas that this site does not have."""


def read_demonstration(folder: Path, *, at: datetime) -> list[DemoMeeting]:
    """The meetings as the files tell them, moved to the day of `at`."""
    return [read_meeting([folder / name for name in names], today=at.date()) for names in MEETINGS]


def submit_key(slug: str, key: str) -> UUID:
    """Finds a talk of the demonstration again, whatever has been done to it since."""
    return uuid5(NAMESPACE_URL, f"demonstration/{slug}/{key}")


def load(told: list[DemoMeeting], *, password: str) -> list[Meeting]:
    """Make the meetings with everything in them; all of it or nothing.

    Everybody who signs in does so with `password`. Raises AlreadyLoaded or AreasMissing.
    """
    with transaction.atomic():
        if Meeting.objects.filter(slug__in=[one.slug for one in told]).exists():
            raise AlreadyLoaded
        _check_areas(told)
        # Hashing is slow on purpose, and these accounts are no secret: once for all of them.
        hashed = make_password(password)
        for one in told:
            if one.administrator is not None:
                administrator = _user(one.administrator, hashed)
                administrator.is_superuser = True
                administrator.save(update_fields=["is_superuser"])
        return [_Playing(one, hashed).play() for one in told]


def _check_areas(told: list[DemoMeeting]) -> None:
    named_astronomy = {slug for one in told for talk in one.talks for slug in talk.astronomy}
    named_ml = {slug for one in told for talk in one.talks for slug in talk.ml}
    missing = sorted(
        (named_astronomy - set(AstronomyArea.objects.values_list("slug", flat=True)))
        | (named_ml - set(MLArea.objects.values_list("slug", flat=True)))
    )
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise AreasMissing(", ".join(missing[:3]) + more)


def _user(member: DemoMember, hashed: str) -> User:
    """The account of this address; one that was there before keeps its name and password."""
    user, is_new = User.objects.get_or_create(
        email=member.email, defaults={"full_name": member.name, "password": hashed}
    )
    if is_new:
        verify_address(user, member.email)
    return user


def _as_stored(value: Any) -> Any:
    """Lists of the files are tuples by now; rows hold lists."""
    return list(value) if isinstance(value, tuple) else value


@dataclass(slots=True)
class _Playing:
    """One meeting while it is played in: what has been made so far, by the names in the files."""

    told: DemoMeeting
    hashed_password: str
    meeting: Meeting = field(init=False)
    organiser: User = field(init=False)
    formats: dict[str, TalkFormat] = field(init=False)
    questions: dict[str, Question] = field(init=False)
    talks: dict[str, Talk] = field(init=False, default_factory=dict)

    def play(self) -> Meeting:
        self._found()
        for _at, event in sorted(self._events(), key=lambda dated: dated[0]):
            event()
        # The mails were queued by the operations; told here to be sent, they leave no more.
        Email.objects.filter(meeting=self.meeting).update(
            state=EmailState.SENT, sent_at=F("queued_at"), attempts=1
        )
        return self.meeting

    def _found(self) -> None:
        """The meeting itself, its formats and its members."""
        self.meeting = Meeting.objects.create(**self.told.meeting)
        self.formats = {
            values["name"]: TalkFormat.objects.create(
                meeting=self.meeting, position=position, **values
            )
            for position, values in enumerate(self.told.formats)
        }
        self.questions = {
            told["key"]: Question.objects.create(
                meeting=self.meeting,
                position=position,
                **{name: _as_stored(value) for name, value in told.items() if name != "key"},
            )
            for position, told in enumerate(self.told.questions, start=1)
        }
        members = [(one, _user(one, self.hashed_password)) for one in self.told.members]
        Membership.objects.bulk_create(
            Membership(meeting=self.meeting, user=user, role=one.role) for one, user in members
        )
        self.organiser = next(user for one, user in members if one.role == Role.ORGANISER)

    def _events(self) -> Iterator[tuple[datetime, Callable[[], object]]]:
        """Everything that happened, with its time. Of one time, what is told first comes first."""
        rounds = self.told.round
        for talk in self.told.talks:
            yield talk.submitted, partial(self._hand_in, talk)
            if talk.prepared:
                yield talk.prepared, partial(self._prepare, talk, at=talk.prepared)
            elif self._decision(talk):
                yield rounds.prepared_at, partial(self._prepare, talk, at=rounds.prepared_at)
            if talk.answered:
                yield talk.answered, partial(self._answer, talk, at=talk.answered)
        yield rounds.announced_at, self._announce
        yield rounds.announced_at, self._build_programme
        if rounds.published_at:
            yield rounds.published_at, partial(self._publish, at=rounds.published_at)

    def _decision(self, talk: DemoTalk) -> Action | None:
        return Action(talk.decision) if talk.decision else _DECISIONS.get(State(talk.state))

    def _hand_in(self, talk: DemoTalk) -> None:
        proposal, at = self._proposal(talk), talk.submitted
        if talk.state != State.DRAFT:
            self.talks[talk.key] = submitting.submit(
                meeting=self.meeting, proposal=proposal, by=None, at=at
            )
            return
        draft = Talk.objects.create(
            meeting=self.meeting,
            title=talk.title,
            created_at=at,
            changed_at=at,
            submit_key=proposal.submit_key,
        )
        submitting.revise(draft, proposal, by=None, at=at)
        self.talks[talk.key] = draft

    def _proposal(self, talk: DemoTalk) -> Proposal:
        people = [self.told.people[key] for key in talk.authors]
        return Proposal(
            title=talk.title,
            abstract=talk.abstract,
            authors=tuple(
                person.as_author(is_presenting=number == 0) for number, person in enumerate(people)
            ),
            format_id=self.formats[talk.format].pk,
            astronomy_area_slugs=talk.astronomy,
            ml_area_slugs=talk.ml,
            astronomy_areas_text=talk.astronomy_text,
            ml_areas_text=talk.ml_text,
            remarks=talk.remarks,
            preference=talk.preference,
            is_remote=talk.is_remote,
            answers=tuple(self._answers(talk)),
            submit_key=submit_key(self.told.slug, talk.key),
        )

    def _answers(self, talk: DemoTalk) -> Iterator[GivenAnswer]:
        """What the talk says, and consent, without which the form takes nothing."""
        for key, question in self.questions.items():
            is_consent = question.kind == QuestionKind.CONSENT
            yield GivenAnswer(question.pk, is_consent or talk.answers.get(key))

    def _prepare(self, talk: DemoTalk, *, at: datetime) -> None:
        decision = self._decision(talk)
        assert decision is not None
        deciding.prepare(
            self.talks[talk.key], decision=decision, note=talk.note, by=self.organiser, at=at
        )

    def _announce(self) -> None:
        prepared = Talk.objects.for_meeting(self.meeting).with_prepared_decision()
        deciding.announce_all(
            prepared.order_by("pk"), by=self.organiser, at=self.told.round.announced_at
        )

    def _answer(self, talk: DemoTalk, *, at: datetime) -> None:
        action = _ANSWERS[State(talk.state)]
        answering.answer(self.talks[talk.key], action, by=None, at=at, note=talk.answer_note)

    def _build_programme(self) -> None:
        rooms = {
            values["name"]: Room.objects.create(meeting=self.meeting, position=position, **values)
            for position, values in enumerate(self.told.rooms)
        }
        for told in self.told.sessions:
            block = Session.objects.create(
                meeting=self.meeting,
                number=told.number,
                theme=told.theme,
                description=told.description,
                room=rooms[told.room],
                starts_at=told.starts_at,
                ends_at=told.ends_at,
                join_link=told.join_link,
            )
            SessionChair.objects.bulk_create(
                SessionChair(session=block, speaker=self._speaker(key), position=position)
                for position, key in enumerate(told.chairs, start=1)
            )
            start = 0
            for slot in told.slots:
                Slot.objects.create(
                    session=block,
                    kind=slot.kind,
                    talk=self.talks[slot.talk] if slot.talk else None,
                    title=slot.title,
                    led_by=self._speaker(slot.led_by) if slot.led_by else None,
                    start_minute=start,
                    minutes=slot.minutes,
                )
                start += slot.minutes

    def _speaker(self, key: str) -> Speaker:
        author = self.told.people[key].as_author()
        return find_or_make_speaker(self.meeting, author)

    def _publish(self, *, at: datetime) -> None:
        releasing.publish(self.meeting, by=self.organiser, at=at, note=self.told.round.release_note)
