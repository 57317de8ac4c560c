"""Known institutes for whoever types an affiliation: public facts, for scripts."""

from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from submissions.domain.names import fold
from submissions.models import Institute
from submissions.operations.institutes import ANSWERS_KEY

MOST: Final = 8
MOST_A_MINUTE: Final = 600
LONGEST: Final = 100
SHORTEST: Final = 2
REMEMBERED: Final = 3600
"""Seconds; institutes change with a new data dump only."""


@require_safe
def institute_search(request: HttpRequest) -> HttpResponse:
    """At most eight institutes that have all words of `q`; the same answer for everybody."""
    if not _is_moderate(request):
        return JsonResponse({"institutes": []}, status=429)
    asked = fold(request.GET.get("q", "")[:LONGEST].replace("|", " ").replace("\x00", " "))
    answer = JsonResponse({"institutes": _found(asked) if len(asked) >= SHORTEST else []})
    patch_cache_control(answer, public=True, max_age=REMEMBERED)
    return answer


def _is_moderate(request: HttpRequest) -> bool:
    """Whether this visitor asked less in this minute than a whole institute of typists would."""
    visitor = get_adapter(request).get_client_ip(request)
    minute = int(timezone.now().timestamp()) // 60
    key = f"institutes:asked:{visitor}:{minute}"
    cache.add(key, 0, 120)
    try:
        return bool(cache.incr(key) <= MOST_A_MINUTE)
    except ValueError:  # forgotten meanwhile
        return True


def _found(asked: str) -> list[dict[str, str]]:
    key = f"institutes:{cache.get(ANSWERS_KEY, 0)}:{asked.encode().hex()}"
    found: list[dict[str, str]] | None = cache.get(key)
    if found is None:
        found = [
            {"name": one.name, "place": one.place, "ror_id": one.ror_id or ""}
            for one in Institute.objects.search(asked)[:MOST]
        ]
        cache.set(key, found, REMEMBERED)
    return found
