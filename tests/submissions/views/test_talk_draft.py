"""Drafts as a browser meets them: saved while typing, by a button, found again, in two windows."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import State
from submissions.models import Draft, Meeting, Talk
from submissions.operations import submitting
from tests.make import NOW, make_meeting, make_proposal, make_user
from tests.submissions.views.filled_forms import Fields, address, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]
DATA = {"accept": "application/json"}


def half(**typed: Any) -> dict[str, Any]:
    """A form that nobody could submit yet."""
    return {
        "submit_key": str(uuid4()),
        "authors-TOTAL_FORMS": "1",
        "authors-INITIAL_FORMS": "0",
        "authors-0-family_name": "Lovelace",
        "authors-0-email": "ada@",
        "title": "Engines",
        "abstract": "Half a sent",
        **typed,
    }


def page_of(talk: Talk, name: str = "edit") -> str:
    return reverse(f"submissions:talk-{name}", args=[talk.meeting.slug, talk.code])


def autosave(client: Client, meeting: Meeting, typed: dict[str, Any]) -> Any:
    return client.post(address(meeting, "talk-draft"), typed, headers=DATA)


def test_a_script_saves_what_is_typed_whatever_it_is(client: Client, meeting: Meeting) -> None:
    typed = half()
    answer = autosave(client, meeting, typed)
    talk = Talk.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {
        "version": 1,
        "saved": "Draft saved at 13:00.",
        "edit": page_of(talk),
        "draft": page_of(talk, "edit-draft"),
    }
    again = client.post(
        answer.json()["draft"], {**typed, "title": "Engines that", "draft": "1"}, headers=DATA
    )
    assert again.json()["version"] == 2
    assert talk.draft.content["title"] == ["Engines that"]
    assert mail.outbox == []


def test_the_draft_is_there_again_after_the_window_was_closed(
    client: Client, meeting: Meeting
) -> None:
    autosave(client, meeting, half(title="Engines & <more>"))
    talk = Talk.objects.get()
    form = client.get(address(meeting)).content.decode()
    assert "You have begun before and not submitted yet" in form
    assert page_of(talk) in form
    assert client.get(page_of(talk, "detail")).headers["Location"] == page_of(talk)
    page = client.get(page_of(talk)).content.decode()
    shown = Fields(page).values
    assert (shown["title"], shown["abstract"]) == (["Engines & <more>"], ["Half a sent"])
    assert (shown["authors-0-email"], shown["draft"]) == (["ada@"], ["1"])
    assert "It has not been submitted yet" in page
    assert "is-invalid" not in page


def test_nobody_else_finds_it(client: Client, meeting: Meeting) -> None:
    autosave(client, meeting, half())
    talk, stranger = Talk.objects.get(), Client()
    assert "begun before" not in stranger.get(address(meeting)).content.decode()
    for name in ("detail", "edit", "discard"):
        assert stranger.get(page_of(talk, name)).status_code == 404
    for name in ("edit-draft", "discard"):
        assert stranger.post(page_of(talk, name), half(), headers=DATA).status_code == 404
    assert Draft.objects.get().content["title"] == ["Engines"]


def test_whoever_is_signed_in_finds_it_in_any_browser(client: Client, meeting: Meeting) -> None:
    user = make_user()
    client.force_login(user)
    autosave(client, meeting, half())
    elsewhere = Client()
    elsewhere.force_login(user)
    assert "begun before" in elsewhere.get(address(meeting)).content.decode()
    assert elsewhere.get(page_of(Talk.objects.get())).status_code == 200


def test_without_scripts_a_button_saves_shows_the_draft_and_mails_the_way_back(
    client: Client, meeting: Meeting, django_capture_on_commit_callbacks: Any
) -> None:
    typed = {**half(), "authors-0-email": "ada@example.org", "mail": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address(meeting, "talk-draft"), typed, follow=True)
    talk = Talk.objects.get()
    assert answer.redirect_chain == [(page_of(talk), 302)]
    assert [str(text) for text in answer.context["messages"]] == [
        "Saved as a draft. It has not been submitted yet.",
        "A link to come back to it was sent to ada@example.org.",
    ]
    [letter] = mail.outbox
    link = next(word for word in str(letter.body).split() if "/talks/open/" in word)
    stranger = Client()
    opened = stranger.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert opened.redirect_chain[-1][0] == page_of(talk)
    assert Fields(opened.content.decode()).values["abstract"] == ["Half a sent"]


def test_the_draft_is_completed_and_submitted_on_its_own_page(
    client: Client, meeting: Meeting
) -> None:
    typed = sent(meeting, abstract="")
    autosave(client, meeting, typed)
    draft = Talk.objects.get()
    refused = client.post(page_of(draft), {**typed, "draft": "1"})
    assert refused.status_code == 422
    assert Talk.objects.get().lifecycle_state is State.DRAFT
    answer = client.post(page_of(draft), {**typed, "abstract": "Done.", "draft": "1"})
    assert answer.headers["Location"] == page_of(draft, "detail")
    talk = Talk.objects.get()
    assert (talk.pk, talk.state, talk.abstract) == (draft.pk, "submitted", "Done.")
    assert "begun before" not in client.get(address(meeting)).content.decode()


def test_a_draft_is_submitted_from_the_page_where_it_began_too(
    client: Client, meeting: Meeting
) -> None:
    typed = sent(meeting)
    version = autosave(client, meeting, typed).json()["version"]
    assert client.post(address(meeting), {**typed, "draft": version}).status_code == 302
    assert Talk.objects.get().state == "submitted"


def test_the_second_of_two_windows_is_told_and_loses_nothing(
    client: Client, meeting: Meeting
) -> None:
    typed = half()
    autosave(client, meeting, typed)
    talk = Talk.objects.get()
    client.post(page_of(talk, "edit-draft"), {**typed, "draft": "1", "title": "Here"}, headers=DATA)
    there = {**typed, "draft": "1", "title": "There"}
    told = client.post(page_of(talk, "edit-draft"), there, headers=DATA)
    assert told.status_code == 409
    assert told.json()["version"] == 2
    assert told.json()["message"] == (
        "This was saved in another window at 13:00, with another text."
    )
    plain = client.post(page_of(talk, "edit-draft"), there)
    page = plain.content.decode()
    assert plain.status_code == 409
    assert "This was saved in another window meanwhile" in page
    assert Fields(page).values["title"] == ["There"]
    assert Draft.objects.get().content["title"] == ["Here"]
    shown_again = {**there, "draft": Fields(page).values["draft"][0]}
    assert client.post(page_of(talk, "edit-draft"), shown_again).status_code == 302
    assert Draft.objects.get().content["title"] == ["There"]


def test_submitting_over_a_draft_saved_elsewhere_asks_first(
    client: Client, meeting: Meeting
) -> None:
    typed = sent(meeting)
    autosave(client, meeting, typed)
    autosave(client, meeting, {**typed, "draft": "1", "abstract": "More, elsewhere."})
    refused = client.post(address(meeting), {**typed, "draft": "1"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "saved in another window meanwhile" in page
    assert Fields(page).values["abstract"] == ["We *learn* $10^5$ things."]
    talk = Talk.objects.get()
    assert client.post(page_of(talk), {**typed, "draft": "2"}).status_code == 302
    assert Talk.objects.get().abstract == "We *learn* $10^5$ things."


def test_after_the_close_the_draft_is_sent_in_the_grace_and_then_only_copied(
    client: Client, meeting: Meeting
) -> None:
    typed = sent(meeting)
    autosave(client, meeting, {**typed, "abstract": "Written just before."})
    talk = Talk.objects.get()
    closes = NOW + timedelta(minutes=1)
    Meeting.objects.filter(pk=meeting.pk).update(call_closes_at=closes, grace_minutes=10)
    with time_machine.travel(closes + timedelta(minutes=9), tick=False):
        assert page_of(talk) in client.get(address(meeting)).content.decode()
        assert "data-submit-form" in client.get(page_of(talk)).content.decode()
        kept = client.post(
            page_of(talk, "edit-draft"), {**typed, "draft": "1", "title": "Late"}, headers=DATA
        )
        assert kept.status_code == 200
        assert autosave(client, meeting, half()).status_code == 200
    with time_machine.travel(closes + timedelta(minutes=10), tick=False):
        page = client.get(page_of(talk)).content.decode()
        assert "This is a draft that was not submitted before the call closed" in page
        assert "<textarea" not in page
        refused = client.post(page_of(talk), {**typed, "draft": "2", "abstract": "Too late."})
        assert refused.status_code == 409
        assert "Too late." in refused.content.decode()
        new = autosave(client, meeting, half())
        assert (new.status_code, new.json()) == (
            409,
            {"message": "The call is closed, so no new draft can be saved."},
        )
    talk.refresh_from_db()
    assert talk.lifecycle_state is State.DRAFT


def test_who_was_signed_out_meanwhile_keeps_the_text(client: Client, meeting: Meeting) -> None:
    talk = submitting.submit(meeting=meeting, proposal=make_proposal(), by=None, at=NOW)
    answers = [
        client.post(reverse("submissions:talk-edit", args=[meeting.slug, code]), half())
        for code in (talk.code, "ZZZZZZ")
    ]
    assert {answer.status_code for answer in answers} == {404}
    for answer in answers:
        assert "This browser is not known here, or no longer" in answer.content.decode()
        assert "Half a sent" in answer.content.decode()
    hidden = make_meeting(is_listed=False)
    url = reverse("submissions:talk-edit", args=[hidden.slug, "ZZZZZZ"])
    assert "Half a sent" not in client.post(url, half()).content.decode()


@pytest.mark.parametrize(
    ("typed", "status", "message"),
    [
        ({"title": "", "abstract": " "}, 422, "There is nothing to save yet."),
        ({"abstract": "x" * 500_001}, 413, "This is too much text for a draft."),
        ({"submit_key": "lost"}, 409, "The call is closed, so no new draft can be saved."),
    ],
)
def test_what_is_not_saved_is_said(
    client: Client, meeting: Meeting, typed: dict[str, Any], status: int, message: str
) -> None:
    data = {**half(), **typed}
    if status == 422:
        data = {name: text for name, text in data.items() if not name.startswith("authors-0")}
    answer = autosave(client, meeting, data)
    assert answer.status_code == status
    assert answer.json()["message"].startswith(message)
    assert not Talk.objects.exists()


def test_changes_to_a_submitted_talk_are_kept_until_they_are_saved_or_thrown_away(
    client: Client, meeting: Meeting
) -> None:
    typed = sent(meeting)
    client.post(address(meeting), typed)
    talk = Talk.objects.get()
    before = Fields(client.get(page_of(talk)).content.decode()).values
    changed = {**before, "title": ["Engines that forget"]}
    saved = client.post(page_of(talk, "edit-draft"), changed, headers=DATA)
    assert saved.status_code == 200
    assert "You typed changes and did not save them" in (
        client.get(page_of(talk, "detail")).content.decode()
    )
    page = client.get(page_of(talk)).content.decode()
    assert "These are changes that you did not save the last time" in page
    after = Fields(page).values
    assert after["title"] == ["Engines that forget"]
    assert "Throw the changes away?" in client.get(page_of(talk, "discard")).content.decode()
    talk.refresh_from_db()
    assert talk.title == "Engines that learn"
    assert client.post(page_of(talk), after).status_code == 302
    talk.refresh_from_db()
    assert talk.title == "Engines that forget"
    assert not Draft.objects.exists()


def test_throwing_away_asks_first(client: Client, meeting: Meeting) -> None:
    autosave(client, meeting, half())
    talk = Talk.objects.get()
    assert "Delete the draft?" in client.get(page_of(talk, "discard")).content.decode()
    assert Talk.objects.exists()
    answer = client.post(page_of(talk, "discard"))
    assert answer.headers["Location"] == address(meeting, "meeting-detail")
    assert not Talk.objects.exists()


def test_unsaved_changes_of_a_decided_talk_are_refused(client: Client, meeting: Meeting) -> None:
    client.post(address(meeting), sent(meeting))
    talk = Talk.objects.get()
    Talk.objects.update(state=State.WITHDRAWN.value)
    answer = client.post(page_of(talk, "edit-draft"), half(), headers=DATA)
    assert (answer.status_code, answer.json()) == (
        409,
        {"message": "This talk can no longer be changed here."},
    )
