from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.domain.programme import Programme
from sessions.exports.html_page import html_page
from submissions.domain.abstracts.rendering import ALLOWED_ELEMENTS
from tests.sessions.domain.programmes import ADA, FIRST, MORNING, PROGRAMME, programmes
from tests.sessions.exports.files import ADDRESSES

OWN_ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section"),
    *("h1", "h2", "h3", "h4", "p", "div", "span", "ul", "ol", "li", "a", "sup"),
}
VOID = frozenset({"meta", "br"})


class Reader(HTMLParser):
    """Fails where an element is not closed in order; keeps what a test looks at."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data.split()


def read(programme: Programme) -> Reader:
    reader = Reader()
    reader.feed(html_page(programme, ADDRESSES).decode())
    reader.close()
    assert reader.open == []
    return reader


def shown(programme: Programme) -> str:
    return " ".join(read(programme).words)


def test_the_page_shows_sessions_with_their_talks_and_people() -> None:
    text = shown(replace(PROGRAMME, sessions=(replace(MORNING, slots=MORNING.slots[:2]),)))
    assert text == (
        "Learning the Sky: programme Learning the Sky "
        "7–8 June 2027, Observatory, Madrid, Spain. All times are in the zone Europe/Madrid. "
        "Release 3 of the programme, 1 June 2027. The programme on the web "
        "Mon 7 Jun 11:00 1. Machines "
        "Monday 7 June 2027 1. Machines 11:00–12:30 CEST · Aula · Chair: Cy Chair "
        "11:00–11:05 Introduction Cy Chair "
        "11:05–11:20 1.01 Engines Ada Made-Up 1,2 ORCID , Bo Invented 2 for the Euclid Consortium "
        "1 Institute of Engines; 2 Observatory "
        "We learn z > 5 slowly . And again. Is the code public? yes Galaxies · Deep learning"
    )


def test_a_withdrawn_talk_shows_its_title_alone() -> None:
    gone = PROGRAMME.withdrawing({"AAAAAA"})
    text = shown(
        replace(gone, sessions=(replace(gone.sessions[0], slots=gone.sessions[0].slots[1:2]),))
    )
    assert text.endswith("11:05–11:20 1.01 Engines (withdrawn)")


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    page = html_page(PROGRAMME, ADDRESSES).decode()
    assert "default-src 'none'" in page
    assert not read(PROGRAMME).elements & {"script", "link", "img", "iframe", "object", "base"}


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</p></div><img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        r"$\href{javascript:alert(1)}{x}$",
        '" onmouseover="alert(1)',
        "<style>@import 'https://evil.example'</style>",
    ],
)
def test_hostile_text_stays_text_wherever_it_is_typed(hostile: str) -> None:
    author = replace(ADA, given_name=hostile, affiliations=(hostile, "Observatory"))
    talk = replace(FIRST, title=hostile, abstract=hostile, authors=(author,))
    slots = (replace(MORNING.slots[0], title=hostile), replace(MORNING.slots[1], talk=talk))
    session = replace(MORNING, theme=hostile, room=hostile, description=hostile, slots=slots)
    meeting = replace(PROGRAMME.meeting, name=hostile, venue=hostile)

    reader = read(replace(PROGRAMME, meeting=meeting, sessions=(session,)))

    assert reader.elements <= OWN_ELEMENTS | ALLOWED_ELEMENTS
    assert not [name for name in reader.attributes if name.startswith("on")]
    assert not [link for link in reader.links if not link.startswith(("https://", "#"))]


@settings(max_examples=40, deadline=None)
@given(programmes(st.text(st.characters(exclude_categories=()), max_size=30)))
def test_any_text_gives_a_well_formed_page(programme: Programme) -> None:
    assert read(programme).elements <= OWN_ELEMENTS | ALLOWED_ELEMENTS
