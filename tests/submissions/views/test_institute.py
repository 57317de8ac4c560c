"""Suggestions of known institutes: the same answer for everybody, small, and public facts alone."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from submissions.importers.institutes import KnownInstitute
from submissions.operations.institutes import load_shipped
from submissions.views import institute

pytestmark = pytest.mark.django_db

ESO = "https://ror.org/01qtasp15"


@pytest.fixture(autouse=True)
def known() -> None:
    cache.clear()
    load_shipped(
        [
            KnownInstitute(
                "European Southern Observatory", ("ESO",), ESO, city="Garching", country="Germany"
            ),
            KnownInstitute("Observatory of Esoteric Stars"),
            KnownInstitute("Université de Liège", country="Belgium"),
            *(KnownInstitute(f"School Number {n}") for n in range(20)),
        ]
    )


def found(client: Client, text: str) -> list[Any]:
    answer = client.get("/api/institutes/", {"q": text})
    assert answer.status_code == 200
    institutes: list[Any] = answer.json()["institutes"]
    return institutes


def names(client: Client, text: str) -> list[str]:
    return [institute["name"] for institute in found(client, text)]


def test_an_acronym_comes_before_what_only_begins_so(client: Client) -> None:
    assert found(client, "eso") == [
        {"name": "European Southern Observatory", "place": "Garching, Germany", "ror_id": ESO},
        {"name": "Observatory of Esoteric Stars", "place": "", "ror_id": ""},
    ]


@pytest.mark.parametrize("text", ["liege univ", "Univ Liège", "LIEGE", "université de liège"])
def test_words_in_any_order_without_accents(client: Client, text: str) -> None:
    assert names(client, text) == ["Université de Liège"]


def test_at_most_eight(client: Client) -> None:
    assert len(names(client, "school")) == 8


@pytest.mark.parametrize(
    "text", ["", "e", " ", "|", "%", "__", "zzz", "\x00\x00", "x" * 10_000, "' OR 1"]
)
def test_anything_else_finds_nothing(client: Client, text: str) -> None:
    assert names(client, text) == []


def test_the_same_question_is_not_asked_of_the_database_twice(
    client: Client, django_assert_num_queries: Any
) -> None:
    names(client, "eso")
    with django_assert_num_queries(0):
        assert len(names(client, "ESO ")) == 2


def test_another_list_is_found_at_once(client: Client) -> None:
    assert names(client, "liege") == ["Université de Liège"]
    load_shipped([KnownInstitute("Liège Two")])
    assert names(client, "liege") == ["Liège Two"]


def test_too_many_questions_are_refused_calmly(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(institute, "MOST_A_MINUTE", 2)
    answers = [client.get("/api/institutes/", {"q": "eso"}).status_code for _n in range(3)]
    assert answers == [200, 200, 429]
