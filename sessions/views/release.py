"""Looking at the programme as it would be published, and publishing it."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sessions.domain.clashes import Plan, findings, without_mirrors
from sessions.models import Release
from sessions.models.labels import worded
from sessions.operations import releasing
from sessions.snapshots import build_plan, build_programme
from submissions.models import Meeting, User

LONGEST_NOTE = 2000
UNFOLDED = 80
"""Talks; with more the preview shows titles only."""


def programme_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The public page as it would be, from the tables as they are. For organisers only."""
    meeting = _own_meeting(request, slug)
    current = Release.objects.defer("content").current(meeting)
    number = current.number + 1 if current else 1
    programme = build_programme(meeting, number=number, at=timezone.now())
    return render(
        request,
        "admin/sessions/preview.html",
        {"meeting": meeting, "programme": programme, "unfolds": len(programme.talks) <= UNFOLDED},
    )


def programme_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """GET says what would be published and what is wrong with it; POST publishes."""
    meeting = _own_meeting(request, slug)
    if request.method == "POST":
        return _publish(request, meeting)
    lines = finding_lines(build_plan(meeting), meeting)
    programme = build_programme(meeting, number=1, at=timezone.now())
    releases = Release.objects.filter(meeting=meeting).defer("content")
    return render(
        request,
        "admin/sessions/publish.html",
        {
            **admin.site.each_context(request),
            "title": _("Publish the programme"),
            "meeting": meeting,
            "session_count": len(programme.sessions),
            "talk_count": len(programme.talks),
            "to_be_announced": sum(1 for _, slot in programme.slots() if slot.is_to_be_announced),
            "severe": [line for line in lines if line["is_severe"]],
            "hints": [line for line in lines if not line["is_severe"]],
            "releases": releases.select_related("published_by").order_by("-number"),
        },
    )


def finding_lines(plan: Plan, meeting: Meeting) -> list[dict[str, Any]]:
    """What is to be looked at in a timetable, in words, with the session that it is about."""
    names = {block.key: block.name for block in plan.blocks}
    return [
        {
            "block": finding.block,
            "name": names[finding.block],
            "text": worded(finding, meeting.zone),
            "is_severe": finding.is_severe,
        }
        for finding in without_mirrors(findings(plan))
    ]


def _publish(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    assert isinstance(request.user, User)
    note = request.POST.get("note", "").strip()[:LONGEST_NOTE]
    before = Release.objects.defer("content").current(meeting)
    try:
        release = releasing.publish(meeting, by=request.user, at=timezone.now(), note=note)
    except releasing.NothingToPublish as nothing:
        messages.warning(request, str(nothing))
        return HttpResponseRedirect(reverse("admin:programme-publish", args=[meeting.slug]))
    if before is not None and before.pk == release.pk:
        messages.info(request, _("Nothing has changed since the last release; it stays public."))
    else:
        text = _("The programme is published: release %(number)d.")
        messages.success(request, text % {"number": release.number})
    return HttpResponseRedirect(reverse("admin:meeting-dashboard", args=[meeting.slug]))


def _own_meeting(request: HttpRequest, slug: str) -> Meeting:
    return get_object_or_404(Meeting.objects.organised_by(request.user), slug=slug)
