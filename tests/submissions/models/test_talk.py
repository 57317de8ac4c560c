from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from submissions.domain.lifecycle import State
from submissions.models import Talk, User
from tests.make import (
    NOW,
    make_meeting,
    make_organiser,
    make_reviewer,
    make_speaker,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db

DECIDED = [
    State.ACCEPTED,
    State.WAITLISTED,
    State.REJECTED,
    State.CONFIRMED,
    State.DECLINED,
]


@pytest.mark.parametrize("state", DECIDED)
@pytest.mark.parametrize("missing", ["decided_at", "decided_by"])
def test_the_database_refuses_a_decision_without_author_or_time(state: State, missing: str) -> None:
    known: dict[str, Any] = {"decided_at": NOW, "decided_by": make_user()}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_talk(make_meeting(), state, **(known | {missing: None}))


def test_the_database_refuses_a_prepared_decision_without_author_and_time() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_talk(make_meeting(), prepared_decision="accept", prepared_at=NOW)


def test_the_database_refuses_the_author_of_a_decision_that_was_not_prepared() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_talk(make_meeting(), prepared_by=make_user(), prepared_at=NOW)


def test_the_database_refuses_an_unknown_state() -> None:
    talk = make_talk(make_meeting())
    with pytest.raises(IntegrityError), transaction.atomic():
        Talk.objects.filter(pk=talk.pk).update(state="lost")


def test_the_database_refuses_a_submitted_talk_without_its_time() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_talk(make_meeting(), State.SUBMITTED, submitted_at=None)


def test_talks_are_visible_by_role_and_meeting() -> None:
    meeting, elsewhere = make_meeting(), make_meeting()
    speaker_account = make_user()
    mine = make_talk(meeting, speakers=[make_speaker(meeting, user=speaker_account)])
    draft = make_talk(meeting, State.DRAFT)
    foreign = make_talk(elsewhere)
    everybody: dict[str, User | AnonymousUser] = {
        "organiser": make_organiser(meeting),
        "reviewer": make_reviewer(meeting),
        "speaker": speaker_account,
        "organiser elsewhere": make_organiser(elsewhere),
        "stranger": make_user(),
        "superuser": make_user(is_superuser=True),
        "nobody": AnonymousUser(),
    }
    visible = {name: set(Talk.objects.visible_to(user)) for name, user in everybody.items()}
    assert visible == {
        "organiser": {mine, draft},
        "reviewer": {mine},
        "speaker": {mine},
        "organiser elsewhere": {foreign},
        "stranger": set(),
        "superuser": {mine, draft, foreign},
        "nobody": set(),
    }


def test_a_user_switched_off_sees_nothing() -> None:
    meeting = make_meeting()
    make_talk(meeting)
    organiser = make_organiser(meeting)
    organiser.is_active = False
    organiser.save()
    assert not Talk.objects.visible_to(organiser).exists()


@pytest.mark.parametrize("words", ["BRID", "brid engines", "of cosmology", "clár-bríd"])
def test_search_finds_every_word_without_accents_or_case(words: str) -> None:
    meeting = make_meeting()
    person = make_speaker(meeting, given_name="Clár-Bríd", family_name="Example")
    wanted = make_talk(
        meeting, speakers=[person], title="Engines", affiliation="Institute of Cosmology"
    )
    make_talk(meeting, title="Wheels")
    assert list(Talk.objects.search(words)) == [wanted]


def test_search_needs_all_words() -> None:
    make_talk(make_meeting(), title="Engines")
    assert not Talk.objects.search("engines wheels").exists()


def test_a_private_token_changes_with_its_version() -> None:
    talk = make_talk(make_meeting())
    before = talk.private_token()
    talk.link_version += 1
    assert talk.private_token() != before
