"""Texts with placeholders: what organisers may write, and what typed text can never do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.domain.email_texts import (
    TextProblem,
    as_typed_by_people,
    fill,
    fill_body,
    fill_subject,
    one_line,
    problems_in,
)

ALLOWED = ("talk_title", "recipient_name", "private_link")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dear {recipient_name}, {talk_title}", []),
        ("{tlak_title}", [TextProblem("{tlak_title}", "{talk_title}")]),
        ("{Talk_Title}", [TextProblem("{Talk_Title}", "{talk_title}")]),
        ("{password}", [TextProblem("{password}")]),
        ("{talk.title} {talk_title!r}", [TextProblem("{"), TextProblem("}")]),
        ("{{talk_title}}", [TextProblem("{"), TextProblem("}")]),
        ("{ talk_title }", [TextProblem("{"), TextProblem("}")]),
        ("{talk_title", [TextProblem("{")]),
        ("{x} {x} {y}", [TextProblem("{x}"), TextProblem("{y}")]),
        ("%(talk_title)s $talk_title {% x %}", [TextProblem("{"), TextProblem("}")]),
    ],
)
def test_what_could_not_be_filled_in_is_found(text: str, expected: list[TextProblem]) -> None:
    assert problems_in(text, ALLOWED) == expected


def test_values_are_put_in_once_and_never_read_again() -> None:
    values = {"talk_title": "{private_link} {recipient_name}", "private_link": "SECRET"}
    assert fill("{talk_title}!", values) == "{private_link} {recipient_name}!"


def test_a_placeholder_that_is_gone_stays_as_it_was_written() -> None:
    assert fill("Dear {old_name}, {talk_title} {", {"talk_title": "T"}) == "Dear {old_name}, T {"


def test_a_subject_is_one_line_of_limited_length() -> None:
    values = {"talk_title": "One\r\nBcc: all@example.org\u2028two\x00\u202e"}
    assert fill_subject("Re: {talk_title}", values, longest=100) == (
        "Re: One Bcc: all@example.org two"
    )
    assert fill_subject("{talk_title}", {"talk_title": "x" * 50}, longest=10) == "x" * 9 + "…"


def test_an_empty_value_leaves_no_hole() -> None:
    assert fill_body("A\r\n\r\n{x}\n\nB", {"x": ""}) == "A\n\nB\n"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Win at https://evil.example/x", "Win at https: //evil. example/x"),
        ("HTTP:\\\\evil.example", "HTTP: \\\\evil. example"),
        ("http://localhost/x", "http: //localhost/x"),
        ("www.evil.com", "www. evil. com"),
        ("evil.com/path?a=b", "evil. com/path?a=b"),
        ("bob@evil.com", "bob @ evil. com"),
        ("mailto:bob", "mailto: bob"),
        ("JavaScript:alert(1)", "JavaScript: alert(1)"),
        ("пример.рф", "пример. рф"),
        ("例え。com と 例え。です", "例え。 com と 例え。です"),
        ("evil．com evil｡com", "evil． com evil｡ com"),
        ("evil.\u200dc\u200bom", "evil. \u200dc\u200bom"),
        ("10.0.0.1/x", "10. 0. 0. 1/x"),
        ("<a href='//evil.com'>", "<a href='//evil. com'>"),
        # What is no address stays as it was typed.
        ("z = 3.5, e.g. 3.5mm at 12:30", "z = 3.5, e.g. 3.5mm at 12:30"),
        ("arXiv:2101.00001v2 (v1.2)", "arXiv:2101.00001v2 (v1.2)"),
        ("S/N ratio: high... and so on...", "S/N ratio: high... and so on..."),
        ("$z>6$ {private_link} <b>bold</b>", "$z>6$ {private_link} <b>bold</b>"),
        ("O’Brien-Smith, 王小明 🔭", "O’Brien-Smith, 王小明 🔭"),
    ],
)
def test_addresses_in_typed_text_are_taken_apart(typed: str, shown: str) -> None:
    assert as_typed_by_people(typed) == shown


LINK = re.compile(
    r"""(?ix) \w:[/\\] | \S@\S | \b(?:mailto|tel|javascript|data):\S
    | [^\s.．｡][.．｡][^\W\d_]{2} | (?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"""
)
"""What the greediest mail program would make a link of."""

WORDS = r"http https:// www. evil com . @ : / \\ { } рф 。 ． 10.0.0.1 mailto: a 1 <a> private_link"
INVISIBLE = " \n\r\t\x00\u202e\u200b\u00ad"
PIECES = st.sampled_from([*WORDS.split(), *INVISIBLE])


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
def test_nothing_typed_is_ever_a_link_or_a_second_line(typed: str) -> None:
    shown = as_typed_by_people(typed)
    assert not LINK.search(shown), (typed, shown)
    assert len(shown.splitlines()) <= 1
    assert as_typed_by_people(shown) == shown


@given(st.text(max_size=60))
def test_nothing_that_can_be_read_is_lost(typed: str) -> None:
    def letters(text: str) -> list[str]:
        return [character for character in text if character.isalnum()]

    assert letters(as_typed_by_people(typed)) == letters(one_line(typed))
