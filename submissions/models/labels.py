"""How states and actions of talks and e-mails are called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from submissions.domain.lifecycle import Action, State
from submissions.domain.outbox import EmailAction, EmailState, Outcome

STATE_LABELS: dict[State, Promise] = {
    State.DRAFT: _("draft"),
    State.SUBMITTED: _("submitted"),
    State.ACCEPTED: _("accepted"),
    State.WAITLISTED: _("on the waiting list"),
    State.REJECTED: _("not accepted"),
    State.CONFIRMED: _("confirmed"),
    State.DECLINED: _("declined by the speaker"),
    State.WITHDRAWN: _("withdrawn"),
}

ACTION_LABELS: dict[Action, Promise] = {
    Action.SUBMIT: _("submit"),
    Action.ACCEPT: _("accept"),
    Action.WAITLIST: _("put on the waiting list"),
    Action.REJECT: _("reject"),
    Action.CONFIRM: _("confirm"),
    Action.DECLINE: _("decline"),
    Action.WITHDRAW: _("withdraw"),
    Action.REOPEN: _("reopen"),
}

EMAIL_STATE_LABELS: dict[EmailState, Promise] = {
    EmailState.HELD: _("held"),
    EmailState.QUEUED: _("queued"),
    EmailState.SENDING: _("being sent"),
    EmailState.SENT: _("sent"),
    EmailState.FAILED: _("failed"),
    EmailState.DISCARDED: _("discarded"),
}

EMAIL_ACTION_LABELS: dict[EmailAction, Promise] = {
    EmailAction.SEND: _("send"),
    EmailAction.HOLD: _("hold back"),
    EmailAction.EDIT: _("edit"),
    EmailAction.DISCARD: _("discard"),
}

OUTCOME_LABELS: dict[Outcome, Promise] = {
    Outcome.BEGUN: _("no end noted"),
    Outcome.ACCEPTED: _("accepted"),
    Outcome.REFUSED: _("refused"),
    Outcome.DEFERRED: _("put off"),
    Outcome.BROKEN: _("connection broken"),
    Outcome.UNCLEAR: _("connection broken, may have arrived"),
}
