"""A form saved before it is handed in: of a new talk, or of changes to one that was submitted.

Saving checks nothing about the text; losing it would be worse than keeping nonsense.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from submissions import emails
from submissions.domain.drafts import Content, email_of, size_of, title_of
from submissions.domain.lifecycle import State
from submissions.models import Draft, Meeting, Talk, User
from submissions.operations import history, mailing
from submissions.operations.codes import free_code

LARGEST: Final = 500_000
"""Characters in a draft: a thousand authors with institutes; the text limit is far below."""


class DraftTooLarge(Exception):
    """Nobody typed that much."""


class DraftChanged(Exception):
    """The draft was saved meanwhile from another window."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.pk)
        self.draft = draft


class AlreadySubmitted(Exception):
    """The form has been handed in; what is typed over it belongs to no draft."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk.code)
        self.talk = talk


def save_new(
    *, meeting: Meeting, key: UUID, content: Content, seen: int, by: User | None, at: datetime
) -> Draft:
    """Keep the form of a talk that has not been submitted; the same `key` is the same draft.

    `seen` is the version that the page was made of, 0 for none. Raises DraftChanged if there is
    another by now and it says something else, AlreadySubmitted, DraftTooLarge.
    """
    try:
        return _save_new(meeting, key, content, seen=seen, by=by, at=at)
    except IntegrityError:
        # Two first saves of one form at once: the second finds the talk of the first.
        return _save_new(meeting, key, content, seen=seen, by=by, at=at)


def _save_new(
    meeting: Meeting, key: UUID, content: Content, *, seen: int, by: User | None, at: datetime
) -> Draft:
    with transaction.atomic():
        talk = Talk.objects.select_for_update().filter(submit_key=key).first()
        if talk is None:
            talk = Talk.objects.create(
                meeting=meeting,
                code=free_code(),
                submit_key=key,
                title=title_of(content),
                created_at=at,
                changed_at=at,
            )
            history.record(talk, "draft", by=by, at=at)
        elif talk.lifecycle_state is not State.DRAFT or talk.meeting_id != meeting.pk:
            raise AlreadySubmitted(talk)
        return _write(talk, content, seen=seen, by=by, at=at)


def save(talk: Talk, *, content: Content, seen: int, by: User | None, at: datetime) -> Draft:
    """Keep what is typed into the form of a talk that is there. Raises as `save_new` does."""
    with transaction.atomic():
        talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
        return _write(talk, content, seen=seen, by=by, at=at)


def _write(talk: Talk, content: Content, *, seen: int, by: User | None, at: datetime) -> Draft:
    if size_of(content) > LARGEST:
        raise DraftTooLarge
    draft = Draft.objects.filter(talk=talk).first() or Draft(talk=talk, version=0)
    if draft.version and draft.content == content:
        return draft
    if draft.version and draft.version != seen:
        raise DraftChanged(draft)
    # Higher than what any page has seen, also of a draft that was thrown away meanwhile.
    draft.content, draft.version, draft.saved_at = content, max(draft.version, seen) + 1, at
    draft.email = email_of(content)
    draft.user = by or draft.user
    draft.save()
    if talk.lifecycle_state is State.DRAFT:
        Talk.objects.filter(pk=talk.pk).update(title=title_of(content), changed_at=at)
    return draft


def send_link(draft: Draft, *, at: datetime) -> bool:
    """Mail the way back to the draft, once to each address; tell whether there is one."""
    if not draft.email or draft.talk.lifecycle_state is not State.DRAFT:
        return False
    with transaction.atomic():
        recipient = emails.Recipient(draft.email)
        messages = emails.messages_to([recipient], "draft_saved", draft.talk, occasion="saved")
        mailing.queue(messages, meeting=draft.talk.meeting, talk=draft.talk, at=at)
    return True


def check_seen(talk: Talk, seen: int | None) -> None:
    """Raise DraftChanged if the talk's draft is another than the page has; None: do not care."""
    draft = Draft.objects.filter(talk=talk).first()
    if draft is not None and seen is not None and draft.version != seen:
        raise DraftChanged(draft)


def discard(talk: Talk) -> None:
    """Forget unsaved changes; of a talk that was never submitted, forget the talk."""
    with transaction.atomic():
        talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
        if talk.lifecycle_state is State.DRAFT:
            talk.delete()
        else:
            Draft.objects.filter(talk=talk).delete()


def forget_old(*, at: datetime) -> int:
    """Throw away what was left lying long after its call closed; return how many there were."""
    forgotten = list(Draft.objects.forgotten(at).select_related("talk"))
    for draft in forgotten:
        discard(draft.talk)
    return len(forgotten)
