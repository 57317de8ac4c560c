import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import Action, State
from submissions.models import Meeting, Talk
from submissions.operations import deciding, private_links
from submissions.operations.submitting import content_of
from submissions.views import private_talk
from tests.make import (
    NOW,
    make_area,
    make_meeting,
    make_ml_area,
    make_organiser,
    make_reviewer,
    make_speaker,
    make_talk,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]


def own_page(talk: Talk, step: str = "detail") -> str:
    return reverse(f"submissions:talk-{step}", args=[talk.meeting.slug, talk.code])


def link(talk: Talk) -> str:
    return reverse("submissions:talk-open", args=[talk.meeting.slug, talk.private_token()])


def opened(client: Client, talk: Talk) -> Client:
    assert client.get(link(talk)).status_code == 302
    return client


def test_the_private_link_opens_the_talk_and_leaves_the_secret_behind(client: Client) -> None:
    talk = make_talk(make_meeting())
    answer = client.get(link(talk), follow=True)
    assert answer.redirect_chain == [(own_page(talk), 302)]
    assert talk.title in answer.content.decode()
    assert talk.private_token() not in answer.content.decode()
    assert answer["Cache-Control"] == ("max-age=0, no-cache, no-store, must-revalidate, private")
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_link_works_although_the_meeting_is_not_public(client: Client) -> None:
    talk = make_talk(make_meeting(is_listed=False))
    assert client.get(link(talk), follow=True).status_code == 200


def test_a_revoked_link_opens_nothing_and_closes_what_it_opened(client: Client) -> None:
    talk = make_talk(make_meeting())
    old_link = link(talk)
    opened(client, talk)
    Talk.objects.filter(pk=talk.pk).update(link_version=2)
    assert client.get(own_page(talk)).status_code == 404
    assert client.get(old_link).status_code == 404


def test_a_session_that_was_there_before_the_link_gains_nothing(client: Client) -> None:
    talk = make_talk(make_meeting())
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    other = Client()
    other.cookies["sessionid"] = str(session.session_key)
    opened(client, talk)
    assert client.get(own_page(talk)).status_code == 200
    assert other.get(own_page(talk)).status_code == 404


def test_signing_out_closes_the_talks_that_were_opened(client: Client) -> None:
    talk = make_talk(make_meeting())
    client.force_login(make_user())
    assert opened(client, talk).get(own_page(talk)).status_code == 200
    client.post(reverse("submissions:account-sign-out"))
    assert client.get(own_page(talk)).status_code == 404


def test_the_code_may_be_typed_in_small_letters(client: Client) -> None:
    talk = make_talk(make_meeting())
    page = opened(client, talk).get(own_page(talk).replace(talk.code, talk.code.lower()))
    assert page.status_code == 200


@pytest.mark.parametrize("code", ["%00", "ABC%002", "%ED%A0%80", "..", "A" * 5000])
def test_an_address_with_no_code_in_it_is_no_page(client: Client, code: str) -> None:
    meeting = make_meeting()
    assert client.get(f"/{meeting.slug}/talks/{code}/").status_code == 404


def test_a_forged_link_and_one_of_another_meeting_answer_alike(client: Client) -> None:
    meeting = make_meeting(contact_email="talks@example.org")
    foreign = make_talk(make_meeting())
    pages = [
        client.get(reverse("submissions:talk-open", args=[meeting.slug, token]))
        for token in ("forged", foreign.private_token(), "x" * 3000)
    ]
    assert [page.status_code for page in pages] == [404, 404, 404]
    texts = {re.sub(r'value="\w{64}"', "", page.content.decode()) for page in pages}
    assert len(texts) == 1
    assert "talks@example.org" in texts.pop()


def test_a_link_that_does_not_work_offers_a_code_instead(client: Client) -> None:
    talk = make_talk(make_meeting())
    token = talk.private_token()
    private_links.renew(talk, by=make_user(), at=NOW)
    for link in (token, "forged"):
        page = client.get(reverse("submissions:talk-open", args=[talk.meeting.slug, link]))
        assert page.status_code == 404
        assert 'action="/sign-in/"' in page.content.decode()


def test_no_page_is_told_of_an_address_with_a_secret_in_it(client: Client) -> None:
    """A link that is void may tell our own pages: without that, its form would be refused."""
    talk = make_talk(make_meeting())
    policies = [
        client.get(reverse("submissions:talk-open", args=[talk.meeting.slug, token]))[
            "Referrer-Policy"
        ]
        for token in (talk.private_token(), "forged")
    ]
    assert policies == ["no-referrer", "same-origin"]


