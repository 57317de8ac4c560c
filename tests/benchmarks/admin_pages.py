"""Measuring the organisers' pages; needs Django set up and a migrated database."""

import statistics
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.models import Session
from sessions.operations.releasing import publish
from submissions.models import Meeting, Talk
from tests.benchmarks.large_meeting import make_filled_meeting
from tests.benchmarks.programme_pages import timed
from tests.make import NOW, make_organiser

ROUNDS = 5


def measured(size: int) -> dict[str, Any]:
    """Per page of a meeting of `size` talks, all in its published timetable."""
    meeting = make_filled_meeting(size)
    organiser = make_organiser(meeting)
    publish(meeting, by=organiser, at=NOW)
    client = Client()
    client.force_login(organiser)
    return {name: page_measured(client, url) for name, url in pages(meeting).items()}


def pages(meeting: Meeting) -> dict[str, str]:
    talks, talk = reverse("admin:submissions_talk_changelist"), Talk.objects.filter(meeting=meeting)
    block = Session.objects.filter(meeting=meeting)[0]
    return {
        "dashboard": reverse("admin:meeting-dashboard", args=[meeting.slug]),
        "talks": talks,
        "talks_searched": f"{talks}?q=institute+curves&state=confirmed",
        "talk": reverse("admin:submissions_talk_change", args=[talk[0].pk]),
        "sessions": reverse("admin:programme_session_changelist"),
        "session": reverse("admin:programme_session_change", args=[block.pk]),
    }


def page_measured(client: Client, url: str) -> dict[str, Any]:
    queries, seconds = [], []
    for _ in range(1 + ROUNDS):
        with CaptureQueriesContext(connection) as captured:
            response, took = timed(lambda: client.get(url))
        assert response.status_code == 200, url
        queries.append(len(captured))
        seconds.append(took)
    return {
        "queries": queries[-1],
        "milliseconds": round(statistics.median(seconds[1:]) * 1_000),
        "kilobytes": round(len(response.content) / 1_000),
    }
