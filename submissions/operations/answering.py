"""What speakers, or organisers for them, answer: confirm, decline, withdraw; and taking it back."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from submissions import emails
from submissions.domain.lifecycle import PLACED, Action, State, TransitionNotAllowed, next_state
from submissions.models import Talk, User
from submissions.models.labels import STATE_LABELS
from submissions.operations import history, mailing
from submissions.signals import state_changed

ANSWERS = (Action.CONFIRM, Action.DECLINE, Action.WITHDRAW, Action.REOPEN)


def answer(
    talk: Talk,
    action: Action,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    send_mail: bool = False,
) -> Talk:
    """Move the talk by one of ANSWERS; a prepared decision falls, since it was for another state.

    With `send_mail` the speaker gets a receipt and, where a place becomes free and the meeting
    wants it, the organisers a notice; whoever answers for a speaker writes to them in person.
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
        if send_mail:
            messages = _mails(talk, action, before=before, at=at, note=note)
            mailing.queue(messages, meeting=talk.meeting, talk=talk, at=at)
    return talk


def _mails(
    talk: Talk, action: Action, *, before: State, at: datetime, note: str
) -> list[emails.Message]:
    if talk.lifecycle_state is State.SUBMITTED or before is State.DRAFT:
        return []
    occasion = at.isoformat()
    receipts = emails.talk_messages(f"answer_{action}", talk, occasion=occasion)
    meeting = talk.meeting
    is_wanted = meeting.tells_organisers_of_answers and meeting.contact_email
    if not is_wanted or before not in PLACED or talk.is_placed:
        return receipts
    page = reverse("admin:submissions_talk_change", args=[talk.pk])
    values = {
        "answer": str(STATE_LABELS[talk.lifecycle_state]),
        "answer_reason": note or _("none given"),
        "talk_page": emails.absolute(page),
    }
    organisers = [emails.Recipient(meeting.contact_email, _("organisers"))]
    return [
        *receipts,
        *emails.messages_to(organisers, "answer_notice", talk, occasion=occasion, values=values),
    ]
