"""Which talks this browser has proved to own by a private link, remembered in the login session."""

from django.contrib.auth import SESSION_KEY as SIGNED_IN_KEY
from django.http import Http404, HttpRequest

from submissions.models import Meeting, Talk, User
from submissions.permissions import owns_talk

SESSION_KEY = "opened_talks"


def open_talk(request: HttpRequest, talk: Talk) -> None:
    """Remember that whoever uses this browser may read and change the talk.

    With the version of its link: a link that is revoked closes the talk here too.
    """
    opened = opened_talks(request)
    if not opened and SIGNED_IN_KEY not in request.session:
        # As at a sign-in: a session that somebody else put into this browser gains nothing.
        request.session.cycle_key()
    request.session[SESSION_KEY] = {**opened, talk.code: talk.link_version}


def opened_talks(request: HttpRequest) -> dict[str, int]:
    """The codes of talks that this browser has opened, each with the version of its link."""
    opened: dict[str, int] = request.session.get(SESSION_KEY, {})
    return opened


def meeting_of_private_page(slug: str) -> Meeting:
    """The meeting of a speaker's own page; it need not be public, since the talk is opened."""
    found = Meeting.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def get_own_talk(request: HttpRequest, meeting: Meeting, code: str) -> Talk:
    """The talk, if it was opened by its private link or its author is signed in; else 404."""
    talk = (
        Talk.objects.filter(meeting=meeting, code=code).select_related("meeting", "format").first()
    )
    if talk is None:
        raise Http404
    if opened_talks(request).get(talk.code) != talk.link_version and not owns_talk(
        request.user, talk
    ):
        raise Http404
    return talk


def signed_in(request: HttpRequest) -> User | None:
    """Who history says did it: None for somebody without an account."""
    return request.user if request.user.is_authenticated else None
