"""The list of talks as organisers download it."""

from dataclasses import fields

from submissions.exports.talks_table import HEADER, TalkRow, talks_table


def test_every_value_has_a_column() -> None:
    assert len(HEADER) == len(fields(TalkRow))
    row = TalkRow(*(field.name for field in fields(TalkRow)))
    header, values = talks_table([row]).splitlines()
    assert header == ",".join(f'"{name}"' for name in HEADER)
    assert values == ",".join(f'"{field.name}"' for field in fields(TalkRow))


def test_a_table_without_talks_is_its_header() -> None:
    assert talks_table([]).splitlines() == [",".join(f'"{name}"' for name in HEADER)]
