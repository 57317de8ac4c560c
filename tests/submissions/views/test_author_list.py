"""Pasting an author list into the form: entries to correct, and nothing typed before is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, Talk
from tests.make import make_talk
from tests.submissions.views.filled_forms import Fields, address, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]


def pasted(
    client: Client, meeting: Meeting, text: str, *, mode: str = "append", **typed: Any
) -> str:
    data = sent(meeting, **typed) | {"author_list": text, "split": mode}
    answer = client.post(address(meeting, "talk-more-authors"), data)
    assert answer.status_code == 200
    return answer.content.decode()


def entries(page: str) -> list[tuple[str, ...]]:
    """Given name, family name, address, affiliations and whether they present, of every entry."""
    values = Fields(page).values
    names = ("given_name", "family_name", "email", "affiliations", "is_presenting")
    return [
        tuple(
            "; ".join(values.get(f"authors-{index}-{name}", [""])[0].split("\n")) for name in names
        )
        for index in range(int(values["authors-TOTAL_FORMS"][0]))
    ]


def test_the_authors_of_the_list_come_after_those_who_were_typed(
    client: Client, meeting: Meeting
) -> None:
    page = pasted(client, meeting, "Jane van Dam (Inst. 1; Inst. 2), Bo Li <bo@example.org>")
    assert entries(page) == [
        ("Ada", "Lovelace", "ada@example.org", "Institute of Engines; Loom College", "on"),
        ("Jane", "van Dam", "", "Inst. 1; Inst. 2", ""),
        ("Bo", "Li", "bo@example.org", "", ""),
    ]
    values = Fields(page).values
    assert values["title"] == ["Engines that learn"]
    assert values["author_list"] == [""]


def test_they_replace_those_only_when_it_is_asked_for(client: Client, meeting: Meeting) -> None:
    page = pasted(client, meeting, "Doe, Jane; Smith, John*", mode="replace")
    assert entries(page) == [("Jane", "Doe", "", "", ""), ("John", "Smith", "", "", "on")]
    assert "The asterisk was read as the mark of whoever presents." in page


def test_a_list_without_any_name_changes_nothing_and_stays(
    client: Client, meeting: Meeting
) -> None:
    page = pasted(client, meeting, " ;;; ", mode="replace")
    assert entries(page)[0][1] == "Lovelace"
    assert "No name was found in the box." in page
    assert Fields(page).values["author_list"] == [" ;;; "]


def test_empty_entries_make_room_and_the_first_presents_if_nobody_does(
    client: Client, meeting: Meeting
) -> None:
    fields = ("given_name", "family_name", "email", "orcid", "affiliations")
    data = sent(meeting) | {f"authors-0-{name}": "" for name in fields}
    del data["authors-0-is_presenting"]
    data |= {"author_list": "Jane Doe, John Smith", "split": "append"}
    page = client.post(address(meeting, "talk-more-authors"), data).content.decode()
    assert entries(page) == [("Jane", "Doe", "", "", "on"), ("John", "Smith", "", "", "")]


def test_what_was_guessed_is_said_in_words(client: Client, meeting: Meeting) -> None:
    page = pasted(client, meeting, "Ana María López Fernández, Jаne Doe", mode="replace")
    assert "where the family name begins was guessed" in page
    assert "letters of different alphabets look alike here" in page
    assert "“Jаne” mixes letters of different alphabets that look alike." in page


def test_the_collaboration_is_taken_over_and_a_typed_one_kept(
    client: Client, meeting: Meeting
) -> None:
    text = "Jane Doe for the Euclid Consortium"
    assert Fields(pasted(client, meeting, text)).values["collaboration"] == ["Euclid Consortium"]
    page = pasted(client, meeting, text, collaboration="Ours")
    assert Fields(page).values["collaboration"] == ["Ours"]
    assert "The list names the collaboration “Euclid Consortium”; yours was kept." in page


def test_more_authors_than_fit_stay_in_the_box(client: Client, meeting: Meeting) -> None:
    text = (
        ", ".join(f"Jane Do{'o' * n}" for n in range(5000 // 25))
        + ", "
        + ", ".join(
            f"Given Fam{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)} (Inst)"
            for n in range(4800)
        )
    )
    page = pasted(client, meeting, text, mode="replace")
    values = Fields(page).values
    assert len(entries(page)) == 200
    assert values["author_list"][0].count(";") == 4799
    assert "At most 200 authors fit; the other names are still in the box." in page


def test_a_form_with_text_in_the_box_is_not_submitted(client: Client, meeting: Meeting) -> None:
    answer = client.post(address(meeting), sent(meeting, author_list="Jane Doe"))
    assert answer.status_code == 422
    assert "The box for an author list still holds text" in answer.content.decode()
    assert Fields(answer.content.decode()).values["author_list"] == ["Jane Doe"]
    assert not Talk.objects.exists()


@pytest.mark.thorough
def test_a_megabyte_is_answered(client: Client, meeting: Meeting) -> None:
    page = pasted(client, meeting, "(for the a1,; " * 75_000, mode="replace")
    assert "The list was too long; its end was not read." in page


def test_the_page_to_change_a_talk_has_the_box_too(client: Client, meeting: Meeting) -> None:
    talk = make_talk(meeting)
    client.get(reverse("submissions:talk-open", args=[meeting.slug, talk.private_token()]))
    path = reverse("submissions:talk-edit-more-authors", args=[meeting.slug, talk.code])
    data = sent(meeting) | {"author_list": "Jane Doe", "split": "append", "version": "then"}
    page = client.post(path, data).content.decode()
    assert [entry[1] for entry in entries(page)] == ["Lovelace", "Doe"]
    assert Fields(page).values["version"] == ["then"]


def test_a_mixed_script_is_a_hint_and_no_refusal(client: Client, meeting: Meeting) -> None:
    wrong = sent(meeting, title="") | {"authors-0-given_name": "Аda"}
    page = client.post(address(meeting), wrong).content.decode()
    assert "“Аda” mixes letters of different alphabets that look alike." in page
    assert client.post(address(meeting), wrong | {"title": "Fine"}).status_code == 302
    assert Talk.objects.get().authors.get().given_name == "Аda"


def test_names_are_stored_as_they_are_typed(client: Client, meeting: Meeting) -> None:
    for given, family in (
        ("", "Plato"),
        ("seán", "o’NEILL"),
        ("", "张伟"),
        ("Ó", "van der de la X"),
    ):
        data = sent(meeting) | {
            "authors-0-given_name": given,
            "authors-0-family_name": f"\u202e{family}\x07",
            "authors-0-orcid": "",
        }
        assert client.post(address(meeting), data).status_code == 302
        person = Talk.objects.latest("pk").authors.get()
        assert (person.given_name, person.family_name) == (given, family)
