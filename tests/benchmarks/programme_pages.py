"""Measuring the public pages of a programme; needs Django set up and a migrated database."""

import gzip
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions.operations.releasing import publish
from sessions.snapshots import forget_published
from tests.benchmarks.large_meeting import make_filled_meeting
from tests.make import NOW, make_organiser

ROUNDS = 5
PAGES = {
    "programme": "programme/",
    "search": "programme/?q=light+curves",
    "speakers": "programme/speakers/",
    "calendar": "programme.ics",
}


def measured(size: int) -> dict[str, Any]:
    """Make, publish and read a meeting of `size` talks."""

    meeting = make_filled_meeting(size)
    organiser = make_organiser(meeting)
    _, seconds = timed(lambda: publish(meeting, by=organiser, at=NOW))
    result: dict[str, Any] = {"publish_milliseconds": round(seconds * 1_000)}
    for name, path in PAGES.items():
        result[name] = page_measured(f"/{meeting.slug}/{path}")
    return result


def page_measured(address: str) -> dict[str, Any]:

    client = Client()
    forget_published()
    queries, seconds = [], []
    for _ in range(1 + ROUNDS):
        with CaptureQueriesContext(connection) as captured:
            response, took = timed(lambda: client.get(address))
        assert response.status_code == 200, address
        queries.append(len(captured))
        seconds.append(took)
    return {
        "queries": [queries[0], queries[-1]],
        "first_milliseconds": round(seconds[0] * 1_000),
        "milliseconds": round(statistics.median(seconds[1:]) * 1_000),
        "kilobytes": round(len(response.content) / 1_000),
        "compressed_kilobytes": round(len(gzip.compress(response.content)) / 1_000),
    }


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = act()
    return result, time.perf_counter() - started
