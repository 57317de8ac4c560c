"""The list of sessions with what to look at, and the addresses of their pages."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sessions.admin import session_page
from sessions.admin.filters import DayFilter, RoomFilter
from sessions.admin.session_forms import SessionForm
from sessions.domain.clashes import Finding, by_block, findings
from sessions.models import Session
from sessions.models.labels import worded
from sessions.operations import scheduling
from sessions.snapshots import build_plan
from submissions.admin.filters import MeetingFilter
from submissions.admin.scoped import MeetingScopedAdmin, ScopedChangeList, organiser
from submissions.domain.zones import abbreviation
from submissions.models import Meeting


class SessionChangeList(ScopedChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """Beside the rows what is to be looked at in each: once a meeting, not once a row."""
        super().get_results(request)
        rows = list(self.result_list)
        meetings = {row.meeting_id: row.meeting for row in rows}
        found = by_block([f for m in meetings.values() for f in findings(build_plan(m))])
        for row in rows:
            row.findings = found[row.pk]
        self.result_list = cast(Any, rows)


@admin.register(Session)
class SessionAdmin(MeetingScopedAdmin[Session]):
    form = SessionForm
    list_display = ("number", "name", "when", "room", "chair_names", "filled", "to_look_at")
    list_display_links = ("number", "name")
    list_filter = (DayFilter, RoomFilter, MeetingFilter)
    list_select_related = ("meeting", "room")
    search_fields = ("theme",)
    ordering = ("starts_at", "room__position", "pk")
    actions = ("add_frame",)
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        sessions = super().get_queryset(request).annotate(minutes_used=Sum("slots__minutes"))
        return sessions.prefetch_related("session_chairs__speaker")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return SessionChangeList

    @admin.display(description=_("when"))
    def when(self, block: Session) -> SafeString:
        zone = block.meeting.zone
        start, end = (timezone.localtime(at, zone) for at in (block.starts_at, block.ends_at))
        times = f"{start:%H:%M}–{end:%H:%M} {abbreviation(end)}"
        return format_html("{}<br>{}", date_format(start, "D j M Y"), times)

    @admin.display(description=_("theme"))
    def name(self, block: Session) -> str:
        return block.theme

    @admin.display(description=_("chairs"))
    def chair_names(self, block: Session) -> str:
        return ", ".join(chair.speaker.name for chair in block.session_chairs.all()) or "–"

    @admin.display(description=_("filled"))
    def filled(self, block: Any) -> str:
        return _("%(used)d of %(minutes)d min") % {
            "used": block.minutes_used or 0,
            "minutes": block.minutes,
        }

    @admin.display(description=_("to look at"))
    def to_look_at(self, block: Any) -> SafeString | str:
        found: list[Finding] = block.findings
        severe = [finding for finding in found if finding.is_severe]
        zone = block.meeting.zone
        lines = format_html_join(
            "", '<li class="is-severe">{}</li>', ((worded(finding, zone),) for finding in severe)
        )
        others = [finding for finding in found if not finding.is_severe]
        if not others:
            return format_html('<ul class="warnings">{}</ul>', lines) if severe else "–"
        count = ngettext("%d hint", "%d hints", len(others)) % len(others)
        hints = format_html_join("", "<li>{}</li>", ((worded(f, zone),) for f in others))
        return format_html(
            '<ul class="warnings">{}</ul><details><summary>{}</summary><ul>{}</ul></details>',
            lines,
            count,
            hints,
        )

    @admin.action(description=_("Add an introduction (5 min) and a discussion (10 min)"))
    def add_frame(self, request: HttpRequest, sessions: QuerySet[Session]) -> None:
        done = 0
        for block in sessions:
            try:
                done += scheduling.add_frame(block, by=organiser(request), at=timezone.now())
            except scheduling.RunsOver as over:
                refusal = _(
                    "“%(session)s” is %(minutes)d minutes too short for that; make it longer."
                )
                told = {"session": block, "minutes": over.minutes}
                self.message_user(request, refusal % told, messages.WARNING)
        text = ngettext("%d session was framed.", "%d sessions were framed.", done)
        self.message_user(request, text % done, messages.SUCCESS if done else messages.INFO)

    # --- Pages ------------------------------------------------------------------------------

    def own_page(self, request: HttpRequest, row: Session) -> Callable[..., HttpResponse]:
        return partial(session_page.session_page, self, request, row.meeting, row)

    def own_page_to_add(
        self, request: HttpRequest, meeting: Meeting
    ) -> Callable[..., HttpResponse]:
        return partial(session_page.session_page, self, request, meeting, None)

    def delete_model(self, request: HttpRequest, obj: Session) -> None:
        """Its talks leave the timetable, and their history says so."""
        scheduling.remove(obj, by=organiser(request), at=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        for block in queryset:
            self.delete_model(request, block)
