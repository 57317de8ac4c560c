"""The page of a talk: as it will be printed, what can be decided, its form, its history."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.admin.scoped import organiser
from submissions.admin.talk_forms import (
    OrganisersTalkForm,
    author_form_set,
    initial_authors,
    initial_of,
)
from submissions.admin.talk_history import history_of, line_of
from submissions.domain.abstracts import render, render_inline
from submissions.domain.lifecycle import Actor, actions_from
from submissions.domain.scripts import mixed_words
from submissions.domain.talk import Author, AuthorLine
from submissions.forms.authors import mixed_word
from submissions.importers.vocabulary import Kind
from submissions.models import Meeting, Talk
from submissions.models.labels import ACTION_LABELS
from submissions.operations import answering, correcting, deciding, submitting
from submissions.operations.areas import match_areas
from submissions.views.problems import sentences

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin

_WHAT = (gettext_lazy("Title, abstract, format"), ("title", "abstract", "format", "collaboration"))
_AREAS = (gettext_lazy("Areas"), ("astronomy_areas", "ml_areas"))
_TYPED_AREAS = (
    gettext_lazy("Areas"),
    ("astronomy_areas", "astronomy_areas_text", "ml_areas", "ml_areas_text"),
)
_FURTHER = (gettext_lazy("Further"), ("remarks", "send_receipt"))


def _answers_asked(form: OrganisersTalkForm) -> Any:
    """What the meeting asks besides; a section without fields is not shown."""
    return gettext_lazy("Answers"), ("preference", "is_remote", *form.question_names())


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is typed on the page: the talk and its authors."""

    form: OrganisersTalkForm
    authors: Any

    def is_valid(self) -> bool:
        """Both are asked, so that all errors show at once."""
        return all([self.form.is_valid(), self.authors.is_valid()])


def talk_change(
    pages: "TalkAdmin", request: HttpRequest, talk: Talk, extra_context: dict[str, Any]
) -> HttpResponse:
    if request.method != "POST":
        entry = _Entry(
            OrganisersTalkForm(meeting=talk.meeting, talk=talk, initial=initial_of(talk)),
            author_form_set(1)(initial=initial_authors(talk), form_kwargs={"talk": talk}),
        )
        return _change_page(pages, request, talk, entry, extra_context)
    entry = _Entry(
        OrganisersTalkForm(request.POST, meeting=talk.meeting, talk=talk),
        author_form_set(1)(request.POST, form_kwargs={"talk": talk}),
    )
    with transaction.atomic():
        # Held, so that nobody saves between our comparison and our saving. People before talks, as
        # in every operation, so that no two of them wait for each other.
        talk.meeting.hold_people()
        Talk.objects.select_for_update().get(pk=talk.pk)
        if not entry.is_valid():
            return _change_page(pages, request, talk, entry, extra_context)
        if entry.form.is_outdated():
            entry.form.accept_current_version()
            context = {**extra_context, "is_outdated": True}
            return _change_page(pages, request, talk, entry, context)
        correction = entry.form.correction(entry.authors.corrected())
        now = timezone.now()
        has_changed = correcting.correct(talk, correction, by=organiser(request), at=now)
    for remark in entry.form.remarks_on_limits():
        messages.warning(request, remark)
    if not has_changed:
        messages.info(request, _("Nothing was changed."))
        return HttpResponseRedirect(request.get_full_path())
    talk.refresh_from_db()
    pages.log_change(request, talk, [{"changed": {}}])
    return pages.response_change(request, talk)


