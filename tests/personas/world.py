"""The world that the matrix is about: three meetings, seven kinds of visitors, planted secrets.

`sky` is listed, its review is blind, its call open, its programme published. `far` is somebody
else's meeting, listed and blind, not published. `hidden` is published, but not listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from config.accounts import SIGNED_IN_AT
from sessions.models import Room, Session, SessionChair
from sessions.operations.releasing import publish
from submissions.domain.lifecycle import Action, State
from submissions.domain.roles import Role
from submissions.models import (
    Draft,
    Email,
    EmailTemplate,
    HistoryEntry,
    LateLink,
    Material,
    Meeting,
    Membership,
    PendingImport,
    Speaker,
    Talk,
    User,
)
from submissions.operations import deciding
from submissions.views.private_access import open_talk
from tests.make import (
    NOW,
    make_answer,
    make_area,
    make_format,
    make_late_link,
    make_material,
    make_meeting,
    make_ml_area,
    make_question,
    make_reviewer,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
    make_user,
)
from tests.passkeys import some_credential

PERSONAS = ("anonymous", "speaker", "owner", "reviewer", "organiser", "stranger", "superuser")
"""The columns of the matrix.

anonymous   no cookie
speaker     an account linked to one talk of `sky`, and the private link of another one opened
owner       no account; opened the private links of the talks that the rows call the owner's
reviewer    reviews `sky`
organiser   organises `sky`, and reviews `far`
stranger    organises `far` and `hidden`
superuser
"""


@dataclass(frozen=True, repr=False)
class Place:
    """One row of every kind in one meeting."""

    meeting: Meeting
    talk: Talk
    """Submitted, not decided."""
    placed: Talk
    """Confirmed, in the timetable."""
    room: Room
    session: Session
    email: Email
    wording: EmailTemplate
    late_link: LateLink
    pending: PendingImport
    """A spreadsheet with one talk, uploaded but not imported."""
    material: Material
    """Slides of `placed` that its speaker publishes."""
    unpublished: Material
    """Slides of `placed` for the organisers alone."""

    @property
    def speaker(self) -> Speaker:
        return self.talk.authors.get()


@dataclass(frozen=True, repr=False)
class World:
    sky: Place
    far: Place
    hidden: Place
    accepted: Talk
    """Of the owner, in `sky`."""
    poster: Material
    """Of that talk; it is in no programme yet."""
    draft: Talk
    """Of the other speaker, in `sky`; begun and not submitted."""
    users: Mapping[str, User]
    passkey: Authenticator
    """Of the reviewer."""
    cookies: Mapping[str, str]

    def client(self, persona: str) -> Client:
        """A browser of this visitor; what it does to its cookies no other browser notices."""
        client = Client()
        if cookie := self.cookies.get(persona):
            client.cookies[settings.SESSION_COOKIE_NAME] = cookie
        return client

    @cached_property
    def places(self) -> dict[str, Place]:
        return {"sky": self.sky, "far": self.far, "hidden": self.hidden}


@dataclass(frozen=True)
class Secret:
    word: str
    """Planted; it is nowhere else."""
    known_to: tuple[str, ...]
    """Who meets it somewhere. Superusers may see everything."""


def _secret(word: str, known_to: str) -> Secret:
    return Secret(word, (*known_to.split(), "superuser"))


SECRETS = {
    "name of a blind author": _secret("Zanthorpe", "owner organiser"),
    "address of a blind author": _secret("quillfeather@example.org", "owner organiser"),
    "institute of a blind author": _secret("Vexillum", "owner organiser"),
    "ORCID of a blind author": _secret("0000-0002-1694-233X", "owner organiser"),
    "title not decided": _secret("Umbrakelvin", "owner reviewer organiser"),
    "remark to the organisers": _secret("Wheelramp", "owner organiser"),
    "note of a prepared decision": _secret("Thinkagain", "organiser"),
    "note in the history": _secret("Behindthescenes", "organiser"),
    "answer for the organisers": _secret("Strangeword", "owner organiser"),
    "answer for reviewers": _secret("Refereeword", "owner reviewer organiser"),
    "public answer of a talk not decided": _secret("Soonword", "owner organiser"),
    "note of a late link": _secret("Latecomersky", "organiser"),
    "late link": _secret("/submit/late/", "organiser stranger"),
    # Shown on no page of theirs, but part of the data that they may take away.
    "announced reason": _secret("Becauseofthat", "owner organiser"),
    "material of an accepted talk": _secret("Ownposter", "owner organiser"),
    "material that is not public": _secret("Slidewaresky", "organiser"),
    "material in a foreign meeting": _secret("Slidewarefar", "stranger"),
    "row not imported": _secret("Pendingsky", "organiser"),
    "title of a draft": _secret("Halfbaked", "speaker organiser"),
    "text of a draft": Secret("Mumblethoughts", ("speaker",)),
    "speaker's address": _secret("publicperson@example.org", "organiser"),
    # The stranger has sessions and talks of their own.
    "join link": _secret("meet.example.net", "organiser stranger"),
    "private link": _secret("/talks/open/", "organiser stranger"),
    # The organiser of sky is a member of far.
    "organiser's address": _secret("olga.sky@example.org", "organiser stranger"),
    "reviewer's address": _secret("rene.sky@example.org", "reviewer organiser"),
    "title in a foreign meeting": _secret("Farawaytitle", "organiser stranger"),
    "name in a foreign meeting": _secret("Outlandish", "stranger"),
    "theme in a foreign meeting": _secret("Farawaytheme", "stranger"),
    "room in a foreign meeting": _secret("Farawayroom", "stranger"),
    "title in a hidden meeting": _secret("Cloakedtitle", "owner stranger"),
    "name of a hidden meeting": _secret("Cloakedmeeting", "owner stranger"),
}


def secrets_in(text: str) -> set[str]:
    return {name for name, secret in SECRETS.items() if secret.word in text}


def not_for(who: str) -> set[str]:
    """The secrets that this visitor may not come to know."""
    return {name for name, secret in SECRETS.items() if who not in secret.known_to}


def make_world() -> World:
    organiser, stranger = make_user("olga.sky@example.org"), make_user("stranger@example.org")
    users = {
        "speaker": make_user("speaker@example.org"),
        "organiser": organiser,
        "stranger": stranger,
        "superuser": make_user("root@example.org", is_superuser=True),
    }
    sky = make_sky(organiser)
    users["reviewer"] = make_reviewer(sky.meeting, "rene.sky@example.org")
    far = make_far(stranger)
    Membership.objects.create(meeting=far.meeting, user=organiser, role=Role.REVIEWER.value)
    hidden = make_hidden(stranger)
    person = make_speaker(sky.meeting, user=users["speaker"])
    make_talk(sky.meeting, speakers=[person], title="By account")
    by_link = make_talk(sky.meeting, title="By link")
    accepted = make_talk(
        sky.meeting, State.ACCEPTED, title="Accepted", decision_note="Becauseofthat"
    )
    poster = make_material(accepted, b"%PDF-1.7 Ownposter", label="Ownposter", kind="poster")
    draft = make_talk(sky.meeting, State.DRAFT, title="Halfbaked")
    typed = {"title": ["Halfbaked"], "abstract": ["Mumblethoughts"]}
    Draft.objects.create(talk=draft, content=typed, saved_at=NOW)
    opened = {"speaker": [by_link, draft], "owner": [sky.talk, accepted, hidden.talk]}
    passkey = Authenticator.objects.create(
        user=users["reviewer"],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Pocket key", "credential": some_credential()},
    )
    cookies = {
        persona: cookie_of(users.get(persona), opened.get(persona, [])) for persona in PERSONAS[1:]
    }
    return World(sky, far, hidden, accepted, poster, draft, users, passkey, cookies)


def make_sky(organiser: User) -> Place:
    meeting = make_meeting(
        name="Sky", slug="sky", is_blind=True, contact_email="talks@example.org", word_limit=50
    )
    Membership.objects.create(meeting=meeting, user=organiser, role=Role.ORGANISER.value)
    kind = make_format(meeting, name="Contributed")
    author = make_speaker(
        meeting,
        given_name="Quentin",
        family_name="Zanthorpe",
        email="quillfeather@example.org",
        orcid="000000021694233X",
    )
    talk = make_talk(
        meeting,
        speakers=[author],
        affiliation="Vexillum",
        title="Umbrakelvin",
        format=kind,
        remarks="Wheelramp",
    )
    talk.astronomy_areas.add(make_area("Galaxies"))
    talk.ml_areas.add(make_ml_area("Deep learning"))
    deciding.prepare(talk, decision=Action.REJECT, note="Thinkagain", by=organiser, at=NOW)
    HistoryEntry.objects.create(
        talk=talk, at=NOW, by=organiser, action="change", note="Behindthescenes"
    )
    talk.refresh_from_db()
    known = make_speaker(
        meeting, given_name="Paula", family_name="Public", email="publicperson@example.org"
    )
    placed = make_talk(meeting, State.CONFIRMED, speakers=[known], title="Known light")
    private = make_question(meeting, "Who should not review this?")
    refereed = make_question(meeting, "What for reviewers?", is_for_reviewers=True)
    public = make_question(meeting, "Is the code public?", is_public=True)
    make_answer(talk, private, "Strangeword")
    make_answer(talk, refereed, "Refereeword")
    make_answer(talk, public, "Soonword")
    make_answer(placed, public, "In a repository")
    return _timetable(
        meeting, talk, placed, organiser, theme="Light", room="Aula", is_published=True
    )


def make_far(stranger: User) -> Place:
    meeting = make_meeting(name="Far", slug="far", is_blind=True)
    Membership.objects.create(meeting=meeting, user=stranger, role=Role.ORGANISER.value)
    make_format(meeting, name="Contributed")
    author = make_speaker(meeting, given_name="Oona", family_name="Outlandish")
    talk = make_talk(meeting, speakers=[author], title="Farawaytitle")
    deciding.prepare(talk, decision=Action.ACCEPT, note="", by=stranger, at=NOW)
    talk.refresh_from_db()
    placed = make_talk(meeting, State.CONFIRMED, speakers=[author], title="Farawayplaced")
    return _timetable(meeting, talk, placed, stranger, theme="Farawaytheme", room="Farawayroom")


def make_hidden(stranger: User) -> Place:
    meeting = make_meeting(name="Cloakedmeeting", slug="hidden", is_listed=False)
    Membership.objects.create(meeting=meeting, user=stranger, role=Role.ORGANISER.value)
    talk = make_talk(meeting, title="Cloakedtitle")
    placed = make_talk(meeting, State.CONFIRMED, title="Cloakedtitle placed")
    return _timetable(
        meeting, talk, placed, stranger, theme="Cloakedtitle", room="Nook", is_published=True
    )


def _timetable(
    meeting: Meeting,
    talk: Talk,
    placed: Talk,
    organiser: User,
    *,
    theme: str,
    room: str,
    is_published: bool = False,
) -> Place:
    where = make_room(meeting, name=room)
    block = make_session(
        meeting, theme=theme, number=1, room=where, join_link="https://meet.example.net/1"
    )
    SessionChair.objects.create(session=block, speaker=placed.authors.get())
    make_slot(block, placed)
    make_slot(block, start_minute=15)
    if is_published:
        publish(meeting, by=organiser, at=NOW)
    wording = EmailTemplate.objects.create(
        meeting=meeting,
        kind="receipt",
        subject=f"Wording of {meeting.slug}",
        body="{private_link}",
    )
    pending = PendingImport.objects.create(
        meeting=meeting,
        uploaded_by=organiser,
        uploaded_at=NOW,
        is_pasted=True,
        content=f"Surname\tTitle\tAbstract\nPending\tPending{meeting.slug}\tIn short.\n".encode(),
    )
    late_link = make_late_link(meeting, created_by=organiser, note=f"Latecomer{meeting.slug}")
    slides = make_material(placed, label=f"Slides of {meeting.slug}")
    unpublished = make_material(
        placed,
        f"%PDF-1.7 Slideware{meeting.slug}".encode(),
        file_name=f"Slideware{meeting.slug}.pdf",
        is_public=False,
    )
    return Place(
        meeting=meeting,
        talk=talk,
        placed=placed,
        room=where,
        session=block,
        email=_receipt(meeting, talk),
        wording=wording,
        late_link=late_link,
        pending=pending,
        material=slides,
        unpublished=unpublished,
    )


def _receipt(meeting: Meeting, talk: Talk) -> Email:
    return Email.objects.create(
        meeting=meeting,
        talk=talk,
        kind="receipt",
        recipient=talk.authors.get().email,
        subject=f"About {talk.code}",
        body=f"Come back: https://example.org/talks/open/{talk.code}",
        dedupe_key=talk.code,
        queued_at=NOW - timedelta(hours=1),
    )


def cookie_of(user: User | None, opened: list[Talk]) -> str:
    """The session cookie of a browser in which `user` signed in and private links were opened."""
    client = Client()
    if user is not None:
        client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = NOW.timestamp()
    request = HttpRequest()
    request.session = session
    for talk in opened:
        open_talk(request, talk)
    session.save()
    key = session.session_key
    assert key is not None
    return key
