"""What the components print for their inputs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory


def component(name: str, request: HttpRequest | None = None, **inputs: object) -> str:
    """The component's markup with its blanks squeezed."""
    return " ".join(render_to_string(f"components/{name}.html", inputs, request).split())


@dataclass
class Area:
    slug: str
    label: str


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2027, 7, 13), date(2027, 7, 13), "13 July 2027"),
        (date(2027, 7, 13), date(2027, 7, 14), "13–14 July 2027"),
        (date(2027, 6, 30), date(2027, 7, 2), "30 June – 2 July 2027"),
        (date(2027, 12, 30), date(2028, 1, 2), "30 December 2027 – 2 January 2028"),
    ],
)
def test_date_range_repeats_nothing(first: date, last: date, text: str) -> None:
    assert component("date_range", first=first, last=last) == text


@pytest.mark.parametrize(
    ("show", "form", "text"),
    [
        ("", "full", "13 July 2022, 16:30 BST"),
        ("time", "time", "16:30"),
        ("time-zone", "time-zone", "16:30 BST"),
    ],
)
def test_time_is_in_the_meetings_zone(show: str, form: str, text: str) -> None:
    at = datetime(2022, 7, 13, 15, 30, tzinfo=UTC)
    assert component("time", at=at, zone=ZoneInfo("Europe/London"), show=show) == (
        f'<time datetime="2022-07-13T16:30:00+01:00" data-local-time="{form}">{text}</time>'
    )


def test_time_as_date_is_left_alone_by_the_zone_switch() -> None:
    at = datetime(2022, 7, 13, 23, 30, tzinfo=UTC)
    assert component("time", at=at, zone=ZoneInfo("Europe/London"), show="date") == (
        '<time datetime="2022-07-14T00:30:00+01:00">Thursday 14 July 2022</time>'
    )


def test_area_chips_link_to_the_list_of_their_kind() -> None:
    chips = component(
        "area_chips", astronomy=[Area("b", "B & e stars")], ml=[Area("cnn", "CNN")], link="/p/"
    )
    assert chips == (
        '<span class="area-chips" role="list" aria-label="Areas"> '
        '<span class="astronomy" role="listitem">'
        '<a href="/p/?astronomy=b">B &amp; e stars</a></span> '
        '<span class="ml" role="listitem"><a href="/p/?ml=cnn">CNN</a></span> </span>'
    )


def test_area_chips_print_nothing_for_a_talk_without_areas() -> None:
    assert component("area_chips", astronomy=[], ml=[]) == ""


def test_state_badge_says_the_state_in_words() -> None:
    assert component("state_badge", state="accepted", label="Accepted") == (
        '<span class="state state-accepted">Accepted</span>'
    )


def test_empty_page_offers_a_start_only_where_there_is_one() -> None:
    title, text = "No talks yet", "Talks appear here."
    assert "<a " not in component("empty", title=title, text=text)
    assert '<a class="btn btn-primary" href="/submit/">Submit a talk</a>' in component(
        "empty", title=title, text=text, url="/submit/", action="Submit a talk"
    )


def test_pagination_keeps_the_rest_of_the_address() -> None:
    page = Paginator(range(30), 10).page(2)
    request = RequestFactory().get("/", {"q": "stars", "page": "2"})
    assert component("pagination", page=page, request=request) == (
        '<nav class="pages" aria-label="Pages"> '
        '<a rel="prev" href="?q=stars&amp;page=1">Previous</a> '
        '<span class="nums">Page 2 of 3</span> '
        '<a rel="next" href="?q=stars&amp;page=3">Next</a> </nav>'
    )


class Proposal(forms.Form):
    title = forms.CharField()
    kind = forms.ChoiceField(choices=[("talk", "Talk")], widget=forms.RadioSelect)


def test_error_summary_leads_to_each_field_and_to_the_first_option_of_a_group() -> None:
    summary = component("error_summary", form=Proposal({}))
    assert '<li><a href="#id_title">Title</a>: This field is required.</li>' in summary
    assert '<li><a href="#id_kind_0">Kind</a>: This field is required.</li>' in summary


def test_error_summary_numbers_the_entries_of_a_formset() -> None:
    formset = forms.formset_factory(Proposal, min_num=2)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-1-title": "x"}, prefix="form"
    )
    summary = component(
        "error_summary", form=Proposal({"title": "x", "kind": "talk"}), formset=formset
    )
    assert '<li><a href="#id_form-0-title">Title 1</a>: This field is required.</li>' in summary
    assert '<li><a href="#id_form-1-kind_0">Kind 2</a>: This field is required.</li>' in summary
    assert "#id_form-1-title" not in summary


def test_error_summary_is_absent_without_errors() -> None:
    assert component("error_summary", form=Proposal()) == ""
    assert component("error_summary", form=Proposal({"title": "x", "kind": "talk"})) == ""
    untouched = forms.formset_factory(Proposal)()
    assert component("error_summary", form=Proposal(), formset=untouched) == ""
