"""The programme, a session or a talk as a file. What is in it is made in `sessions.exports`."""

from dataclasses import replace
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sessions.domain.programme import Programme
from sessions.exports.addresses import Addresses
from sessions.exports.registry import BY_EXTENSION, Export
from sessions.views.published import published_page
from submissions.emails import absolute as site_address
from submissions.models import Meeting


@published_page()
def programme_export(
    _request: HttpRequest, meeting: Meeting, programme: Programme, extension: str
) -> HttpResponse:
    export = BY_EXTENSION.get(extension)
    if export is None:
        raise Http404
    return _file(export, programme, f"{meeting.slug}-programme")


@published_page()
def session_calendar(
    _request: HttpRequest, meeting: Meeting, programme: Programme, number: int
) -> HttpResponse:
    block = programme.session(number)
    if block is None:
        raise Http404
    part = replace(programme, sessions=(block,))
    return _file(BY_EXTENSION["ics"], part, f"{meeting.slug}-session-{number}")


@published_page()
def talk_calendar(
    _request: HttpRequest, meeting: Meeting, programme: Programme, code: str
) -> HttpResponse:
    placed = programme.talks.get(code)
    if placed is None:
        raise Http404
    part = replace(programme, sessions=(replace(placed.session, slots=(placed.slot,)),))
    return _file(BY_EXTENSION["ics"], part, f"{meeting.slug}-talk-{code}")


def addresses(slug: str) -> Addresses:
    """Built from the site's configured address, never from a request's Host header."""

    def absolute(name: str, **kwargs: str | int) -> str:
        return site_address(reverse(f"sessions:{name}", kwargs={"slug": slug, **kwargs}))

    return Addresses(
        programme=absolute("programme-detail"),
        calendar=absolute("programme-export", extension="ics"),
        talk=lambda code: absolute("talk-detail", code=code),
        session=lambda number: absolute("session-detail", number=number),
    )


def _file(export: Export, programme: Programme, name: str) -> HttpResponse:
    return HttpResponse(
        _rendered(export, programme),
        content_type=export.content_type,
        # Never shown inside the site: a file is to be opened by its own program.
        headers={"Content-Disposition": f'attachment; filename="{name}.{export.extension}"'},
    )


# The programme that a process keeps in memory is one object, so a file is rendered once for it.
@lru_cache(maxsize=16)
def _rendered(export: Export, programme: Programme) -> bytes:
    return export.render(programme, addresses(programme.meeting.slug))
