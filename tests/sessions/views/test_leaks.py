"""Nothing unpublished gets out by any public address, in any format, by GET or HEAD."""

import pytest
from django.test import Client

from sessions.operations.releasing import publish
from submissions.domain.lifecycle import PLACED, Action, State
from submissions.models import HistoryEntry, Talk
from submissions.operations import deciding
from tests.make import (
    NOW,
    make_area,
    make_organiser,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
)
from tests.sessions.views.programmes import Published, make_published

pytestmark = pytest.mark.django_db

UNPLACED = [state for state in State if state not in PLACED]


def make_secret_talk(published: Published, state: State) -> Talk:
    """A talk of which every part can be recognised."""
    person = make_speaker(
        published.meeting,
        given_name=f"Secretgiven{state}",
        family_name=f"Secretfamily{state}",
        email=f"secretmail{state}@example.org",
    )
    talk = make_talk(
        published.meeting,
        state,
        speakers=[person],
        affiliation=f"Secretinstitute{state}",
        title=f"Secrettitle{state}",
        abstract=f"Secretabstract{state} with Engines.",
    )
    talk.astronomy_areas.add(make_area(f"Secretarea {talk.code}"))
    return talk


def everything(client: Client, published: Published, codes: list[str]) -> dict[str, str]:
    """Per address all that is answered, headers included; also at the addresses of `codes`."""
    guesses = [
        *(published.address("talk-detail", code=code) for code in codes),
        *(published.address("talk-calendar", code=code) for code in codes),
        f"{published.address('programme-detail')}?q=Secret",
        published.address("session-detail", number=3),
        published.address("session-calendar", number=3),
        f"/{published.meeting.slug}/",
        "/",
    ]
    answers = {}
    for address in [*published.pages(), *guesses]:
        for method in (client.get, client.head):
            response = method(address)
            headers = "\n".join(f"{name}: {value}" for name, value in response.items())
            answers[f"{method.__name__} {address}"] = headers + response.content.decode()
    return answers


def leaking(answers: dict[str, str]) -> list[str]:
    """Where something secret is answered that the question did not hold."""
    return [place for place, answer in answers.items() if "secret" in _unasked(answer).lower()]


def _unasked(answer: str) -> str:
    return answer.replace("q=Secret", "").replace('value="Secret"', "")


def test_the_test_can_find_a_leak(client: Client) -> None:
    published = make_published()
    talk = make_secret_talk(published, State.CONFIRMED)
    make_slot(make_session(published.meeting, theme="Open", number=3), talk)
    publish(published.meeting, by=make_organiser(published.meeting), at=NOW)
    found = leaking(everything(client, published, [talk.code]))
    assert {f"get {address}" for address in published.files()[:4]} < set(found)


@pytest.mark.parametrize("state", UNPLACED)
def test_a_talk_without_an_announced_place_is_nowhere(client: Client, state: State) -> None:
    published = make_published()
    in_slot, without_slot = (make_secret_talk(published, state) for _ in range(2))
    make_slot(make_session(published.meeting, theme="Open", number=3), in_slot)
    publish(published.meeting, by=make_organiser(published.meeting), at=NOW)

    answers = everything(client, published, [in_slot.code, without_slot.code])

    assert "To be announced" in answers[f"get {published.address('session-detail', number=3)}"]
    assert leaking(answers) == []


def test_a_prepared_decision_is_not_an_announced_one(client: Client) -> None:
    published = make_published()
    talk, organiser = (
        make_secret_talk(published, State.SUBMITTED),
        make_organiser(published.meeting),
    )
    deciding.prepare(talk, decision=Action.ACCEPT, note="Secretreason", by=organiser, at=NOW)
    make_slot(make_session(published.meeting, number=3), talk)
    publish(published.meeting, by=organiser, at=NOW)
    assert leaking(everything(client, published, [talk.code])) == []


def test_a_talk_accepted_since_the_release_is_nowhere(client: Client) -> None:
    published = make_published()
    talk = make_secret_talk(published, State.CONFIRMED)
    make_slot(make_session(published.meeting, theme="Secrettheme", number=3), talk)
    assert leaking(everything(client, published, [talk.code])) == []


def test_a_talk_of_another_meeting_is_nowhere(client: Client) -> None:
    published, other = make_published(), make_published(is_listed=False)
    talk = make_secret_talk(other, State.CONFIRMED)
    make_slot(make_session(other.meeting, theme="Secrettheme", number=3), talk)
    publish(other.meeting, by=make_organiser(other.meeting), at=NOW)
    assert leaking(everything(client, published, [talk.code])) == []


@pytest.mark.parametrize("state", UNPLACED)
def test_who_lost_or_gave_back_a_place_is_nowhere_but_the_title(
    client: Client, state: State
) -> None:
    published = make_published()
    talk = make_secret_talk(published, State.CONFIRMED)
    Talk.objects.filter(pk=talk.pk).update(title="Known title")
    make_slot(make_session(published.meeting, number=3), talk)
    publish(published.meeting, by=make_organiser(published.meeting), at=NOW)
    Talk.objects.filter(pk=talk.pk).update(state=state.value)

    answers = everything(client, published, [talk.code])

    assert "Known title" in answers[f"get {published.address('talk-detail', code=talk.code)}"]
    assert leaking(answers) == []


def test_addresses_of_people_and_rooms_are_nowhere(client: Client) -> None:
    """E-mail addresses and join links, remarks, notes: what no page needs."""
    published = make_published()
    Talk.objects.update(
        remarks="Secretremark", decision_note="Secretnote", astronomy_areas_text="Secrettyped"
    )
    HistoryEntry.objects.create(talk=published.dust, at=NOW, action="secretaction")
    answers = everything(client, published, [])
    assert leaking(answers) == []
    assert not [place for place, answer in answers.items() if "meet.example.org" in answer]
    assert not [place for place, answer in answers.items() if "ada.secret" in answer]


def test_what_is_unpublished_changes_no_answer(client: Client) -> None:
    """Two databases that differ in one secret answer alike, so that not even a count tells."""
    published = make_published()
    before = everything(client, published, ["ZZZZZZ"])
    make_secret_talk(published, State.CONFIRMED)
    make_slot(make_session(published.meeting, number=3), make_secret_talk(published, State.DRAFT))
    assert everything(client, published, ["ZZZZZZ"]) == before
