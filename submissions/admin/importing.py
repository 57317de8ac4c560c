"""Importing a spreadsheet in the admin: upload, preview with columns to correct, import.

The uploaded bytes wait in `PendingImport`, so that any web process can go on; each step reads them
anew and compares with the talks as they are then. What was previewed is what is imported, or
nothing is and the new preview is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from submissions.admin.scoped import meeting_by_slug, meetings_of, organiser
from submissions.domain.orcid import hyphenated
from submissions.forms.importing import FIELD_LABELS, ColumnsForm, UploadForm
from submissions.importers.column_names import Field
from submissions.models import AstronomyArea, Meeting, MLArea, PendingImport
from submissions.operations import importing

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin

MOST_SHOWN = 500
"""Rows of each kind on the page; a table of 10,000 is slow to open and nobody reads it."""


def import_urls(pages: "TalkAdmin") -> list[URLPattern]:
    """Addresses below the list of talks."""
    ask = require_http_methods(["GET", "HEAD", "POST"])
    views: list[tuple[str, Callable[..., HttpResponse], str]] = [
        ("import/", ask(partial(upload, pages)), "import"),
        ("import/<uuid:pk>/", ask(partial(preview, pages)), "import_preview"),
        ("import/<uuid:pk>/run/", require_POST(run), "import_run"),
        ("import/<uuid:pk>/forget/", require_POST(forget), "import_forget"),
    ]
    return [
        path(route, pages.admin_site.admin_view(view), name=f"submissions_talk_{name}")
        for route, view, name in views
    ]


def upload(pages: "TalkAdmin", request: HttpRequest) -> HttpResponse:
    """Take a file or pasted cells, and go on to the preview."""
    meeting = meeting_by_slug(request, request.GET.get("meeting"))
    if meeting is None:
        return pages.choose_meeting(request)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if is_sent and form.is_valid():
        pending = _keep(request, meeting, form)
        try:
            _plan(pending)
        except importing.TableRefused as refusal:
            pending.delete()
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal))
        else:
            return _to("import_preview", pending)
    context = {
        **_context(pages, request, meeting),
        "form": form,
        "pending": meeting.pending_imports.select_related("uploaded_by").defer("content"),
    }
    return TemplateResponse(request, "admin/submissions/importing/upload.html", context)


def preview(pages: "TalkAdmin", request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what the import would do; POST corrects what the columns hold."""
    pending = _pending(request, pk)
    plan = _plan(pending)
    is_sent = request.method == "POST"
    sent = request.POST if is_sent else None
    form = ColumnsForm(plan.columns.header, plan.columns.by_name(), sent)
    if is_sent and form.is_valid():
        pending.columns = form.chosen()
        try:
            _plan(pending)
        except importing.ColumnsNotValid as refusal:
            form.add_error(None, str(refusal))
        else:
            pending.save(update_fields=["columns"])
            return _to("import_preview", pending)
    context = {
        **_context(pages, request, pending.meeting),
        "pending": pending,
        "form": form,
        "columns": zip(form, plan.examples or repeat(""), strict=False),
        "button": _button(plan),
        **_shown(plan),
    }
    return TemplateResponse(request, "admin/submissions/importing/preview.html", context)


def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Import exactly what the preview showed, or show the new preview."""
    pending = _pending(request, pk)
    try:
        plan = importing.import_talks(
            pending.meeting,
            _upload(pending),
            _corrections(pending),
            by=organiser(request),
            at=timezone.now(),
            expected=request.POST.get("fingerprint", ""),
        )
    except importing.PlanChanged:
        text = _(
            "Nothing was imported: somebody changed talks since this preview was made. "
            "This is what the import would do now."
        )
        messages.warning(request, text)
        return _to("import_preview", pending)
    except importing.ImportStopped:
        messages.error(request, _("Nothing was imported. Below is what stands in the way."))
        return _to("import_preview", pending)
    pending.delete()
    text = _("Imported: %(new)d new talks, %(changed)d changed, %(same)d the same as before.")
    messages.success(request, text % plan.counts)
    talks = reverse("admin:submissions_talk_changelist")
    return HttpResponseRedirect(f"{talks}?meeting={pending.meeting.slug}")


def forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete an upload that will not be imported."""
    pending = _pending(request, pk)
    pending.delete()
    messages.success(request, _("The uploaded file was deleted. Nothing was imported."))
    start = reverse("admin:submissions_talk_import")
    return HttpResponseRedirect(f"{start}?meeting={pending.meeting.slug}")


