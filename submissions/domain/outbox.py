"""The states of a mail in the outbox and what moves it: one table for operations, pages and docs.

A mail is written in the transaction that causes it. From then on only what stands here happens to
it, each step by one conditional UPDATE, so that two people or two processes never both take it.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EmailState(StrEnum):
    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DISCARDED = "discarded"


class EmailAction(StrEnum):
    # By organisers.
    SEND = "send"
    HOLD = "hold"
    EDIT = "edit"
    DISCARD = "discard"
    # By whatever sends the mails.
    CLAIM = "claim"
    DELIVER = "deliver"
    DEFER = "defer"
    GIVE_UP = "give up"


@dataclass(frozen=True, slots=True)
class Step:
    """One action: from any of `sources` to `target`."""

    sources: frozenset[EmailState]
    target: EmailState
    meaning: str
    """A sentence for the documentation."""


_S = EmailState


def _step(sources: set[EmailState], target: EmailState, meaning: str) -> Step:
    return Step(frozenset(sources), target, meaning)


STEPS: Final = MappingProxyType(
    {
        EmailAction.SEND: _step(
            {_S.HELD, _S.QUEUED, _S.FAILED}, _S.QUEUED, "Send it now, with all its tries."
        ),
        EmailAction.HOLD: _step(
            {_S.QUEUED, _S.FAILED}, _S.HELD, "Keep it back until somebody sends it."
        ),
        EmailAction.EDIT: _step({_S.HELD}, _S.HELD, "Change its address, subject or text."),
        EmailAction.DISCARD: _step(
            {_S.HELD, _S.QUEUED, _S.FAILED}, _S.DISCARDED, "Never send it; it stays to be read."
        ),
        EmailAction.CLAIM: _step(
            {_S.QUEUED, _S.SENDING},
            _S.SENDING,
            "One sender takes it for some minutes, or takes it over from one that died.",
        ),
        EmailAction.DELIVER: _step(
            {_S.SENDING}, _S.SENT, "The mail server has taken responsibility for it."
        ),
        EmailAction.DEFER: _step(
            {_S.SENDING}, _S.QUEUED, "The server said “not now”, or nothing: again later."
        ),
        EmailAction.GIVE_UP: _step(
            {_S.SENDING}, _S.FAILED, "Refused for good, or tried often enough: a person must look."
        ),
    }
)

BY_ORGANISERS: Final = (
    EmailAction.SEND,
    EmailAction.HOLD,
    EmailAction.EDIT,
    EmailAction.DISCARD,
)


def actions_on(state: EmailState) -> tuple[EmailAction, ...]:
    """What organisers may do with a mail in `state`."""
    return tuple(action for action in BY_ORGANISERS if state in STEPS[action].sources)


class Outcome(StrEnum):
    """How one attempt to hand a mail to the mail server ended."""

    BEGUN = "begun"
    """Nothing was noted: it is under way, or whoever made it was killed. It may have arrived."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    """For good."""
    DEFERRED = "deferred"
    """Not now."""
    BROKEN = "broken"
    """The connection failed before the text was handed over: it has not arrived."""
    UNCLEAR = "unclear"
    """The connection failed while the text was being handed over: it may have arrived."""
