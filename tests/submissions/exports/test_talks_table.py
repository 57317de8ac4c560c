"""The list of talks as organisers download it."""

import csv
from dataclasses import fields
from typing import Any

from submissions.exports.talks_table import HEADER, TalkRow, talks_table

NAMES = [field.name for field in fields(TalkRow) if field.name != "answers"]


def row_of(**values: Any) -> TalkRow:
    return TalkRow(**{**{name: name for name in NAMES}, **values})


def test_every_value_has_a_column() -> None:
    header, values = csv.reader(talks_table([row_of()], {}).splitlines())
    assert header == list(HEADER)
    assert values == NAMES


def test_each_question_has_a_column_of_its_own_in_which_nothing_is_a_formula() -> None:
    rows = [row_of(answers={7: "=1+1", 9: "meat; fish"}), row_of()]
    table = talks_table(rows, {7: "=cmd", 9: "What do\nyou eat?"})
    header, first, second = csv.reader(table.splitlines())
    assert header == [*HEADER, "'=cmd", "What do you eat?"]
    assert first == [*NAMES, "'=1+1", "meat; fish"]
    assert second == [*NAMES, "", ""]


def test_a_table_without_talks_is_its_header() -> None:
    assert talks_table([], {}).splitlines() == [",".join(f'"{name}"' for name in HEADER)]