def _pending(request: HttpRequest, pk: UUID) -> PendingImport:
    """The upload, for organisers of its meeting; to others it does not exist."""
    uploads = PendingImport.objects.select_related("meeting")
    return get_object_or_404(uploads, pk=pk, meeting__in=meetings_of(request))


def _keep(request: HttpRequest, meeting: Meeting, form: UploadForm) -> PendingImport:
    """Store what was uploaded, and throw away what others left lying."""
    now = timezone.now()
    PendingImport.objects.stale(now).delete()
    file, text = form.cleaned_data["file"], form.cleaned_data["text"]
    return PendingImport.objects.create(
        meeting=meeting,
        uploaded_by=organiser(request),
        uploaded_at=now,
        file_name=str(file.name)[:200] if file else "",
        is_pasted=not file,
        content=file.read() if file else text.encode("utf-8", "replace"),
    )


def _upload(pending: PendingImport) -> importing.Upload:
    # PostgreSQL gives a memoryview, SQLite bytes.
    content = bytes(pending.content)
    return importing.Upload(content, is_pasted=pending.is_pasted, name=pending.file_name)


def _corrections(pending: PendingImport) -> dict[str, Field | None]:
    return {name: Field(field) if field else None for name, field in pending.columns.items()}


def _plan(pending: PendingImport) -> importing.ImportPlan:
    return importing.preview(pending.meeting, _upload(pending), _corrections(pending))


def _shown(plan: importing.ImportPlan) -> dict[str, Any]:
    """The plan as the page shows it; of long lists the beginning."""
    data = plan.as_data()
    astronomy = dict(AstronomyArea.objects.values_list("slug", "label"))
    ml = dict(MLArea.objects.values_list("slug", "label"))
    for new in data["new"][:MOST_SHOWN]:
        new["astronomy"] = [astronomy[slug] for slug in new["astronomy_areas"]]
        new["ml"] = [ml[slug] for slug in new["ml_areas"]]
        new["person_cells"] = _cells(new.get("speaker_changes", {}))
    for changed in data["changed"]:
        changed["cells"] = _cells(changed["changes"])
    return {
        "unit": plan.unit,
        "counts": plan.counts,
        "can_import": plan.can_import,
        "fingerprint": plan.fingerprint,
        "missing": ", ".join(plan.missing),
        "notes": plan.notes,
        "new": data["new"][:MOST_SHOWN],
        "changed": data["changed"][:MOST_SHOWN],
        "same": data["same"][:MOST_SHOWN],
        "refused": [
            {
                "number": row.number,
                "reasons": row.reasons,
                "cells": list(filter(str.strip, row.cells)),
            }
            for row in plan.comparison.refused[:MOST_SHOWN]
        ],
        "most_shown": MOST_SHOWN,
    }


def _cells(changes: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """Name, before and after of each; an ORCID as people write it."""
    cells = []
    for field, (before, after) in changes.items():
        if field == Field.ORCID:
            cells.append((_name_of(field), hyphenated(before), hyphenated(after)))
        else:
            cells.append((_name_of(field), before, after))
    return cells


def _name_of(field: str) -> str:
    """How a changed cell is called: a field of the file, or the speaker as a whole."""
    known = {known.value for known in Field}
    return str(FIELD_LABELS[Field(field)]) if field in known else field.replace("_", " ")


def _button(plan: importing.ImportPlan) -> str:
    counts = plan.counts
    talks = counts["new"] + counts["changed"]
    return ngettext("Import %(count)d talk", "Import %(count)d talks", talks) % {"count": talks}


def _to(page: str, pending: PendingImport) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"admin:submissions_talk_{page}", args=[pending.pk]))


def _context(pages: "TalkAdmin", request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    return {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "meeting": meeting,
        "title": _("Import talks"),
    }
