"""Erasing a person of a meeting: what would go and what would stay, and then doing it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from submissions.admin.decision_pages import note_in
from submissions.admin.scoped import organiser
from submissions.models import Speaker
from submissions.operations import erasing

if TYPE_CHECKING:
    from submissions.admin.speakers import SpeakerAdmin


def erase(pages: "SpeakerAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the plan; POST erases, or closes the request with a reason why not."""
    speaker = get_object_or_404(pages.get_queryset(request).select_related("meeting"), pk=pk)
    if request.method == "POST":
        return _decline(request, speaker) if "decline" in request.POST else _erase(request, speaker)
    plan = erasing.plan(speaker, by=organiser(request), at=timezone.now())
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("Erase personal data"),
        "meeting": speaker.meeting,
        "speaker": speaker,
        "plan": plan,
        "requests": speaker.erasure_requests.order_by("-asked_at"),
        "is_open": erasing.is_asked(speaker),
        "others": _others_with_address(speaker),
    }
    return TemplateResponse(request, "admin/submissions/speaker/erase.html", context)


def _erase(request: HttpRequest, speaker: Speaker) -> HttpResponse:
    erasing.erase(speaker, by=organiser(request), at=timezone.now())
    messages.success(request, _("The personal data are erased."))
    return HttpResponseRedirect(reverse("admin:submissions_speaker_change", args=[speaker.pk]))


def _decline(request: HttpRequest, speaker: Speaker) -> HttpResponse:
    answer = note_in(request, "answer")
    erasing.decline(speaker, by=organiser(request), at=timezone.now(), answer=answer)
    messages.success(request, _("The request is closed; nothing was erased."))
    return HttpResponseRedirect(reverse("admin:submissions_speaker_change", args=[speaker.pk]))


def _others_with_address(speaker: Speaker) -> list[Speaker]:
    """The same person under another spelling, perhaps; each is erased by itself."""
    if not speaker.email:
        return []
    same = Speaker.objects.filter(meeting=speaker.meeting, email__iexact=speaker.email)
    return list(same.exclude(pk=speaker.pk))
