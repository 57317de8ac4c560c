"""Known institutes for whoever types an affiliation: public facts, for scripts."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from submissions.domain.names import fold
from submissions.models import Institute
from submissions.operations.institutes import ANSWERS_KEY
from submissions.views.attempts import refusal

MOST: Final = 8
LONGEST: Final = 100
SHORTEST: Final = 2
REMEMBERED: Final = 3600
"""Seconds; institutes change with a new data dump only."""


@require_safe
@cache_control(public=True, max_age=REMEMBERED)
def institute_search(request: HttpRequest) -> HttpResponse:
    """At most eight institutes that have all words of `q`; the same answer for everybody."""
    if refused := refusal(request, "institute_search"):
        return refused
    asked = fold(request.GET.get("q", "")[:LONGEST].replace("|", " ").replace("\x00", " "))
    if len(asked) < SHORTEST:
        return JsonResponse({"institutes": []})
    key = f"institutes:{cache.get(ANSWERS_KEY, 0)}:{asked.encode().hex()}"
    found = cache.get(key)
    if found is None:
        found = [
            {"name": one.name, "place": one.place, "ror_id": one.ror_id or ""}
            for one in Institute.objects.search(asked)[:MOST]
        ]
        cache.set(key, found, REMEMBERED)
    return JsonResponse({"institutes": found})
