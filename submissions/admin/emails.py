"""The outbox, to read: what was sent to whom, and what could not be sent."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from submissions.admin.filters import DropDownFilter, MeetingFilter
from submissions.admin.moments import moment
from submissions.admin.scoped import MeetingScopedAdmin
from submissions.models import Email
from submissions.models.labels import EMAIL_STATE_LABELS
from submissions.operations import mailing


class EmailStateFilter(DropDownFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(state.value, label) for state, label in EMAIL_STATE_LABELS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Email]) -> QuerySet[Email]:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Email)
class EmailAdmin(MeetingScopedAdmin[Email]):
    list_display = ("subject", "recipient", "state", "queued", "sent", "attempts")
    list_filter = (EmailStateFilter, MeetingFilter)
    list_select_related = ("meeting",)
    search_fields = ("recipient", "subject")
    search_help_text = _("Address or subject")
    fields = (
        ("state", "attempts"),
        "recipient",
        "subject",
        "text",
        "talk",
        "queued",
        "sent",
        "last_error",
    )
    readonly_fields = ("text", "queued", "sent")
    actions = ("try_again",)

    @admin.display(description=_("text"))
    def text(self, email: Email) -> SafeString:
        return format_html('<pre class="mail-text">{}</pre>', email.body)

    @admin.display(description=_("queued"), ordering="queued_at")
    def queued(self, email: Email) -> str:
        return moment(email.queued_at, email.meeting)

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, email: Email) -> str:
        return moment(email.sent_at, email.meeting) if email.sent_at else "–"

    @admin.action(description=_("Try to send again"))
    def try_again(self, request: HttpRequest, emails: QuerySet[Email]) -> None:
        sent, still_waiting = mailing.retry(emails, at=timezone.now())
        if sent:
            text = ngettext("%d e-mail was sent.", "%d e-mails were sent.", sent) % sent
            self.message_user(request, text, messages.SUCCESS)
        if still_waiting:
            text = ngettext(
                "%d e-mail could not be sent yet; it will be tried again.",
                "%d e-mails could not be sent yet; they will be tried again.",
                still_waiting,
            )
            self.message_user(request, text % still_waiting, messages.WARNING)
        if not sent and not still_waiting:
            self.message_user(
                request, _("Nothing to do: these e-mails have been sent already."), messages.INFO
            )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Email | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Email | None = None) -> bool:
        return False
