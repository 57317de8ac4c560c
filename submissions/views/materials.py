"""Slides and other material of a talk, added by its speakers; and handing out a stored file."""

import logging
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from submissions.domain.abstracts import render_inline
from submissions.forms.material import MaterialForm
from submissions.models import Material, Talk
from submissions.operations import materials
from submissions.permissions import may_add_material
from submissions.views.private_access import get_own_talk, meeting_of_private_page, signed_in

logger = logging.getLogger(__name__)

UPLOAD_PROBLEM = "conjunction.upload_problem"
"""Where config/uploads.py notes why a file did not arrive."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk_materials(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    talk = _own(request, slug, code)
    if request.method != "POST":
        return _list_page(request, talk, MaterialForm(meeting=talk.meeting))
    form = _form(request, talk)
    if not form.is_valid():
        return _list_page(request, talk, form, status=422)
    try:
        materials.add(
            talk,
            form.description(),
            url=form.cleaned_data["url"],
            upload=form.cleaned_data["file"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except materials.NotTakenNow:
        form.add_error(
            None, _("Material is no longer taken for this talk. Write to the organisers.")
        )
        return _list_page(request, talk, form, status=409)
    except materials.TooMany:
        form.add_error(None, _("The talk has as much material as it may. Remove some of it first."))
        return _list_page(request, talk, form, status=409)
    except materials.NotKept:
        form.add_error("file", form.problem_text("disk-full"))
        return _list_page(request, talk, form, status=503)
    messages.success(request, _("It is added to your talk."))
    return redirect("submissions:talk-materials", slug, code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def material_change(request: HttpRequest, slug: str, code: str, pk: UUID) -> HttpResponse:
    talk = _own(request, slug, code)
    material = get_object_or_404(talk.materials, pk=pk)
    if request.method != "POST":
        return _change_page(
            request, material, MaterialForm(meeting=talk.meeting, material=material)
        )
    form = _form(request, talk, material)
    if not form.is_valid():
        return _change_page(request, material, form, status=422)
    try:
        materials.change(
            material,
            form.description(),
            url=form.cleaned_data.get("url", ""),
            upload=form.cleaned_data.get("file"),
            by=signed_in(request),
            at=timezone.now(),
        )
    except materials.NotTakenNow:
        text = _("Material is no longer taken for this talk; what was there stays.")
        form.add_error(None, text)
        return _change_page(request, material, form, status=409)
    except materials.NotKept:
        form.add_error("file", form.problem_text("disk-full"))
        return _change_page(request, material, form, status=503)
    messages.success(request, _("Your changes are saved."))
    return redirect("submissions:talk-materials", slug, code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def material_remove(request: HttpRequest, slug: str, code: str, pk: UUID) -> HttpResponse:
    """A page that asks once more; then it is gone."""
    talk = _own(request, slug, code)
    material = get_object_or_404(talk.materials, pk=pk)
    if request.method == "POST":
        materials.remove(material, by=signed_in(request), at=timezone.now())
        messages.success(request, _("It is removed."))
        return redirect("submissions:talk-materials", slug, code)
    context = {"meeting": talk.meeting, "talk": talk, "material": material}
    return render(request, "submissions/material/remove.html", context)


@never_cache
@require_safe
def material_file(request: HttpRequest, slug: str, code: str, pk: UUID) -> HttpResponseBase:
    """The file, for the speakers of the talk."""
    talk = _own(request, slug, code)
    return file_response(request, get_object_or_404(talk.materials, pk=pk))


def file_response(request: HttpRequest, material: Material) -> HttpResponseBase:
    """The stored file as a download: never shown inside the site, whatever it holds.

    A file that is lost on the server is a page of its own kind: the address was right.
    """
    if not material.is_file:
        raise Http404
    etag = f'"{material.sha256}"'
    not_modified = get_conditional_response(request, etag=etag)
    if not_modified is not None:
        return not_modified
    try:
        opened = material.file.open("rb")
    except OSError:
        logger.exception("The file of material %s is lost.", material.pk)
        context = {"meeting": material.talk.meeting, "material": material}
        return render(request, "submissions/material/lost.html", context, status=503)
    response = FileResponse(opened, content_type=material.content_type)
    headers = {
        "Content-Disposition": content_disposition_header(True, material.file_name) or "attachment",  # noqa: FBT003 - Django's signature
        "Content-Length": str(material.size),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "ETag": etag,
    }
    for name, value in headers.items():
        response[name] = value
    return response


def _own(request: HttpRequest, slug: str, code: str) -> Talk:
    return get_own_talk(request, meeting_of_private_page(slug), code)


def _form(request: HttpRequest, talk: Talk, material: Material | None = None) -> MaterialForm:
    return MaterialForm(
        request.POST,
        request.FILES,
        meeting=talk.meeting,
        material=material,
        problem=request.META.get(UPLOAD_PROBLEM, ""),
    )


def _list_page(
    request: HttpRequest, talk: Talk, form: MaterialForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "meeting": talk.meeting,
        "talk": talk,
        "title": render_inline(talk.title).html,
        "materials": list(talk.materials.all()),
        "may_add": may_add_material(talk, at=timezone.now()),
        "form": form,
    }
    return render(request, "submissions/material/list.html", context, status=status)


def _change_page(
    request: HttpRequest, material: Material, form: MaterialForm, *, status: int = 200
) -> HttpResponse:
    talk = material.talk
    context = {"meeting": talk.meeting, "talk": talk, "material": material, "form": form}
    return render(request, "submissions/material/change.html", context, status=status)
