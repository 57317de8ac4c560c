"""Links for those who are late, as organisers make, read and withdraw them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from submissions.models import LateLink, Meeting, User
from tests.filled import filled
from tests.make import NOW, make_late_link, make_meeting, make_organiser, make_talk

pytestmark = pytest.mark.django_db

LIST = reverse("admin:submissions_latelink_changelist")
ADD = reverse("admin:submissions_latelink_add")


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(time_zone="Europe/Madrid", call_closes_at=NOW - timedelta(days=1))


def page_of(link: LateLink) -> str:
    return reverse("admin:submissions_latelink_change", args=[link.pk])


def address_of(link: LateLink) -> str:
    path = reverse("submissions:talk-submit-late", args=[link.meeting.slug, link.secret])
    return f"{settings.SITE_URL}{path}"


def test_a_link_is_made_for_somebody_and_shown_to_be_copied(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    with time_machine.travel(NOW, tick=False):
        client.force_login(organiser)
        data = {"note": "Ada, was ill", "expires_at": "2027-03-08T12:00", "_save": "Save"}
        answer = client.post(ADD, data)
        made = LateLink.objects.get()
        assert answer["Location"] == page_of(made)
        page = client.get(page_of(made)).content.decode()
    assert (made.meeting, made.note, made.created_by, made.created_at) == (
        meeting,
        "Ada, was ill",
        organiser,
        NOW,
    )
    assert made.expires_at == datetime(2027, 3, 8, 11, 0, tzinfo=UTC)
    assert f'value="{address_of(made)}"' in page


def test_the_list_says_who_used_which_link(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting, title="Late light")
    make_late_link(meeting, note="For Ada", used_at=NOW, talk=talk)
    make_late_link(meeting, note="Run out", expires_at=NOW - timedelta(days=1))
    make_late_link(meeting, note="Open")
    make_late_link(make_meeting(), note="Elsewhere")
    with time_machine.travel(NOW, tick=False):
        client.force_login(organiser)
        page = client.get(LIST).content.decode()
    assert f"{talk.code} Late light</a>, 1 Mar 2027, 13:00 CET" in page
    assert "no; it has run out" in page
    assert "not yet" in page
    assert "Elsewhere" not in page


def test_a_used_link_shows_no_address_and_can_be_neither_changed_nor_withdrawn(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    link = make_late_link(meeting, used_at=NOW, talk=make_talk(meeting))
    page = client.get(page_of(link)).content.decode()
    assert link.secret not in page
    assert 'name="note"' not in page
    delete = reverse("admin:submissions_latelink_delete", args=[link.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert LateLink.objects.get() == link


def test_a_link_is_withdrawn_by_deleting_it(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    link = make_late_link(meeting)
    delete = reverse("admin:submissions_latelink_delete", args=[link.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 302
    assert not LateLink.objects.exists()


def test_the_time_of_a_link_is_moved(client: Client, organiser: User, meeting: Meeting) -> None:
    link = make_late_link(meeting)
    data = filled(client, page_of(link)) | {"expires_at": "2027-07-01T12:00"}
    assert client.post(page_of(link), data).status_code == 302
    moved = LateLink.objects.get()
    assert moved.expires_at == datetime(2027, 7, 1, 10, 0, tzinfo=UTC)
    assert moved.secret == link.secret


def test_a_link_of_another_meeting_is_nobody_elses(client: Client, meeting: Meeting) -> None:
    link = make_late_link(meeting)
    client.force_login(make_organiser(make_meeting(), "other@example.org"))
    assert client.get(page_of(link))["Location"] == reverse("admin:index")
