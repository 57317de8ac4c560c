"""The page on which organisers decide once what the terms of their speakers mean."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.contrib import admin, messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions.admin.scoped import MeetingScopedAdmin, organiser
from submissions.domain.areas.reading import Suggestion
from submissions.domain.areas.vocabulary import Vocabulary
from submissions.forms.terms import NEW_AREA, SYNONYM, TermForm
from submissions.importers.vocabulary import Kind
from submissions.models import AreaKind, AreaTerm, AreaTermEntry, Meeting
from submissions.operations import terms
from submissions.operations.areas import vocabulary
from submissions.operations.named_areas import offered
from submissions.operations.open_terms import OpenTerm, nearest, open_terms

_PER_PAGE: Final = 50
_MOST_TALKS: Final = 5
_LAST_ENTRIES: Final = 30


@dataclass(frozen=True, slots=True)
class Near:
    """An area that a term may mean, with the words that say so."""

    label: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermLine:
    term: OpenTerm
    number: int
    kind: str
    """The kind's name for people."""
    near: tuple[Near, ...]

    @property
    def talks_shown(self) -> list[Any]:
        return list(self.term.talks[:_MOST_TALKS])

    @property
    def more_talks(self) -> int:
        return max(0, len(self.term.talks) - _MOST_TALKS)


@admin.register(AreaTerm)
class AreaTermAdmin(MeetingScopedAdmin[AreaTerm]):
    """One page instead of Django's five: a term is decided or taken back, never edited."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="submissions_areaterm_changelist")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        meeting = self.meeting_of_list(request)
        if meeting is None:
            return self.choose_meeting(request)
        if request.method == "POST":
            return _answer(request, meeting)
        return self.page(request, meeting, extra_context, partial(self._show, request, meeting))

    def _show(
        self, request: HttpRequest, meeting: Meeting, context: dict[str, Any]
    ) -> TemplateResponse:
        found = Paginator(open_terms(meeting), _PER_PAGE).get_page(request.GET.get("p"))
        shown = {
            **self.admin_site.each_context(request),
            **context,
            "opts": self.opts,
            "title": _("New terms for areas"),
            "lines": _lines(meeting, found),
            "page_of_terms": found,
            "areas": {kind.value: offered(kind) for kind in Kind},
            "decided": _decided(meeting),
            "entries": AreaTermEntry.objects.filter(meeting=meeting).select_related("by")[
                :_LAST_ENTRIES
            ],
        }
        return TemplateResponse(request, "admin/submissions/areaterm/terms.html", shown)


def _lines(meeting: Meeting, found: Page[OpenTerm]) -> list[TermLine]:
    terms_found = list(found)
    kinds = {term.kind for term in terms_found}
    areas = {kind: vocabulary(kind, meeting) for kind in kinds}
    return [
        TermLine(
            term,
            number,
            str(AreaKind(term.kind.value).label),
            tuple(_near(each, areas[term.kind]) for each in nearest(term, areas[term.kind])),
        )
        for number, term in enumerate(terms_found, start=found.start_index())
    ]


def _near(suggestion: Suggestion, areas: Vocabulary) -> Near:
    return Near(areas.areas[suggestion.slug].label, suggestion.because)


def _decided(meeting: Meeting) -> Any:
    return AreaTerm.objects.filter(meeting=meeting).select_related(
        "astronomy_area", "ml_area", "decided_by"
    )


def _answer(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Do what one of the buttons says, and come back with what it came to."""
    if "take_back" in request.POST:
        _take_back(request, meeting)
    else:
        _decide(request, meeting)
    url = reverse("admin:submissions_areaterm_changelist")
    number = request.GET.get("p", "")
    query = f"&p={number}" if number.isdecimal() else ""
    return HttpResponseRedirect(f"{url}?meeting={meeting.slug}{query}")


def _take_back(request: HttpRequest, meeting: Meeting) -> None:
    key = request.POST["take_back"]
    try:
        found = AreaTerm.objects.get(meeting=meeting, pk=key if _is_key(key) else 0)
        done = terms.take_back(found, by=organiser(request), at=timezone.now())
    except AreaTerm.DoesNotExist:
        messages.info(request, _("This decision was taken back already."))
        return
    text = ngettext(
        "“%(term)s” is open again; %(count)d talk lost an area by that.",
        "“%(term)s” is open again; %(count)d talks lost an area by that.",
        done.talk_count,
    )
    messages.success(request, text % {"term": done.term.text, "count": done.talk_count})


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def _decide(request: HttpRequest, meeting: Meeting) -> None:
    form = TermForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return
    data = form.cleaned_data
    try:
        done = _decision(data, meeting)(by=organiser(request), at=timezone.now())
    except terms.TermDecided as earlier:
        text = _("%(who)s has decided about “%(term)s” meanwhile: it %(meaning)s.") % {
            "who": earlier.term.decided_by,
            "term": earlier.term.text,
            "meaning": earlier.term.get_meaning_display(),
        }
        messages.warning(request, text)
    except terms.AreaExists as known:
        text = _("There is an area called “%(area)s” already: take the term as its synonym.")
        messages.error(request, text % {"area": known.area.label})
    except terms.NoSuchArea as unknown:
        text = _("No area is called “%(name)s”. Choose one from the list, or add a new one.")
        messages.error(request, text % {"name": unknown})
    except terms.NoTerm:
        messages.error(request, _("A term and an area need at least one letter or digit."))
    else:
        messages.success(request, _said(done))


def _decision(data: dict[str, Any], meeting: Meeting) -> Callable[..., terms.Done]:
    kind, term = Kind(data["kind"]), data["term"]
    if data["meaning"] == SYNONYM:
        return partial(terms.take_as_synonym, meeting, kind, term, area=data["area"])
    if data["meaning"] == NEW_AREA:
        names = {"label": data["label"], "parent": data["parent"]}
        return partial(terms.add_as_area, meeting, kind, term, **names)
    return partial(terms.set_aside, meeting, kind, term)


def _said(done: terms.Done) -> str:
    area = done.term.area
    if area is None:
        return _("“%(term)s” is no area; it stays on its talks as typed.") % {"term": done.term}
    text = ngettext(
        "“%(term)s” means %(area)s in this meeting; %(count)d talk got the area.",
        "“%(term)s” means %(area)s in this meeting; %(count)d talks got the area.",
        done.talk_count,
    )
    return text % {"term": done.term.text, "area": area.label, "count": done.talk_count}
