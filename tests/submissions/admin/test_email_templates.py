"""The wordings of a meeting's mails: to look at, to change, to look at before saving."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from submissions import emails
from submissions.domain.email_kinds import email_kinds
from submissions.domain.lifecycle import Action, State
from submissions.models import Email, EmailTemplate, Meeting
from submissions.operations import deciding, deciding_together
from tests.make import NOW, make_meeting, make_organiser, make_speaker, make_talk

pytestmark = pytest.mark.django_db
LIST = "/admin/submissions/emailtemplate/"
GOOD = {
    "subject": "Got it: {talk_title}",
    "body": "Dear {recipient_name},\n{private_link}",
    "sends_at_once": "on",
}


@pytest.fixture
def meeting(client: Client) -> Meeting:
    meeting = make_meeting(slug="sky", name="Learning the Sky")
    client.force_login(make_organiser(meeting))
    return meeting


def page_of(kind: str, slug: str = "sky") -> str:
    return reverse("admin:submissions_emailtemplate_edit", args=[slug, kind])


def save(client: Client, kind: str = "receipt", **changes: Any) -> Any:
    return client.post(page_of(kind), {**GOOD, **changes})


def test_every_kind_is_listed_shipped_or_own(client: Client, meeting: Meeting) -> None:
    save(client)
    kinds = client.get(LIST).context["kinds"]
    assert [(kind["is_own"], kind["url"]) for kind in kinds] == [
        (kind.name == "receipt", page_of(kind.name)) for kind in email_kinds()
    ]


def test_whoever_organises_several_meetings_is_asked_which(
    client: Client, meeting: Meeting
) -> None:
    second = make_meeting()
    second.memberships.create(user=meeting.memberships.get().user, role="organiser")
    assert "kinds" not in client.get(LIST).context
    assert client.get(LIST, {"meeting": "sky"}).context["meeting"] == meeting


def test_a_wording_is_saved_and_used_from_the_next_mail_on(
    client: Client, meeting: Meeting
) -> None:
    assert client.get(page_of("receipt")).context["form"].initial["subject"] == (
        "Received: {talk_title}"
    )
    assert save(client).status_code == 302
    talk = make_talk(meeting, title="Engines")
    (message,) = emails.talk_messages("receipt", talk, occasion="x")
    assert message.subject == "Got it: Engines"
    save(client, subject="Again: {talk_title}", sends_at_once="")
    template = EmailTemplate.objects.get()
    assert (template.subject, template.sends_at_once) == ("Again: {talk_title}", False)
    assert LogEntry.objects.count() == 2


def test_the_shipped_text_comes_back_when_the_own_is_deleted(
    client: Client, meeting: Meeting
) -> None:
    save(client)
    template = EmailTemplate.objects.get()
    client.post(
        reverse("admin:submissions_emailtemplate_delete", args=[template.pk]), {"post": "y"}
    )
    assert client.get(page_of("receipt")).context["form"].initial["subject"] == (
        "Received: {talk_title}"
    )


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        (
            {"subject": "{tlak_title}"},
            "subject",
            "“{tlak_title}” is no placeholder of this kind. Did you mean “{talk_title}”?",
        ),
        (
            {"body": "{private_link} {secret}"},
            "body",
            "“{secret}” is no placeholder of this kind.",
        ),
        (
            {"body": "{private_link} {"},
            "body",
            "The brace “{” is part of no placeholder. Write it another way.",
        ),
        (
            {"body": "Dear {recipient_name}"},
            "body",
            "Without {private_link} this mail is of no use to whoever gets it: put it in.",
        ),
        ({"subject": " \u200b"}, "subject", "This field is required."),
        ({"body": "\x00"}, "body", "This field is required."),
    ],
)
def test_what_cannot_be_filled_in_is_refused_at_its_field(
    client: Client, meeting: Meeting, changes: dict[str, str], field: str, says: str
) -> None:
    page = save(client, **changes)
    errors = page.context["form"].errors
    assert set(errors) == {field}
    assert errors[field][0] == says
    if "placeholder of this kind" in says or "brace" in says:
        assert errors[field][-1].startswith("These placeholders are known here: {talk_title}, ")
    assert not EmailTemplate.objects.exists()


def test_a_look_before_saving_is_filled_in_for_the_newest_talk_without_its_secret(
    client: Client, meeting: Meeting
) -> None:
    bo = make_speaker(meeting, given_name="Bo", family_name="Ek", email="bo@example.org")
    make_talk(meeting, title="At evil.example", speakers=[bo])
    make_talk(meeting, State.DRAFT, title="Half a thought", speakers=[])
    page = save(client, _preview="1", subject="Re: {talk_title}")
    assert page.status_code == 200
    preview = page.context["preview"]
    assert preview.header[1:] == (
        ("To", '"Bo Ek" <bo@example.org>'),
        ("Subject", "Re: At evil. example"),
    )
    assert preview.body == (
        "Dear Bo Ek,\nhttps://meetings.example.org/learning-the-sky/talks/open/…\n"
    )
    assert not EmailTemplate.objects.exists()


def test_a_look_shows_a_mistake_as_well_and_needs_no_talk(client: Client, meeting: Meeting) -> None:
    page = save(client, _preview="1", body="{private_link} {tpyo}")
    text = page.content.decode()
    section = text.partition('id="mail-preview"')[2]
    assert "“{tpyo}” is no placeholder of this kind." in section
    assert page.context["preview"].header[-1] == ("Subject", "Got it: Engines that learn")


def test_a_kind_for_which_somebody_waits_cannot_be_held(client: Client, meeting: Meeting) -> None:
    save(client, "private_link", sends_at_once="")
    assert EmailTemplate.objects.get().sends_at_once


@pytest.mark.parametrize(("slug", "kind"), [("far", "receipt"), ("sky", "nothing")])
def test_other_meetings_and_unknown_kinds_are_not_found(
    client: Client, meeting: Meeting, slug: str, kind: str
) -> None:
    make_meeting(slug="far")
    for ask in (client.get, client.post):
        assert ask(page_of(kind, slug)).status_code == 404


def test_decisions_whose_mails_are_held_are_announced_and_their_mails_wait(
    client: Client, meeting: Meeting
) -> None:
    save(client, "decision_accept", sends_at_once="")
    talk = make_talk(meeting)
    by = meeting.memberships.get().user
    deciding.prepare(talk, decision=Action.ACCEPT, note="", by=by, at=NOW)
    talk.refresh_from_db()
    url = reverse("admin:submissions_talk_announce")
    page = client.get(url, {"meeting": "sky"}).content.decode()
    assert "until you send them from the list of e-mails: accept." in page
    client.post(url, {f"seen-{talk.pk}": deciding_together.stamp(talk)})
    talk.refresh_from_db()
    assert (talk.state, Email.objects.get().state) == ("accepted", "held")
