"""Who may see which column of a download, and what a published programme holds at all.

Both are lists of what is allowed: a new column or field fails here until somebody has decided who
may see it.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
from django.http import HttpResponseBase
from django.urls import reverse
from icalendar import Calendar

from sessions.domain.programme import Programme
from sessions.exports.registry import EXPORTS
from sessions.models import Release
from tests.personas.addresses import Addresses
from tests.personas.matrix import ask
from tests.personas.world import PERSONAS, World, secrets_in

EVERYBODY = frozenset(PERSONAS)
ORGANISERS = frozenset({"organiser", "superuser"})

TABLE = """
    session_number session room chairs starts_at ends_at time_zone kind number code title status
    speakers authors orcids affiliations collaboration format astronomy_areas ml_areas abstract
    answers address
"""
CALENDAR = """
    CATEGORIES COMMENT DESCRIPTION DTEND DTSTAMP DTSTART LAST-MODIFIED LOCATION NAME PRODID RDATE
    REFRESH-INTERVAL SEQUENCE SOURCE STATUS SUMMARY TZID TZNAME TZOFFSETFROM TZOFFSETTO UID URL
    VERSION X-WR-CALNAME X-WR-TIMEZONE
"""
TALKS = """
    Code, Title, State, Prepared decision, Format, Presenting, E-mail, Authors, Affiliations,
    Astronomy areas, Astronomy areas as typed, Machine-learning areas,
    Machine-learning areas as typed, Abstract, Remarks, Talk or poster, Remote, Submitted,
    Last change, Who should not review this?, What for reviewers?, Is the code public?
"""
ALLOWED = {
    "csv": (EVERYBODY, TABLE.split()),
    "ics": (EVERYBODY, CALENDAR.split()),
    # Two texts for people: they have no columns.
    "md": (EVERYBODY, []),
    "html": (EVERYBODY, []),
    "talks.csv": (ORGANISERS, [" ".join(name.split()) for name in TALKS.split(",")]),
}
"""By download of `sky`: who gets the row of a talk, and its columns."""

PUBLISHED = {
    "Programme": "anonymised_at meeting number published_at sessions",
    "PublishedMeeting": "ends_on name place slug starts_on time_zone venue website",
    "PublishedSession": "chairs description ends_at id is_online number room slots starts_at theme",
    "PublishedSlot": "ends_at id kind led_by starts_at talk title",
    "PublishedAnswer": "question text",
    "PublishedTalk": "abstract answers astronomy_areas authors code collaboration format "
    "is_withdrawn ml_areas number title",
    "Person": "family_name given_name slug",
    "Author": "affiliations family_name given_name is_presenting orcid slug",
    "Area": "label slug uat_uri within",
}
"""Every field of every value that a release may hold; all of them are public."""


def calendar_columns(response: HttpResponseBase) -> list[str]:
    parts = Calendar.from_ical(response.getvalue()).walk()
    return sorted({str(name) for part in parts for name in part})


def table_columns(response: HttpResponseBase, title: str) -> list[str]:
    """The columns of a table that has a row about the talk called `title`."""
    text = response.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return rows[0] if any(title in row for row in rows) else []


def columns_of(extension: str, response: HttpResponseBase) -> list[str] | None:
    """What this visitor got to see: columns, nothing if the file has none, None if no file."""
    if response.status_code != 200:
        return None
    if extension == "ics":
        return calendar_columns(response)
    return table_columns(response, "Known light") if extension == "csv" else []


@pytest.mark.django_db
@pytest.mark.parametrize("file", [export.extension for export in EXPORTS.values()])
def test_a_format_of_the_programme_shows_what_is_allowed(world: World, file: str) -> None:
    who, columns = ALLOWED[file]
    path = reverse("sessions:programme-export", args=["sky", file])
    found = {each: columns_of(file, world.client(each).get(path)) for each in PERSONAS}
    if file == "ics":  # a calendar leaves out what it has no value for
        assert {each for each, seen in found.items() if set(seen or ()) <= set(columns)} == who
    else:
        assert found == {each: columns if each in who else None for each in PERSONAS}


@pytest.mark.django_db
def test_the_list_of_talks_shows_its_columns_to_organisers_only(world: World) -> None:
    who, columns = ALLOWED["talks.csv"]
    path = Addresses(world).path("admin:submissions_talk_changelist", "sky")
    data = {"action": "download", "_selected_action": world.sky.talk.pk}
    answers = {each: ask(world.client(each), "POST", path, data).response for each in PERSONAS}
    found = {
        each: table_columns(response, "Umbrakelvin")
        for each, response in answers.items()
        if response.status_code == 200
    }
    assert found == {"stranger": [], **dict.fromkeys(who, columns)}


def test_no_format_is_without_an_entry() -> None:
    assert {export.extension for export in EXPORTS.values()} | {"talks.csv"} == ALLOWED.keys()


def values_in(kind: type[Any]) -> Iterator[type[Any]]:
    """The dataclass and those that its fields hold, however deep."""
    yield kind
    for hint in get_type_hints(kind).values():
        for held in _leaves(hint):
            # An area holds wider areas.
            if is_dataclass(held) and isinstance(held, type) and held is not kind:
                yield from values_in(held)


def _leaves(hint: Any) -> Iterator[Any]:
    arguments = get_args(hint)
    if not arguments:
        yield hint
    for argument in arguments:
        yield from _leaves(argument)


def test_a_published_programme_holds_the_fields_that_are_allowed() -> None:
    found = {
        kind.__name__: " ".join(sorted(field.name for field in fields(kind)))
        for kind in values_in(Programme)
    }
    assert found == PUBLISHED


def keys_in(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        yield from data
    for value in data.values() if isinstance(data, Mapping) else data:
        if isinstance(value, Mapping | list):
            yield from keys_in(value)


@pytest.mark.django_db
def test_what_is_stored_of_a_release_is_nothing_else(world: World) -> None:
    content = Release.objects.get(meeting=world.sky.meeting).content
    named = {name for names in PUBLISHED.values() for name in names.split()}
    assert set(keys_in(content)) - named == {"version"}
    assert secrets_in(json.dumps(content)) == set()
