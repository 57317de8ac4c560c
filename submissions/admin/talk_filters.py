"""How an organiser narrows the list of talks: drop-down lists, and nothing of other meetings."""

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from submissions import snapshots
from submissions.admin.filters import DropDownFilter, key_in
from submissions.admin.scoped import meeting_by_slug, meetings_of
from submissions.domain.lifecycle import DECISIONS, LIVE, PLACED, State
from submissions.domain.statistics import below, in_tree_order
from submissions.models import (
    AstronomyArea,
    Authorship,
    Meeting,
    MLArea,
    Preference,
    Talk,
    TalkAstronomyArea,
    TalkFormat,
    TalkMLArea,
)
from submissions.models.labels import ACTION_LABELS, STATE_LABELS
from submissions.snapshots import NOT_COUNTED

NONE = "none"
"""The value that means: where there is none."""


def _meetings(request: HttpRequest) -> list[Meeting]:
    """The meetings whose talks the list shows."""
    meeting = meeting_by_slug(request, request.GET.get("meeting"))
    return [meeting] if meeting else meetings_of(request)


# Several states under one name, as the dashboard counts them.
_SEVERAL = {
    "proposed": (_("all but drafts and withdrawn"), frozenset(State) - frozenset(NOT_COUNTED)),
    "live": (_("still in play"), LIVE - {State.DRAFT}),
    "placed": (_("accepted or confirmed"), PLACED),
}


class StateFilter(DropDownFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        several = [(name, label) for name, (label, _states) in _SEVERAL.items()]
        return [*several, *((state.value, label) for state, label in STATE_LABELS.items())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        value = self.value()
        if not value:
            return queryset
        if value in _SEVERAL:
            return queryset.filter(state__in=sorted(_SEVERAL[value][1]))
        return queryset.filter(state=value)


class PreparedDecisionFilter(DropDownFilter):
    title = _("prepared decision")
    parameter_name = "prepared"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        decisions = [(action.value, ACTION_LABELS[action]) for action in DECISIONS]
        return [("any", _("any, not announced yet")), *decisions, (NONE, _("none"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        match self.value():
            case None:
                return queryset
            case "any":
                return queryset.exclude(prepared_decision="")
            case value:
                return queryset.filter(prepared_decision="" if value == NONE else value)


class AuthorsFilter(DropDownFilter):
    title = _("authors")
    parameter_name = "authors"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("objecting", _("somebody objects to being named"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        if self.value() != "objecting":
            return queryset
        return queryset.filter(pk__in=Authorship.objects.objecting().values("talk"))


class FormatFilter(DropDownFilter):
    title = _("format")
    parameter_name = "format"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        formats = TalkFormat.objects.filter(meeting__in=_meetings(request)).order_by(
            "meeting", "position", "name"
        )
        return [*formats.values_list("pk", "name"), (NONE, _("no format"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        value = self.value()
        if value is None:
            return queryset
        if value == NONE:
            return queryset.filter(format=None)
        return queryset.filter(format=key_in(value))


class PreferenceFilter(DropDownFilter):
    """Shown where a meeting asks."""

    title = _("talk or poster")
    parameter_name = "preference"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        if not any(meeting.asks_preference for meeting in _meetings(request)):
            return []
        return [*Preference.choices, (NONE, _("not said"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(preference="" if value == NONE else value)


class RemoteFilter(DropDownFilter):
    """Shown where a meeting asks."""

    title = _("presented")
    parameter_name = "remote"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        if not any(meeting.asks_remote for meeting in _meetings(request)):
            return []
        return [("yes", _("remotely")), ("no", _("on the spot"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        value = self.value()
        return queryset.filter(is_remote=value == "yes") if value else queryset


class AreaFilter(DropDownFilter):
    """By an area and everything under it, in the order of the vocabulary."""

    area: ClassVar[type[AstronomyArea] | type[MLArea]]
    tag: ClassVar[type[TalkAstronomyArea] | type[TalkMLArea]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        self.tree = snapshots.vocabulary(self.area)
        tags = self.tag._default_manager.filter(talk__meeting__in=_meetings(request))
        used = tags.order_by().values_list("area", flat=True).distinct()
        areas = in_tree_order(self.tree, used)
        # Plain blanks at the start of an option are not shown.
        indented = [(area.slug, "\u2003" * depth + area.label) for depth, area in areas]
        return [(NONE, _("no area")), *indented]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        value = self.value()
        if value is None:
            return queryset
        tags = self.tag._default_manager.filter(talk=OuterRef("pk"))
        if value == NONE:
            return queryset.filter(~Exists(tags))
        key = next((area.key for area in self.tree if area.slug == value), None)
        if key is None:
            return queryset.none()
        return queryset.filter(Exists(tags.filter(area__in=below(self.tree, key))))


class AstronomyAreaFilter(AreaFilter):
    title = _("astronomy area")
    parameter_name = "astronomy"
    area = AstronomyArea
    tag = TalkAstronomyArea


class MLAreaFilter(AreaFilter):
    title = _("machine-learning area")
    parameter_name = "ml"
    area = MLArea
    tag = TalkMLArea


class AreaTextFilter(DropDownFilter):
    title = _("areas as typed")
    parameter_name = "typed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("unmatched", _("typed, but no area found"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Talk]) -> QuerySet[Talk]:
        return queryset.filter(typed_but_unmatched()) if self.value() else queryset


def typed_but_unmatched() -> Q:
    """Talks with an area that was typed while no area of that kind is on the talk."""
    astronomy = TalkAstronomyArea.objects.filter(talk=OuterRef("pk"))
    ml = TalkMLArea.objects.filter(talk=OuterRef("pk"))
    return (~Q(astronomy_areas_text="") & ~Exists(astronomy)) | (~Q(ml_areas_text="") & ~Exists(ml))
