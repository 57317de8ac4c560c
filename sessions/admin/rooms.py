"""The rooms of a meeting."""

from django.contrib import admin

from sessions.models import Room
from submissions.admin.filters import MeetingFilter
from submissions.admin.scoped import MeetingForm, MeetingScopedAdmin
from submissions.admin.versions import VersionedRowForm


class RoomForm(VersionedRowForm[Room], MeetingForm[Room]):
    class Meta:
        model = Room
        fields = ("name", "capacity", "description", "position")


@admin.register(Room)
class RoomAdmin(MeetingScopedAdmin[Room]):
    form = RoomForm
    list_display = ("name", "capacity", "description", "position")
    list_filter = (MeetingFilter,)
    ordering = ("meeting", "position", "name")
    list_select_related = ("meeting",)
