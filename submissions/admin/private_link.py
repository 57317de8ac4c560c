"""The private link of a talk: a secret, so it has a page of its own."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from submissions import emails
from submissions.admin.scoped import organiser
from submissions.models import Talk
from submissions.operations import private_links

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin


def show(pages: "TalkAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    talk = _talk(pages, request, pk)
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("Talk %(code)s: private link") % {"code": talk.code},
        "meeting": talk.meeting,
        "talk": talk,
        "link": emails.private_link(talk),
    }
    return TemplateResponse(request, "admin/submissions/talk/private_link.html", context)


def send(pages: "TalkAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    talk = _talk(pages, request, pk)
    queued = private_links.send_again(talk, by=organiser(request), at=timezone.now())
    if queued:
        recipients = ", ".join(email.recipient for email in queued)
        text = _("The private link was sent to %(recipients)s.")
        messages.success(request, text % {"recipients": recipients})
    else:
        text = _("No author has an e-mail address. Enter one and save, then send the link.")
        messages.warning(request, text)
    return _to_link(talk)


def renew(pages: "TalkAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    talk = private_links.renew(_talk(pages, request, pk), by=organiser(request), at=timezone.now())
    messages.success(request, _("The links sent before no longer work. This is the new one."))
    return _to_link(talk)


def _talk(pages: "TalkAdmin", request: HttpRequest, pk: int) -> Talk:
    return get_object_or_404(pages.get_queryset(request).select_related("meeting"), pk=pk)


def _to_link(talk: Talk) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:submissions_talk_private_link", args=[talk.pk]))
