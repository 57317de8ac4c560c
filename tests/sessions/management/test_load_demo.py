import csv
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from sessions.importers.demonstration import DemoMeeting
from sessions.models import Release, Room, Session, SessionChair, Slot
from sessions.operations import demonstration, releasing
from submissions.domain import orcid
from submissions.domain.abstracts import count_words, render, render_inline
from submissions.domain.calls import CallStatus
from submissions.domain.lifecycle import PLACED, State
from submissions.models import (
    Email,
    EmailState,
    HistoryEntry,
    Meeting,
    Speaker,
    Talk,
    User,
)

FOLDER = Path(settings.BASE_DIR) / "demo"
DATA = Path(settings.BASE_DIR) / "submissions" / "data"
STATES = {
    "draft": 2,
    "submitted": 10,
    "accepted": 3,
    "waitlisted": 2,
    "rejected": 2,
    "confirmed": 22,
    "declined": 1,
    "withdrawn": 2,
}


def slugs_of(name: str) -> set[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row["slug"] for row in csv.DictReader(file)}


@pytest.fixture
def told(now: datetime) -> list[DemoMeeting]:
    return demonstration.read_demonstration(FOLDER, at=now)


@pytest.fixture
def shown(told: list[DemoMeeting]) -> DemoMeeting:
    return told[0]


# --- What the files tell ----------------------------------------------------------------------


def test_the_meeting_has_talks_in_every_state(shown: DemoMeeting) -> None:
    assert Counter(talk.state for talk in shown.talks) == STATES
    assert set(STATES) == {state.value for state in State}
    assert any(talk.prepared for talk in shown.talks)


def test_areas_are_those_of_the_vocabularies(told: list[DemoMeeting]) -> None:
    astronomy, ml = slugs_of("astronomy_areas.csv"), slugs_of("ml_areas.csv")
    talks = [talk for meeting in told for talk in meeting.talks]
    assert {slug for talk in talks for slug in talk.astronomy} - astronomy == set()
    assert {slug for talk in talks for slug in talk.ml} - ml == set()
    assert [talk.key for talk in talks if not (talk.astronomy and talk.ml)] == []


def test_areas_are_varied(shown: DemoMeeting) -> None:
    """So that a map of astronomy against machine learning has something to show."""
    assert len({slug for talk in shown.talks for slug in talk.astronomy}) >= 35
    assert len({slug for talk in shown.talks for slug in talk.ml}) >= 50
    assert any(talk.astronomy_text for talk in shown.talks)
    assert any(talk.ml_text for talk in shown.talks)


def test_abstracts_render_without_problems(told: list[DemoMeeting]) -> None:
    problems = {
        talk.key: rendered.problems
        for meeting in told
        for talk in meeting.talks
        for rendered in (render(talk.abstract), render_inline(talk.title))
        if rendered.problems
    }
    assert problems == {}
    assert [one.slug for one in told if render(one.meeting["introduction"]).problems] == []


def test_abstracts_and_titles_keep_the_limits_of_their_meeting(told: list[DemoMeeting]) -> None:
    for meeting in told:
        for talk in meeting.talks:
            assert 80 <= count_words(talk.abstract) <= min(220, meeting.meeting["word_limit"])
            assert len(talk.title) <= meeting.meeting["title_limit"]


def test_titles_hold_what_is_easily_broken(shown: DemoMeeting) -> None:
    titles = [talk.title for talk in shown.talks]
    assert len([title for title in titles if "$" in title]) == 2
    for character in '&<"?:':
        assert any(character in title for title in titles), character


def test_every_address_is_one_that_nobody_has(told: list[DemoMeeting]) -> None:
    people = [person for meeting in told for person in meeting.people.values()]
    members = [member for meeting in told for member in meeting.members]
    addresses = [person.email for person in people if person.email]
    addresses += [member.email for member in members]
    addresses += [meeting.meeting["contact_email"] for meeting in told]
    assert [address for address in addresses if not address.endswith("@example.org")] == []
    assert len(addresses) > 50


def test_orcids_have_a_right_check_character(told: list[DemoMeeting]) -> None:
    orcids = [person.orcid for one in told for person in one.people.values() if person.orcid]
    assert [orcid.hyphenated(orcid.normalise(text)) for text in orcids] == orcids
    assert len(set(orcids)) == len(orcids) == 10


def test_speakers_present_once_but_for_two(shown: DemoMeeting) -> None:
    presenting = Counter(talk.authors[0] for talk in shown.talks)
    assert {person for person, talks in presenting.items() if talks > 1} == {
        "ajibode",
        "osgathorpe",
    }


