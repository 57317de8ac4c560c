"""The page of a session: the session, its slots in order with their times, and what to look at."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin.helpers import AdminForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions.admin.people import LIST_ID as PEOPLE_ID
from sessions.admin.people import People
from sessions.admin.placeable import LIST_ID as TALKS_ID
from sessions.admin.placeable import Placeable
from sessions.admin.session_forms import (
    SessionForm,
    SlotRows,
    initial_slots,
    slot_form_set,
)
from sessions.domain.clashes import by_block, findings
from sessions.models import Session, Slot
from sessions.models.labels import worded
from sessions.operations import scheduling
from sessions.snapshots import build_plan
from submissions.admin.scoped import organiser
from submissions.admin.versions import latest_change
from submissions.models import Meeting

if TYPE_CHECKING:
    from sessions.admin.sessions import SessionAdmin

EMPTY_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is typed on the page: the session and its slots."""

    form: SessionForm
    rows: SlotRows

    def is_valid(self) -> bool:
        """Both are asked, so that all errors show at once."""
        return all([self.form.is_valid(), self.rows.is_valid()])


def session_page(
    pages: "SessionAdmin",
    request: HttpRequest,
    meeting: Meeting,
    block: Session | None,
    extra_context: dict[str, Any],
) -> HttpResponse:
    """Change `block`, or add a session to `meeting` if there is none yet."""
    people, placeable = People(meeting), Placeable(meeting, block)
    entry = _entry(pages, request, block, people, placeable)
    is_outdated = False
    if request.method == "POST":
        with transaction.atomic():
            # Held, so that nobody saves between our comparison and our saving.
            Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
            if entry.is_valid():
                is_outdated = entry.form.is_outdated()
                if is_outdated:
                    entry.form.accept_current_version()
                elif saved := _save(request, entry):
                    return _answer(pages, request, saved, is_new=block is None)
    context = {
        **_context(pages, request, entry, people, placeable),
        **extra_context,
        "title": str(block) if block else _("Add a session"),
        "original": block,
        "add": block is None,
        "is_outdated": is_outdated,
        "latest_change": latest_change(block) if block and is_outdated else None,
        "warnings": _warnings(meeting, block) if block else [],
        "minutes_used": sum(slot.minutes for slot in block.slots.all()) if block else 0,
    }
    return TemplateResponse(request, "admin/programme/session/change_form.html", context)


def _entry(
    pages: "SessionAdmin",
    request: HttpRequest,
    block: Session | None,
    people: People,
    placeable: Placeable,
) -> _Entry:
    data = request.POST if request.method == "POST" else None
    form_class: Any = pages.get_form(request, block, change=block is not None)
    # The form writes into its session what was typed; the page still shows what is stored.
    instance = Session.objects.get(pk=block.pk) if block else None
    form = form_class(data, instance=instance, people=people)
    # Rows that came back count by what is in them, so they are compared with nothing.
    initial = initial_slots(block) if block and data is None else []
    rows = slot_form_set(EMPTY_ROWS)(
        data,
        initial=initial,
        prefix="slots",
        form_kwargs={"people": people, "placeable": placeable},
    )
    return _Entry(form, rows)


def _save(request: HttpRequest, entry: _Entry) -> Session | None:
    """Save, or put into the forms why not."""
    items = [row.item() for row in entry.rows.filled()]
    try:
        # A part of the transaction of its own: undone if it is refused half-way.
        with transaction.atomic():
            return scheduling.save(
                entry.form.instance,
                items,
                chairs=entry.form.chairs,
                by=organiser(request),
                at=timezone.now(),
                extend=entry.form.cleaned_data["extend"],
            )
    except scheduling.RunsOver as over:
        text = ngettext(
            "Its items need %(minutes)d minute more; it would end at %(end)s. Shorten one, take "
            "one out, or let the session become longer.",
            "Its items need %(minutes)d minutes more; it would end at %(end)s. Shorten one, take "
            "one out, or let the session become longer.",
            over.minutes,
        )
        end = date_format(timezone.localtime(over.ends_at), "H:i")
        entry.form.add_error("extend", text % {"minutes": over.minutes, "end": end})
    except scheduling.TalkAlreadyPlaced as placed:
        row = entry.rows.row_of(placed.talk)
        if row is not None and placed.slot is not None:
            row.add_error("talk", _placed_elsewhere(placed.slot))
    except scheduling.TalkNotPlaceable as refused:
        row = entry.rows.row_of(refused.talk)
        if row is not None:
            text = _("This talk is not accepted any more; take it out of the session.")
            row.add_error("talk", text)
    except scheduling.NotPossible as refused:
        for message in refused.messages:
            entry.form.add_error(None, message)
    return None


def _placed_elsewhere(slot: Slot) -> str:
    start = date_format(timezone.localtime(slot.starts_at), "j F, H:i")
    text = _("This talk is already in “%(session)s”, %(start)s. Take it out there first.")
    return text % {"session": slot.session, "start": start}


def _answer(
    pages: "SessionAdmin", request: HttpRequest, saved: Session, *, is_new: bool
) -> HttpResponse:
    if is_new:
        pages.log_addition(request, saved, [{"added": {}}])
        return pages.response_add(request, saved)
    pages.log_change(request, saved, [{"changed": {}}])
    return pages.response_change(request, saved)


_FIELDS = (
    (None, ("theme", ("number", "room"), ("starts_at", "minutes"), "extend")),
    (gettext_lazy("Chairs"), ()),
    (gettext_lazy("For the public and for participants"), ("description", "join_link")),
)


def _context(
    pages: "SessionAdmin",
    request: HttpRequest,
    entry: _Entry,
    people: People,
    placeable: Placeable,
) -> dict[str, Any]:
    chairs = (tuple(entry.form.chair_names),)
    fieldsets: Any = [(name, {"fields": fields or chairs}) for name, fields in _FIELDS]
    return {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "adminform": AdminForm(cast(Any, entry.form), fieldsets, {}, model_admin=pages),
        "form": entry.form,
        "rows": entry.rows,
        "has_errors": bool(entry.form.errors or entry.rows.total_error_count()),
        "people": people.offered,
        "people_list_id": PEOPLE_ID,
        "talks": placeable.offered if placeable.is_long else [],
        "talks_list_id": TALKS_ID,
        "preserved_filters": pages.get_preserved_filters(request),
    }


def _warnings(meeting: Meeting, block: Session) -> list[dict[str, Any]]:
    found = by_block(findings(build_plan(meeting)))[block.pk]
    return [
        {"text": worded(finding, meeting.zone), "is_severe": finding.is_severe} for finding in found
    ]
