"""What happens to the timetable when a talk changes: news from submissions travels up by signal."""

from typing import Any

from django.dispatch import receiver

from sessions.models import Slot
from submissions.domain.lifecycle import PLACED, State
from submissions.models import Talk
from submissions.signals import state_changed


@receiver(state_changed)
def free_the_slot(sender: object, *, talk: Talk, after: State, **kwargs: Any) -> None:  # noqa: ARG001 - the shape of a receiver
    """A talk that lost its place leaves its slot, in the same transaction."""
    if after not in PLACED:
        Slot.objects.filter(talk=talk).delete()
