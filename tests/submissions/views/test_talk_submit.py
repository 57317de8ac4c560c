from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, MLArea, Talk, TalkFormat
from submissions.operations.submitting import content_of
from tests.make import NOW, make_area, make_format, make_meeting, make_ml_area
from tests.submissions.views.filled_forms import ADA, Fields, address, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]


def test_a_well_filled_form_makes_a_talk_and_leads_to_its_private_page(
    client: Client, meeting: Meeting
) -> None:
    answer = client.post(address(meeting), sent(meeting))
    talk = Talk.objects.get()
    own_page = reverse("submissions:talk-detail", args=[meeting.slug, talk.code])
    assert (answer.status_code, answer["Location"]) == (302, own_page)
    assert content_of(talk) == {
        "title": "Engines that learn",
        "abstract": "We *learn* $10^5$ things.",
        "collaboration": "",
        "format": "Contributed",
        "authors": [ADA],
        "astronomy_areas": ["galaxies"],
        "ml_areas": ["deep-learning"],
        "astronomy_areas_text": "",
        "ml_areas_text": "",
        "remarks": "",
        "preference": "",
        "is_remote": False,
        "answers": [],
    }
    page = client.get(own_page).content.decode()
    assert talk.code in page
    assert "<em>learn</em>" in page
    assert "<math" in page


def test_the_receipt_holds_the_code_and_a_link_that_opens_the_talk_in_another_browser(
    client: Client, meeting: Meeting, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(meeting), sent(meeting))
    (message,) = mail.outbox
    talk = Talk.objects.get()
    assert message.to == ["ada@example.org"]
    assert talk.code in message.body
    link = next(word for word in message.body.split() if "/open/" in word)
    elsewhere = Client()
    answer = elsewhere.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    own_page = reverse("submissions:talk-detail", args=[meeting.slug, talk.code])
    assert answer.redirect_chain == [(own_page, 302)]
    assert answer.status_code == 200


def test_a_double_click_makes_one_talk(client: Client, meeting: Meeting) -> None:
    form = sent(meeting)
    first, second = client.post(address(meeting), form), client.post(address(meeting), form)
    assert first["Location"] == second["Location"]
    assert Talk.objects.count() == 1


def test_co_authors_come_in_the_order_of_their_places(client: Client, meeting: Meeting) -> None:
    more = {
        "authors-0-ORDER": "2",
        "authors-1-given_name": "",
        "authors-1-family_name": "Mononym",
        "authors-1-email": "",
        "authors-1-affiliations": "",
        "authors-1-orcid": "",
        "authors-1-ORDER": "1",
        "authors-2-family_name": "Removed",
        "authors-2-email": "not an address",
        "authors-2-DELETE": "on",
        "authors-3-ORDER": "4",
    }
    client.post(address(meeting), sent(meeting, authors=4, **more))
    assert content_of(Talk.objects.get())["authors"] == [
        "Mononym",
        ADA,
    ]


def test_one_more_author_is_added_without_losing_or_complaining(
    client: Client, meeting: Meeting
) -> None:
    form = sent(meeting, title="", abstract="Half a thought with $x$")
    page = client.post(address(meeting, "talk-more-authors"), form)
    fields = Fields(page.content.decode()).values
    assert page.status_code == 200
    assert "This field is required" not in page.content.decode()
    assert fields["authors-TOTAL_FORMS"] == ["2"]
    assert fields["authors-0-family_name"] == ["Lovelace"]
    assert fields["abstract"] == ["Half a thought with $x$"]
    assert "authors-1-family_name" in fields


def test_text_of_a_stranger_is_text(client: Client, meeting: Meeting) -> None:
    attack = "<script>alert(1)</script>"
    form = sent(meeting, title=attack, abstract=attack, remarks=attack, astronomy_areas_text=attack)
    client.post(address(meeting), form)
    talk = Talk.objects.get()
    own_page = reverse("submissions:talk-detail", args=[meeting.slug, talk.code])
    page = client.get(own_page).content.decode()
    assert attack not in page
    assert page.count("&lt;script&gt;") >= 4


def test_a_format_of_another_meeting_is_refused(client: Client, meeting: Meeting) -> None:
    foreign = make_format(make_meeting())
    answer = client.post(address(meeting), sent(meeting, format=str(foreign.pk)))
    assert answer.status_code == 422


CLOSED = [
    ({"call_closes_at": NOW}, "The call is closed", "1 March 2027, 13:00 CET"),
    (
        {"call_opens_at": NOW + timedelta(seconds=1)},
        "The call is not open yet",
        "1 March 2027, 13:00 CET",
    ),
    ({"call_opens_at": None}, "The call has not been announced yet", "Its dates will appear here"),
]


