import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sessions.domain.programme import Programme
from sessions.domain.published import PublishedSession
from sessions.exports.markdown import escaped, markdown
from submissions.domain.abstracts import plain_text
from submissions.domain.talk import Author
from tests.sessions.domain.programmes import MORNING, NIGHT, PROGRAMME, programmes, slot, talk
from tests.sessions.exports.files import ADDRESSES

TABLE = {"table", "tr", "td", "blockquote"}


def text_of(programme: Programme) -> str:
    return markdown(programme, ADDRESSES).decode()


class Reader(HTMLParser):
    """The headings and the frame of the tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.frame: list[str] = []
        self.headings: list[str] = []
        self.elements: set[str] = set()
        self._heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        is_heading = bool(re.fullmatch("h[1-6]", tag))
        if is_heading:
            self._heading = True
            self.headings.append("")
        if is_heading or tag in TABLE:
            self.frame.append(tag + "".join(f" {name}={value}" for name, value in attrs))

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("h[1-6]", tag):
            self._heading = False
        if tag in TABLE:
            self.frame.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self._heading:
            self.headings[-1] += data


def read(text: str) -> Reader:
    """Read as any Markdown reader would: CommonMark with HTML."""
    reader = Reader()
    reader.feed(MarkdownIt("commonmark").render(text))
    reader.close()
    return reader


def test_a_session_has_the_form_of_a_programme_page() -> None:
    programme = replace(PROGRAMME, sessions=(replace(MORNING, slots=MORNING.slots[:2]),))
    assert text_of(programme) == (
        "# Learning the Sky\n"
        "\n"
        "7–8 June 2027, Observatory, Madrid, Spain. All times are in the zone Europe/Madrid. "
        "Release 3 of the programme, 1 June 2027.\n"
        "\n"
        "## Monday (7 June 2027) 11:00-12:30 CEST\n"
        "### [1. Machines](https://example.org/sky/programme/sessions/1/)\n"
        "\n"
        "Room: Aula. Chair: Cy Chair.\n"
        "\n"
        "<table>\n"
        "  <tr>\n"
        "    <td> <b>Time</b> </td>\n"
        "    <td> <b>Speaker</b> </td>\n"
        "    <td> <b>Talk Title / Abstract</b> </td>\n"
        "  </tr>\n"
        "  <tr>\n"
        "    <td> 11:00-11:05 </td>\n"
        "    <td> Cy Chair </td>\n"
        "    <td> <b><i> Introduction </i></b> </td>\n"
        "  </tr>\n"
        "  <tr>\n"
        "    <td> 11:05-11:20 </td>\n"
        "    <td> Ada Made-Up for the Euclid Consortium </td>\n"
        "    <td> <b><i> Engines </i></b> </td>\n"
        "  </tr>\n"
        "  <tr>\n"
        '    <td colspan="3"> <blockquote><b><i>Abstract:</i></b> We learn z &gt; 5 slowly.'
        "<br><br>And again. </blockquote> </td>\n"
        "  </tr>\n"
        "</table>\n"
    )


def test_a_slot_without_a_speaker_has_an_empty_cell() -> None:
    programme = replace(PROGRAMME, sessions=(replace(MORNING, slots=MORNING.slots[-1:]),))
    assert (
        "    <td> 12:05-12:30 </td>\n    <td> </td>\n    <td> <b><i> Discussion </i></b> </td>\n"
        in text_of(programme)
    )


def test_a_withdrawn_talk_shows_its_title_alone() -> None:
    gone = PROGRAMME.withdrawing({"AAAAAA"})
    text = text_of(gone)
    assert "    <td> </td>\n    <td> <b><i> Engines (withdrawn) </i></b> </td>\n" in text
    assert "Ada" not in text
    assert "slowly" not in text


def test_days_are_those_of_the_meeting() -> None:
    assert read(text_of(PROGRAMME)).headings == [
        "Learning the Sky",
        "Monday (7 June 2027) 11:00-12:30 CEST",
        "1. Machines",
        "Tuesday (8 June 2027) 00:30-01:30 CEST",
        "2. Night",
    ]


def test_a_session_without_slots_has_no_table() -> None:
    assert "<table>" not in text_of(replace(PROGRAMME, sessions=(replace(NIGHT, slots=()),)))


@pytest.mark.parametrize("theme", ["*a* _b_ `c`", "[x](y) <b>", "# a # b", "$x$ | \\ ~z~ &amp;"])
def test_marks_in_a_heading_are_shown_and_not_obeyed(theme: str) -> None:
    programme = replace(PROGRAMME, sessions=(replace(NIGHT, theme=theme),))
    assert read(text_of(programme)).headings[-1] == f"2. {theme}"


def test_every_mark_is_escaped() -> None:
    assert escaped(r"a*b_c\d") == r"a\*b\_c\\d"


@settings(max_examples=40, deadline=None)
@given(programmes(st.text(st.characters(exclude_categories=()), max_size=30)))
def test_any_text_keeps_the_form(programme: Programme) -> None:
    reader = read(text_of(programme))
    assert len(reader.headings) == 1 + 2 * len(programme.sessions)
    assert reader.elements <= TABLE | {"h1", "h2", "h3", "p", "a", "b", "i", "br"}
    rows = sum(
        1 + len(session.slots) + sum(1 for talk in session.talks if plain_text(talk.abstract))
        for session in programme.sessions
        if session.slots
    )
    assert reader.frame.count("tr") == reader.frame.count("/tr") == rows


def sessions_of(page: str) -> Iterator[PublishedSession]:
    """The sessions of a hand-made programme page, read just well enough to write them again."""
    for number, part in enumerate(page.split("\n## ")[1:], start=1):
        slots = []
        rows = re.findall(r"<tr>(.*?)</tr>", part, re.DOTALL)[1:]
        for place, row in enumerate(rows):
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
            if len(cells) == 3:
                hour, minute = re.findall(r"\d+", cells[0])[:2]
                start = datetime(2022, 7, 13, int(hour), int(minute), tzinfo=UTC)
                people = (Author("x", "", cells[1].strip()),) if cells[1].strip() else ()
                following = rows[place + 1] if place + 1 < len(rows) else ""
                abstract = "Abstract." if "colspan" in following else ""
                slots.append(
                    slot(place, talk(f"T{place}", authors=people, abstract=abstract), start)
                )
        yield replace(NIGHT, number=number, slots=tuple(slots))


def test_the_form_is_that_of_a_real_programme_page(shared: Path) -> None:
    (page,) = (shared / "seeds").glob("002_*.txt")
    text = page.read_text()
    sessions = tuple(sessions_of(text))
    assert [len(session.slots) for session in sessions] == [7, 7]

    assert read(text_of(replace(PROGRAMME, sessions=sessions))).frame == read(text).frame
