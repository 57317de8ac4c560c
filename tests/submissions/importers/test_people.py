"""Names in cells: taken apart only where the text says where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.importers.people import CoAuthors, Person, read_co_authors, split_full_name


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Example, Ada", "Ada", "Example"),
        ("van der Example, Ada Maria", "Ada Maria", "van der Example"),
        ("Ada Maria Example Sample", "", "Ada Maria Example Sample"),
        ("Madonna", "", "Madonna"),
        ("Example, Jr.", "", "Example, Jr."),
        ("Example, Ph.D.", "", "Example, Ph.D."),
        ("Example, Ada, Jr.", "", "Example, Ada, Jr."),
        ("Example,", "", "Example,"),
    ],
)
def test_full_name_is_split_at_a_comma_and_nowhere_else(name: str, given: str, family: str) -> None:
    assert split_full_name(name) == (given, family)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Example, Ada; Sample, Bo", [("Ada", "Example"), ("Bo", "Sample")]),
        ("Ada Example\nBo Sample\n", [("", "Ada Example"), ("", "Bo Sample")]),
        (
            "Ada Example, Bo Sample and Cy Third",
            [("", n) for n in ("Ada Example", "Bo Sample", "Cy Third")],
        ),
        ("Ada Example & Bo Sample", [("", "Ada Example"), ("", "Bo Sample")]),
        ("Ada Example", [("", "Ada Example")]),
        ("", []),
        (" ; ,; ", []),
    ],
)
def test_list_of_co_authors_is_read(text: str, names: list[tuple[str, str]]) -> None:
    found = read_co_authors(text)
    assert [(person.given_name, person.family_name) for person in found.people] == names
    assert found.unclear == ""


@pytest.mark.parametrize(
    "text",
    [
        "Example, Ada",
        "Example, A., Sample, B. C.",
        "Ada Example, J. K.",
        "Example, Ada and Sample, Bo",
    ],
)
def test_list_that_could_be_read_in_two_ways_is_not(text: str) -> None:
    assert read_co_authors(text) == CoAuthors(unclear=text)


def test_institute_and_address_of_a_co_author_are_taken_along() -> None:
    text = "Ada Example (University of Examples, Sampletown) <ada@example.org>, Bo Sample (IoS)"
    assert read_co_authors(text).people == (
        Person("", "Ada Example", "ada@example.org", "", ("University of Examples, Sampletown",)),
        Person("", "Bo Sample", "", "", ("IoS",)),
    )


def test_folded_name_is_the_same_for_a_name_in_one_and_in_two_parts() -> None:
    assert Person("Clár-Bríd", "Example").folded_name == Person("", "Clar Brid EXAMPLE").folded_name


@given(st.text(max_size=300))
def test_any_text_is_people_or_unclear(text: str) -> None:
    found = read_co_authors(text)
    assert not (found.people and found.unclear)
    assert all(person.family_name for person in found.people)
