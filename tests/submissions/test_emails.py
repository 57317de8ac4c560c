"""From a talk to the mails about it, in the shipped wording and in a meeting's own."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from submissions import emails
from submissions.domain.email_kinds import EmailKind, email_kinds
from submissions.domain.email_texts import problems_in
from submissions.domain.lifecycle import State
from submissions.models import EmailTemplate, Meeting, Talk
from submissions.permissions import talk_by_private_token
from tests.make import make_meeting, make_speaker, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(
        name="Learning the Sky",
        slug="sky",
        contact_email="talks@example.org",
        call_closes_at=datetime(2027, 3, 1, 22, 59, tzinfo=UTC),
    )


@pytest.fixture
def talk(meeting: Meeting) -> Talk:
    ada = make_speaker(meeting, given_name="Ada", family_name="Lovelace", email="ada@example.org")
    bo = make_speaker(meeting, given_name="Bo", family_name="Ek", email="bo@example.org")
    return make_talk(meeting, title="Engines that learn", speakers=[ada, bo])


def word(meeting: Meeting, subject: str, body: str, kind: str = "receipt", **fields: bool) -> None:
    EmailTemplate.objects.create(meeting=meeting, kind=kind, subject=subject, body=body, **fields)


def one(talk: Talk, kind: str = "receipt") -> emails.Message:
    (message,) = emails.talk_messages(kind, talk, occasion="now")
    return message


@pytest.mark.parametrize("kind", email_kinds(), ids=lambda kind: kind.name)
def test_the_shipped_texts_hold_to_the_rules_for_everybody(kind: EmailKind) -> None:
    wording = emails.shipped_wording(kind)
    for text in (wording.subject, wording.body):
        assert problems_in(text, kind.placeholders) == []
    assert not [name for name in kind.must_have if f"{{{name}}}" not in wording.body]
    assert len(wording.subject) <= 200


def test_the_receipt_as_shipped(meeting: Meeting, talk: Talk) -> None:
    message = one(talk)
    link = re.search(r"http\S+/open/(?P<token>\S+)/", message.body)
    assert link is not None
    assert talk_by_private_token(meeting, link["token"]) == talk
    assert replace(message, body=message.body.replace(link[0], "LINK")) == emails.Message(
        kind="receipt",
        recipient="ada@example.org",
        recipient_name="Ada Lovelace",
        subject="Received: Engines that learn",
        body="Dear Ada Lovelace,\n\n"
        "thank you for proposing a talk to Learning the Sky:\n\n"
        f"    Engines that learn\n    Code: {talk.code}\n\n"
        "To come back to your proposal, use this private link. Whoever has it can read and change "
        "the proposal, so keep it to yourself:\n\n"
        "    LINK\n\n"
        "We will write to this address when a decision has been made.\n\n"
        "The organisers of Learning the Sky\n",
        dedupe_key=f"receipt:{talk.code}:now:ada@example.org",
    )


def test_a_meeting_words_its_mails_itself_and_no_other(meeting: Meeting, talk: Talk) -> None:
    word(
        meeting,
        "{talk_code}: {talk_title}",
        "{recipient_name} | {talk_authors} | {submitter_name} | {meeting_name} | {meeting_dates} | "
        "{meeting_place} | {meeting_link} | {contact_address} | {call_closes} | {edits_close}",
    )
    with override_settings(SITE_URL="https://meet.example.org"):
        message = one(talk)
    assert message.subject == f"{talk.code}: Engines that learn"
    assert message.body.split(" | ") == [
        "Ada Lovelace",
        "Ada Lovelace, Bo Ek",
        "{submitter_name}",  # of another kind
        "Learning the Sky",
        "7 to 8 June 2027",
        "Observatory, Madrid, Spain",
        "https://meet.example.org/sky/",
        "talks@example.org",
        "1 March 2027, 23:59 CET",
        "1 March 2027, 23:59 CET\n",
    ]
    assert one(make_talk(make_meeting())).subject.startswith("Received: ")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2027, 6, 7), (2027, 6, 7), "7 June 2027"),
        ((2027, 6, 30), (2027, 7, 2), "30 June to 2 July 2027"),
        ((2027, 12, 30), (2028, 1, 2), "30 December 2027 to 2 January 2028"),
    ],
)
def test_days_of_a_meeting_in_words(
    first: tuple[int, int, int], last: tuple[int, int, int], words: str
) -> None:
    meeting = make_meeting(starts_on=date(*first), ends_on=date(*last))
    assert emails.values_of_meeting(meeting)["meeting_dates"] == words


def test_what_speakers_typed_is_never_read_again_linked_or_a_header(meeting: Meeting) -> None:
    villain = make_speaker(
        meeting,
        given_name="Your bank\r\nBcc: all@example.org",
        family_name="{private_link}\u202e https://evil.example",
        email="v@example.org",
    )
    talk = make_talk(meeting, title="{private_link} <b>Win</b> at evil.example", speakers=[villain])
    word(meeting, "{talk_title}", "{recipient_name}\n{talk_title}\nhttps://ours.example/")
    message = one(talk)
    assert message.subject == "{private_link} <b>Win</b> at evil. example"
    assert message.body == (
        "Your bank Bcc: all @ example. org {private_link} https: //evil. example\n"
        "{private_link} <b>Win</b> at evil. example\n"
        "https://ours.example/\n"
    )
    assert message.recipient_name == (
        "Your bank Bcc: all @ example. org {private_link} https: //evil. example"
    )


def test_values_handed_in_by_others_are_made_harmless_as_well(talk: Talk) -> None:
    (message,) = emails.messages_to(
        [emails.Recipient("bo@example.org", "Bo")],
        "coauthor_notice",
        talk,
        occasion="now",
        values={"submitter_name": "evil.example", "coauthor_link": "https://ours.example/x"},
    )
    assert "evil. example has proposed a talk" in message.body
    assert "    https://ours.example/x\n" in message.body
    assert emails.private_link(talk) not in message.body


def test_a_draft_without_names_or_a_title_makes_a_readable_mail(meeting: Meeting) -> None:
    talk = make_talk(meeting, State.DRAFT, title="", speakers=[])
    (message,) = emails.messages_to(
        [emails.Recipient("ada@example.org")], "draft_reminder", talk, occasion="draft"
    )
    assert message.subject == "Not handed in yet: (no title yet)"
    assert message.body.startswith("Dear colleague,\n\nyour proposal to Learning the Sky is saved")


def test_presenting_authors_are_told_or_else_the_first_with_an_address(meeting: Meeting) -> None:
    silent = make_speaker(meeting, email="")
    others = [make_speaker(meeting, email=f"{name}@example.org") for name in ("b", "c")]
    talk = make_talk(meeting, speakers=[silent, *others])
    assert [each.recipient for each in emails.talk_messages("receipt", talk, occasion="x")] == [
        "b@example.org"
    ]
    talk.authorships.filter(position__gt=1).update(is_presenting=True)
    assert [each.recipient for each in emails.talk_messages("receipt", talk, occasion="x")] == [
        "b@example.org",
        "c@example.org",
    ]
    assert (
        emails.talk_messages("receipt", make_talk(meeting, speakers=[silent]), occasion="x") == []
    )


def test_of_very_many_authors_the_first_are_named(meeting: Meeting) -> None:
    people = [make_speaker(meeting, given_name="A", family_name=str(n)) for n in range(25)]
    names = emails.values_of_talk(make_talk(meeting, speakers=people))["talk_authors"]
    assert names == ", ".join([*(f"A {n}" for n in range(20)), "and 5 others"])


def test_a_kind_for_which_somebody_waits_is_never_held(meeting: Meeting, talk: Talk) -> None:
    for kind in ("receipt", "private_link"):
        word(meeting, "S", "B", kind, sends_at_once=False)
    assert (one(talk).sends_at_once, one(talk, "private_link").sends_at_once) == (False, True)


def test_who_writes_many_mails_asks_for_the_wordings_once(meeting: Meeting, talk: Talk) -> None:
    wordings = emails.wordings_of(meeting)
    with CaptureQueriesContext(connection) as queries:
        emails.talk_messages("receipt", talk, occasion="now", wordings=wordings)
    assert not [q for q in queries.captured_queries if "emailtemplate" in q["sql"]]


def test_no_shipped_text_is_left_without_a_kind() -> None:
    folder = Path(__file__).parents[2] / "templates/submissions/emails"
    assert {path.stem for path in folder.iterdir()} == {kind.name for kind in email_kinds()}
