from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sessions.importers.demonstration import DemoMeeting, joined, read_meeting
from submissions.domain.proposal import ProposedAuthor, typed_affiliations

MAIN = """
written_for = 2026-11-21
formats = [{ name = "Talk" }]
rooms = [{ name = "Hall" }]
members = [{ email = "organiser@example.org", name = "Olga Organiser", role = "organiser" }]
sessions = []
[meeting]
name = "A meeting"
slug = "a-meeting"
time_zone = "Europe/Amsterdam"
starts_on = 2027-03-25
call_opens_at = 2026-10-20T09:00:00
[round]
prepared_at = 2026-11-05T15:30:00
announced_at = 2026-11-09T10:00:00
"""
TALKS = """
[people.lovelace]
given_name = "Ada"
family_name = "Lovelace"
orcid = "0000-0002-1825-0097"
affiliations = ["Here", "There"]
[[talks]]
key = "one"
state = "submitted"
format = "Talk"
title = "One"
authors = ["lovelace"]
astronomy = ["galaxies"]
ml = ["neural-networks"]
submitted = 2026-11-10T12:00:00
abstract = '''
A line
and another.

A paragraph.
'''
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    main, talks = tmp_path / "main.toml", tmp_path / "talks.toml"
    main.write_text(MAIN, encoding="utf-8")
    talks.write_text(TALKS, encoding="utf-8")
    return [main, talks]


def read(files: list[Path], today: date) -> DemoMeeting:
    return read_meeting(files, today=today)


def test_on_the_day_they_are_written_for_dates_stand_as_told(files: list[Path]) -> None:
    meeting = read(files, date(2026, 11, 21))
    assert meeting.meeting["starts_on"] == date(2027, 3, 25)
    assert meeting.talks[0].submitted == datetime(2026, 11, 10, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "starts_on"),
    [
        (date(2026, 11, 27), date(2027, 3, 25)),
        (date(2026, 11, 28), date(2027, 4, 1)),
        (date(2026, 12, 25), date(2027, 4, 22)),
        (date(2026, 11, 20), date(2027, 3, 18)),
    ],
)
def test_dates_move_by_whole_weeks(files: list[Path], today: date, starts_on: date) -> None:
    assert read(files, today).meeting["starts_on"] == starts_on


def test_a_time_moved_across_the_change_of_clocks_keeps_its_hour(files: list[Path]) -> None:
    on_the_day = read(files, date(2026, 11, 21)).meeting["call_opens_at"]
    a_week_later = read(files, date(2026, 11, 28)).meeting["call_opens_at"]
    assert on_the_day.astimezone(UTC) == datetime(2026, 10, 20, 7, tzinfo=UTC)
    assert a_week_later.astimezone(UTC) == datetime(2026, 10, 27, 8, tzinfo=UTC)


def test_lines_become_paragraphs(files: list[Path]) -> None:
    assert read(files, date(2026, 11, 21)).talks[0].abstract == (
        "A line and another.\n\nA paragraph."
    )
    assert joined("  One\n  line. ") == "One line."


def test_a_person_becomes_an_author_of_a_proposal(files: list[Path]) -> None:
    person = read(files, date(2026, 11, 21)).people["lovelace"]
    assert person.as_author(is_presenting=True) == ProposedAuthor(
        given_name="Ada",
        family_name="Lovelace",
        email="",
        orcid="0000000218250097",
        affiliations=typed_affiliations("Here", "There"),
        is_presenting=True,
    )


def test_a_key_that_means_nothing_is_refused(files: list[Path]) -> None:
    text = files[1].read_text(encoding="utf-8")
    files[1].write_text(text.replace("ml = [", "mll = ["), encoding="utf-8")
    with pytest.raises(TypeError, match="mll"):
        read(files, date(2026, 11, 21))
