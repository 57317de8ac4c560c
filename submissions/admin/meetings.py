"""A meeting on one page: its call, formats, questions and members, in files of their own.

Organisers change theirs, superusers make them.
"""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.admin import form_preview
from submissions.admin.call import (
    AFTERWARDS_FIELDS,
    CALL_FIELDS,
    FORM_FIELDS,
    LIMIT_FIELDS,
    MeetingForm,
    TalkFormatInline,
    deadlines_of,
    remarks_on,
)
from submissions.admin.members import MemberInline
from submissions.admin.questions import QuestionInline
from submissions.admin.scoped import MeetingScopedAdmin
from submissions.models import Meeting
from submissions.models.call import ANYWHERE_ON_EARTH
from submissions.models.meeting import validate_time_zone


@admin.register(Meeting)
class MeetingAdmin(MeetingScopedAdmin[Meeting]):
    form = MeetingForm
    meeting_lookup = "pk"
    list_display = ("name", "slug", "starts_on", "ends_on", "place", "is_listed")
    search_fields = ("name", "slug")
    inlines = (TalkFormatInline, QuestionInline, MemberInline)
    fieldsets = (
        (None, {"fields": ("name", "slug", ("starts_on", "ends_on"), "time_zone")}),
        (gettext_lazy("Place"), {"fields": ("venue", "place", "website", "contact_email")}),
        (gettext_lazy("Call for talks"), {"fields": CALL_FIELDS}),
        (gettext_lazy("Limits"), {"fields": LIMIT_FIELDS}),
        (gettext_lazy("What the form asks"), {"fields": FORM_FIELDS}),
        (gettext_lazy("After the decisions"), {"fields": AFTERWARDS_FIELDS}),
        (gettext_lazy("Public pages"), {"fields": ("is_listed", "introduction", "accent_colour")}),
    )

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(self.form_preview)
        own = path("<int:pk>/form/", preview, name="submissions_meeting_form_preview")
        return [own, *super().get_urls()]

    def form_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        return form_preview.show(self, request, pk)

    def meeting_of(self, row: Meeting) -> Meeting:
        return row

    def meeting_for_new(self, request: HttpRequest) -> Meeting | None:
        return None

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        return self.changeform_view(request, None, form_url, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.is_superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return self.is_superuser(request) and self.is_mine(request, obj)

    def is_superuser(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def zone_of_page(self, request: HttpRequest, meeting: Meeting | None) -> ZoneInfo | None:
        """Times of the call are typed in the zone that is chosen on the same page."""
        typed = request.POST.get("time_zone", "")
        try:
            validate_time_zone(typed)
        except ValidationError:
            return meeting.call_zone if meeting else None
        return ANYWHERE_ON_EARTH if "closes_anywhere_on_earth" in request.POST else ZoneInfo(typed)

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "time_zone" in form.changed_data:
            text = _(
                "The times of the call now count in %(zone)s. Sessions keep their moment, so their "
                "local times have changed: look at them."
            )
            self.message_user(request, text % {"zone": obj.time_zone}, messages.WARNING)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        meeting: Meeting = form.instance
        dates = list(deadlines_of(meeting))
        if change and dates and form.zone_before != str(meeting.call_zone):
            text = _(
                "The clock times on this page were kept and count in another zone now, so they are "
                "other moments than before. %(dates)s."
            )
            self.message_user(request, text % {"dates": "; ".join(dates)}, messages.WARNING)
        for formset in formsets:
            for remark in getattr(formset, "remarks", ()):
                self.message_user(request, remark, messages.WARNING)
        for remark in remarks_on(meeting):
            self.message_user(request, remark, messages.WARNING)
