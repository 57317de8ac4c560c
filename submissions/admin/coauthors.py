"""Co-authors of a talk: who was told, who confirmed, who objects, and what follows."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from submissions.admin.scoped import organiser
from submissions.models import Authorship, Talk
from submissions.operations import coauthor_answers, coauthors

if TYPE_CHECKING:
    from submissions.admin.talks import TalkAdmin


def show(pages: "TalkAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    talk = get_object_or_404(pages.get_queryset(request).select_related("meeting"), pk=pk)
    if request.method == "POST":
        return _act(request, talk)
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("Talk %(code)s: co-authors") % {"code": talk.code},
        "meeting": talk.meeting,
        "talk": talk,
        "authorships": list(talk.authorships.select_related("speaker")),
    }
    return TemplateResponse(request, "admin/submissions/talk/coauthors.html", context)


def _act(request: HttpRequest, talk: Talk) -> HttpResponse:
    key = request.POST.get("author", "")
    authorships = Authorship.objects.filter(talk=talk).select_related("speaker")
    authorship = authorships.filter(pk=int(key) if key.isdecimal() and len(key) < 18 else 0).first()
    if authorship is None:
        messages.warning(request, _("This author is no longer on the talk."))
    else:
        authorship.talk = talk
        _do(request, authorship)
    return HttpResponseRedirect(reverse("admin:submissions_talk_coauthors", args=[talk.pk]))


def _do(request: HttpRequest, authorship: Authorship) -> None:
    by, now, name = organiser(request), timezone.now(), {"name": authorship.speaker.name}
    match request.POST.get("do"):
        case "keep":
            coauthor_answers.set_aside(authorship, by=by, at=now)
            messages.success(request, _("The objection is set aside; %(name)s stays.") % name)
        case "remove":
            try:
                coauthor_answers.remove(authorship, by=by, at=now)
            except coauthor_answers.OnlyAuthor:
                text = _(
                    "%(name)s is the only author. Add another one first, or withdraw the talk."
                )
                messages.error(request, text % name)
            else:
                messages.success(request, _("%(name)s is taken off the talk.") % name)
        case "tell":
            if coauthors.tell_again(authorship, by=by, at=now):
                text = _("%(name)s gets a new link; the one before no longer works.")
                messages.success(request, text % name)
            else:
                messages.warning(request, _("%(name)s has no e-mail address.") % name)
