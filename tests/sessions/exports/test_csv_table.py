import csv
import io
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.domain.programme import Programme
from sessions.exports.csv_table import COLUMNS, csv_table
from tests.sessions.domain.programmes import FIRST, MORNING, PROGRAMME, programmes
from tests.sessions.exports.files import ADDRESSES

FORMULA = re.compile(r"[ \t\n]*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"[-+]?[\d.,]+%?")


def rows(programme: Programme) -> list[dict[str, str]]:
    text = csv_table(programme, ADDRESSES).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_talk_is_a_row_with_everything_about_it() -> None:
    assert rows(PROGRAMME)[1] == {
        "session_number": "1",
        "session": "Machines",
        "room": "Aula",
        "chairs": "Cy Chair",
        "starts_at": "2027-06-07T11:05+02:00",
        "ends_at": "2027-06-07T11:20+02:00",
        "time_zone": "Europe/Madrid",
        "kind": "talk",
        "number": "1.01",
        "code": "AAAAAA",
        "title": "Engines",
        "status": "",
        "speakers": "Ada Made-Up",
        "authors": "Ada Made-Up; Bo Invented",
        "orcids": "0000-0002-1825-0097; ",
        "affiliations": "Institute of Engines / Observatory; Observatory",
        "collaboration": "Euclid Consortium",
        "format": "Contributed talk",
        "astronomy_areas": "Galaxies",
        "ml_areas": "Deep learning",
        "abstract": "We learn $z > 5$ *slowly*.\n\nAnd again.",
        "answers": "Is the code public? yes",
        "address": "https://example.org/sky/programme/talks/AAAAAA/",
    }


def test_every_slot_is_a_row_in_order() -> None:
    withdrawn = PROGRAMME.withdrawing({"BBBBBB"})
    shown = [(row["kind"], row["title"], row["status"], row["speakers"]) for row in rows(withdrawn)]
    assert shown == [
        ("introduction", "Introduction", "", "Cy Chair"),
        ("talk", "Engines", "", "Ada Made-Up"),
        ("talk", "To be announced", "to be announced", ""),
        ("talk", "Crème brûlée of the sky", "withdrawn", ""),
        ("break", "Coffee", "", ""),
        ("discussion", "Discussion", "", ""),
        ("talk", "Late light", "", ""),
    ]


def test_the_header_is_there_without_any_row() -> None:
    empty = csv_table(replace(PROGRAMME, sessions=()), ADDRESSES)
    assert empty.decode() == ",".join(f'"{column}"' for column in COLUMNS) + "\r\n"


def test_a_formula_in_a_title_is_not_one_in_the_file() -> None:
    slot = replace(MORNING.slots[1], talk=replace(FIRST, title="\r=HYPERLINK(1)"))
    (row,) = rows(replace(PROGRAMME, sessions=(replace(MORNING, slots=(slot,)),)))
    assert row["title"] == "'\n=HYPERLINK(1)"


@settings(max_examples=60, deadline=None)
@given(programmes(st.text(st.characters(exclude_categories=()), max_size=30)))
def test_any_text_gives_as_many_rows_as_slots_and_no_formula(programme: Programme) -> None:
    read = rows(programme)
    assert [row["code"] for row in read] == [
        slot.talk.code if slot.talk else "" for _, slot in programme.slots()
    ]
    assert all(None not in row for row in read)
    cells = [cell for row in read for cell in row.values()]
    assert not [cell for cell in cells if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]
