from itertools import product

import pytest

from submissions.domain.lifecycle import (
    DECIDED,
    DECISIONS,
    LIVE,
    PLACED,
    TRANSITIONS,
    Action,
    Actor,
    State,
    TransitionNotAllowed,
    actions_from,
    next_state,
)

S, A = State, Action

# Every step that exists, written out by hand: the table must say exactly this.
STEPS = {
    (S.DRAFT, A.SUBMIT): S.SUBMITTED,
    (S.SUBMITTED, A.ACCEPT): S.ACCEPTED,
    (S.WAITLISTED, A.ACCEPT): S.ACCEPTED,
    (S.REJECTED, A.ACCEPT): S.ACCEPTED,
    (S.SUBMITTED, A.WAITLIST): S.WAITLISTED,
    (S.REJECTED, A.WAITLIST): S.WAITLISTED,
    (S.SUBMITTED, A.REJECT): S.REJECTED,
    (S.WAITLISTED, A.REJECT): S.REJECTED,
    (S.ACCEPTED, A.CONFIRM): S.CONFIRMED,
    (S.ACCEPTED, A.DECLINE): S.DECLINED,
    (S.CONFIRMED, A.DECLINE): S.DECLINED,
    (S.DRAFT, A.WITHDRAW): S.WITHDRAWN,
    (S.SUBMITTED, A.WITHDRAW): S.WITHDRAWN,
    (S.WAITLISTED, A.WITHDRAW): S.WITHDRAWN,
    (S.ACCEPTED, A.WITHDRAW): S.WITHDRAWN,
    (S.CONFIRMED, A.WITHDRAW): S.WITHDRAWN,
    (S.WITHDRAWN, A.REOPEN): S.SUBMITTED,
    (S.DECLINED, A.REOPEN): S.SUBMITTED,
}


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_every_pair_of_state_and_action_leads_where_the_list_says(
    state: State, action: Action
) -> None:
    if (state, action) in STEPS:
        assert next_state(state, action) is STEPS[state, action]
    else:
        with pytest.raises(TransitionNotAllowed):
            next_state(state, action)


def test_every_action_has_a_transition() -> None:
    assert set(TRANSITIONS) == set(Action)


def test_only_organisers_decide() -> None:
    for action in DECISIONS:
        assert TRANSITIONS[action].actors == {Actor.ORGANISER}


def test_what_a_speaker_may_do_follows_from_the_state() -> None:
    assert {state: actions_from(state, Actor.SPEAKER) for state in State} == {
        S.DRAFT: (A.SUBMIT, A.WITHDRAW),
        S.SUBMITTED: (A.WITHDRAW,),
        S.ACCEPTED: (A.CONFIRM, A.DECLINE, A.WITHDRAW),
        S.WAITLISTED: (A.WITHDRAW,),
        S.REJECTED: (),
        S.CONFIRMED: (A.DECLINE, A.WITHDRAW),
        S.DECLINED: (),
        S.WITHDRAWN: (),
    }


def test_decided_states_are_those_that_only_a_decision_leads_to() -> None:
    reachable = {State.DRAFT}
    while True:
        more = {
            target
            for (state, action), target in STEPS.items()
            if state in reachable and action not in DECISIONS
        }
        if more <= reachable:
            break
        reachable |= more
    assert set(State) - reachable == DECIDED


def test_a_talk_with_a_place_is_live_and_decided() -> None:
    assert PLACED <= LIVE
    assert PLACED <= DECIDED
