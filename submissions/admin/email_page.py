"""The page of one mail: as it will arrive, what can be done with it, what happened to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.admin.email_preview import preview_of
from submissions.admin.scoped import organiser
from submissions.admin.talk_history import Change
from submissions.domain.differences import pieces
from submissions.domain.outbox import EmailAction, EmailState, actions_on
from submissions.forms.email import EmailForm
from submissions.models import Email, EmailChange
from submissions.models.labels import EMAIL_ACTION_LABELS
from submissions.operations import mailing

if TYPE_CHECKING:
    from submissions.admin.emails import EmailAdmin

VERBS: Final[dict[str, Callable[..., list[Email]]]] = {
    EmailAction.SEND.value: mailing.send,
    EmailAction.HOLD.value: mailing.hold,
    EmailAction.DISCARD.value: mailing.discard,
}
_DONE: Final = {
    EmailAction.SEND.value: gettext_lazy("The e-mail is on its way."),
    EmailAction.HOLD.value: gettext_lazy("The e-mail is held. It can be edited now."),
    EmailAction.DISCARD.value: gettext_lazy("The e-mail was discarded. It will not be sent."),
}
_FIELDS: Final = {
    "recipient": gettext_lazy("To"),
    "subject": gettext_lazy("Subject"),
    "body": gettext_lazy("Text"),
}


def act(pages: "EmailAdmin", name: str, request: HttpRequest, pk: int) -> HttpResponse:
    """Send, hold or discard one mail."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    email = get_object_or_404(pages.get_queryset(request), pk=pk)
    if VERBS[name]([email], by=organiser(request), at=timezone.now()):
        messages.success(request, _DONE[name])
    else:
        _tell_too_late(request, email)
    return _to(email)


def email_change(
    pages: "EmailAdmin", request: HttpRequest, email: Email, extra_context: dict[str, Any]
) -> HttpResponse:
    """GET shows the mail; POST changes a held one, and sends it if that button was pressed."""
    if request.method == "POST":
        if email.state != EmailState.HELD:
            _tell_too_late(request, email)
            return _to(email)
        form = EmailForm(request.POST)
        if form.is_valid():
            return _edit(request, email, form)
    else:
        form = EmailForm(
            initial={"recipient": email.recipient, "subject": email.subject, "body": email.body}
        )
    return _page(pages, request, email, form, extra_context)


def _edit(request: HttpRequest, email: Email, form: EmailForm) -> HttpResponse:
    by, at = organiser(request), timezone.now()
    try:
        changes = mailing.edit(email, **form.cleaned_data, by=by, at=at)
    except mailing.NotPossible:
        _tell_too_late(request, email)
        return _to(email)
    if "_send" in request.POST:
        return _send(request, email)
    saved = _("The e-mail was changed. It is still held.") if changes else _("Nothing was changed.")
    messages.success(request, saved)
    return _to(email)


def _send(request: HttpRequest, email: Email) -> HttpResponse:
    if mailing.send([email], by=organiser(request), at=timezone.now()):
        messages.success(request, _DONE[EmailAction.SEND.value])
    else:
        _tell_too_late(request, email)
    return _to(email)


def _page(
    pages: "EmailAdmin",
    request: HttpRequest,
    email: Email,
    form: EmailForm,
    extra_context: dict[str, Any],
) -> HttpResponse:
    actions = actions_on(EmailState(email.state))
    context = {
        **pages.admin_site.each_context(request),
        **extra_context,
        "opts": pages.opts,
        "title": email.subject,
        "email": email,
        "kind_name": pages.kind_name(email),
        "preview": preview_of(email),
        "form": form if EmailAction.EDIT in actions else None,
        "buttons": [
            {
                "label": EMAIL_ACTION_LABELS[action],
                "url": reverse(f"admin:submissions_email_{action}", args=[email.pk]),
                "is_main": action is EmailAction.SEND,
            }
            for action in actions
            if action.value in VERBS
        ],
        "attempts": list(email.delivery_log.all()[:100]),
        "changes": [
            {"change": change, "fields": _changed(change)}
            for change in email.changes.select_related("by")[:100]
        ],
    }
    return TemplateResponse(request, "admin/submissions/email/change_form.html", context)


def _changed(change: EmailChange) -> list[Change]:
    return [
        Change(str(_FIELDS.get(name, name)), pieces(before, after))
        for name, (before, after) in change.changes.items()
    ]


def _tell_too_late(request: HttpRequest, email: Email) -> None:
    email.refresh_from_db(fields=["state"])
    text = _("Nothing was done: the e-mail is now %(state)s.")
    messages.warning(request, text % {"state": email.get_state_display()})


def _to(email: Email) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:submissions_email_change", args=[email.pk]))
