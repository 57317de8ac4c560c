"""A person is forgotten: afterwards the whole database is searched for them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from sessions.models import Release, SessionChair, Slot
from sessions.operations.releasing import publish
from sessions.snapshots import published_programme
from submissions.domain.lifecycle import State
from submissions.domain.outbox import EmailState
from submissions.models import (
    Answer,
    Draft,
    Email,
    EmailAttempt,
    ErasureRequest,
    HistoryEntry,
    LateLink,
    PendingImport,
    Question,
    Speaker,
    Talk,
)
from submissions.operations import erasing, history
from submissions.operations.submitting import content_of
from submissions.permissions import talk_by_private_token
from tests.dump import everything_stored, forget_all_files, where
from tests.make import (
    NOW,
    make_material,
    make_meeting,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db

NAME, FAMILY = "Quentin Zanthorpe", "Zanthorpe"
ADDRESS = "quillfeather@example.net"
ORCID = "000000021694233X"
INSTITUTE = "Vexillum"
ALL = (FAMILY, ADDRESS, ORCID, "0000-0002-1694-233X", INSTITUTE, "Umbrakelvin", "Wheelramp")


@pytest.fixture(autouse=True)
def no_files() -> None:
    """Files of other tests are no traces."""
    forget_all_files()


class Traces:
    """A person who has left something everywhere."""

    def __init__(self, **fields: Any) -> None:
        self.meeting = make_meeting(**fields)
        self.organiser = make_organiser(self.meeting)
        self.account = make_user("someone.else@example.org")
        self.person = make_speaker(
            self.meeting,
            given_name="Quentin",
            family_name=FAMILY,
            email=ADDRESS,
            orcid=ORCID,
            user=self.account,
        )
        self.other = make_speaker(self.meeting, given_name="Mary", family_name="Byron")
        self.alone = self._talk("Umbrakelvin alone", [self.person], State.SUBMITTED)
        self.shared = self._talk("Common work", [self.other, self.person], State.REJECTED)
        self.published = self._talk("Known light", [self.person, self.other], State.CONFIRMED)
        self._programme()
        self._records()

    def _talk(self, title: str, speakers: list[Speaker], state: State) -> Talk:
        talk = make_talk(
            self.meeting,
            state,
            speakers=speakers,
            affiliation="Common institute",
            title=title,
            abstract="As shown by Quentin Zanthorpe in Umbrakelvin." if "alone" in title else "We.",
            remarks=f"Wheelramp for {NAME}" if speakers[0] == self.person else "",
        )
        part = talk.authorships.get(speaker=self.person)
        part.affiliations.update(name=INSTITUTE)
        before = {**content_of(talk), "title": f"{title} by {NAME}"}
        changes = {
            "title": [before["title"], title],
            "authors": [[], before["authors"]],
        }
        history.record(talk, "change", by=None, at=NOW, changes=changes, note=f"{FAMILY} wrote")
        return talk

    def _programme(self) -> None:
        block = make_session(self.meeting, room=make_room(self.meeting))
        make_slot(block, self.published)
        SessionChair.objects.create(session=block, speaker=self.person)
        make_slot(block, start_minute=15, led_by=self.person)
        publish(self.meeting, by=self.organiser, at=NOW, note=f"With {NAME}")

    def _records(self) -> None:
        content = {
            "title": ["Typed by Quentin Zanthorpe"],
            "authors-0-given_name": ["Mary"],
            "authors-0-family_name": ["Byron"],
            "authors-1-given_name": ["Quentin"],
            "authors-1-family_name": [FAMILY],
            "authors-1-email": [ADDRESS],
            "authors-1-affiliations": [INSTITUTE],
        }
        Draft.objects.create(talk=self.shared, content=content, saved_at=NOW)
        begun = make_talk(self.meeting, State.DRAFT, speakers=[], title="Umbrakelvin begun")
        Draft.objects.create(talk=begun, content=content, email=ADDRESS, saved_at=NOW)
        question = Question.objects.create(meeting=self.meeting, text="Diet?")
        for talk in (self.alone, self.published):
            Answer.objects.create(talk=talk, question=question, value="Wheelramp and soup")
        make_material(self.alone, f"%PDF-1.7 {NAME}".encode(), file_name="Zanthorpe.pdf")
        make_material(
            self.published, f"%PDF-1.7 draft of {NAME}".encode(), is_public=False, label=NAME
        )
        self.email(ADDRESS, f"Dear {NAME}, Umbrakelvin", state="sent", sent_at=NOW)
        self.email(ADDRESS, f"Dear {NAME}", state="queued")
        self.email("mary@example.org", f"{NAME} ({ADDRESS}) named you.", state="sent", sent_at=NOW)
        LateLink.objects.create(
            meeting=self.meeting,
            note=f"For {FAMILY}, who wrote from {ADDRESS}",
            created_at=NOW,
            created_by=self.organiser,
        )
        PendingImport.objects.create(
            meeting=self.meeting,
            uploaded_by=self.organiser,
            uploaded_at=NOW,
            content=f"{NAME}\t{ADDRESS}".encode(),
        )
        LogEntry.objects.create(
            user=self.organiser,
            content_type=ContentType.objects.get_for_model(Speaker),
            object_id=str(self.person.pk),
            object_repr=NAME,
            action_flag=CHANGE,
        )
        erasing.ask(self.person, talk=self.alone, by=None, at=NOW, reason=f"I, {NAME}, ask")

    def email(self, to: str, body: str, **fields: Any) -> None:
        email = Email.objects.create(
            meeting=self.meeting,
            talk=self.alone,
            kind="receipt",
            recipient=to,
            recipient_name=NAME if to == ADDRESS else "Mary Byron",
            subject=f"Received from {NAME}",
            body=body,
            dedupe_key=f"receipt:{to}:{Email.objects.count()}",
            queued_at=NOW,
            **fields,
        )
        EmailAttempt.objects.create(
            email=email, began_at=NOW, answer=f"250 {to} ok" if to == ADDRESS else "250 ok"
        )

    def erase(self) -> None:
        erasing.erase(self.person, by=self.organiser, at=NOW + timedelta(days=1))


def found(*words: str) -> dict[str, set[str]]:
    """Where these words still are; words that are nowhere are left out."""
    return {word: places for word, places in where(*words).items() if places}


def test_there_is_something_to_find() -> None:
    Traces()
    places = where(FAMILY)[FAMILY]
    assert {name for name in places if not name.startswith("file ")} == {
        "submissions.Speaker",
        "submissions.Talk",
        "submissions.Draft",
        "submissions.HistoryEntry",
        "submissions.Email",
        "submissions.LateLink",
        "submissions.PendingImport",
        "submissions.Material",
        "submissions.ErasureRequest",
        "programme.Release",
        "admin.LogEntry",
    }
    assert len([name for name in places if name.startswith("file ")]) >= 2


def test_where_nothing_is_kept_the_person_is_nowhere(
    django_capture_on_commit_callbacks: Any,
) -> None:
    traces = Traces(erasure_keeps_published=False)
    with django_capture_on_commit_callbacks(execute=True):
        traces.erase()
    assert found(*ALL) == {}


def test_where_the_programme_is_kept_the_person_is_in_it_and_nowhere_else(
    django_capture_on_commit_callbacks: Any,
) -> None:
    traces = Traces(erasure_keeps_published=True)
    release = Release.objects.get().content
    with django_capture_on_commit_callbacks(execute=True):
        traces.erase()
    assert found(ADDRESS, "Umbrakelvin", "Wheelramp", ORCID, "0000-0002-1694-233X") == {
        ORCID: {"programme.Release"}
    }
    assert Release.objects.get().content == release
    assert where(FAMILY)[FAMILY] == {
        "submissions.Speaker",
        "submissions.Talk",  # the index of words of the published talk
        "submissions.HistoryEntry",  # of the published talk
        "submissions.Email",  # to others
        "programme.Release",
    }
    assert where(INSTITUTE)[INSTITUTE] == {
        "submissions.Affiliation",
        "submissions.Talk",
        "submissions.HistoryEntry",
        "programme.Release",
    }
    unpublished = HistoryEntry.objects.exclude(talk=traces.published)
    assert [entry for entry in unpublished if FAMILY in str((entry.changes, entry.note))] == []
    assert list(Talk.objects.filter(authorships__speaker=traces.person)) == [traces.published]


@pytest.mark.parametrize("keeps", [True, False], ids=["kept", "anonymised"])
def test_what_others_wrote_stays(*, keeps: bool) -> None:
    traces = Traces(erasure_keeps_published=keeps)
    traces.erase()
    shared = Talk.objects.get(pk=traces.shared.pk)
    assert (shared.title, shared.abstract, shared.state) == ("Common work", "We.", "rejected")
    names = [author.speaker.name for author in shared.authorships.order_by("position")]
    assert names == ["Mary Byron", "Name removed"]
    assert [part.affiliations.count() for part in shared.authorships.order_by("position")] == [1, 0]
    draft = Draft.objects.get(talk=shared)
    assert draft.content["authors-0-family_name"] == ["Byron"]
    assert draft.content["authors-1-family_name"] == ["Name removed"]
    assert draft.content["title"] == ["Typed by Name removed"]


@pytest.mark.parametrize("keeps", [True, False], ids=["kept", "anonymised"])
def test_a_talk_of_nobody_else_is_emptied_and_withdrawn(*, keeps: bool) -> None:
    traces = Traces(erasure_keeps_published=keeps)
    traces.erase()
    alone = Talk.objects.get(pk=traces.alone.pk)
    assert (alone.title, alone.abstract, alone.remarks, alone.state) == (
        "Text removed",
        "",
        "",
        "withdrawn",
    )
    assert (alone.answers.count(), alone.materials.count()) == (0, 0)
    assert not Talk.objects.filter(title="Umbrakelvin begun").exists()


def test_links_in_their_mailbox_open_nothing_any_more() -> None:
    traces = Traces()
    talks = [traces.alone, traces.published, traces.shared]
    tokens = [talk.private_token() for talk in talks]
    traces.erase()
    found = [talk_by_private_token(traces.meeting, token) for token in tokens]
    # The link of the shared talk was the other author's.
    assert found == [None, None, traces.shared]


def test_every_release_is_anonymised_and_says_when(
    django_capture_on_commit_callbacks: Any,
) -> None:
    traces = Traces(erasure_keeps_published=False)
    assert published_programme(traces.meeting) is not None  # kept in memory from now on
    with django_capture_on_commit_callbacks(execute=True):
        traces.erase()
    release = Release.objects.get()
    assert release.anonymised_at == NOW + timedelta(days=1)
    programme = published_programme(traces.meeting)
    assert programme is not None
    names = {entry.person.name for entry in programme.people.values()}
    assert names == {"Name removed", "Mary Byron"}
    assert programme.talks[traces.published.code].talk.title == "Known light"
    assert (SessionChair.objects.count(), Slot.objects.filter(led_by=None).count()) == (0, 2)


def test_another_process_that_kept_the_release_in_memory_forgets_it_too() -> None:
    """It is not told; it sees that the release was anonymised since."""
    traces = Traces(erasure_keeps_published=False)
    before = published_programme(traces.meeting)
    traces.erase()  # without what follows a transaction, as in another process
    after = published_programme(traces.meeting)
    assert before is not None
    assert after is not None
    assert FAMILY not in str(after)


@pytest.mark.parametrize("keeps", [True, False], ids=["kept", "anonymised"])
def test_doing_it_again_changes_nothing(*, keeps: bool) -> None:
    traces = Traces(erasure_keeps_published=keeps)
    traces.erase()
    before = everything_stored()
    erasing.erase(Speaker.objects.get(pk=traces.person.pk), by=traces.organiser, at=NOW)
    assert everything_stored() == before
    assert HistoryEntry.objects.filter(talk=traces.published, action="erase").count() == 1


def test_the_request_is_closed_and_its_words_are_gone() -> None:
    traces = Traces()
    assert ErasureRequest.objects.open().count() == 1
    traces.erase()
    request = ErasureRequest.objects.get()
    assert (request.is_erased, request.reason, request.closed_by) == (True, "", traces.organiser)


def test_mails_that_wait_are_deleted_and_others_keep_when_and_why() -> None:
    traces = Traces()
    traces.erase()
    assert not Email.objects.in_state(EmailState.QUEUED).exists()
    kept = Email.objects.get(recipient="erased@erased.invalid")
    assert (kept.kind, kept.sent_at, kept.subject, kept.body) == ("receipt", NOW, "", "")


def test_other_meetings_and_namesakes_are_not_touched() -> None:
    traces = Traces(erasure_keeps_published=False)
    elsewhere = make_meeting()
    namesake = make_speaker(
        elsewhere, given_name="Quentin", family_name=FAMILY, email=ADDRESS, orcid=ORCID
    )
    talk = make_talk(elsewhere, speakers=[namesake], title="Elsewhere by Quentin Zanthorpe")
    traces.erase()
    namesake.refresh_from_db()
    talk.refresh_from_db()
    assert (namesake.name, namesake.email, talk.title) == (
        NAME,
        ADDRESS,
        "Elsewhere by Quentin Zanthorpe",
    )


def test_a_failure_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    traces = Traces(erasure_keeps_published=False)
    before = everything_stored()

    def fail(_erasure: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(erasing, "ERASERS", [*erasing.ERASERS, ((), fail)])
    with pytest.raises(RuntimeError):
        traces.erase()
    assert everything_stored() == before


def test_the_plan_says_what_would_be_done_and_does_nothing() -> None:
    traces = Traces()
    before = everything_stored()
    plan = erasing.plan(traces.person, by=traces.organiser, at=NOW)
    assert (plan.alone, plan.shared, plan.published, plan.keeps_name) == (
        [traces.alone],
        [traces.shared],
        [traces.published],
        True,
    )
    assert everything_stored() == before


def test_who_only_chairs_in_the_programme_is_part_of_it() -> None:
    meeting = make_meeting()
    organiser, chair = make_organiser(meeting), make_speaker(meeting, family_name="Chairperson")
    block = make_session(meeting, room=make_room(meeting))
    make_slot(block, make_talk(meeting, State.CONFIRMED))
    SessionChair.objects.create(session=block, speaker=chair)
    publish(meeting, by=organiser, at=NOW)
    erasing.erase(chair, by=organiser, at=NOW)
    chair.refresh_from_db()
    assert (chair.family_name, chair.email) == ("Chairperson", "")


def test_asking_twice_is_asking_once() -> None:
    meeting = make_meeting()
    talk = make_talk(meeting)
    person = talk.authors.get()
    first = erasing.ask(person, talk=talk, by=None, at=NOW)
    assert erasing.ask(person, talk=talk, by=None, at=NOW + timedelta(days=1)) == first
    assert HistoryEntry.objects.filter(action="ask erasure").count() == 1
