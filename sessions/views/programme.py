"""The public pages of a programme. They are made from its current release and from nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sessions.domain.overview import Overview, overview
from sessions.domain.programme import Day, Programme
from sessions.domain.selection import Selection, select
from sessions.forms.programme import ProgrammeFilterForm
from sessions.views.material import published_materials
from sessions.views.published import published_page
from submissions.domain.names import fold
from submissions.models import Meeting

# Measured: a talk with its abstract is about 1 kB of a compressed page, which is to stay under 100.
IN_FULL: Final = 80
"""Up to so many talks make one page with their abstracts. A larger programme is shown a day at a
time, and a day that is larger still without abstracts: its titles lead to the talks' pages.
"""
ONE_INDEX: Final = 400
"""An index of up to so many people is shown whole; a larger one a letter at a time."""


@dataclass(frozen=True, slots=True)
class DayTab:
    date: date
    talk_count: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ShownDay:
    day: Day
    overview: Overview


def not_published(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return render(request, "sessions/programme/not_published.html", {"meeting": meeting})


@published_page(before=not_published)
def programme_detail(request: HttpRequest, meeting: Meeting, programme: Programme) -> HttpResponse:
    form = ProgrammeFilterForm(request.GET, programme=programme)
    selection = form.selection()
    matching = select(programme, _without_day(selection))
    day = selection.day or _day_to_begin_with(matching)
    shown = select(matching, Selection(day=day))
    return render(
        request,
        "sessions/programme/detail.html",
        {
            "meeting": meeting,
            "programme": programme,
            "form": form,
            "is_filtered": selection.is_about_talks,
            "talk_count": len(matching.talks),
            "tabs": [
                DayTab(each.date, each.talk_count, each.date == day) for each in matching.days
            ],
            "shows_one_day": day is not None,
            "can_show_all_days": len(matching.talks) <= IN_FULL,
            "days": [ShownDay(each, overview(each)) for each in shown.days],
            "unfolds": len(shown.talks) <= IN_FULL,
            "is_open": request.GET.get("abstracts") == "open",
        },
    )


@published_page()
def session_detail(
    request: HttpRequest, meeting: Meeting, programme: Programme, number: int
) -> HttpResponse:
    block = programme.session(number)
    if block is None:
        raise Http404
    return render(
        request,
        "sessions/programme/session.html",
        # Not "block": inside {% block %} that name is Django's own.
        {
            "meeting": meeting,
            "programme": programme,
            "programme_session": block,
            "unfolds": len(block.talks) <= IN_FULL,
        },
    )


def _materials_mark(meeting: Meeting, programme: Programme, code: str) -> object:
    """Material comes after the release, so a page that shows it is as old as the last of it."""
    if code not in programme.talks:
        return None
    return list(
        published_materials(meeting, code).values_list("pk", "uploaded_at", "label", "kind")
    )


@published_page(also=_materials_mark)
def talk_detail(
    request: HttpRequest, meeting: Meeting, programme: Programme, code: str
) -> HttpResponse:
    placed = programme.talks.get(code)
    if placed is None:
        raise Http404
    return render(
        request,
        "sessions/programme/talk.html",
        {
            "meeting": meeting,
            "programme": programme,
            "placed": placed,
            "talk": placed.talk,
            "materials": published_materials(meeting, code),
        },
    )


@published_page(before=not_published)
def speaker_list(request: HttpRequest, meeting: Meeting, programme: Programme) -> HttpResponse:
    by_letter: dict[str, list[object]] = {}
    for entry in programme.people.values():
        by_letter.setdefault(_letter(entry.person.index_name), []).append(entry)
    letter = request.GET.get("letter", "")
    if letter not in by_letter:
        letter = next(iter(by_letter)) if len(programme.people) > ONE_INDEX else ""
    return render(
        request,
        "sessions/programme/speakers.html",
        {
            "meeting": meeting,
            "programme": programme,
            "letters": list(by_letter),
            "letter": letter,
            "sections": [(one, by_letter[one]) for one in by_letter if letter in ("", one)],
        },
    )


@published_page()
def speaker_detail(
    request: HttpRequest, meeting: Meeting, programme: Programme, person: str
) -> HttpResponse:
    entry = programme.people.get(person)
    if entry is None:
        raise Http404
    return render(
        request,
        "sessions/programme/speaker.html",
        {"meeting": meeting, "programme": programme, "entry": entry},
    )


def _without_day(selection: Selection) -> Selection:
    return Selection(astronomy=selection.astronomy, ml=selection.ml, text=selection.text)


def _day_to_begin_with(programme: Programme) -> date | None:
    """The day to show of a programme too large for one page: today, else the first; else None."""
    if len(programme.talks) <= IN_FULL:
        return None
    today = timezone.now().astimezone(programme.meeting.zone).date()
    days = [day.date for day in programme.days]
    return today if today in days else days[0]


def _letter(name: str) -> str:
    """Where a name stands in an index: its first letter without accents, "#" for other signs."""
    first = fold(name)[:1].upper()
    return first if first.isalpha() else "#"
