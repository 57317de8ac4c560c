"""The versions of a talk on a page: for its speakers here, for organisers in the admin."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from submissions.domain.abstracts import render as render_text
from submissions.domain.abstracts import render_inline
from submissions.models import Draft, Talk, User
from submissions.operations import versions
from submissions.permissions import may_edit_as_speaker
from submissions.views.changes import FIELDS, Change, changes_of, worded
from submissions.views.private_access import get_own_talk, meeting_of_private_page

TAKEN_BACK: Final = (
    *("title", "abstract", "collaboration"),
    *("astronomy_areas_text", "ml_areas_text", "remarks"),
)
"""Of an earlier version; who its authors were, and what they chose, is not guessed from history."""
IN_THE_SHEET: Final = frozenset({"title", "abstract", "authors"})


@dataclass(frozen=True, slots=True)
class ShownVersion:
    number: int
    at: datetime
    who: str
    is_current: bool
    changes: tuple[Change, ...]
    title: str
    """Safe HTML, as the abstract."""
    abstract: str
    authors: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """Everything else that is filled: label and text."""


@never_cache
@require_safe
def talk_versions(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """For the speakers: who wrote it is said without the names of organisers."""
    talk = get_own_talk(request, meeting_of_private_page(slug), code)
    may_edit = may_edit_as_speaker(talk, at=timezone.now())
    has_draft = may_edit and Draft.objects.filter(talk=talk).exists()
    context = {
        "meeting": talk.meeting,
        "talk": talk,
        "versions": shown_versions(talk, who=_speakers_words(request, talk)),
        "has_draft": has_draft,
        "may_take_back": may_edit and not has_draft,
    }
    return render(request, "submissions/talk/versions.html", context)


def _speakers_words(request: HttpRequest, talk: Talk) -> Callable[[User | None], str]:
    """Says who wrote a version, without the names of organisers."""
    members = talk.meeting.memberships.organising()
    organisers = set(members.values_list("user", flat=True))

    def word(by: User | None) -> str:
        if by is None:
            return _("by private link")
        if by == request.user:
            return _("by you")
        is_organiser = by.is_superuser or by.pk in organisers
        return _("by the organisers") if is_organiser else _("by an author")

    return word


def take_back(request: HttpRequest, talk: Talk, form: Form) -> None:
    """Put the texts of the version that the address asks for into a form that is not sent yet."""
    number = request.GET.get("version", "")
    if not (number.isdecimal() and len(number) < 5):
        return
    earlier = versions.version(talk, int(number))
    if earlier is not None:
        form.initial.update({name: earlier.content[name] for name in TAKEN_BACK})
        text = _(
            "The form holds the texts of version %(number)d. Nothing is changed before you save."
        )
        messages.info(request, text % {"number": earlier.number})


def shown_versions(talk: Talk, *, who: Callable[[User | None], str]) -> list[ShownVersion]:
    """Newest first."""
    found = versions.versions_of(talk)
    return [_shown(each, who(each.by), is_current=each is found[0]) for each in found]


def _shown(version: versions.Version, who: str, *, is_current: bool) -> ShownVersion:
    content = version.content
    return ShownVersion(
        number=version.number,
        at=version.at,
        who=who,
        is_current=is_current,
        changes=tuple(changes_of(version.changes)),
        title=render_inline(content["title"]).html,
        abstract=render_text(content["abstract"]).html,
        authors=tuple(content["authors"]),
        facts=tuple(
            (str(FIELDS.get(name, name)), _text(name, value))
            for name, value in content.items()
            if name not in IN_THE_SHEET and value
        ),
    )


def _text(name: str, value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else worded(name, value)
