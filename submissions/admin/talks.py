"""The list of talks, what can be done with many of them, and the addresses of their pages."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from submissions.admin import (
    announcing,
    answering,
    coauthors,
    deciding,
    downloads,
    importing,
    private_link,
    talk_materials,
    talk_page,
    talk_versions,
)
from submissions.admin.filters import MeetingFilter
from submissions.admin.scoped import MeetingScopedAdmin, ScopedChangeList
from submissions.admin.talk_filters import (
    AreaTextFilter,
    AstronomyAreaFilter,
    AuthorsFilter,
    FormatFilter,
    MLAreaFilter,
    PreferenceFilter,
    PreparedDecisionFilter,
    RemoteFilter,
    StateFilter,
)
from submissions.domain.abstracts import plain_text
from submissions.domain.lifecycle import DECISIONS, Action
from submissions.models import Meeting, Talk
from submissions.models.labels import ACTION_LABELS
from submissions.models.talk import TalkQuerySet

CHIPS_SHOWN = 1
"""Of each kind; more would make the rows of the list several times as high."""
_NOT_IN_THE_LIST = (
    "abstract",
    "search_text",
    "remarks",
    "astronomy_areas_text",
    "ml_areas_text",
    "prepared_note",
    "decision_note",
)


class TalkChangeList(ScopedChangeList):
    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        talks = super().get_queryset(request, *args, **kwargs)
        shown = ("authorships__speaker", "astronomy_areas", "ml_areas")
        return talks.prefetch_related(*shown).defer(*_NOT_IN_THE_LIST)


def _prepare(
    decision: Action, pages: "TalkAdmin", request: HttpRequest, talks: QuerySet[Talk]
) -> HttpResponse:
    return deciding.decide_page(pages, request, decision, talks)


@admin.register(Talk)
class TalkAdmin(MeetingScopedAdmin[Talk]):
    list_display = ("code", "name", "presenting", "state_now", "format", "areas", "submitted")
    list_display_links = ("code", "name")
    list_filter = [
        StateFilter,
        PreparedDecisionFilter,
        AuthorsFilter,
        FormatFilter,
        PreferenceFilter,
        RemoteFilter,
        AstronomyAreaFilter,
        MLAreaFilter,
        AreaTextFilter,
        MeetingFilter,
    ]
    """A list, because apps above add filters of theirs."""
    list_select_related = ("format", "meeting")
    search_fields = ("search_text",)
    search_help_text = _("Words of code, title, names and institutes, with or without accents")
    ordering = ("-submitted_at", "-pk")
    actions = ("announce", "take_back", "download")

    further_facts: ClassVar[list[Callable[[Talk], tuple[str, str] | None]]] = []
    """What apps above know of a talk: a label and text for its page, or None."""

    # --- The list ---------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TalkChangeList

    def get_search_results(
        self,
        request: HttpRequest,
        queryset: QuerySet[Talk],
        search_term: str,
    ) -> tuple[QuerySet[Talk], bool]:
        assert isinstance(queryset, TalkQuerySet)
        return queryset.search(search_term), False

    @admin.display(description=_("title"), ordering="title")
    def name(self, talk: Talk) -> SafeString:
        return format_html('<span class="talk-title">{}</span>', plain_text(talk.title))

    @admin.display(description=_("presenting"))
    def presenting(self, talk: Talk) -> str:
        authors = list(talk.authorships.all())
        presenting = [author for author in authors if author.is_presenting] or authors[:1]
        return ", ".join(author.speaker.name for author in presenting)

    @admin.display(description=_("state"), ordering="state")
    def state_now(self, talk: Talk) -> SafeString:
        badge = format_html(
            '<span class="state state-{}">{}</span>', talk.state, talk.get_state_display()
        )
        if not talk.prepared_decision:
            return badge
        prepared = talk.get_prepared_decision_display()
        text = _("prepared: %(decision)s") % {"decision": prepared}
        return format_html('{}<br><span class="prepared">{}</span>', badge, text)

    @admin.display(description=_("areas"))
    def areas(self, talk: Talk) -> SafeString:
        astronomy, ml = list(talk.astronomy_areas.all()), list(talk.ml_areas.all())
        shown = [
            *(("astronomy", area.label, area.label) for area in astronomy[:CHIPS_SHOWN]),
            *(("ml", area.label, area.label) for area in ml[:CHIPS_SHOWN]),
        ]
        chips = format_html_join(" ", '<span class="{}" title="{}">{}</span>', shown)
        more = len(astronomy) + len(ml) - len(shown)
        further = format_html(' <span class="more">+{}</span>', more) if more else ""
        return format_html('<span class="area-chips">{}{}</span>', chips, further)

    @admin.display(description=_("submitted"), ordering="submitted_at")
    def submitted(self, talk: Talk) -> str:
        if talk.submitted_at is None:
            return "–"
        local = timezone.localtime(talk.submitted_at, talk.meeting.zone)
        return date_format(local, "j M Y")

    # --- What can be done with many ---------------------------------------------------------

    def get_actions(self, request: HttpRequest) -> Any:
        """One action for each decision that the lifecycle knows, then the others."""
        decisions: dict[str, Any] = {}
        for decision in DECISIONS:
            name = f"prepare_{decision}"
            text = format_lazy(_("Prepare: {decision}…"), decision=ACTION_LABELS[decision])
            decisions[name] = partial(_prepare, decision), name, text
        return {**decisions, **super().get_actions(request)}

    @admin.action(description=_("Announce prepared decisions…"))
    def announce(self, request: HttpRequest, talks: QuerySet[Talk]) -> HttpResponse:
        return announcing.announce_page(self, request, talks)

    @admin.action(description=_("Take prepared decisions back"))
    def take_back(self, request: HttpRequest, talks: QuerySet[Talk]) -> None:
        deciding.clear_all(request, talks)

    @admin.action(description=_("Download as CSV"))
    def download(self, request: HttpRequest, talks: QuerySet[Talk]) -> HttpResponse:
        return downloads.talks_csv(talks)

    # --- Pages ------------------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Talk | None = None) -> bool:
        """What was decided belongs to the meeting's record: it is withdrawn, never deleted.

        A superuser may, because a whole meeting is deleted together with its talks.
        """
        if not self.is_mine(request, obj):
            return False
        is_decided = obj is not None and (obj.decided_at or obj.prepared_decision)
        return not is_decided or request.user.is_superuser

    def get_urls(self) -> list[URLPattern]:
        material = "<int:pk>/materials/<uuid:material>/"
        pages: list[tuple[str, Any, str]] = [
            ("decide/<str:decision>/", deciding.decide, "decide"),
            ("announce/", announcing.announce, "announce"),
            ("<int:pk>/clear/", deciding.clear, "clear"),
            ("<int:pk>/answer/<str:action>/", answering.answer, "answer"),
            (material, talk_materials.download, "material"),
            (f"{material}remove/", talk_materials.remove, "material_remove"),
            ("<int:pk>/versions/", talk_versions.show, "versions"),
            ("<int:pk>/co-authors/", coauthors.show, "coauthors"),
            ("<int:pk>/private-link/", private_link.show, "private_link"),
            ("<int:pk>/private-link/send/", private_link.send, "private_link_send"),
            ("<int:pk>/private-link/renew/", private_link.renew, "private_link_renew"),
        ]
        own = [
            path(
                route,
                self.admin_site.admin_view(partial(view, self)),
                name=f"submissions_talk_{name}",
            )
            for route, view, name in pages
        ]
        return [*importing.import_urls(self), *own, *super().get_urls()]

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        talk = self.get_object(request, unquote(object_id))
        if talk is None or self.has_delete_permission(request, talk):
            return super().delete_view(request, object_id, extra_context)
        text = _("This talk has been decided, so it is kept in the record. Withdraw it instead.")
        self.message_user(request, text, messages.ERROR)
        return redirect("admin:submissions_talk_change", talk.pk)

    def own_page(self, request: HttpRequest, row: Talk) -> Callable[..., HttpResponse]:
        return partial(talk_page.talk_change, self, request, row)

    def own_page_to_add(
        self, request: HttpRequest, meeting: Meeting
    ) -> Callable[..., HttpResponse]:
        return partial(talk_page.talk_add, self, request, meeting)
