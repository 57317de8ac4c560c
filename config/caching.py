"""What a page says about being kept, when its view says nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


def private_unless_said(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no cache keep an answer for others, and no browser show it again without asking.

    Pages that differ by who looks are the rule, refusals and "not found" included; a view whose
    page is for everybody says so itself. Without any word a cache may keep even a 404 for hours.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return answer
