"""How often something may be tried: by one visitor, and with one address (settings, People)."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def refusal(request: HttpRequest, action: str, *, key: str = "") -> HttpResponse | None:
    """Count an attempt; a calm page if there were too many, the same for everybody."""
    if ratelimit.consume(request, action=action, key=key or None):
        return None
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer
