"""The organisers' site: Django's admin, opened by membership of a meeting."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class OrganiserSite(admin.AdminSite):
    site_header = _("Conjunction")
    site_title = _("Conjunction")
    index_title = _("Meetings")

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff
