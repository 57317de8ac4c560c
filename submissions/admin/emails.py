"""The outbox: what waits, what was sent to whom, and what could not be sent."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from submissions.admin import email_page
from submissions.admin.filters import DropDownFilter, MeetingFilter
from submissions.admin.moments import moment
from submissions.admin.scoped import MeetingScopedAdmin, organiser
from submissions.domain.email_kinds import email_kind, email_kinds
from submissions.models import Email, User
from submissions.models.labels import EMAIL_STATE_LABELS
from submissions.operations import mailing


class EmailStateFilter(DropDownFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        states = [(state.value, label) for state, label in EMAIL_STATE_LABELS.items()]
        return [*states, ("overdue", gettext_lazy("due for long, not tried"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Email]) -> QuerySet[Email]:
        if self.value() == "overdue":
            overdue = Email.objects.overdue(timezone.now())
            return queryset.filter(pk__in=overdue.values("pk"))
        return queryset.filter(state=self.value()) if self.value() else queryset


class EmailKindFilter(DropDownFilter):
    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(kind.name, _(kind.label)) for kind in email_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Email]) -> QuerySet[Email]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


def label_of(kind: str) -> str:
    known = email_kind(kind)
    return _(known.label) if known else kind


@admin.register(Email)
class EmailAdmin(MeetingScopedAdmin[Email]):
    list_display = ("subject", "recipient", "kind_name", "state", "written")
    list_filter = (EmailStateFilter, EmailKindFilter, MeetingFilter)
    list_select_related = ("meeting",)
    search_fields = ("recipient", "subject")
    search_help_text = gettext_lazy("Address or subject")
    actions = ("send", "hold", "discard")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Email]:
        return super().get_queryset(request).defer("body")

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_name(self, email: Email) -> str:
        return label_of(email.kind)

    @admin.display(description=gettext_lazy("written"), ordering="queued_at")
    def written(self, email: Email) -> str:
        return moment(email.queued_at, email.meeting)

    # --- What can be done with many -----------------------------------------------------------

    @admin.action(description=gettext_lazy("Send now"))
    def send(self, request: HttpRequest, emails: QuerySet[Email]) -> None:
        sent = self._do(mailing.send, request, emails)
        text = ngettext("%d e-mail is on its way.", "%d e-mails are on their way.", sent)
        self._tell(request, text, sent)

    @admin.action(description=gettext_lazy("Hold back"))
    def hold(self, request: HttpRequest, emails: QuerySet[Email]) -> None:
        held = self._do(mailing.hold, request, emails)
        self._tell(request, ngettext("%d e-mail is held.", "%d e-mails are held.", held), held)

    @admin.action(description=gettext_lazy("Discard"))
    def discard(self, request: HttpRequest, emails: QuerySet[Email]) -> None:
        gone = self._do(mailing.discard, request, emails)
        text = ngettext("%d e-mail was discarded.", "%d e-mails were discarded.", gone)
        self._tell(request, text, gone)

    def _do(
        self,
        verb: Callable[..., list[Email]],
        request: HttpRequest,
        emails: Iterable[Email],
    ) -> int:
        by: User = organiser(request)
        at: datetime = timezone.now()
        return len(verb(emails, by=by, at=at))

    def _tell(self, request: HttpRequest, text: str, count: int) -> None:
        if count:
            self.message_user(request, text % count, messages.SUCCESS)
        else:
            text = _("Nothing was done: in their state this is not possible with these e-mails.")
            self.message_user(request, text, messages.INFO)

    # --- Pages --------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(partial(email_page.act, self, name)),
                name=f"submissions_email_{name}",
            )
            for name in email_page.VERBS
        ]
        return [*own, *super().get_urls()]

    def own_page(self, request: HttpRequest, row: Email) -> Callable[..., HttpResponse]:
        return partial(email_page.email_change, self, request, row)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Email | None = None) -> bool:
        """By no form of Django's: what may be done with a mail depends on its state."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Email | None = None) -> bool:
        return False
