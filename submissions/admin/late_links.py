"""Links for those who come too late: made here, copied into a mail by hand, used once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.admin.filters import MeetingFilter
from submissions.admin.moments import LocalDateTimeField, moment
from submissions.admin.scoped import MeetingForm, MeetingScopedAdmin, organiser
from submissions.emails import absolute
from submissions.forms.text import LineField
from submissions.models import LateLink
from submissions.operations import late_links


class LateLinkForm(MeetingForm[LateLink]):
    note = LineField(
        label=gettext_lazy("For whom, and why"),
        max_length=200,
        widget=forms.TextInput({"size": 60}),
        help_text=gettext_lazy("For organisers only."),
    )
    expires_at = LocalDateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Empty: until somebody uses it or you withdraw it."),
    )

    class Meta:
        model = LateLink
        fields = ("note", "expires_at")


def address_of(link: LateLink) -> str:
    arguments = [link.meeting.slug, link.secret]
    return absolute(reverse("submissions:talk-submit-late", args=arguments))


@admin.register(LateLink)
class LateLinkAdmin(MeetingScopedAdmin[LateLink]):
    form = LateLinkForm
    list_display = ("note", "standing", "until", "made")
    list_filter = (MeetingFilter,)
    list_select_related = ("meeting", "talk", "created_by")
    ordering = ("-created_at", "-pk")
    readonly_fields = ("link", "standing", "made")

    def get_fields(self, request: HttpRequest, obj: LateLink | None = None) -> Any:
        return (
            ("note", "expires_at")
            if obj is None
            else ("link", "note", "expires_at", "standing", "made")
        )

    def get_readonly_fields(self, request: HttpRequest, obj: LateLink | None = None) -> Any:
        if obj is not None and obj.used_at:
            return (*self.readonly_fields, "note", "expires_at")
        return self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: LateLink | None = None) -> bool:
        """Who used a link stays known. A superuser may, since links are deleted with a meeting."""
        if not self.is_mine(request, obj):
            return False
        return obj is None or obj.used_at is None or request.user.is_superuser

    def get_actions(self, request: HttpRequest) -> Any:
        """None for many: each link is somebody's."""
        return {}

    @admin.display(description=gettext_lazy("Link"))
    def link(self, link: LateLink) -> SafeString | str:
        if link.used_at:
            return _("used; it opens nothing any more")
        text = _("Works once. Copy it into a mail to the person it is for.")
        return format_html(
            '<input class="private-link" type="text" readonly value="{}" aria-label="{}">'
            '<br><span class="quiet">{}</span>',
            address_of(link),
            _("Link"),
            text,
        )

    @admin.display(description=gettext_lazy("Used"))
    def standing(self, link: LateLink) -> SafeString | str:
        if link.talk:
            url = reverse("admin:submissions_talk_change", args=[link.talk.pk])
            when = moment(link.used_at, link.meeting) if link.used_at else ""
            return format_html('<a href="{}">{} {}</a>, {}', url, link.talk.code, link.talk, when)
        if link.used_at:
            return _("yes, on %(at)s; the talk is gone") % {
                "at": moment(link.used_at, link.meeting)
            }
        if link.expires_at and link.expires_at <= timezone.now():
            return _("no; it has run out")
        return _("not yet")

    @admin.display(description=gettext_lazy("Until"), ordering="expires_at")
    def until(self, link: LateLink) -> str:
        return moment(link.expires_at, link.meeting) if link.expires_at else "–"

    @admin.display(description=gettext_lazy("Made"), ordering="created_at")
    def made(self, link: LateLink) -> str:
        return f"{moment(link.created_at, link.meeting)}, {link.created_by}"

    def save_model(self, request: HttpRequest, obj: LateLink, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made = late_links.make(
            meeting=obj.meeting,
            note=obj.note,
            expires_at=obj.expires_at,
            by=organiser(request),
            at=timezone.now(),
        )
        obj.pk, obj.secret = made.pk, made.secret
        obj.refresh_from_db()

    def response_add(self, request: HttpRequest, obj: LateLink, *args: Any, **kwargs: Any) -> Any:
        """To the page that shows the link: that is what it was made for."""
        if "_addanother" in request.POST:
            return super().response_add(request, obj, *args, **kwargs)
        self.message_user(request, _("The link is made. It works once."), messages.SUCCESS)
        return redirect("admin:submissions_latelink_change", obj.pk)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except late_links.LateLinkVoid:
            text = _("Somebody has just used this link. It stays in the list, with the talk.")
            self.message_user(request, text, messages.ERROR)
            return redirect("admin:submissions_latelink_changelist")

    def delete_model(self, request: HttpRequest, obj: LateLink) -> None:
        if obj.used_at is None:
            late_links.withdraw(obj)
        else:
            super().delete_model(request, obj)
