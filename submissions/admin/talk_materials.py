"""Slides and other material of a talk, for organisers: reading it, and taking it away."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from submissions.admin.scoped import organiser
from submissions.forms.answer import AnswerForm
from submissions.models import Material
from submissions.operations import materials
from submissions.views.materials import file_response

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin


def download(pages: "TalkAdmin", request: HttpRequest, pk: int, material: UUID) -> HttpResponseBase:
    """The file as an attachment; no cache keeps it for others."""
    return file_response(request, _material(pages, request, pk, material))


def remove(pages: "TalkAdmin", request: HttpRequest, pk: int, material: UUID) -> HttpResponse:
    """Asks once more, and for a reason, which stays in the talk's history."""
    found = _material(pages, request, pk, material)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["reason"]
        materials.remove(found, by=organiser(request), at=timezone.now(), note=note)
        messages.success(request, _("It is removed; the talk's history says what it was."))
        return redirect("admin:submissions_talk_change", pk)
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("Remove material of talk %(code)s") % {"code": found.talk.code},
        "meeting": found.talk.meeting,
        "talk": found.talk,
        "material": found,
    }
    return TemplateResponse(request, "admin/submissions/talk/remove_material.html", context)


def _material(pages: "TalkAdmin", request: HttpRequest, pk: int, material: UUID) -> Material:
    talks = pages.get_queryset(request)
    rows = Material.objects.select_related("talk__meeting")
    return get_object_or_404(rows.filter(talk__in=talks), pk=material, talk=pk)