@pytest.mark.parametrize(("dates", "title", "date"), CLOSED)
def test_a_call_that_is_not_open_says_so_with_its_dates_in_the_meetings_zone(
    client: Client, meeting: Meeting, dates: dict[str, Any], title: str, date: str
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(**dates)
    page = client.get(address(meeting)).content.decode()
    assert title in page
    assert date in page
    assert "<textarea" not in page


def test_a_form_that_arrives_after_the_close_is_not_submitted_but_its_text_is_kept(
    client: Client, meeting: Meeting
) -> None:
    closes = NOW - timedelta(minutes=15)
    Meeting.objects.filter(pk=meeting.pk).update(call_closes_at=closes, grace_minutes=15)
    answer = client.post(address(meeting), sent(meeting))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert not Talk.objects.exists()
    assert "it arrived after the call had closed" in page
    for typed in (
        "Author 1: Family name",
        "Lovelace",
        "Engines that learn",
        "We *learn* $10^5$ things.",
        "Loom College",
        "Galaxies",
        "Contributed: 12 minutes and 3 for questions",
    ):
        assert typed in page


def test_edits_that_close_before_the_call_are_not_promised(
    client: Client, meeting: Meeting
) -> None:
    assert "You can change it until" in client.get(address(meeting)).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(edits_close_at=NOW)
    page = client.get(address(meeting)).content.decode()
    assert "You can change it until" not in page
    assert "Once submitted it can no longer be changed here" in page


ZONES = [
    ("Asia/Kathmandu", "31 March 2027, 17:45 UTC+05:45"),
    ("America/St_Johns", "31 March 2027, 09:30 NDT"),
]


@pytest.mark.parametrize(("zone", "date"), ZONES)
def test_odd_zones_are_named(client: Client, meeting: Meeting, zone: str, date: str) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(time_zone=zone)
    assert date in client.get(address(meeting)).content.decode()


def test_a_close_in_the_hour_that_comes_twice_is_told_apart(
    client: Client, meeting: Meeting
) -> None:
    told = []
    for hour in (0, 1):
        closes = datetime(2027, 10, 31, hour, 30, tzinfo=UTC)
        Meeting.objects.filter(pk=meeting.pk).update(call_closes_at=closes)
        page = client.get(address(meeting)).content.decode()
        told.append(page.partition("The call closes on")[2].partition("</time>")[0])
    assert [line.rpartition(">")[2] for line in told] == [
        "31 October 2027, 02:30 CEST",
        "31 October 2027, 02:30 CET",
    ]


@pytest.mark.parametrize("grace", [0, 15])
def test_a_form_that_was_open_is_taken_until_the_grace_is_over(
    client: Client, meeting: Meeting, grace: int
) -> None:
    closes = NOW + timedelta(seconds=1) - timedelta(minutes=grace)
    Meeting.objects.filter(pk=meeting.pk).update(call_closes_at=closes, grace_minutes=grace)
    assert ("<textarea" in client.get(address(meeting)).content.decode()) is (grace == 0)
    assert client.post(address(meeting), sent(meeting)).status_code == 302


def test_the_preview_is_what_will_be_published_with_the_words_that_are_left(
    client: Client, meeting: Meeting
) -> None:
    typed = {"title": "On $z$", "abstract": r"We *learn* \foo{} and $\nonsense{x}$ <b>."}
    answer = client.post(address(meeting, "talk-preview"), typed, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert "<em>learn</em>" in page
    assert "&lt;b&gt;" in page
    assert r"The command \nonsense is not known here" in page
    assert "words left" in page


def test_without_javascript_the_preview_is_the_whole_page_as_typed(
    client: Client, meeting: Meeting
) -> None:
    answer = client.post(address(meeting, "talk-preview"), sent(meeting, title=""))
    page = answer.content.decode()
    assert "<html" in page
    assert "<em>learn</em>" in page
    assert "This field is required" not in page
    assert Fields(page).values["authors-0-family_name"] == ["Lovelace"]


def test_a_meeting_that_is_not_public_has_no_form(client: Client, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(is_listed=False)
    for name in ("talk-submit", "talk-more-authors", "talk-preview"):
        assert client.post(address(meeting, name), sent(meeting)).status_code == 404


def test_a_meeting_without_formats_asks_for_none(client: Client, meeting: Meeting) -> None:
    form = sent(meeting)
    TalkFormat.objects.all().delete()
    assert client.post(address(meeting), form).status_code == 302
    assert Talk.objects.get().format is None


def test_areas_are_offered_in_groups_with_their_synonyms(client: Client, meeting: Meeting) -> None:
    stars = make_area("Stars", position=1)
    dwarfs = make_area("White dwarfs", position=2, synonyms=["DA stars", "DB stars"])
    dwarfs.parents.add(stars)
    make_area("Thesaurus term", origin="uat")
    page = client.get(address(meeting)).content.decode()
    groups = page.partition('id="id_astronomy_areas"')[2].partition("</select>")[0]
    words = " ".join(groups.split())
    assert words.index('<optgroup label="Galaxies">') < words.index('<optgroup label="Stars">')
    assert words.index('<optgroup label="Stars">') < words.index('value="white-dwarfs"')
    assert 'data-also="DA stars; DB stars"' in words
    assert "Thesaurus term" not in page


def test_a_vocabulary_under_one_root_is_grouped_by_what_is_below_it(
    client: Client, meeting: Meeting
) -> None:
    root = MLArea.objects.get()
    group = make_ml_area("Tasks", position=1)
    group.parents.add(root)
    make_ml_area("Clustering", position=2).parents.add(group)
    page = client.get(address(meeting)).content.decode()
    groups = page.partition('id="id_ml_areas"')[2].partition("</select>")[0]
    words = " ".join(groups.split())
    assert words.index('value="deep-learning"') < words.index('<optgroup label="Tasks">')
    assert words.index('value="tasks"') < words.index('value="clustering"')


@pytest.mark.parametrize("areas", [1, 30])
def test_the_page_asks_the_database_the_same_few_questions(
    client: Client, meeting: Meeting, django_assert_num_queries: Any, areas: int
) -> None:
    for number in range(areas):
        make_area(f"Area {number}")
    with django_assert_num_queries(9):
        client.get(address(meeting))


def test_a_page_shown_again_keeps_the_order_of_the_authors(
    client: Client, meeting: Meeting
) -> None:
    moved = {"authors-0-ORDER": "2", "authors-1-family_name": "First", "authors-1-ORDER": "1"}
    answer = client.post(address(meeting), sent(meeting, authors=2, title="", **moved))
    page = answer.content.decode()
    assert page.index('value="First"') < page.index('value="Lovelace"')