@pytest.mark.parametrize(
    "step",
    [
        "detail",
        "edit",
        "edit-more-authors",
        "edit-preview",
        "confirm",
        "decline",
        "withdraw",
    ],
)
def test_nobody_else_reaches_any_page_of_the_talk(step: str) -> None:
    meeting = make_meeting()
    talk, other = make_talk(meeting, State.ACCEPTED), make_talk(meeting)
    strangers = [Client(), opened(Client(), other)]
    for user in (
        make_user(),
        make_reviewer(meeting),
        make_organiser(meeting),
        make_user(is_superuser=True),
    ):
        signed_in = Client()
        signed_in.force_login(user)
        strangers.append(signed_in)
    ask = "get" if step == "detail" else "post"
    answers = {getattr(stranger, ask)(own_page(talk, step)).status_code for stranger in strangers}
    assert answers == {404}
    talk.refresh_from_db()
    assert talk.state == "accepted"


def test_an_author_who_is_signed_in_reaches_it_without_the_link(client: Client) -> None:
    account, meeting = make_user(), make_meeting()
    talk = make_talk(meeting, speakers=[make_speaker(meeting, user=account)])
    client.force_login(account)
    assert client.get(own_page(talk)).status_code == 200


@pytest.mark.parametrize("decision", [Action.ACCEPT, Action.WAITLIST, Action.REJECT])
@pytest.mark.parametrize("step", ["detail", "edit"])
def test_a_prepared_decision_cannot_be_told_from_none(
    client: Client, decision: Action, step: str
) -> None:
    meeting = make_meeting()
    talk = make_talk(meeting)
    opened(client, talk)
    before = client.get(own_page(talk, step)).content
    deciding.prepare(
        talk, decision=decision, note="Planted secret", by=make_organiser(meeting), at=NOW
    )
    after = client.get(own_page(talk, step)).content
    assert _without_token(before) == _without_token(after)


def _without_token(page: bytes) -> list[bytes]:
    changing = (b"csrfmiddlewaretoken", b"submit_key")
    return [line for line in page.splitlines() if not any(name in line for name in changing)]


def test_an_accepted_talk_is_confirmed_by_one_button(client: Client) -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED)
    page = opened(client, talk).post(own_page(talk, "confirm"), follow=True)
    talk.refresh_from_db()
    assert talk.state == "confirmed"
    assert "Thank you. Your talk is confirmed." in page.content.decode()
    assert talk.history.get().by is None


def test_reading_a_page_changes_nothing(client: Client) -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED)
    opened(client, talk)
    assert client.get(own_page(talk, "confirm")).status_code == 405
    assert client.get(own_page(talk, "withdraw")).status_code == 200
    talk.refresh_from_db()
    assert talk.state == "accepted"


@pytest.mark.parametrize(("step", "state"), [("decline", "declined"), ("withdraw", "withdrawn")])
def test_giving_a_talk_up_asks_once_more_and_keeps_the_reason(
    client: Client, step: str, state: str
) -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED)
    opened(client, talk).post(own_page(talk, step), {"reason": "Observing run."})
    talk.refresh_from_db()
    assert (talk.state, talk.history.get().note) == (state, "Observing run.")


def test_a_reason_that_is_too_long_is_sent_back_and_nothing_happens(client: Client) -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED)
    answer = opened(client, talk).post(own_page(talk, "decline"), {"reason": "x" * 2001})
    assert answer.status_code == 422
    assert "x" * 2001 in answer.content.decode()
    talk.refresh_from_db()
    assert talk.state == "accepted"


def test_a_second_window_that_comes_too_late_is_told_so(client: Client) -> None:
    talk = make_talk(make_meeting(), State.ACCEPTED)
    opened(client, talk).post(own_page(talk, "decline"))
    page = client.post(own_page(talk, "confirm"), follow=True).content.decode()
    assert "This is no longer possible" in page


# --- Changing ---------------------------------------------------------------------------------


def edited(client: Client, talk: Talk, **fields: Any) -> dict[str, Any]:
    """The edit page's own values with some of them changed."""
    page = client.get(own_page(talk, "edit"))
    form, authors = page.context["form"], page.context["authors"]
    values: dict[str, Any] = {name: form[name].value() or "" for name in form.fields}
    values |= {
        "version": page.context["version"],
        "authors-TOTAL_FORMS": str(authors.total_form_count()),
        "authors-INITIAL_FORMS": str(authors.initial_form_count()),
    }
    for entry in authors:
        values |= {entry[name].html_name: entry[name].value() or "" for name in entry.fields}
    return values | fields


