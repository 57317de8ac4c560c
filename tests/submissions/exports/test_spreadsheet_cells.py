"""Cells that no spreadsheet program takes for a formula."""

import csv
import io

import pytest

from submissions.exports.spreadsheet_cells import csv_text, defused


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "＝1+1",
        " =1",
        "\t=1",
        "\n=1",
        '"=1',
        "\u200b=1",
        "-",
        "−1+1",
        "+49 221 1234",
        "-cmd|' /C calc'!A0",
    ],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "plain", "-12.5", "+3", "-1,000", "1e-5", "-40%", "a=b", "5 - 3", "«-»", "<=1"]
)
def test_numbers_keep_their_sign_and_words_stay_words(text: str) -> None:
    assert defused(text) == text


def test_control_characters_are_dropped() -> None:
    assert defused("a\x00b\x07\r\x1b") == "ab"
    assert defused("\x00=1") == "'=1"
    assert defused("\ud800x") == "x"


def test_a_file_is_read_as_it_was_written() -> None:
    text = csv_text(["A", "B"], [["x, y", 'say "hi"\nthere'], ["=1", ""]])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["A", "B"],
        ["x, y", 'say "hi"\nthere'],
        ["'=1", ""],
    ]
    assert text.startswith('"A","B"\r\n')
