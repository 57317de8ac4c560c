"""Organisers see and change only what belongs to the meetings they organise.

Every row belongs to one meeting for good: it is chosen before a row is added, is never a field of
a form, and every choice offered on a page comes from it. Rights follow from memberships
(permissions.py, Meeting.objects.organised_by), never from Django's groups.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar, cast
from urllib.parse import parse_qs
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from submissions.admin.versions import VersionedRowForm
from submissions.models import Meeting, User

logger = logging.getLogger(__name__)

Row = TypeVar("Row", bound=Model)
Parent = TypeVar("Parent", bound=Model)

_MEETINGS: WeakKeyDictionary[HttpRequest, list[Meeting]] = WeakKeyDictionary()


def meetings_of(request: HttpRequest) -> list[Meeting]:
    """The meetings that whoever asks organises, newest first; looked up once a request."""
    if request not in _MEETINGS:
        _MEETINGS[request] = list(Meeting.objects.organised_by(request.user))
    return _MEETINGS[request]


def organiser(request: HttpRequest) -> User:
    """Whoever is signed in, for the operations that want to know who acts."""
    if isinstance(request.user, AnonymousUser):  # the site has asked to sign in before
        message = "Nobody is signed in."
        raise TypeError(message)
    return request.user


def meeting_by_slug(request: HttpRequest, slug: str | None) -> Meeting | None:
    """The meeting that an address names, if they organise it; their only one if it names none.

    Never another than the one named: who follows a link to somebody else's meeting is asked.
    """
    meetings = meetings_of(request)
    if not slug:
        return meetings[0] if len(meetings) == 1 else None
    return next((meeting for meeting in meetings if meeting.slug == slug), None)


class MeetingForm(forms.ModelForm[Row]):
    """A form about a row of `meeting`: no choice of another meeting's rows passes it."""

    meeting: ClassVar[Meeting]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            # Before validation, so that the constraints within a meeting are checked.
            cast(Any, self.instance).meeting = self.meeting
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                columns = {column.name for column in field.queryset.model._meta.get_fields()}
                if "meeting" in columns:
                    field.queryset = field.queryset.filter(meeting=self.meeting)

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = cast(Any, super())._get_validation_exclusions()  # noqa: SLF001 - Django offers no other place
        return exclusions - {"meeting"}


class ScopedChangeList(ChangeList):
    """A list in which "all" of a drop-down filter, sent as an empty value, is no filter."""

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        given: dict[str, Any] = super().get_filters_params(params)
        return {name: values for name, values in given.items() if values not in ([""], "")}

    @property
    def is_narrowed(self) -> bool:
        """Whether somebody searches or filters, apart from the choice of a meeting."""
        return bool(self.query) or bool(self.get_filters_params().keys() - {"meeting"})


