"""The form of a talk as speakers will see it, for organisers, also before the call opens."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from submissions.views import talk_form

if TYPE_CHECKING:
    from submissions.admin.meetings import MeetingAdmin


def show(pages: "MeetingAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, pages, pk)


@never_cache
@require_safe
def _show(request: HttpRequest, pages: "MeetingAdmin", pk: int) -> HttpResponse:
    """Of their own meetings; nothing can be submitted or saved from here."""
    meeting = get_object_or_404(pages.get_queryset(request), pk=pk)
    back = reverse("admin:submissions_meeting_change", args=[meeting.pk])
    sheet = talk_form.blank_sheet(meeting)
    return talk_form.page(request, meeting, sheet, is_preview=True, back_url=back)