@pytest.fixture
def talk() -> Talk:
    meeting: Meeting = make_meeting()
    talk = make_talk(meeting, title="First thoughts")
    talk.astronomy_areas.add(make_area("Galaxies"))
    talk.ml_areas.add(make_ml_area("Deep learning"))
    return talk


def test_saving_the_form_as_it_stands_changes_nothing(client: Client, talk: Talk) -> None:
    opened(client, talk)
    before = content_of(talk)
    assert client.post(own_page(talk, "edit"), edited(client, talk)).status_code == 302
    talk.refresh_from_db()
    assert content_of(talk) == before
    assert not talk.history.exists()


def test_a_change_is_saved_and_written_down(client: Client, talk: Talk) -> None:
    opened(client, talk)
    client.post(own_page(talk, "edit"), edited(client, talk, title="Second thoughts"))
    talk.refresh_from_db()
    assert talk.title == "Second thoughts"
    assert talk.history.get().changes == {"title": ["First thoughts", "Second thoughts"]}


def test_the_second_of_two_windows_sees_the_conflict_and_loses_nothing(
    client: Client, talk: Talk
) -> None:
    opened(client, talk)
    slow = edited(client, talk, title="From the slow window")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        quick = edited(client, talk, title="From the quick window")
        client.post(own_page(talk, "edit"), quick)
        answer = client.post(own_page(talk, "edit"), slow)
        assert answer.status_code == 409
        assert answer.context["form"]["title"].value() == "From the slow window"
        talk.refresh_from_db()
        assert talk.title == "From the quick window"
        again = slow | {"version": answer.context["version"]}
        client.post(own_page(talk, "edit"), again)
    talk.refresh_from_db()
    assert talk.title == "From the slow window"


@pytest.mark.parametrize(
    "state", [State.ACCEPTED, State.REJECTED, State.WAITLISTED, State.CONFIRMED, State.WITHDRAWN]
)
def test_a_decided_talk_is_no_longer_changed_here_and_the_text_is_there_to_be_copied(
    client: Client, talk: Talk, state: State
) -> None:
    form = edited(opened(client, talk), talk, title="Too late")
    decided = {"decided_at": NOW, "decided_by": make_user()}
    Talk.objects.filter(pk=talk.pk).update(state=state.value, **decided)
    answer = client.post(own_page(talk, "edit"), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "can no longer be changed here" in page
    assert "<pre>Too late</pre>" in page
    talk.refresh_from_db()
    assert talk.title == "First thoughts"


def test_a_decision_that_comes_while_the_form_is_read_is_not_written_over(
    client: Client, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = edited(opened(client, talk), talk, title="Too late")
    # What the view asks first is answered before the decision, what the operation asks after it.
    monkeypatch.setattr(private_talk, "may_edit_as_speaker", lambda *_asked, **_when: True)
    Talk.objects.filter(pk=talk.pk).update(state="accepted", decided_at=NOW, decided_by=make_user())
    assert client.post(own_page(talk, "edit"), form).status_code == 409
    talk.refresh_from_db()
    assert talk.title == "First thoughts"


@pytest.mark.parametrize("version", ["", "yesterday", "2027-03-01T12:00:00"])
def test_a_version_that_got_lost_is_a_conflict(client: Client, talk: Talk, version: str) -> None:
    form = edited(opened(client, talk), talk, title="Mine", version=version)
    answer = client.post(own_page(talk, "edit"), form)
    assert answer.status_code == 409
    client.post(own_page(talk, "edit"), form | {"version": answer.context["version"]})
    talk.refresh_from_db()
    assert talk.title == "Mine"


def test_the_preview_works_although_the_meeting_is_not_public(client: Client) -> None:
    talk = make_talk(make_meeting(is_listed=False))
    address = own_page(talk, "edit-preview")
    assert address in opened(client, talk).get(own_page(talk, "edit")).content.decode()
    page = client.post(address, {"abstract": "We *learn*."}, headers={"HX-Request": "true"})
    assert "<em>learn</em>" in page.content.decode()
    assert "<html" not in page.content.decode()


def test_edits_close_when_the_meeting_says(client: Client, talk: Talk) -> None:
    opened(client, talk)
    Meeting.objects.filter(pk=talk.meeting_id).update(edits_close_at=NOW)
    answer = client.get(own_page(talk, "edit"))
    assert (answer.status_code, answer["Location"]) == (302, own_page(talk))
