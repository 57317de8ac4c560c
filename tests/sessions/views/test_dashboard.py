"""The overview of a meeting: what came in, what waits, what happens next."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from sessions.operations import releasing
from sessions.views.dashboard import relative
from submissions.domain.lifecycle import Action, State
from submissions.models import Email, Meeting, User
from submissions.operations import answering, deciding
from tests.make import (
    NOW,
    make_area,
    make_format,
    make_meeting,
    make_ml_area,
    make_organiser,
    make_reviewer,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_talk,
    make_user,
)
from tests.queries import count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_now() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(slug="sky")


def overview(client: Client) -> Any:
    page = client.get(reverse("admin:meeting-dashboard", args=["sky"]))
    assert page.status_code == 200
    return page.context


def waiting(client: Client) -> dict[str, int | None]:
    return {line.text: line.count for line in overview(client)["waiting"]}


def test_a_mail_worker_that_stands_still_is_seen(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    late = NOW - timedelta(minutes=30)
    for key, at, state, next_try_at in (
        ("new", NOW, "queued", None),
        ("never tried", late, "queued", None),
        ("put off", late, "queued", NOW + timedelta(minutes=1)),
        ("its sender died", late, "sending", late),
        ("held", late, "held", None),
    ):
        Email.objects.create(
            meeting=meeting,
            recipient="a@example.org",
            dedupe_key=key,
            queued_at=at,
            state=state,
            next_try_at=next_try_at,
        )
    (line,) = [line for line in overview(client)["waiting"] if "stands still" in line.text]
    assert (line.count, line.is_severe) == (2, True)
    listed = client.get(line.url).context["cl"].result_list
    assert {email.dedupe_key for email in listed} == {"never tried", "its sender died"}


@pytest.mark.parametrize("name", ["meeting-dashboard", "programme-preview", "programme-publish"])
def test_pages_of_a_meeting_are_for_its_organisers(
    client: Client, meeting: Meeting, name: str
) -> None:
    url, absent = (reverse(f"admin:{name}", args=[slug]) for slug in ("sky", "absent"))
    login = f"/admin/login/?next={url}"
    assert client.get(url).headers["Location"] == login
    client.force_login(make_reviewer(meeting))
    assert client.get(url).headers["Location"] == login
    client.force_login(make_organiser(make_meeting()))
    assert (client.get(url).status_code, client.get(absent).status_code) == (404, 404)
    for user in (make_organiser(meeting), make_user(is_superuser=True)):
        client.force_login(user)
        assert client.get(url).status_code == 200


def test_an_empty_meeting_says_how_to_start(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    Meeting.objects.update(call_opens_at=None)
    assert waiting(client) == {
        "The call has no dates: nobody can propose a talk": None,
        "There are no talk formats, so talks have no usual length": None,
    }
    page = client.get(reverse("admin:meeting-dashboard", args=["sky"])).content.decode()
    for text in (
        "Proposals will be counted here.",
        "Once talks have areas of both kinds",
        "not published yet",
    ):
        assert text in page


def test_talks_are_counted_by_state_with_links_to_them(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_talk(meeting)
    make_talk(meeting)
    make_talk(meeting, State.WITHDRAWN)
    make_talk(make_meeting())
    context = overview(client)
    assert [(each.state, each.count) for each in context["states"]] == [
        (State.SUBMITTED, 2),
        (State.WITHDRAWN, 1),
    ]
    assert context["talk_count"] == 3
    for each in context["states"]:
        assert client.get(each.url).context["cl"].result_count == each.count


def test_submissions_are_counted_by_the_days_of_the_meeting(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_talk(meeting, submitted_at=datetime(2027, 2, 27, 22, 59, tzinfo=UTC))
    make_talk(meeting, submitted_at=datetime(2027, 2, 27, 23, 1, tzinfo=UTC))
    bars = {bar.first: bar.count for bar in overview(client)["timeline"].bars if bar.count}
    assert bars == {date(2027, 2, 27): 1, date(2027, 2, 28): 1}


def test_every_number_of_the_map_leads_to_as_many_talks(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    cosmology, reionization = make_area("Cosmology"), make_area("Reionization")
    reionization.parents.add(cosmology)
    make_area("Stars")
    kernels, networks = make_ml_area("Kernels"), make_ml_area("Networks")
    for state in (State.SUBMITTED, State.REJECTED, State.WITHDRAWN):
        talk = make_talk(meeting, state)
        talk.astronomy_areas.add(reionization)
        talk.ml_areas.add(kernels)
    both = make_talk(meeting)
    both.astronomy_areas.add(cosmology)
    both.ml_areas.add(kernels, networks)
    cells = [
        (cell.row.label, cell.column.label, cell.count, url)
        for _label, _url, cells in overview(client)["area_lines"]
        for cell, url in cells
    ]
    assert [cell[:3] for cell in cells] == [
        ("Cosmology", "Kernels", 3),
        ("Cosmology", "Networks", 1),
    ]
    for *_names, count, url in cells:
        assert client.get(url).context["cl"].result_count == count
    page = client.get(reverse("admin:meeting-dashboard", args=["sky"])).content.decode()
    assert "<title>Cosmology × Kernels: 3</title>" in page


def test_what_waits_is_counted_and_leads_there(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    flash, poster = make_format(meeting), make_format(meeting, is_poster=True)
    area, ml_area = make_area("Galaxies"), make_ml_area("Kernels")

    def complete(state: State, **fields: Any) -> Any:
        talk = make_talk(meeting, state, **({"format": flash} | fields))
        talk.astronomy_areas.add(area)
        talk.ml_areas.add(ml_area)
        return talk

    complete(State.SUBMITTED)
    complete(State.CONFIRMED, format=poster)  # posters are in no session
    complete(State.ACCEPTED)
    prepared = complete(State.SUBMITTED)
    deciding.prepare(prepared, decision=Action.ACCEPT, note="", by=organiser, at=NOW)
    make_talk(meeting, ml_areas_text="Zyxwv", format=None)
    make_talk(meeting, State.REJECTED)  # no longer in play
    for state in ("failed", "queued", "held", "discarded"):
        Email.objects.create(
            meeting=meeting,
            kind="receipt",
            recipient="a@example.org",
            dedupe_key=state,
            queued_at=NOW,
            state=state,
            last_error="451 come back later" if state == "queued" else "",
        )
    lines = {line.text: line for line in overview(client)["waiting"]}
    assert {text: line.count for text, line in lines.items()} == {
        "e-mail could not be sent: look at the address, then try again": 1,
        "e-mail is held until you send it": 1,
        "e-mail was not accepted yet and is tried again": 1,
        "prepared decision is not announced: its speaker knows nothing yet": 1,
        "talks wait for a decision": 2,
        "accepted talk is not confirmed by its speaker": 1,
        "accepted talk is in no session": 1,
        "new term for an area: decide what it means": 1,
        "talk names areas that were not recognised": 1,
        "talk has no astronomy area": 1,
        "talk has no machine-learning area": 1,
        "talk has no format": 1,
    }
    for text, line in lines.items():
        page = client.get(line.url)
        if "announce" in text:
            assert len(page.context["lines"]) == line.count
        elif "new term" in text:
            assert page.context["page_of_terms"].paginator.count == line.count
        else:
            assert page.context["cl"].result_count == line.count


def test_talks_without_a_format_count_as_not_scheduled(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_talk(meeting, State.CONFIRMED, format=None)
    assert waiting(client)["accepted talk is in no session"] == 1


def test_contradictions_in_the_timetable_are_named_once(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    person = make_speaker(meeting, given_name="Ada", family_name="Twice")
    for theme in ("One", "Two"):
        block = make_session(meeting, theme=theme, room=make_room(meeting))
        block.session_chairs.create(speaker=person)
    context = overview(client)
    assert [(x["name"], x["text"]) for x in context["contradictions"]] == [
        ("One", "Ada Twice is also in “Two” at 11:00.")
    ]
    assert waiting(client)["contradiction in the timetable"] == 1


def test_the_programme_waits_to_be_published_whenever_it_has_changed(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting, State.CONFIRMED, title="Old title")
    make_slot(make_session(meeting, room=make_room(meeting)), talk)
    never, changed = (
        "The programme has never been published",
        "The programme has changed since release 1",
    )
    assert never in waiting(client)
    releasing.publish(meeting, by=organiser, at=NOW)
    assert {never, changed}.isdisjoint(waiting(client))
    talk.title = "New title"
    talk.save()
    assert changed in waiting(client)
    releasing.publish(meeting, by=organiser, at=NOW)
    assert changed not in waiting(client)
    answering.answer(talk, Action.WITHDRAW, by=organiser, at=NOW)
    assert "The programme has changed since release 2" in waiting(client)


def test_dates_are_told_in_order_with_how_far_they_are(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    Meeting.objects.update(edits_close_at=NOW + timedelta(days=30, hours=5))
    events = overview(client)["dates"]
    assert [(str(event.label), event.relative, event.is_past) for event in events] == [
        ("Call opens", "30 days ago", True),
        ("Call closes", "in 30 days", False),
        ("Speakers can no longer change their talks", "in 30 days", False),
        ("First day", "in 3 months", False),
        ("Last day", "in 3 months", False),
    ]


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (-59, "59 days ago"),
        (61, "in 2 months"),
        (-365, "12 months ago"),
    ],
)
def test_days_are_told_as_people_say_them(days: int, text: str) -> None:
    assert relative(date(2027, 3, 1) + timedelta(days=days), date(2027, 3, 1)) == text


def test_the_number_of_queries_does_not_depend_on_the_number_of_talks(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    area, ml_area, flash = make_area("Galaxies"), make_ml_area("Kernels"), make_format(meeting)

    def queries_with(count: int) -> int:
        for _ in range(count):
            talk = make_talk(meeting, State.CONFIRMED, format=flash)
            talk.astronomy_areas.add(area)
            talk.ml_areas.add(ml_area)
            block = make_session(meeting, room=make_room(meeting))
            block.session_chairs.create(speaker=make_speaker(meeting))
            make_slot(block, talk)
        releasing.publish(meeting, by=organiser, at=NOW)
        client.get(reverse("admin:meeting-dashboard", args=["sky"]))  # reads the release once
        return count_queries(client, reverse("admin:meeting-dashboard", args=["sky"]))

    assert queries_with(1) == queries_with(8)
