"""Forms that cannot become a talk: told why beside the field, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from submissions.models import Meeting, Talk
from tests.submissions.views.filled_forms import Fields, address, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]


REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "This field is required"),
    ({"title": " \t \u200b\ufeff"}, "This field is required"),
    ({"title": "x" * 301}, "The title has 301 characters; at most 300 are allowed."),
    ({"title": "x" * 1_000_000}, "The title has 1000000 characters"),
    ({"ml_areas": ["nul\x00"]}, "Null characters are not allowed"),
    ({"abstract": ""}, "This field is required"),
    ({"abstract": "\u202e\x00\ufeff"}, "This field is required"),
    ({"abstract": "word " * 21}, "The abstract has 21 words; at most 20 are allowed."),
    ({"abstract": "x" * 20_001}, "at most 20000 characters"),
    ({"format": "0"}, "This format is not offered"),
    ({"format": "many"}, "This format is not offered"),
    ({"astronomy_areas": []}, "Choose at least one area"),
    ({"ml_areas": ["no-such-area"]}, "“no-such-area” is not in the list"),
    ({"authors-0-family_name": ""}, "Enter the family name, or the only name"),
    ({"authors-0-family_name": "Win at https://x.example"}, "Write the name alone"),
    ({"authors-0-given_name": "ada@example.org"}, "Write the name alone"),
    ({"authors-0-DELETE": "on"}, "Name at least one author"),
    ({"authors-0-email": ""}, "Whoever presents needs an address"),
    ({"authors-0-email": "ada@"}, "Enter a valid email address"),
    ({"authors-0-email": "ada@example.org\nBcc: all@example.org"}, "Enter a valid email address"),
    ({"authors-0-email": "a" * 250 + "@example.org"}, "at most 254 characters"),
    ({"authors-0-orcid": "0000-0002-1825-0098"}, "A digit of this ORCID seems mistyped"),
    ({"authors-0-orcid": "ada"}, "An ORCID has sixteen characters"),
    ({"authors-0-affiliations": "x" * 301}, "at most 300 characters"),
    ({"authors-0-is_presenting": ""}, "Tick who presents the talk"),
]


@pytest.mark.parametrize(("change", "message"), REFUSALS)
def test_what_cannot_be_is_refused_with_a_reason_and_no_talk(
    client: Client, meeting: Meeting, change: dict[str, Any], message: str
) -> None:
    answer = client.post(address(meeting), sent(meeting, **change))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Talk.objects.exists()


def test_a_lost_count_of_authors_loses_no_author(client: Client, meeting: Meeting) -> None:
    for count in ("lots", "", "-1", "0", "1", "1000000", "9" * 5000):
        form = sent(meeting) | {"authors-TOTAL_FORMS": count, "authors-4-family_name": "Hopper"}
        del form["authors-0-ORDER"]
        client.post(address(meeting), form)
        authorships = Talk.objects.latest("pk").authorships.all()
        assert [author.speaker.name for author in authorships] == ["Ada Lovelace", "Hopper"]


def test_a_made_up_count_draws_no_empty_entries(client: Client, meeting: Meeting) -> None:
    form = sent(meeting) | {"authors-TOTAL_FORMS": "1000000"}
    page = client.post(address(meeting, "talk-preview"), form).content.decode()
    assert Fields(page).values["authors-TOTAL_FORMS"] == ["1"]


def test_too_many_authors_are_refused_and_all_of_them_still_there(
    client: Client, meeting: Meeting
) -> None:
    more = {f"authors-{number}-family_name": f"Person{number}" for number in range(1, 201)}
    answer = client.post(address(meeting), sent(meeting, authors=201, **more))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "At most 200 authors" in page
    assert Fields(page).values["authors-200-family_name"] == ["Person200"]


def test_authors_come_back_in_the_order_in_which_they_were_put(
    client: Client, meeting: Meeting
) -> None:
    order = {
        "authors-0-ORDER": "3",
        "authors-1-family_name": "Second",
        "authors-1-ORDER": "2",
        "authors-2-family_name": "First",
        "authors-2-ORDER": "1",
        "authors-3-family_name": "Removed",
        "authors-3-email": "wrong",
        "authors-3-DELETE": "on",
        "authors-3-ORDER": "1",
        "authors-4-family_name": "Last",
        "authors-4-ORDER": "",
    }
    answer = client.post(address(meeting), sent(meeting, authors=5, title="", **order))
    shown = [entry["family_name"].value() for entry in answer.context["authors"]]
    assert shown == ["First", "Second", "Lovelace", "Last", "Removed"]
    assert "E-mail address" not in _error_summary(answer.content.decode())


def _error_summary(page: str) -> str:
    return page.partition('class="error-summary"')[2].partition("</div>")[0]


@pytest.mark.parametrize(
    ("second", "field", "message"),
    [
        ({"email": "ADA@example.org"}, "email", "Another author has this e-mail address"),
        ({"family_name": "LOVELACE", "given_name": "Áda"}, "", ""),
    ],
    ids=["same address in other letters", "same name, one without an address"],
)
def test_two_authors_are_told_apart_by_their_addresses(
    client: Client, meeting: Meeting, second: dict[str, str], field: str, message: str
) -> None:
    entry = {"family_name": "Hopper", "ORDER": "2"} | second
    more = {f"authors-1-{name}": value for name, value in entry.items()}
    answer = client.post(address(meeting), sent(meeting, authors=2, **more))
    if not message:
        assert answer.status_code == 302
        return
    assert message in str(answer.context["authors"].forms[1].errors[field])


def test_two_authors_of_one_name_without_addresses_are_asked_about(
    client: Client, meeting: Meeting
) -> None:
    more = {"authors-1-family_name": "Li", "authors-2-family_name": "LI"}
    places = {"authors-1-affiliations": "Here", "authors-2-affiliations": "There"}
    answer = client.post(address(meeting), sent(meeting, authors=3, **more, **places))
    assert "Another author has this name" in str(answer.context["authors"].forms[2].errors)


def test_who_presents_is_asked_beside_the_first_author(client: Client, meeting: Meeting) -> None:
    form = sent(meeting) | {"authors-0-is_presenting": ""}
    errors = client.post(address(meeting), form).context["authors"].forms[0].errors
    assert errors == {"is_presenting": ["Tick who presents the talk."]}


def test_a_form_filled_again_after_going_back_is_neither_lost_nor_written_over_the_first(
    client: Client, meeting: Meeting
) -> None:
    form = sent(meeting)
    client.post(address(meeting), form)
    first = Talk.objects.get()
    answer = client.post(address(meeting), form | {"title": "Looms that learn"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"If it is a correction of talk {first.code}" in page
    fields = Fields(page).values
    assert fields["title"] == ["Looms that learn"]
    assert fields["ml_areas"] == ["deep-learning"]
    client.post(address(meeting), fields)
    assert [talk.title for talk in Talk.objects.order_by("pk")] == [
        "Engines that learn",
        "Looms that learn",
    ]


def test_a_broken_key_is_no_key(client: Client, meeting: Meeting) -> None:
    for key in ("not-a-key", "\x00", ""):
        assert client.post(address(meeting), sent(meeting, submit_key=key)).status_code == 302


NAMES = ["🦄", "محمد", "O’Neill-Ångström", "Ὀδυσσεύς", "佐藤"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_a_name(client: Client, meeting: Meeting, name: str) -> None:
    form = sent(meeting) | {"authors-0-given_name": "", "authors-0-family_name": name}
    own_page = client.post(address(meeting), form)["Location"]
    assert name in client.get(own_page).content.decode()


BODIES = [
    (b"title=%ED%A0%80&abstract=%ED%A0%80", "application/x-www-form-urlencoded"),
    (b"title=%FF%FE&authors-0-email=%80", "application/x-www-form-urlencoded"),
    (b"\xff\xfe=\x80&&=&", "application/x-www-form-urlencoded"),
    (b"", "application/x-www-form-urlencoded"),
    (b'{"title": 1}', "application/json"),
    (b"title=x", "multipart/form-data; boundary=x"),
    (
        b'--x\r\nContent-Disposition: form-data; name="title"; filename="a"\r\n\r\n<\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
]


@pytest.mark.parametrize(("body", "kind"), BODIES)
def test_a_body_that_is_no_form_is_answered_like_an_empty_one(
    client: Client, meeting: Meeting, body: bytes, kind: str
) -> None:
    status = {"talk-submit": 422, "talk-more-authors": 200, "talk-preview": 200}
    for name, expected in status.items():
        answer = client.post(address(meeting, name), data=body, content_type=kind)
        assert answer.status_code == expected


def test_after_an_error_every_value_is_still_there(client: Client, meeting: Meeting) -> None:
    form = sent(
        meeting,
        authors=2,
        title="",
        astronomy_areas_text="odd <galaxies> & more",
        remarks="I cannot come on Monday.",
        **{
            "authors-1-given_name": "Grace",
            "authors-1-family_name": "Hopper",
            "authors-1-email": "wrong",
            "authors-1-affiliations": "Navy",
            "authors-1-orcid": "",
            "authors-1-ORDER": "2",
        },
    )
    answer = client.post(address(meeting), form)
    fields = Fields(answer.content.decode()).values
    wanted = {
        name: value if isinstance(value, list) else [value] for name, value in form.items() if value
    }
    # A text area begins with a line break that browsers drop.
    shown = {name: [value.removeprefix("\n") for value in fields[name]] for name in wanted}
    assert shown == wanted
