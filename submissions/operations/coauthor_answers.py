"""Co-authors confirm that they are one, or object; an organiser then keeps or removes the name."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F

from submissions import emails
from submissions.domain.proposal import ProposedAuthor
from submissions.models import Authorship, Talk, User
from submissions.operations import history, mailing
from submissions.operations.indexing import reindex
from submissions.operations.people import correct_own_entry, forget_unneeded
from submissions.operations.submitting import content_of


class OnlyAuthor(Exception):
    """A talk keeps at least one author."""


def confirm(
    authorship: Authorship, correction: ProposedAuthor, *, by: User | None, at: datetime
) -> None:
    """Note that the author is one, and write what they correct about themselves.

    Whoever is signed in with the address that the link went to is this person from now on. Others
    are not: an account makes an owner of the talk, and this link must not (docs/decisions).
    """
    with transaction.atomic():
        talk, authorship = _held(authorship)
        before = content_of(talk)
        elsewhere = Talk.objects.filter(authorships__speaker=authorship.speaker_id)
        others = [(each, content_of(each)) for each in elsewhere.exclude(pk=talk.pk)]
        if by is not None and _may_be_linked(by, authorship):
            authorship.speaker.user = by
        correct_own_entry(authorship, correction)
        authorship.confirmed_at, authorship.objected_at, authorship.objection = at, None, ""
        authorship.save(update_fields=["confirmed_at", "objected_at", "objection"])
        name = authorship.speaker.name
        history.record(talk, "confirm coauthor", by=by, at=at, note=name)
        _note_changes(talk, before, by=by, at=at, note=name)
        for other, content in others:
            _note_changes(other, content, by=by, at=at, note=name)


def object_to(authorship: Authorship, *, word: str, by: User | None, at: datetime) -> None:
    """Note that somebody says they are no author; the name stays until an organiser decides."""
    with transaction.atomic():
        talk, authorship = _held(authorship)
        is_first = authorship.objected_at is None
        authorship.confirmed_at, authorship.objection = None, word
        authorship.objected_at = authorship.objected_at or at
        authorship.save(update_fields=["confirmed_at", "objected_at", "objection"])
        name = authorship.speaker.name
        if not is_first:
            return
        note = f"{name}: {word}" if word else name
        history.record(talk, "object", by=by, at=at, note=note)
        messages = emails.talk_messages(
            "coauthor_objected",
            talk,
            occasion=f"{authorship.pk} {at:%Y-%m-%d}",
            coauthor_name=name,
        )
        mailing.queue(messages, meeting=talk.meeting, talk=talk, at=at)


def set_aside(authorship: Authorship, *, by: User, at: datetime) -> None:
    """The organisers have looked at the objection, and the name stays."""
    with transaction.atomic():
        talk, authorship = _held(authorship)
        authorship.objected_at, authorship.objection = None, ""
        authorship.save(update_fields=["objected_at", "objection"])
        history.record(talk, "set objection aside", by=by, at=at, note=authorship.speaker.name)


def remove(authorship: Authorship, *, by: User, at: datetime) -> None:
    """Take the author off the talk; raises OnlyAuthor."""
    with transaction.atomic():
        talk, authorship = _held(authorship)
        if talk.authorships.count() == 1:
            raise OnlyAuthor
        before = content_of(talk)
        person = authorship.speaker_id
        talk.authorships.filter(position__gt=authorship.position).update(position=F("position") - 1)
        authorship.delete()
        forget_unneeded([person])
        _note_changes(talk, before, by=by, at=at)


def _may_be_linked(user: User, authorship: Authorship) -> bool:
    proved = EmailAddress.objects.filter(user=user, verified=True)
    person = authorship.speaker
    return person.user_id is None and proved.filter(email__iexact=person.email).exists()


def _note_changes(
    talk: Talk, before: dict[str, Any], *, by: User | None, at: datetime, note: str = ""
) -> None:
    after = content_of(talk)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        talk.changed_at = at
        talk.save(update_fields=["changed_at"])
        reindex(talk)
        history.record(talk, "change", by=by, at=at, changes=changes, note=note)


def _held(authorship: Authorship) -> tuple[Talk, Authorship]:
    """Both as they are now, for the rest of the transaction; people before talks, as everywhere."""
    authorship.talk.meeting.hold_people()
    talks = Talk.objects.select_for_update(of=("self",)).select_related("meeting")
    talk = talks.get(pk=authorship.talk_id)
    fresh = Authorship.objects.select_related("speaker", "speaker__user").get(pk=authorship.pk)
    fresh.talk = talk
    return talk, fresh
