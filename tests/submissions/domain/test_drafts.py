"""What a half-filled form tells without being checked."""

import pytest

from submissions.domain.drafts import content_of, email_of, is_worth_keeping, size_of, title_of


def test_everything_typed_is_kept_but_what_belongs_to_the_page() -> None:
    sent = [
        ("title", ["A\x00B"]),
        ("ml_areas", ["cnn", "gan"]),
        ("csrfmiddlewaretoken", ["secret"]),
        ("draft", ["3"]),
        ("mail", ["yes"]),
    ]
    assert content_of(sent) == {"title": ["AB"], "ml_areas": ["cnn", "gan"]}


@pytest.mark.parametrize(
    ("content", "is_worth"),
    [
        ({}, False),
        ({"submit_key": ["1f0"], "authors-TOTAL_FORMS": ["1"], "title": [" "]}, False),
        ({"authors-0-is_presenting": ["on"], "format": ["3"]}, False),
        ({"abstract": ["x"]}, True),
        ({"authors-2-family_name": ["Noether"]}, True),
        ({"authors-0-email": ["a"]}, True),
        ({"ml_areas_text": ["flows"]}, True),
    ],
)
def test_a_form_that_was_only_looked_at_is_no_draft(
    content: dict[str, list[str]], *, is_worth: bool
) -> None:
    assert is_worth_keeping(content) is is_worth


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ([], ""),
        (["  Engines\n that\tlearn "], "Engines that learn"),
        (["x" * 900], "x" * 500),
        (["Odd\x07 bell"], "Odd bell"),
    ],
)
def test_the_title_is_what_fits_on_one_line(typed: list[str], title: str) -> None:
    assert title_of({"title": typed}) == title


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ({}, ""),
        ({"authors-0-email": ["ada@"]}, ""),
        ({"authors-0-email": ["ada@example"]}, ""),
        ({"authors-0-email": ["Ada <ada@example.org>"]}, ""),
        ({"authors-0-email": ["a@example.org\nBcc: b@example.org"]}, ""),
        ({"authors-0-email": [f"{'a' * 300}@example.org"]}, ""),
        ({"authors-0-email": [" ada@example.org "]}, "ada@example.org"),
        (
            {"authors-10-email": ["z@example.org"], "authors-9-email": ["y@example.org"]},
            "y@example.org",
        ),
        (
            {"authors-0-email": ["half@"], "authors-1-email": ["mary@example.org"]},
            "mary@example.org",
        ),
    ],
)
def test_the_first_address_that_is_one_is_the_drafts(
    typed: dict[str, list[str]], address: str
) -> None:
    assert email_of(typed) == address


def test_the_size_counts_names_and_texts() -> None:
    assert size_of({"ab": ["cde", "f"], "g": []}) == 7
