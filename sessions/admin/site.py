"""The organisers' site: Django's admin, opened by membership of a meeting."""

from typing import Any
from weakref import WeakKeyDictionary

from allauth.account.decorators import secure_admin_login
from allauth.account.utils import get_next_redirect_url
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from sessions.views import dashboard, release
from submissions.models import Meeting

_PERMITTED: WeakKeyDictionary[HttpRequest, dict[int | None, bool]] = WeakKeyDictionary()
"""Per request whether this user may open the site: they may sign in or out within it."""


class OrganiserSite(admin.AdminSite):
    site_header = _("Conjunction")
    site_title = _("Conjunction")
    index_title = _("Meetings")
    # Each meeting has its own line of links instead (templates/admin/meeting_nav.html).
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Asked many times a page, looked up once."""
        known = _PERMITTED.setdefault(request, {})
        if request.user.pk not in known:
            known[request.user.pk] = request.user.is_active and request.user.is_staff
        return known[request.user.pk]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """By the one page to sign in, with all its steps; the admin has no form of its own."""
        if request.user.is_authenticated and request.user.must_add_second_factor:
            return HttpResponseRedirect(reverse("submissions:account-detail"))
        answer: HttpResponse = secure_admin_login(_to_where_it_was)(request)
        return answer

    def get_urls(self) -> list[URLResolver | URLPattern]:
        own: list[URLResolver | URLPattern] = [
            path(f"meetings/<slug:slug>/{route}", self.admin_view(view), name=name)
            for route, view, name in (
                ("", dashboard.meeting_dashboard, "meeting-dashboard"),
                ("preview/", release.programme_preview, "programme-preview"),
                ("publish/", release.programme_publish, "programme-publish"),
            )
        ]
        return [*own, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The meetings of whoever asks; whoever has one alone wants that one."""
        meetings = list(Meeting.objects.organised_by(request.user))
        if len(meetings) == 1 and not request.user.is_superuser:
            return HttpResponseRedirect(reverse("admin:meeting-dashboard", args=[meetings[0].slug]))
        return self._list_of_meetings(request, meetings, extra_context)

    def _list_of_meetings(
        self, request: HttpRequest, meetings: list[Meeting], extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "subtitle": None,
            "meetings": dashboard.meeting_lines(meetings),
            "app_list": self.get_app_list(request),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/index.html", context)


def _to_where_it_was(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(get_next_redirect_url(request) or reverse("admin:index"))
