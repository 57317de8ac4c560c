"""Decisions: prepared by organisers, then announced together. Until then nobody else can tell."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from submissions import emails
from submissions.domain.lifecycle import (
    DECISIONS,
    Action,
    State,
    TransitionNotAllowed,
    next_state,
)
from submissions.models import Talk, User
from submissions.operations import history, mailing
from submissions.signals import state_changed


class NothingPrepared(Exception):
    """A decision is announced only after it was prepared."""


def prepare(talk: Talk, *, decision: Action, note: str, by: User, at: datetime) -> Talk:
    """Note the decision for a later announcement; replaces one prepared before.

    Raises TransitionNotAllowed where the lifecycle knows no such step.
    """
    if decision not in DECISIONS:
        raise TransitionNotAllowed(talk.lifecycle_state, decision)
    with transaction.atomic():
        talk = _locked(talk)
        next_state(talk.lifecycle_state, decision)
        before = talk.prepared_decision
        talk.prepared_decision = decision.value
        talk.prepared_at, talk.prepared_by, talk.prepared_note = at, by, note
        # Not `changed_at`: speakers see that, and must not see this.
        talk.save()
        changes = {"prepared_decision": [before, decision.value]}
        history.record(talk, "prepare", by=by, at=at, changes=changes, note=note)
    return talk


def clear(talk: Talk, *, by: User, at: datetime) -> Talk:
    """Take a prepared decision back before it is announced."""
    with transaction.atomic():
        talk = _locked(talk)
        before = talk.prepared_decision
        if before:
            _forget_prepared(talk)
            talk.save()
            history.record(talk, "clear", by=by, at=at, changes={"prepared_decision": [before, ""]})
    return talk


def announce(talk: Talk, *, by: User, at: datetime, send_mail: bool = True) -> Talk:
    """Make the prepared decision the talk's state and tell its speaker.

    The author and time of the decision are those of its preparation.
    Raises NothingPrepared, or TransitionNotAllowed if the talk has moved meanwhile.
    """
    with transaction.atomic():
        talk = _locked(talk)
        decision = talk.prepared_action
        if decision is None:
            raise NothingPrepared
        before, after = talk.lifecycle_state, next_state(talk.lifecycle_state, decision)
        talk.state = after.value
        talk.decided_at, talk.decided_by = talk.prepared_at, talk.prepared_by
        talk.decision_note = talk.prepared_note
        _forget_prepared(talk)
        talk.changed_at = at
        talk.save()
        changes = {"state": [before.value, after.value]}
        history.record(talk, decision.value, by=by, at=at, changes=changes)
        if send_mail:
            messages = emails.talk_messages(f"decision_{decision}", talk, occasion=at.isoformat())
            mailing.queue(messages, meeting=talk.meeting, talk=talk, at=at)
        state_changed.send(sender=Talk, talk=talk, before=before, after=after, by=by, at=at)
    return talk


def announce_all(talks: Iterable[Talk], *, by: User, at: datetime) -> list[Talk]:
    """Announce several prepared decisions: all of them or, if one fails, none."""
    with transaction.atomic():
        return [announce(talk, by=by, at=at) for talk in talks]


def _locked(talk: Talk) -> Talk:
    """The row as it is now, held until the end of the transaction: two people may click at once."""
    return Talk.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=talk.pk)


def _forget_prepared(talk: Talk) -> None:
    talk.prepared_decision = talk.prepared_note = ""
    talk.prepared_at = talk.prepared_by = None


def possible_decisions(state: State) -> tuple[Action, ...]:
    """The decisions that may be prepared for a talk in `state`."""
    possible = []
    for action in DECISIONS:
        try:
            next_state(state, action)
        except TransitionNotAllowed:
            continue
        possible.append(action)
    return tuple(possible)
