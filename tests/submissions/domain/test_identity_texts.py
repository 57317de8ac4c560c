"""One person taken out of texts, and nobody and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.domain.identity_texts import NAME_REMOVED, Identity

ADA = Identity("Ada", "Lovelace", "ada@example.org", "0000000218250097")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lovelace spoke.", "Name removed spoke."),
        ("ADA  LOVELACE\nand Ada\nLovelace", "Name removed\nand Name removed"),
        ("Lovelace, Ada; Byron", "Name removed; Byron"),
        ("Lovelace Ada", "Name removed"),
        ("write to ADA@Example.org.", "write to –."),
        ("<ada@example.org>", "<–>"),
        ("0000-0002-1825-0097", "–"),
        ("https://orcid.org/0000000218250097", "https://orcid.org/–"),
        # Somebody else's.
        ("Ada Lovelaceson, Nada Lovelace", "Ada Lovelaceson, Nada Lovelace"),
        ("theada@example.org, ada@example.organ", "theada@example.org, ada@example.organ"),
        ("Ada and Lovelace", "Ada and Lovelace"),
    ],
)
def test_what_is_spelt_like_the_person_goes(text: str, expected: str) -> None:
    assert ADA.out_of(text) == expected


def test_a_family_name_alone_goes_where_the_text_is_about_them() -> None:
    text = "Dear Lovelace, Lovelaceson and lovelace"
    assert ADA.out_of(text) == text
    assert ADA.out_of(text, also_family_name=True) == "Dear Name removed, Lovelaceson and lovelace"


def test_a_name_of_one_word_is_no_name_in_the_texts_of_others() -> None:
    star = Identity("", "Star", "star@example.org")
    text = "Star formation around a star; star@example.org"
    assert star.out_of(text) == "Star formation around a star; –"


def test_names_can_be_kept() -> None:
    text = "Ada Lovelace, ada@example.org"
    assert ADA.out_of(text, keeps_names=True) == "Ada Lovelace, –"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {"authors": [["Ada Lovelace *, ada@example.org, Engines"], ["Mary Byron, Engines"]]},
            {"authors": [[NAME_REMOVED], ["Mary Byron, Engines"]]},
        ),
        ({"title": ["By Ada Lovelace", "By us"]}, {"title": ["By Name removed", "By us"]}),
        ([1, None, True, {"a": []}], [1, None, True, {"a": []}]),
    ],
)
def test_plain_data_keep_their_shape(data: Any, expected: Any) -> None:
    assert ADA.out_of_data(data) == expected


def test_nobody_is_in_no_text() -> None:
    nobody = Identity("", NAME_REMOVED)
    assert nobody.is_nobody
    assert nobody.out_of("Name removed, –, x", also_family_name=True) == "Name removed, –, x"


NAMES = st.text("abcdefgABCDEFGéß-' 天", min_size=1, max_size=8).filter(lambda name: name.strip())


@given(NAMES, NAMES, st.text(max_size=40))
def test_once_taken_out_it_stays_out(given_name: str, family_name: str, text: str) -> None:
    person = Identity(given_name, family_name, "who@example.org")
    once = person.out_of(f"{text} who@example.org {text}")
    assert "who@example.org" not in once
    assert person.out_of(once) == once
