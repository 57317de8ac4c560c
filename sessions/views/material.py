"""Slides and other material on the page of a published talk.

They are read live: most come long after the release. Shown is what its speakers publish, for talks
that the current release has and that still have their place (docs/decisions/0014).
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sessions.snapshots import published_programme
from submissions.models import Material, Meeting
from submissions.models.material import MaterialQuerySet
from submissions.views.materials import file_response
from submissions.views.meeting import get_meeting


def published_materials(meeting: Meeting, code: str) -> MaterialQuerySet:
    """What everybody may have of a talk; whether the release has that talk is asked before."""
    return Material.objects.published().filter(talk__meeting=meeting, talk__code=code)


@require_safe
def material_file(request: HttpRequest, slug: str, code: str, pk: UUID) -> HttpResponseBase:
    meeting = get_meeting(request, slug)
    programme = published_programme(meeting)
    if programme is None or code not in programme.talks:
        raise Http404
    material = get_object_or_404(published_materials(meeting, code), pk=pk)
    # Kept by no cache for others, and asked for again every time: a talk that is withdrawn takes
    # its files along.
    return file_response(request, material)
