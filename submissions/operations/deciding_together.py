"""Decisions about many talks at once: what was seen on a page is done, nothing else.

Between the page and the click another organiser may have decided; their decision is not
overwritten unseen.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from submissions import emails
from submissions.domain.lifecycle import Action, TransitionNotAllowed, next_state
from submissions.models import Talk, User
from submissions.operations import deciding


class SeenNoLonger(Exception):
    """These talks are not what the page showed."""

    def __init__(self, talks: list[Talk]) -> None:
        super().__init__(", ".join(talk.code for talk in talks))
        self.talks = talks


@dataclass(frozen=True, slots=True)
class Outcome:
    done: list[Talk] = field(default_factory=list)
    changed_meanwhile: list[Talk] = field(default_factory=list)
    not_possible: list[Talk] = field(default_factory=list)


def stamp(talk: Talk) -> str:
    """What a page shows of a talk's decision, to be compared when the page comes back."""
    prepared_at = talk.prepared_at.isoformat() if talk.prepared_at else ""
    return f"{talk.state} {talk.prepared_decision} {prepared_at}".strip()


def prepare_as_seen(
    decision: Action,
    *,
    seen: Mapping[int, str],
    notes: Mapping[int, str],
    by: User,
    at: datetime,
) -> Outcome:
    """Prepare the decision for each talk whose stamp still is the one `seen` (both by key)."""
    outcome = Outcome()
    with transaction.atomic():
        for talk in _locked(seen):
            if stamp(talk) != seen[talk.pk]:
                outcome.changed_meanwhile.append(talk)
                continue
            try:
                deciding.prepare(talk, decision=decision, note=notes.get(talk.pk, ""), by=by, at=at)
            except TransitionNotAllowed:
                outcome.not_possible.append(talk)
            else:
                outcome.done.append(talk)
    return outcome


def announce_as_seen(*, seen: Mapping[int, str], by: User, at: datetime) -> list[Talk]:
    """Announce all of them, or none: SeenNoLonger if one is not what the page showed."""
    with transaction.atomic():
        talks = _locked(seen)
        changed = [talk for talk in talks if stamp(talk) != seen[talk.pk]]
        if changed or len(talks) < len(seen):
            raise SeenNoLonger(changed)
        return deciding.announce_all(talks, by=by, at=at)


def announcement(
    talk: Talk, wordings: Mapping[str, emails.Wording] | None = None
) -> list[emails.Message]:
    """The mails that announcing this talk's prepared decision will send, as they will arrive."""
    decision = talk.prepared_action
    if decision is None:
        raise deciding.NothingPrepared
    announced = copy(talk)
    announced.state = next_state(talk.lifecycle_state, decision).value
    announced.decision_note = talk.prepared_note
    return emails.talk_messages(
        f"decision_{decision}", announced, occasion="to look at", wordings=wordings
    )


def _locked(keys: Mapping[int, str]) -> list[Talk]:
    """The talks, held until the end of the transaction, in an order that cannot deadlock.

    In portions, because SQLite takes 32,766 values in a statement and other limits are lower.
    """
    wanted = sorted(keys)
    portions = (wanted[start : start + 500] for start in range(0, len(wanted), 500))
    return [
        talk
        for portion in portions
        for talk in Talk.objects.select_for_update(of=("self",))
        .select_related("meeting")
        .filter(pk__in=portion)
        .order_by("pk")
    ]