def talk_add(
    pages: "TalkAdmin", request: HttpRequest, meeting: Meeting, extra_context: dict[str, Any]
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    entry = _Entry(OrganisersTalkForm(data, meeting=meeting), author_form_set(3)(data))
    if data is not None and entry.is_valid():
        try:
            talk = submitting.submit(
                meeting=meeting,
                proposal=entry.form.proposal(entry.authors.authors()),
                by=organiser(request),
                at=timezone.now(),
                send_mail=entry.form.cleaned_data["send_receipt"],
                is_limited=False,
            )
        except submitting.FormUsedBefore as used:
            entry.form.renew_key()
            text = _("Talk %(code)s was added by this form. Save again to add another talk.")
            messages.warning(request, text % {"code": used.talk.code})
        else:
            for remark in entry.form.remarks_on_limits():
                messages.warning(request, remark)
            pages.log_addition(request, talk, [{"added": {}}])
            return pages.response_add(request, talk)
    context = {
        **_form_context(
            pages, request, entry, [_WHAT, _TYPED_AREAS, _answers_asked(entry.form), _FURTHER]
        ),
        **extra_context,
        "title": _("Add a talk"),
        "add": True,
        "original": None,
        "has_editable_inline_admin_formsets": True,
    }
    return TemplateResponse(request, "admin/submissions/talk/change_form.html", context)


def _change_page(
    pages: "TalkAdmin",
    request: HttpRequest,
    talk: Talk,
    entry: _Entry,
    extra_context: dict[str, Any],
) -> HttpResponse:
    latest = talk.history.select_related("by").filter(action="change").first()
    context = {
        **_form_context(pages, request, entry, [_WHAT, _AREAS, _answers_asked(entry.form)]),
        **extra_context,
        **sheet_of(talk),
        "title": _("Talk %(code)s") % {"code": talk.code},
        "subtitle": talk.title,
        "add": False,
        "original": talk,
        "may_delete": pages.has_delete_permission(request, talk),
        "latest_change": line_of(latest) if latest else None,
        "decisions": _decisions(talk),
        "answers": _answers(talk),
        "prepared_label": talk.get_prepared_decision_display(),
        "facts": [fact for further in pages.further_facts if (fact := further(talk))],
        "history": history_of(talk),
        "mails": talk.emails.prefetch_related("delivery_log"),
        "materials": talk.materials.all(),
        "typed_areas": _typed_areas(talk),
    }
    return TemplateResponse(request, "admin/submissions/talk/change_form.html", context)


def _form_context(
    pages: "TalkAdmin", request: HttpRequest, entry: _Entry, sections: Any
) -> dict[str, Any]:
    fields = entry.form.fields
    fieldsets: Any = [
        (name, {"fields": there})
        for name, wanted in sections
        if (there := tuple(field for field in wanted if field in fields))
    ]
    return {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "adminform": AdminForm(cast(Any, entry.form), fieldsets, {}, model_admin=pages),
        "form": entry.form,
        "authors": entry.authors,
        "has_errors": bool(entry.form.errors or entry.authors.total_error_count()),
        "preserved_filters": pages.get_preserved_filters(request),
    }


def sheet_of(talk: Talk) -> dict[str, Any]:
    """The talk as it will be printed: title, author line, areas, abstract, and what is wrong."""
    authorships = talk.authorships.select_related("speaker").prefetch_related("affiliations")
    people = [
        Author(
            slug=authorship.speaker.slug,
            given_name=authorship.speaker.given_name,
            family_name=authorship.speaker.family_name,
            orcid=authorship.speaker.orcid,
            is_presenting=authorship.is_presenting,
            affiliations=tuple(place.name for place in authorship.affiliations.all()),
        )
        for authorship in authorships
    ]
    rendered = render(talk.abstract)
    return {
        "sheet_title": render_inline(talk.title).html,
        "sheet_abstract": rendered.html,
        "sheet_problems": [*sentences(rendered.problems), *map(mixed_word, _mixed(people))],
        "author_line": AuthorLine.of(people),
        "objecting": [authorship for authorship in authorships if authorship.objected_at],
        "astronomy_areas": list(talk.astronomy_areas.all()),
        "ml_areas": list(talk.ml_areas.all()),
        "questions_answered": list(talk.answers.select_related("question")),
    }


def _mixed(people: Iterable[Author]) -> Iterator[str]:
    return (word for person in people for word in mixed_words(person.name))


def _decisions(talk: Talk) -> list[dict[str, Any]]:
    return [
        {
            "action": action.value,
            "label": ACTION_LABELS[action],
            "url": reverse("admin:submissions_talk_decide", args=[action.value]),
        }
        for action in deciding.possible_decisions(talk.lifecycle_state)
        if action.value != talk.prepared_decision
    ]


def _answers(talk: Talk) -> list[dict[str, Any]]:
    return [
        {
            "label": ACTION_LABELS[action],
            "url": reverse("admin:submissions_talk_answer", args=[talk.pk, action.value]),
        }
        for action in actions_from(talk.lifecycle_state, Actor.ORGANISER)
        if action in answering.ANSWERS
    ]


def _typed_areas(talk: Talk) -> list[dict[str, Any]]:
    """The areas as typed, and what of them the rules could not read."""
    typed = (
        (_("Astronomy areas as typed"), Kind.ASTRONOMY, talk.astronomy_areas_text),
        (_("Machine-learning areas as typed"), Kind.ML, talk.ml_areas_text),
    )
    return [
        {"label": label, "text": text, "tagging": match_areas(kind, text, talk.meeting)}
        for label, kind, text in typed
        if text
    ]
