"""How states and actions of the lifecycle are called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from submissions.domain.lifecycle import Action, State

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
