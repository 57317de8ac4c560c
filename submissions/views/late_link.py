"""Coming too late with a link that an organiser made: the form is open once, to this browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from submissions.models import Meeting
from submissions.operations import late_links
from submissions.views.open_call import remember_link


@never_cache
@require_safe
def talk_submit_late(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """Follow a link; the address with the secret is left at once, and nothing is spent yet.

    So a mail program that looks ahead does no harm. A link that is wrong, used, has run out or
    belongs to another meeting is answered the same.
    """
    meeting = Meeting.objects.visible_to(request.user).filter(slug=slug).first()
    link = late_links.find(meeting, secret, at=timezone.now()) if meeting else None
    if meeting is None or link is None:
        context = {"meeting": meeting}
        return render(request, "submissions/talk/late_link_void.html", context, status=404)
    remember_link(request, link)
    return redirect("submissions:talk-submit", meeting.slug)