def test_nothing_that_happened_lies_in_the_future(told: list[DemoMeeting], now: datetime) -> None:
    for meeting in told:
        happened = [
            at
            for talk in meeting.talks
            for at in (talk.submitted, talk.prepared, talk.answered)
            if at is not None
        ]
        assert max(happened) < now
        assert min(happened) > meeting.meeting["call_opens_at"]


# --- What the command makes of them -----------------------------------------------------------


@pytest.fixture
def areas(db: None) -> None:
    call_command("load_areas", stdout=StringIO())


def load(**options: Any) -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="class")
def loaded_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded for all tests of a class, which only look: loading for each takes too long."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_areas", stdout=StringIO())
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once: None, db: None) -> Meeting:
    return Meeting.objects.get(slug="learning-the-sky-2027")


@pytest.fixture
def meeting(areas: None, django_capture_on_commit_callbacks: Any) -> Meeting:
    """Loaded, and everything done that was to follow, for a test that changes it."""
    with django_capture_on_commit_callbacks(execute=True):
        load()
    return Meeting.objects.get(slug="learning-the-sky-2027")


class TestTheLoadedMeeting:
    def test_the_loaded_meeting_is_whole(self, loaded: Meeting) -> None:
        talks = Talk.objects.for_meeting(loaded)
        assert Counter(talks.values_list("state", flat=True)) == STATES
        assert Counter(
            talks.exclude(prepared_decision="").values_list("prepared_decision", flat=True)
        ) == {
            "accept": 2,
            "waitlist": 1,
            "reject": 1,
        }
        assert Room.objects.filter(meeting=loaded).count() == 3
        assert Session.objects.for_meeting(loaded).count() == 6
        assert Slot.objects.filter(session__meeting=loaded, kind="talk").count() == 22
        assert loaded.call_status(timezone.now()) is CallStatus.OPEN
        assert loaded.starts_on > timezone.now().date()

    def test_a_person_of_two_talks_is_one_person(self, loaded: Meeting) -> None:
        names = [person.name for person in Speaker.objects.filter(meeting=loaded)]
        assert [name for name, times in Counter(names).items() if times > 1] == []
        assert "Suryaningtyas" in names

    def test_slots_lie_inside_their_sessions_and_sessions_inside_the_meeting(
        self, loaded: Meeting
    ) -> None:
        for slot in Slot.objects.filter(session__meeting=loaded).select_related("session"):
            assert slot.start_minute + slot.minutes <= slot.session.minutes
        for block in Session.objects.for_meeting(loaded):
            for moment in (block.starts_at, block.ends_at):
                assert loaded.starts_on <= moment.astimezone(loaded.zone).date() <= loaded.ends_on

    def test_only_talks_with_a_place_are_scheduled_and_one_is_not_confirmed(
        self, loaded: Meeting
    ) -> None:
        scheduled = Talk.objects.filter(
            pk__in=Slot.objects.filter(session__meeting=loaded, kind="talk").values("talk")
        )
        assert {talk.lifecycle_state for talk in scheduled} == PLACED
        assert scheduled.in_state(State.ACCEPTED).count() == 1

    def test_one_chair_is_in_two_rooms_at_once(self, loaded: Meeting) -> None:
        """On purpose: the warnings of the admin need something to warn about."""
        chairs = SessionChair.objects.filter(session__meeting=loaded).select_related("session")
        pairs = [
            (one.session.number, other.session.number)
            for one in chairs
            for other in chairs
            if one.speaker == other.speaker
            and one.session.starts_at < other.session.ends_at
            and other.session.starts_at < one.session.ends_at
            and one.pk < other.pk
        ]
        assert pairs == [(5, 6)]

    def test_the_published_programme_tells_nothing_unpublished(self, loaded: Meeting) -> None:
        release = Release.objects.current(loaded)
        assert release is not None
        published = str(release.content)
        talks = Talk.objects.for_meeting(loaded)
        unpublished = talks.exclude(state__in=[state.value for state in PLACED])
        assert [talk.title for talk in unpublished if talk.title in published] == []
        assert [talk.title for talk in unpublished if talk.code in published] == []
        assert "Ten million alerts before breakfast" in published
        links = Session.objects.for_meeting(loaded).exclude(join_link="")
        assert [link.join_link in published for link in links] == [False]

    def test_what_happened_is_in_the_history_at_its_time(self, loaded: Meeting) -> None:
        entries = HistoryEntry.objects.filter(talk__meeting=loaded)
        assert entries.filter(at__gt=timezone.now()).count() == 0
        declined = entries.filter(talk__state="declined").order_by("at")
        assert [(entry.action, str(entry.by or "")) for entry in declined] == [
            ("submit", ""),
            ("prepare", "Wilhelmina Oosterbaan"),
            ("accept", "Wilhelmina Oosterbaan"),
            ("decline", ""),
        ]
        days = {
            talk.submitted_at.date()
            for talk in Talk.objects.exclude(submitted_at=None)
            if talk.submitted_at
        }
        assert len(days) > 20

    def test_the_second_meeting_has_other_people_and_no_programme(self, loaded: Meeting) -> None:
        school = Meeting.objects.get(slug="stellar-school-2027")
        assert Talk.objects.for_meeting(school).count() == 3
        assert Slot.objects.filter(session__meeting=school, kind="talk").count() == 3
        assert Release.objects.current(school) is None
        organiser = User.objects.get(email="organiser.school@example.org")
        assert list(Meeting.objects.organised_by(organiser)) == [school]
        organiser = User.objects.get(email="organiser@example.org")
        assert list(Meeting.objects.organised_by(organiser)) == [loaded]
        assert school.call_status(timezone.now()) is CallStatus.CLOSED


