"""A meeting's own page: settings, members, formats, and times in its zone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, Membership, TalkFormat, User
from submissions.operations.signing_in import verify_address
from tests.filled import filled
from tests.make import (
    make_format,
    make_meeting,
    make_organiser,
    make_reviewer,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(time_zone="Europe/Madrid")


@pytest.fixture
def organiser(client: Client, meeting: Meeting) -> User:
    user = make_organiser(meeting, "olga@example.org")
    client.force_login(user)
    return user


def url_of(meeting: Meeting) -> str:
    return reverse("admin:submissions_meeting_change", args=[meeting.pk])


def members(meeting: Meeting) -> set[tuple[str, str]]:
    return set(meeting.memberships.values_list("user__email", "role"))


def add_member(data: dict[str, Any], email: str, role: str) -> dict[str, Any]:
    number = int(data["memberships-TOTAL_FORMS"])
    return data | {
        "memberships-TOTAL_FORMS": number + 1,
        f"memberships-{number}-email": email,
        f"memberships-{number}-role": role,
    }


def test_times_are_read_and_shown_in_the_zone_of_the_meeting(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    data = filled(client, url_of(meeting))
    data |= {"call_opens_at": "2027-03-01T09:30", "call_closes_at": "2027-07-01T23:59"}
    assert client.post(url_of(meeting), data).status_code == 302
    meeting.refresh_from_db()
    assert meeting.call_opens_at == datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
    assert meeting.call_closes_at == datetime(2027, 7, 1, 21, 59, tzinfo=UTC)
    page = client.get(url_of(meeting)).content.decode()
    assert 'value="2027-03-01T09:30"' in page
    assert "Times are those of the meeting: Europe/Madrid." in page


@pytest.mark.parametrize("time", ["2027-03-28T02:30", "2027-10-31T02:30"])
def test_a_time_at_which_the_clocks_change_is_refused_with_advice(
    client: Client, organiser: User, meeting: Meeting, time: str
) -> None:
    data = filled(client, url_of(meeting)) | {"call_closes_at": time}
    page = client.post(url_of(meeting), data)
    [error] = page.context["adminform"].form.errors["call_closes_at"]
    assert error == (
        "The clocks change then in Europe/Madrid: this time exists twice or not at all. "
        "Choose one at least an hour earlier or later."
    )


def test_a_time_typed_together_with_another_zone_is_in_that_zone(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    data = filled(client, url_of(meeting))
    data |= {"time_zone": "Asia/Tokyo", "call_closes_at": "2027-07-01T23:59"}
    client.post(url_of(meeting), data)
    meeting.refresh_from_db()
    assert meeting.call_closes_at == datetime(2027, 7, 1, 14, 59, tzinfo=UTC)


def test_seconds_of_a_deadline_survive_saving(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    closes = datetime(2027, 7, 1, 21, 59, 59, tzinfo=UTC)
    Meeting.objects.filter(pk=meeting.pk).update(call_closes_at=closes)
    assert client.post(url_of(meeting), filled(client, url_of(meeting))).status_code == 302
    meeting.refresh_from_db()
    assert meeting.call_closes_at == closes


def test_members_are_added_by_address_with_or_without_an_account(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    known = make_user("Known@example.org")
    data = add_member(filled(client, url_of(meeting)), "known@example.org", "reviewer")
    data = add_member(data, "new@example.org", "organiser")
    assert client.post(url_of(meeting), data).status_code == 302
    assert members(meeting) == {
        ("olga@example.org", "organiser"),
        (known.email, "reviewer"),
        ("new@example.org", "organiser"),
    }
    assert not User.objects.get(email="new@example.org").has_usable_password()


def test_a_member_by_a_second_address_is_the_account_that_a_code_for_it_enters(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    known = make_user("ada@example.org")
    verify_address(known, "ada@institute.example")
    data = add_member(filled(client, url_of(meeting)), "Ada@Institute.example", "reviewer")
    assert client.post(url_of(meeting), data).status_code == 302
    assert members(meeting) == {("olga@example.org", "organiser"), (known.email, "reviewer")}


def test_no_account_is_made_for_a_page_that_is_not_saved(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    data = add_member(filled(client, url_of(meeting)), "new@example.org", "reviewer") | {"name": ""}
    assert client.post(url_of(meeting), data).status_code == 200
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(
    "leaving", [{"memberships-0-DELETE": "on"}, {"memberships-0-role": "reviewer"}]
)
def test_the_last_organiser_cannot_leave(
    client: Client, organiser: User, meeting: Meeting, leaving: dict[str, str]
) -> None:
    page = client.post(url_of(meeting), filled(client, url_of(meeting)) | leaving)
    assert "A meeting needs an organiser" in page.content.decode()
    assert members(meeting) == {("olga@example.org", "organiser")}


def test_an_organiser_leaves_when_another_one_stays(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_organiser(meeting, "second@example.org")
    data = filled(client, url_of(meeting))
    mine = Membership.objects.get(user=organiser).pk
    number = next(n for n in range(2) if str(data[f"memberships-{n}-id"]) == str(mine))
    assert (
        client.post(url_of(meeting), data | {f"memberships-{number}-DELETE": "on"}).status_code
        == 302
    )
    assert members(meeting) == {("second@example.org", "organiser")}
    assert client.get(url_of(meeting)).headers["Location"].startswith("/admin/login/")


def test_nobody_is_listed_twice_in_a_role(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_reviewer(meeting, "rene@example.org")
    data = add_member(filled(client, url_of(meeting)), "Rene@example.org", "reviewer")
    page = client.post(url_of(meeting), data)
    assert "This person is in the list twice with this role." in page.content.decode()


def test_a_format_in_use_is_not_deleted(client: Client, organiser: User, meeting: Meeting) -> None:
    used = make_format(meeting)
    make_talk(meeting, format=used)
    page = client.post(
        url_of(meeting), filled(client, url_of(meeting)) | {"talk_formats-0-DELETE": "on"}
    )
    assert page.status_code == 200
    assert TalkFormat.objects.get() == used


def test_a_superuser_adds_a_meeting(client: Client) -> None:
    client.force_login(make_user(is_superuser=True))
    url = reverse("admin:submissions_meeting_add")
    data = filled(client, url) | {
        "name": "New",
        "slug": "new",
        "starts_on": "2027-06-01",
        "ends_on": "2027-06-02",
        "time_zone": "Asia/Tokyo",
        "call_opens_at": "2027-01-01T00:00",
    }
    data = add_member(data, "olga@example.org", "organiser")
    assert client.post(url, data).status_code == 302
    meeting = Meeting.objects.get(slug="new")
    assert meeting.call_opens_at == datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
    assert members(meeting) == {("olga@example.org", "organiser")}
