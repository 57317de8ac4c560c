"""Proposing a talk: one page, no account."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from submissions.domain.abstracts import count_words, render_inline
from submissions.domain.abstracts import render as render_text
from submissions.domain.calls import CallStatus
from submissions.forms.authors import AuthorEntries, AuthorFormSet
from submissions.forms.talk import TalkForm
from submissions.models import Meeting
from submissions.operations import submitting
from submissions.views.meeting import get_meeting
from submissions.views.private_access import open_talk
from submissions.views.problems import sentences

PREFIX = "authors"


@dataclass(slots=True)
class Sheet:
    """The two halves of the page: the talk and its authors."""

    form: TalkForm
    authors: AuthorEntries

    def is_valid(self) -> bool:
        # Both, always: all complaints are shown at once.
        return all([self.form.is_valid(), self.authors.is_valid()])

    def forgiven(self) -> "Sheet":
        """As typed, without complaints: for showing it again before it is submitted."""
        self.form.forgive()
        self.authors.forgive()
        return self


def blank_sheet(meeting: Meeting) -> Sheet:
    return Sheet(
        TalkForm(meeting=meeting),
        AuthorFormSet(prefix=PREFIX, initial=[{"is_presenting": True}]),
    )


def filled_sheet(meeting: Meeting, data: QueryDict) -> Sheet:
    return Sheet(TalkForm(data, meeting=meeting), AuthorFormSet(data, prefix=PREFIX))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk_submit(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_meeting(request, slug)
    now = timezone.now()
    status = meeting.call_status(now)
    if request.method != "POST":
        if status is not CallStatus.OPEN:
            return _call_page(request, meeting, status)
        return page(request, meeting, blank_sheet(meeting))
    sheet = filled_sheet(meeting, request.POST)
    if status is not CallStatus.OPEN:
        # The text stays on the page to be copied. A grace period would be asked for here.
        return _call_page(request, meeting, status, typed=request.POST)
    if not sheet.is_valid():
        return page(request, meeting, sheet, status=422)
    proposal = sheet.form.proposal(sheet.authors.authors())
    talk = submitting.submit(meeting=meeting, proposal=proposal, by=None, at=now)
    open_talk(request, talk)
    return redirect("submissions:talk-detail", meeting.slug, talk.code)


@require_POST
def talk_more_authors(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page with one more empty author; for browsers without JavaScript."""
    meeting = get_meeting(request, slug)
    return page(request, meeting, with_one_more_author(meeting, request.POST))


def with_one_more_author(meeting: Meeting, data: QueryDict) -> Sheet:
    """Everything as typed and one more entry, without complaints about what is not yet filled."""
    more = data.copy()
    total = filled_sheet(meeting, data).authors.total_form_count()
    more[f"{PREFIX}-TOTAL_FORMS"] = str(total + 1)
    return filled_sheet(meeting, more).forgiven()


@require_POST
def talk_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Title and abstract as they will be published: a part for htmx, else the whole page."""
    meeting = get_meeting(request, slug)
    if request.headers.get("HX-Request"):
        typed = request.POST.get("title", ""), request.POST.get("abstract", "")
        context = {"meeting": meeting, "preview": preview(meeting, *typed)}
        return render(request, "submissions/talk/_preview.html", context)
    return page(request, meeting, filled_sheet(meeting, request.POST).forgiven())


def preview(meeting: Meeting, title: str, abstract: str) -> dict[str, Any]:
    """What the preview shows: safe HTML, words left, what could not be typeset."""
    rendered_title, rendered = render_inline(title), render_text(abstract)
    words = count_words(abstract)
    return {
        "title": rendered_title.html,
        "html": rendered.html,
        "words": words,
        "words_left": meeting.word_limit - words,
        "words_over": words - meeting.word_limit,
        "problems": sentences([*rendered_title.problems, *rendered.problems]),
    }


def page(
    request: HttpRequest, meeting: Meeting, sheet: Sheet, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The form page; `status` 422 when something must be corrected."""
    context |= {
        "meeting": meeting,
        "form": sheet.form,
        "authors": sheet.authors,
        "preview": preview(meeting, *_texts(sheet.form)),
        "edits_close_at": meeting.edits_close_at or meeting.call_closes_at,
    }
    return render(request, "submissions/talk/form.html", context, status=status)


def _texts(form: TalkForm) -> tuple[str, str]:
    title, abstract = (form[name].value() or "" for name in ("title", "abstract"))
    return title, abstract


def _call_page(
    request: HttpRequest, meeting: Meeting, status: CallStatus, typed: QueryDict | None = None
) -> HttpResponse:
    """Why nothing can be submitted now, with the dates, and whatever was typed meanwhile."""
    texts = [
        (name, value)
        for name, values in (typed or QueryDict()).lists()
        for value in values
        if value.strip() and not name.startswith(("csrf", "submit_key", f"{PREFIX}-TOTAL"))
    ]
    context = {
        "meeting": meeting,
        "is_closed": status is CallStatus.CLOSED,
        "is_announced": status is not CallStatus.NOT_ANNOUNCED,
        "typed": texts,
    }
    http_status = 200 if typed is None else 409
    return render(request, "submissions/talk/call.html", context, status=http_status)
