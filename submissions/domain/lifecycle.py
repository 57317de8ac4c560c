"""The states of a talk and who may move it: one table for buttons, permissions, docs and tests.

A decision (accept, waitlist, reject) is *prepared* first and *announced* later; the transitions
here happen at the announcement. Until then the state, which is what speakers see, stays as it was.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    SUBMIT = "submit"
    ACCEPT = "accept"
    WAITLIST = "waitlist"
    REJECT = "reject"
    CONFIRM = "confirm"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class Actor(StrEnum):
    SPEAKER = "speaker"
    ORGANISER = "organiser"


@dataclass(frozen=True, slots=True)
class Transition:
    """One action: from any of `sources` to `target`, by any of `actors`."""

    sources: frozenset[State]
    target: State
    actors: frozenset[Actor]
    meaning: str
    """A sentence for the documentation."""


class TransitionNotAllowed(Exception):
    """The talk is in a state from which this action does not start."""

    def __init__(self, state: State, action: Action) -> None:
        super().__init__(f"A talk that is {state} cannot be moved by “{action}”.")
        self.state = state
        self.action = action


S = State
_SPEAKER = frozenset({Actor.SPEAKER})
_ORGANISER = frozenset({Actor.ORGANISER})
_EITHER = frozenset({Actor.SPEAKER, Actor.ORGANISER})

TRANSITIONS: Final = MappingProxyType(
    {
        Action.SUBMIT: Transition(
            frozenset({S.DRAFT}),
            S.SUBMITTED,
            _EITHER,
            "The proposal is handed in and waits for a decision.",
        ),
        Action.ACCEPT: Transition(
            frozenset({S.SUBMITTED, S.WAITLISTED, S.REJECTED}),
            S.ACCEPTED,
            _ORGANISER,
            "The announced decision: the talk has a place, the speaker is asked to confirm.",
        ),
        Action.WAITLIST: Transition(
            frozenset({S.SUBMITTED, S.REJECTED}),
            S.WAITLISTED,
            _ORGANISER,
            "The announced decision: the talk gets a place if one becomes free.",
        ),
        Action.REJECT: Transition(
            frozenset({S.SUBMITTED, S.WAITLISTED}),
            S.REJECTED,
            _ORGANISER,
            "The announced decision: there is no place for the talk.",
        ),
        Action.CONFIRM: Transition(
            frozenset({S.ACCEPTED}), S.CONFIRMED, _EITHER, "The speaker will come."
        ),
        Action.DECLINE: Transition(
            frozenset({S.ACCEPTED, S.CONFIRMED}),
            S.DECLINED,
            _EITHER,
            "The speaker will not come; the place becomes free.",
        ),
        Action.WITHDRAW: Transition(
            frozenset({S.DRAFT, S.SUBMITTED, S.WAITLISTED, S.ACCEPTED, S.CONFIRMED}),
            S.WITHDRAWN,
            _EITHER,
            "The proposal is taken back, from any live state.",
        ),
        Action.REOPEN: Transition(
            frozenset({S.WITHDRAWN, S.DECLINED}),
            S.SUBMITTED,
            _ORGANISER,
            "A withdrawal or refusal was a mistake: the proposal waits for a decision again.",
        ),
    }
)

DECISIONS: Final = (Action.ACCEPT, Action.WAITLIST, Action.REJECT)
"""Actions that are prepared first and announced together."""

LIVE: Final = TRANSITIONS[Action.WITHDRAW].sources
"""States of a talk that may still be given."""

DECIDED: Final = frozenset({S.ACCEPTED, S.WAITLISTED, S.REJECTED, S.CONFIRMED, S.DECLINED})
"""States that only a decision leads to, so that its author and time are known."""

PLACED: Final = frozenset({S.ACCEPTED, S.CONFIRMED})
"""States of a talk that has a place: it may be scheduled and published."""


def next_state(state: State, action: Action) -> State:
    """Return the state after `action`; raise TransitionNotAllowed if it does not start here."""
    transition = TRANSITIONS[action]
    if state not in transition.sources:
        raise TransitionNotAllowed(state, action)
    return transition.target


def actions_from(state: State, actor: Actor) -> tuple[Action, ...]:
    """The actions that `actor` may take on a talk in `state`, in the order of the table."""
    return tuple(
        action
        for action, transition in TRANSITIONS.items()
        if state in transition.sources and actor in transition.actors
    )
