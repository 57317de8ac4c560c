"""Filters of lists as drop-down lists in one form: few lines, many values, no script."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from submissions.admin.scoped import meetings_of


def key_in(text: str) -> int:
    """The key of a row in an address; 0, which no row has, for what cannot be one."""
    largest = len(str(2**63)) - 1  # digits that every database takes
    return int(text) if text.isdecimal() and len(text) <= largest else 0


class DropDownFilter(admin.SimpleListFilter):
    """One <select>; templates/admin/change_list.html puts all of them into one form."""

    template = "admin/drop_down_filter.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, label in self.lookup_choices:
            yield {"value": value, "label": label, "is_selected": str(value) == self.value()}


class MeetingFilter(DropDownFilter):
    """Shown only to those who organise several meetings."""

    title = _("meeting")
    parameter_name = "meeting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        meetings = meetings_of(request)
        return [(meeting.slug, meeting.name) for meeting in meetings] if len(meetings) > 1 else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(meeting__slug=self.value()) if self.value() else queryset
