"""The door to every public page: the meeting, its current release, and "not modified".

A page depends on the release, on the talks withdrawn since, on the meeting's row (the frame shows
it), on the day, and on this program. All of that is in its ETag; there is no Last-Modified, because
a withdrawal changes a page without a new release.
"""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sessions.domain.programme import Programme
from sessions.snapshots import published_programme
from submissions.models import Meeting
from submissions.views.meeting import get_meeting

_Rest = ParamSpec("_Rest")
SHARED_SECONDS = 60
"""How long a page may be shown without asking again; so long may a withdrawal take to show."""

View = Callable[Concatenate[HttpRequest, Meeting, Programme, _Rest], HttpResponse]


def not_found(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    raise Http404(f"{request.path}: {meeting} has published no programme yet.")


def published_page(
    *,
    before: Callable[[HttpRequest, Meeting], HttpResponse] = not_found,
    also: Callable[..., object] | None = None,
) -> Callable[[View[_Rest]], Callable[..., HttpResponseBase]]:
    """Give a view its meeting (404 if the visitor may not know of it) and current programme.

    `before` answers as long as nothing is published. `also` tells, from the same
    arguments as the view's, what else the page shows that is not in the release.
    """

    def decorate(view: View[_Rest]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(
            request: HttpRequest, slug: str, *args: _Rest.args, **kwargs: _Rest.kwargs
        ) -> HttpResponseBase:
            meeting = get_meeting(request, slug)
            programme = published_programme(meeting)
            live = also(meeting, programme, *args, **kwargs) if also and programme else None
            etag = None if _is_personal(request) else _etag(meeting, programme, live)
            response = get_conditional_response(request, etag=etag) if etag else None
            if response is None and programme is not None:
                response = view(request, meeting, programme, *args, **kwargs)
            elif response is None:
                response = before(request, meeting)
            if etag:
                response["ETag"] = etag
            _say_how_long_it_is_good(response, request, meeting)
            return response

        return require_safe(answer)

    return decorate


def _is_personal(request: HttpRequest) -> bool:
    """Whether the page may show this visitor's name or a message; or is being worked on."""
    cookies = (settings.SESSION_COOKIE_NAME, "messages")
    return settings.DEBUG or any(name in request.COOKIES for name in cookies)


def _say_how_long_it_is_good(
    response: HttpResponseBase, request: HttpRequest, meeting: Meeting
) -> None:
    if meeting.is_listed and not _is_personal(request):
        patch_cache_control(response, public=True, max_age=SHARED_SECONDS)
    else:
        patch_cache_control(response, private=True, no_cache=True)


def _etag(meeting: Meeting, programme: Programme | None, live: object = None) -> str:
    row = [getattr(meeting, field.attname) for field in meeting._meta.concrete_fields]
    release = (
        (
            programme.number,
            programme.published_at,
            programme.anonymised_at,
            programme.withdrawn_codes,
        )
        if programme
        else None
    )
    zone = programme.meeting.zone if programme else meeting.zone
    today = timezone.now().astimezone(zone).date()
    known = repr((row, release, live, today, get_language(), program_digest()))
    return f'"{hashlib.sha256(known.encode()).hexdigest()[:32]}"'


@cache
def program_digest() -> str:
    """A digest of the code and templates that make the pages; the same in every process."""
    digest = hashlib.sha256()
    for folder in ("templates", "static", "sessions", "submissions"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in {".html", ".py", ".css", ".js"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
