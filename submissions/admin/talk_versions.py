"""Every version of a talk, for organisers: what it said when, and who wrote it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from submissions.models import User
from submissions.views.versions import shown_versions

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin


def show(pages: "TalkAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    talk = get_object_or_404(pages.get_queryset(request).select_related("meeting", "format"), pk=pk)
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("Talk %(code)s: versions") % {"code": talk.code},
        "meeting": talk.meeting,
        "talk": talk,
        "versions": shown_versions(talk, who=_name),
    }
    return TemplateResponse(request, "admin/submissions/talk/versions.html", context)


def _name(by: User | None) -> str:
    return str(by) if by else _("the speaker, by private link")
