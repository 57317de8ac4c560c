"""The form of a talk on a page: empty, as typed, or filled with a talk; and its preview."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from submissions.domain.abstracts import count_words, render_inline
from submissions.domain.abstracts import render as render_text
from submissions.domain.lifecycle import State
from submissions.forms.author_list import SPLIT, taken_over
from submissions.forms.authors import AuthorEntries, AuthorFormSet, counted
from submissions.forms.authors import initial_of as initial_author
from submissions.forms.limits import check_author_limit
from submissions.forms.talk import TalkForm
from submissions.forms.talk import initial_of as initial_talk
from submissions.models import Draft, Meeting, Talk
from submissions.snapshots import proposal_of
from submissions.views.area_suggestions import suggestions_for_page, with_taken_areas
from submissions.views.meeting import next_close
from submissions.views.problems import sentences

PREFIX = "authors"


@dataclass(slots=True)
class Sheet:
    """The two halves of the page: the talk and its authors."""

    form: TalkForm
    authors: AuthorEntries

    def is_valid(self) -> bool:
        # Both, always: all complaints are shown at once.
        check_author_limit(self.authors, self.form.meeting)
        return all([self.form.is_valid(), self.authors.is_valid()])

    def forgiven(self) -> "Sheet":
        """As typed, without complaints: for showing it again before it is submitted."""
        self.form.forgive()
        self.authors.forgive()
        return self

    def texts(self) -> list[tuple[str, str]]:
        """Everything as typed with the names of the fields, for a page that has no form."""
        return [(name, text) for name, text in self._texts() if text.strip()]

    def _texts(self) -> Iterator[tuple[str, str]]:
        for number, entry in enumerate(self.authors, start=1):
            for field in entry.visible_fields():
                if not isinstance(field.field, forms.BooleanField | forms.IntegerField):
                    yield f"{_('Author')} {number}: {field.label}", _text_of(field)
        for field in self.form.visible_fields():
            yield str(field.label), _text_of(field)


def blank_sheet(meeting: Meeting, *, at: datetime | None = None) -> Sheet:
    """With `at`, here and below, only formats whose deadline is not over may be chosen."""
    return Sheet(
        TalkForm(meeting=meeting, at=at),
        AuthorFormSet(prefix=PREFIX, initial=[{"is_presenting": True}]),
    )


def filled_sheet(
    meeting: Meeting, data: QueryDict, *, talk: Talk | None = None, at: datetime | None = None
) -> Sheet:
    data = with_taken_areas(data)
    form = TalkForm(data, meeting=meeting, talk=talk, at=at)
    return Sheet(form, AuthorFormSet(data, prefix=PREFIX))


def sheet_of(talk: Talk, *, at: datetime | None = None) -> Sheet:
    """The form filled with the talk as it is."""
    proposal = proposal_of(talk)
    return Sheet(
        TalkForm(initial=initial_talk(proposal), meeting=talk.meeting, talk=talk, at=at),
        AuthorFormSet(prefix=PREFIX, initial=[*map(initial_author, proposal.authors)]),
    )


def with_one_more_author(
    meeting: Meeting, data: QueryDict, *, talk: Talk | None = None, at: datetime | None = None
) -> Sheet:
    """Everything as typed and one more entry, without complaints about what is not yet filled."""
    if SPLIT in data:
        return _with_authors_of_list(meeting, data, talk=talk, at=at)
    more = counted(data, PREFIX)
    total = filled_sheet(meeting, more).authors.total_form_count()
    more[f"{PREFIX}-{total}-family_name"] = ""
    return filled_sheet(meeting, more, talk=talk, at=at).forgiven()


def _with_authors_of_list(
    meeting: Meeting, data: QueryDict, *, talk: Talk | None, at: datetime | None
) -> Sheet:
    """Everything as typed, and the authors of the pasted list as entries."""
    taken = taken_over(data, PREFIX)
    sheet = filled_sheet(meeting, taken.data, talk=talk, at=at).forgiven()
    taken.tell(sheet.authors)
    return sheet


def page(
    request: HttpRequest, meeting: Meeting, sheet: Sheet, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The form page; `status` 422 when something must be corrected."""
    draft: Draft | None = context.get("draft")
    talk: Talk | None = context.get("talk")
    is_submitted = talk is not None and talk.lifecycle_state is not State.DRAFT
    now = timezone.now()
    context |= {
        "meeting": meeting,
        "closes_at": next_close(meeting, now),
        "addresses": _addresses(meeting, talk),
        "is_submitted": is_submitted,
        "draft_version": context.get("draft_version", draft.version if draft else 0),
        "call_text": render_text(meeting.call_text).html if not is_submitted else "",
        "form": sheet.form,
        "authors": sheet.authors,
        "preview": preview(meeting, *_title_and_abstract(sheet.form)),
        "suggestions": suggestions_for_page(request, meeting),
        "edits_until": meeting.edits_until if meeting.edits_are_open(now) else None,
    }
    return render(request, "submissions/talk/form.html", context, status=status)


def _addresses(meeting: Meeting, talk: Talk | None) -> dict[str, str]:
    """Where the buttons of the page send the form to."""
    if talk is None:
        names = {
            "save": "submit",
            "authors": "more-authors",
            "preview": "preview",
            "draft": "draft",
        }
        arguments: list[str] = [meeting.slug]
    else:
        names = {
            "save": "edit",
            "authors": "edit-more-authors",
            "preview": "edit-preview",
            "draft": "edit-draft",
        }
        arguments = [meeting.slug, talk.code]
    return {
        button: reverse(f"submissions:talk-{name}", args=arguments)
        for button, name in names.items()
    }


def preview_part(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What the script puts in the place of the preview while somebody types."""
    typed = request.POST.get("title", ""), request.POST.get("abstract", "")
    context = {"meeting": meeting, "preview": preview(meeting, *typed)}
    return render(request, "submissions/talk/_preview.html", context)


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


def _title_and_abstract(form: TalkForm) -> tuple[str, str]:
    title, abstract = (form[name].value() or "" for name in ("title", "abstract"))
    return title, abstract


def _text_of(field: BoundField) -> str:
    """What was typed or chosen, choices by their names."""
    value = field.value()
    values = [str(one) for one in (value if isinstance(value, list) else [value]) if one]
    names = dict(_flat(getattr(field.field, "choices", ())))
    return ", ".join(names.get(one, one) for one in values)


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, name in choices:
        if isinstance(name, list | tuple):
            yield from _flat(name)
        else:
            yield str(value), str(name)
