"""Links by which one talk may be submitted although the call is closed; each works once."""

from datetime import datetime

from django.db import transaction

from submissions.models import LateLink, Meeting, Talk, User


class LateLinkVoid(Exception):
    """The link was used, withdrawn, has run out, or is of another meeting."""


def make(
    *, meeting: Meeting, note: str, expires_at: datetime | None, by: User, at: datetime
) -> LateLink:
    return LateLink.objects.create(
        meeting=meeting, note=note, expires_at=expires_at, created_by=by, created_at=at
    )


def withdraw(link: LateLink) -> None:
    """Make the link void by forgetting it. Raises LateLinkVoid if it was used: that stays known."""
    with transaction.atomic():
        if _held(link.pk).used_at is not None:
            raise LateLinkVoid
        LateLink.objects.filter(pk=link.pk).delete()


def find(meeting: Meeting, secret: str, *, at: datetime) -> LateLink | None:
    """The link of this secret if it can be used now."""
    return LateLink.objects.usable_at(at).filter(meeting=meeting, secret=secret).first()


def use(link: LateLink, talk: Talk, *, at: datetime) -> None:
    """Spend the link on the talk, within the transaction that submits it.

    The row is held until then, so that of two talks at once one wins. Raises LateLinkVoid for the
    other.
    """
    held = LateLink.objects.select_for_update().usable_at(at)
    found = held.filter(pk=link.pk, meeting=talk.meeting_id).first()
    if found is None:
        raise LateLinkVoid
    found.used_at, found.talk = at, talk
    found.save(update_fields=["used_at", "talk"])


def _held(pk: int) -> LateLink:
    found = LateLink.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise LateLinkVoid
    return found