class MeetingScopedAdmin(admin.ModelAdmin[Row]):
    meeting_lookup: ClassVar[str] = "meeting"
    list_per_page = 100
    empty_value_display = "–"
    list_max_show_all = 5000
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ScopedChangeList

    def get_list_display(self, request: HttpRequest) -> Any:
        """Which meeting a row belongs to is said where there are several."""
        columns = super().get_list_display(request)
        if self.meeting_lookup != "meeting" or self.meeting_of_list(request) is not None:
            return columns
        return (*columns, "meeting")

    # --- Whose rows -------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        mine = Meeting.objects.organised_by(request.user)
        return super().get_queryset(request).filter(**{f"{self.meeting_lookup}__in": mine})

    def meeting_of(self, row: Row) -> Meeting:
        meeting: Meeting = cast(Any, row).meeting
        return meeting

    def meeting_of_list(self, request: HttpRequest) -> Meeting | None:
        """The one meeting that a list is about; None if it is about several."""
        return meeting_by_slug(request, request.GET.get("meeting"))

    def meeting_for_new(self, request: HttpRequest) -> Meeting | None:
        """The meeting of a row to be added: said in the address or by the list left for it."""
        filters = parse_qs(request.GET.get("_changelist_filters", ""))
        slug = request.GET.get("meeting") or next(iter(filters.get("meeting", [])), None)
        return meeting_by_slug(request, slug)

    # --- Rights -----------------------------------------------------------------------------

    def is_mine(self, request: HttpRequest, obj: Row | None = None) -> bool:
        """Whether the row belongs to them; without one, whether any could."""
        if not self.admin_site.has_permission(request):
            return False
        return obj is None or self.meeting_of(obj) in meetings_of(request)

    has_view_permission = has_change_permission = has_delete_permission = is_mine

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.is_mine(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.is_mine(request)

    # --- Pages ------------------------------------------------------------------------------

    def get_form(
        self,
        request: HttpRequest,
        obj: Row | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[Row]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if issubclass(form, MeetingForm):
            meeting = self.meeting_of(obj) if obj else self.meeting_for_new(request)
            if meeting is not None:
                form.meeting = meeting  # a class of this request alone
        if issubclass(form, VersionedRowForm):
            form.rows_on_page = staticmethod(partial(self.rows_on_page, request))
        return form

    def rows_on_page(self, request: HttpRequest, pk: Any) -> list[Model]:
        """The row and the rows that are changed on its page as well, as they are stored."""
        row = self.model._default_manager.filter(pk=pk).first()
        if row is None:
            return []
        rows: list[Model] = [row]
        for inline in self.get_inline_instances(request, row):
            parent: str = cast(Any, inline.get_formset(request, row)).fk.name
            found = inline.model._default_manager.filter(**{parent: row})
            rows.extend(found.order_by("pk"))
        return rows

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without the icons that open another row in a window: they are of another meeting's."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(field.widget, "can_add_related"):
            widget = field.widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_delete_related = widget.can_view_related = False
        return field

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        meeting = self.meeting_for_new(request)
        if self.has_add_permission(request):
            if meeting is None:
                return self.choose_meeting(request)
            if view := self.own_page_to_add(request, meeting):
                return self.page(request, meeting, extra_context, view)
        return super().add_view(request, form_url, extra_context)

    def own_page(
        self, request: HttpRequest, row: Row
    ) -> Callable[[dict[str, Any]], HttpResponse] | None:
        """What shows `row` in place of Django's form; None where that form is good enough."""
        return None

    def own_page_to_add(
        self, request: HttpRequest, meeting: Meeting
    ) -> Callable[[dict[str, Any]], HttpResponse] | None:
        return None

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        view = self.own_page(request, row) if row else None
        if row is None or view is None:
            return super().change_view(request, object_id, form_url, extra_context)
        return self.page(request, self.meeting_of(row), extra_context, view)

    def choose_meeting(self, request: HttpRequest) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("For which meeting?"),
            "opts": self.opts,
            "meetings": meetings_of(request),
        }
        return TemplateResponse(request, "admin/choose_meeting.html", context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = partial(super().changelist_view, request)
        context = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        return self.page(request, self.meeting_of_list(request), context, view)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        meeting = self._meeting_of_form(request, object_id)
        view = partial(super().changeform_view, request, object_id, form_url)
        return self.page(request, meeting, extra_context, view)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = partial(super().delete_view, request, object_id)
        return self.page(request, self._meeting_of_form(request, object_id), extra_context, view)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = partial(super().history_view, request, object_id)
        return self.page(request, self._meeting_of_form(request, object_id), extra_context, view)

    def _meeting_of_form(self, request: HttpRequest, object_id: str | None) -> Meeting | None:
        if object_id is None:
            return self.meeting_for_new(request)
        row = self.get_object(request, unquote(object_id))
        return self.meeting_of(row) if row else None

    def page(
        self,
        request: HttpRequest,
        meeting: Meeting | None,
        extra_context: dict[str, Any] | None,
        view: Callable[[dict[str, Any]], HttpResponse],
    ) -> HttpResponse:
        """What `view` answers, with times read and shown in the meeting's zone.

        The page is rendered here and not later: by then the zone would be another one.
        """
        try:
            with timezone.override(self.zone_of_page(request, meeting)):
                response = view({"meeting": meeting, **(extra_context or {})})
                if isinstance(response, TemplateResponse):
                    response.render()
        except IntegrityError:
            # What two people do at the same moment shows at the end of the transaction only.
            logger.warning("A change in the admin was refused by the database.", exc_info=True)
            text = _(
                "The database refused this change: it contradicts what somebody else did at the "
                "same moment. Look at what is there now, then change it again."
            )
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return response

    def zone_of_page(
        self,
        request: HttpRequest,
        meeting: Meeting | None,
    ) -> ZoneInfo | None:
        return meeting.zone if meeting else None


class MeetingScopedInline(admin.TabularInline[Row, Parent]):
    """Rows on the page of their parent: whoever may change that may change them."""

    extra = 0

    def is_allowed(self, request: HttpRequest, obj: Parent | None = None) -> bool:
        return self.admin_site.has_permission(request)

    has_view_permission = has_change_permission = has_delete_permission = is_allowed
    has_add_permission = is_allowed
