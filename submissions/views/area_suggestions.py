"""Areas suggested from title and abstract: a part of the submission form, for htmx or without it.

What the speaker takes without a script comes back as `TAKEN` fields and is read by
`with_taken_areas` as if it had been chosen in the lists below.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from submissions.domain.areas.suggesting import AreaSuggestion
from submissions.importers.vocabulary import Kind
from submissions.models import Meeting
from submissions.operations.named_areas import offered
from submissions.operations.suggesting import suggest_areas
from submissions.views.meeting import get_meeting

ASK: Final = "suggest_areas"
"""The button that asks for the form again, with suggestions."""
_FIELDS: Final[Mapping[Kind, str]] = {Kind.ASTRONOMY: "astronomy_areas", Kind.ML: "ml_areas"}
_HEADINGS: Final[Mapping[Kind, Promise]] = {
    Kind.ASTRONOMY: _("Astronomy"),
    Kind.ML: _("Machine learning"),
}
_VERY_LIKELY: Final = 0.9
_LIKELY: Final = 0.75


@dataclass(frozen=True, slots=True)
class SuggestedArea:
    slug: str
    label: str
    because: tuple[str, ...]
    certainty: Promise


@dataclass(frozen=True, slots=True)
class Shelf:
    """The suggestions of one kind."""

    field: str
    """The list of the form that they belong to."""
    heading: Promise
    areas: tuple[SuggestedArea, ...]


@require_POST
def talk_areas(request: HttpRequest, slug: str) -> HttpResponse:
    """What the script puts below the abstract while somebody types."""
    meeting = get_meeting(request, slug)
    context = {"meeting": meeting, "suggested": suggested(meeting, request.POST), "is_asked": True}
    return render(request, "submissions/talk/_area_suggestions.html", context)


def suggestions_for_page(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the form page says about areas: suggestions only where somebody asked for them."""
    is_asked = request.method == "POST" and ASK in request.POST
    found = suggested(meeting, request.POST) if is_asked else ()
    return {"suggested": found, "is_asked": is_asked, "has_checkboxes": True}


def suggested(meeting: Meeting, data: QueryDict) -> tuple[Shelf, ...]:
    """Suggestions for what is typed, without the areas that are chosen already."""
    found = suggest_areas(meeting, data.get("title") or "", data.get("abstract") or "")
    given = {Kind.ASTRONOMY: found.astronomy, Kind.ML: found.ml}
    return tuple(shelf for kind in Kind if (shelf := _shelf(kind, given[kind], data)).areas)


def with_taken_areas(data: QueryDict) -> QueryDict:
    """The form as sent, with the suggestions that were ticked among the chosen areas."""
    taken = {field: data.getlist(f"taken_{field}") for field in _FIELDS.values()}
    if not any(taken.values()):
        return data
    merged = data.copy()
    for field, slugs in taken.items():
        merged.setlist(field, list(dict.fromkeys([*data.getlist(field), *slugs])))
    return merged


def _shelf(kind: Kind, found: tuple[AreaSuggestion, ...], data: QueryDict) -> Shelf:
    field = _FIELDS[kind]
    chosen = {*data.getlist(field), *data.getlist(f"taken_{field}")}
    wanted = [each for each in found if each.slug not in chosen]
    labels = {area.slug: area.label for area in offered(kind)} if wanted else {}
    areas = tuple(
        SuggestedArea(each.slug, labels[each.slug], each.because, _certainty(each.confidence))
        for each in wanted
        if each.slug in labels
    )
    return Shelf(field, _HEADINGS[kind], areas)


def _certainty(confidence: float) -> Promise:
    if confidence >= _VERY_LIKELY:
        return _("very likely")
    return _("likely") if confidence >= _LIKELY else _("perhaps")
