"""What speakers, or organisers for them, answer: confirm, decline, withdraw; and taking it back."""

from datetime import datetime

from django.db import transaction

from submissions.domain.lifecycle import Action, State, TransitionNotAllowed, next_state
from submissions.models import Talk, User
from submissions.operations import history
from submissions.signals import state_changed

ANSWERS = (Action.CONFIRM, Action.DECLINE, Action.WITHDRAW, Action.REOPEN)


def answer(talk: Talk, action: Action, *, by: User | None, at: datetime, note: str = "") -> Talk:
    """Move the talk by one of ANSWERS; a prepared decision falls, since it was for another state.

    Raises TransitionNotAllowed where the lifecycle knows no such step.
    """
    if action not in ANSWERS:
        raise TransitionNotAllowed(talk.lifecycle_state, action)
    with transaction.atomic():
        talk = (
            Talk.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=talk.pk)
        )
        before, after = talk.lifecycle_state, next_state(talk.lifecycle_state, action)
        talk.state = after.value
        if after is State.SUBMITTED:
            talk.submitted_at = talk.submitted_at or at
        talk.prepared_decision = talk.prepared_note = ""
        talk.prepared_at = talk.prepared_by = None
        talk.changed_at = at
        talk.save()
        changes = {"state": [before.value, after.value]}
        history.record(talk, action.value, by=by, at=at, changes=changes, note=note)
        state_changed.send(sender=Talk, talk=talk, before=before, after=after, by=by, at=at)
    return talk
