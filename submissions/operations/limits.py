"""How many talks one person may present, counted where nobody else can submit meanwhile."""

from collections.abc import Collection

from django.db.models.functions import Lower

from submissions.domain.lifecycle import LIVE, State
from submissions.models import Authorship, Talk

_COUNTED = sorted(state.value for state in LIVE - {State.DRAFT})


class TooManyTalks(Exception):
    """Somebody who presents this talk presents as many others as the meeting allows."""

    def __init__(self, addresses: Collection[str], most: int) -> None:
        super().__init__(f"{len(addresses)} over {most}")
        self.addresses = frozenset(addresses)
        """In small letters."""
        self.most = most


def presenting_addresses(talk: Talk) -> set[str]:
    """Of those who present the talk, in small letters."""
    addresses = talk.authorships.filter(is_presenting=True).exclude(speaker__email="")
    return set(addresses.values_list(Lower("speaker__email"), flat=True))


def check_talks_per_person(talk: Talk, *, known: Collection[str] = ()) -> None:
    """Raise TooManyTalks if the talk is one too many for somebody who presents it.

    A person is an e-mail address. Call it with the talk written, holding the meeting's people:
    two that arrive at once then cannot both be the last one allowed. Who is `known` presented the
    talk before: a limit that was lowered since does not keep them from mending it.
    """
    most = talk.meeting.talks_per_person
    if most is None:
        return
    others = Talk.objects.for_meeting(talk.meeting).filter(state__in=_COUNTED).exclude(pk=talk.pk)
    presented = Authorship.objects.filter(talk__in=others.values("pk"), is_presenting=True)
    reached = {
        address
        for address in presenting_addresses(talk) - set(known)
        if presented.filter(speaker__email__iexact=address).values("talk").distinct().count()
        >= most
    }
    if reached:
        raise TooManyTalks(reached, most)
