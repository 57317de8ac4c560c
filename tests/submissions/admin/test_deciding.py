"""Organisers prepare decisions, announce them, and answer for speakers."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import DECISIONS, Action, Actor, State, actions_from
from submissions.models import Meeting, Talk, User
from submissions.operations import answering, deciding
from submissions.operations.deciding_together import stamp
from tests.make import NOW, make_meeting, make_organiser, make_speaker, make_talk

pytestmark = pytest.mark.django_db
LIST = "/admin/submissions/talk/"
ANNOUNCE = "/admin/submissions/talk/announce/"


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


def decide_url(decision: str) -> str:
    return reverse("admin:submissions_talk_decide", args=[decision])


def texts(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def prepared(talk: Talk, organiser: User, decision: Action = Action.ACCEPT, note: str = "") -> Talk:
    return deciding.prepare(talk, decision=decision, note=note, by=organiser, at=NOW)


def test_a_bulk_action_shows_the_talks_before_anything_is_done(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    possible = make_talk(meeting, title="Possible")
    impossible = make_talk(meeting, State.CONFIRMED, title="Impossible")
    data = {"action": "prepare_accept", "_selected_action": [possible.pk, impossible.pk]}
    page = client.post(LIST, data)
    assert page.status_code == 200
    assert [line.talk for line in page.context["lines"]] == [possible]
    assert page.context["left_out"] == [impossible]
    possible.refresh_from_db()
    assert possible.prepared_decision == ""


def test_decisions_are_prepared_with_a_common_reason_or_their_own(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    one, two = make_talk(meeting), make_talk(meeting)
    data = {
        f"seen-{one.pk}": stamp(one),
        f"seen-{two.pk}": stamp(two),
        "reason": "Too far from the theme",
        f"reason-{two.pk}": "Shown last year",
        "filters": "state=submitted",
    }
    response = client.post(decide_url("reject"), data)
    assert response.headers["Location"] == f"{LIST}?state=submitted"
    found = Talk.objects.order_by("pk").values_list(
        "state", "prepared_decision", "prepared_note", "prepared_by"
    )
    assert list(found) == [
        ("submitted", "reject", "Too far from the theme", organiser.pk),
        ("submitted", "reject", "Shown last year", organiser.pk),
    ]
    assert mail.outbox == []


def test_what_somebody_else_decided_meanwhile_is_left_and_named(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk, other = make_talk(meeting, title="Contested"), make_talk(meeting, title="Free")
    seen = {f"seen-{t.pk}": stamp(t) for t in (talk, other)}
    prepared(talk, make_organiser(meeting), Action.REJECT)
    page = client.post(decide_url("accept"), seen, follow=True)
    talk.refresh_from_db()
    other.refresh_from_db()
    assert (talk.prepared_decision, other.prepared_decision) == ("reject", "accept")
    assert texts(page)[1] == (
        "“Contested” was left as it is: somebody changed it meanwhile. "
        "It is now submitted, prepared by Olga Organiser: reject."
    )


def test_an_unknown_decision_is_not_found(client: Client, organiser: User) -> None:
    assert client.get(decide_url("confirm")).status_code == 404
    assert client.post(decide_url("nonsense")).status_code == 404


@pytest.mark.parametrize("state", State)
def test_the_page_of_a_talk_offers_what_the_lifecycle_allows(
    client: Client, organiser: User, meeting: Meeting, state: State
) -> None:
    talk = make_talk(meeting, state)
    page = client.get(reverse("admin:submissions_talk_change", args=[talk.pk]))
    decisions = [offered["action"] for offered in page.context["decisions"]]
    assert decisions == [d.value for d in DECISIONS if d in actions_from(state, Actor.ORGANISER)]
    answers = {offered["url"].split("/")[-2] for offered in page.context["answers"]}
    wanted = set(actions_from(state, Actor.ORGANISER)) & set(answering.ANSWERS)
    assert answers == {action.value for action in wanted}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", answering.ANSWERS)
def test_answers_for_a_speaker_follow_the_lifecycle(
    client: Client, organiser: User, meeting: Meeting, state: State, action: Action
) -> None:
    talk = make_talk(meeting, state)
    url = reverse("admin:submissions_talk_answer", args=[talk.pk, action.value])
    assert client.get(url).context["is_possible"] == (
        action in actions_from(state, Actor.ORGANISER)
    )
    page = client.post(url, {"reason": "She telephoned"}, follow=True)
    assert page.status_code == 200
    talk.refresh_from_db()
    if action in actions_from(state, Actor.ORGANISER):
        entry = talk.history.get()
        assert (entry.action, entry.note, entry.by) == (action.value, "She telephoned", organiser)
        assert talk.state != state.value
    else:
        assert talk.state == state.value
        assert texts(page)[0].startswith("Nothing was changed: the talk is now")


def test_a_prepared_decision_is_taken_back(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    one, two = (prepared(make_talk(meeting), organiser) for _ in range(2))
    url = reverse("admin:submissions_talk_clear", args=[one.pk])
    assert client.get(url).status_code == 405
    client.post(url)
    client.post(LIST, {"action": "take_back", "_selected_action": [two.pk]})
    for talk in (one, two):
        talk.refresh_from_db()
        assert talk.prepared_decision == ""


def test_the_mails_are_shown_as_they_will_arrive_and_sent_once_announced(
    client: Client,
    organiser: User,
    meeting: Meeting,
    django_capture_on_commit_callbacks: Any,
) -> None:
    accepted = prepared(make_talk(meeting), organiser, Action.ACCEPT, note="Splendid")
    rejected = prepared(make_talk(meeting), organiser, Action.REJECT)
    make_talk(meeting)
    page = client.get(ANNOUNCE, {"meeting": meeting.slug})
    shown = {mail.subject: mail.body for line in page.context["lines"] for mail in line.mails}
    assert (len(mail.outbox), page.context["mail_count"]) == (0, 2)
    accepted.refresh_from_db()
    assert accepted.state == "submitted"

    seen = {f"seen-{line.talk.pk}": line.stamp for line in page.context["lines"]}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ANNOUNCE, seen)
    assert response.status_code == 302
    assert {message.subject: message.body for message in mail.outbox} == shown
    found = dict(Talk.objects.values_list("pk", "state"))
    assert (found[accepted.pk], found[rejected.pk]) == ("accepted", "rejected")
    assert sorted(found.values()) == ["accepted", "rejected", "submitted"]


def test_nothing_is_announced_if_the_list_has_changed(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    one, two = (prepared(make_talk(meeting), organiser) for _ in range(2))
    seen = {f"seen-{talk.pk}": stamp(talk) for talk in (one, two)}
    prepared(two, make_organiser(meeting), Action.REJECT)
    page = client.post(ANNOUNCE, seen)
    assert page.status_code == 200
    assert [line.talk.prepared_decision for line in page.context["lines"]] == ["accept", "reject"]
    assert set(Talk.objects.values_list("state", flat=True)) == {"submitted"}
    assert mail.outbox == []


def test_a_second_click_announces_nothing_twice(
    client: Client,
    organiser: User,
    meeting: Meeting,
    django_capture_on_commit_callbacks: Any,
) -> None:
    talk = prepared(make_talk(meeting), organiser)
    seen = {f"seen-{talk.pk}": stamp(talk)}
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(ANNOUNCE, seen)
    assert len(mail.outbox) == 1


def test_selected_decisions_are_announced_alone(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    one, _two = (prepared(make_talk(meeting), organiser) for _ in range(2))
    page = client.post(LIST, {"action": "announce", "_selected_action": [one.pk]})
    assert [line.talk for line in page.context["lines"]] == [one]


def test_talks_whose_speakers_cannot_be_told_are_named(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    silent = make_talk(meeting, speakers=[make_speaker(meeting, email="")])
    prepared(silent, organiser)
    page = client.get(ANNOUNCE, {"meeting": meeting.slug})
    assert page.context["without_address"] == [silent]
    assert "nobody will be told about it" in page.content.decode()
