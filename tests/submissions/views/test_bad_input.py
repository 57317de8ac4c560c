"""Whatever is typed or pasted into any field: never an error of ours, and never a lost text."""

from typing import Any

import pytest
from django.test import Client

from submissions.models import Meeting, Talk
from tests.submissions.views.filled_forms import Fields, address, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]

TEXTS = {
    "empty": "",
    "blanks": " \t\n ",
    "NUL": "a\x00b",
    "control characters": "bell\x07 escape\x1b[31m",
    "right-to-left override": "abc\u202edef\u202c",
    "right-to-left words": "שלום عالم",
    "zero width alone": "\u200b\u200d\ufeff",
    "combining marks": "Z" + "\u0301" * 500,
    "emoji": "👩🏽‍🚀 🔭",
    "CJK": "佐藤 花子, 深層学習",
    "lone surrogate": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "markup": "<script>alert(1)</script><b>bold</b>",
    "template": "{{ 7|add:7 }} {% now %} {private_link} %s",
    "quotes": 'O\'Neill "quoted" `code` \\',
    "headers": "a\r\nBcc: victim@example.org",
    "unbalanced formula": "$\\frac{1}{2",
    "macro bomb": "$" + "\\sqrt{" * 300 + "$",
    "markdown bomb": "[" * 3000 + "*" * 3000,
    "formula": "=cmd|'/c calc'!A0",
    "path": "../../etc/passwd",
    "very long": "x" * 100_000,
}
GROUPS = {
    "authors": (
        "authors-0-given_name",
        "authors-0-family_name",
        "authors-0-email",
        "authors-0-orcid",
        "authors-0-affiliations",
        "collaboration",
    ),
    "talk": ("title", "astronomy_areas_text", "ml_areas_text", "abstract", "remarks"),
    "choices": ("astronomy_areas", "ml_areas", "format", "authors-0-ORDER"),
    "hidden": ("authors-TOTAL_FORMS", "submit_key", "draft"),
}


@pytest.mark.thorough
@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("what", TEXTS)
def test_every_field_takes_or_refuses_whatever_comes(
    client: Client, meeting: Meeting, what: str, group: str
) -> None:
    typed: dict[str, Any] = dict.fromkeys(GROUPS[group], TEXTS[what])
    form = sent(meeting, **typed)
    for page in ("talk-draft", "talk-preview", "talk-more-authors", "talk-submit"):
        answer = client.post(address(meeting, page), form)
        assert answer.status_code in (200, 302, 409, 413, 422), page
        if answer.status_code == 422 and group != "talk":
            shown = Fields(answer.content.decode()).values
            assert shown["abstract"] == ["We *learn* $10^5$ things."]


@pytest.mark.parametrize("name", ["title", "abstract", "remarks"])
def test_what_is_refused_for_its_length_is_shown_again_whole(
    client: Client, meeting: Meeting, name: str
) -> None:
    text = "word " * 30_000
    typed: dict[str, Any] = {name: text}
    answer = client.post(address(meeting), sent(meeting, **typed))
    assert answer.status_code == 422
    assert Fields(answer.content.decode()).values[name][0].strip() == text.strip()
    assert not Talk.objects.exists()


def test_a_megabyte_of_abstract_is_refused_in_words(client: Client, meeting: Meeting) -> None:
    answer = client.post(address(meeting), sent(meeting, abstract="word " * 200_000))
    assert answer.status_code == 422
    assert not Talk.objects.exists()


PASTED = """<p class="MsoNormal"><b>We</b> find&nbsp;H<sub>2</sub>O in <i>many</i> spectra.</p>
<p class="MsoNormal"><o:p></o:p>Then more.</p>"""


def test_pasted_html_is_converted_and_shown_before_it_is_taken(
    client: Client, meeting: Meeting
) -> None:
    form: dict[str, Any] = sent(meeting, abstract=PASTED)
    shown = client.post(address(meeting), form)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "This was HTML, as word processors and web pages copy it" in page
    [converted] = Fields(page).values["abstract"]
    assert converted == "**We** find\u00a0H$_{2}$O in *many* spectra.\n\nThen more."
    assert client.post(address(meeting), {**form, "abstract": converted}).status_code == 302
    assert Talk.objects.get(state="submitted").abstract == converted


@pytest.mark.parametrize(
    "name", ["d'Almeida", "van der Waals", "MacLeod", "ben-Ari", "Plato", "毛", "ÇELİK", "o’Brien"]
)
def test_names_are_kept_letter_by_letter(client: Client, meeting: Meeting, name: str) -> None:
    typed: dict[str, Any] = {
        "authors-0-given_name": "",
        "authors-0-family_name": name,
        "authors-0-orcid": "",
    }
    assert client.post(address(meeting), sent(meeting, **typed)).status_code == 302
    assert Talk.objects.get().authors.get().name == name