def test_speakers_answered_what_the_meeting_asks(meeting: Meeting) -> None:
    talk = Talk.objects.get(meeting=meeting, title__startswith="One model, many skies")
    assert {answer.question.text: str(answer) for answer in talk.answers.all()} == {
        "Would you help with a hands-on tutorial on the evening before?": "Yes, as a teacher",
        "What data is the result based on?": "Public observations",
        "Where is the code?": "https://code.example.org/blind-test",
        "I have read the code of conduct and keep to it": "yes",
    }
    shown = meeting.questions.values_list("is_for_reviewers", "is_public")
    assert sorted(shown) == [(False, False), (False, False), (False, True), (True, False)]


def test_mails_are_in_the_outbox_as_sent_and_none_was(meeting: Meeting) -> None:
    emails = Email.objects.filter(meeting=meeting)
    assert Counter(emails.values_list("kind", flat=True)) == {
        "receipt": 42,
        "coauthor_notice": 39,
        "decision_accept": 27,
        "decision_waitlist": 2,
        "decision_reject": 2,
    }
    assert set(Email.objects.values_list("state", flat=True)) == {EmailState.SENT.value}
    assert mail.outbox == []


def test_everybody_signs_in_with_the_same_password(areas: None) -> None:
    out = load(password="a password of ours")
    assert "a password of ours" in out
    users = User.objects.all()
    assert {
        user.email: user.check_password("a password of ours") for user in users
    } == dict.fromkeys(
        [
            "admin@example.org",
            "organiser@example.org",
            "organiser.school@example.org",
            "reviewer@example.org",
            "reviewer.two@example.org",
            "reviewer.three@example.org",
            "reviewer.four@example.org",
        ],
        True,
    )
    assert [user.email for user in users.filter(is_superuser=True)] == ["admin@example.org"]
    for user in users:
        assert user.email in out or user.email.startswith("reviewer.")


def test_private_links_that_are_printed_open_their_talks(meeting: Meeting, client: Client) -> None:
    links = [word for word in load().split() if "/talks/open/" in word]
    pages = [
        client.get(link.removeprefix(settings.SITE_URL), follow=True).content.decode()
        for link in links
    ]
    titles = ["Does environment quench galaxies", "Reading the rings"]
    assert [title in page for title, page in zip(titles, pages, strict=True)] == [True, True]


def test_a_second_run_changes_nothing_and_says_so(meeting: Meeting) -> None:
    Talk.objects.filter(meeting=meeting, state="draft").delete()
    out = load(password="another")
    assert "nothing was changed" in out
    assert "another" not in out.replace("another meeting", "")
    assert Talk.objects.for_meeting(meeting).count() == sum(STATES.values()) - STATES["draft"]


def test_without_the_vocabularies_it_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match="load_areas"):
        load()
    assert Meeting.objects.count() == 0
    assert User.objects.count() == 0


def test_the_usual_password_is_refused_where_others_can_reach_the_site(
    areas: None, settings: Any
) -> None:
    settings.SITE_URL = "https://meetings.example"
    with pytest.raises(CommandError, match="--password"):
        load()
    assert User.objects.count() == 0


def test_a_failure_leaves_nothing_behind(areas: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        message = "published nothing"
        raise RuntimeError(message)

    monkeypatch.setattr(releasing, "publish", fail)
    with pytest.raises(RuntimeError, match="published nothing"):
        load()
    assert (Meeting.objects.count(), Talk.objects.count(), User.objects.count()) == (0, 0, 0)
