"""The programme as one HTML file that opens from disk: styled, without script, fetching nothing."""

from collections.abc import Iterator
from html import escape
from typing import Final

from sessions.domain.programme import Programme
from sessions.domain.published import PublishedSession, PublishedSlot, PublishedTalk
from sessions.exports.addresses import Addresses
from sessions.exports.wording import (
    day,
    description,
    names,
    on_behalf,
    one_line,
    own_title,
    session_title,
    speakers,
    withdrawn_mark,
    zone_abbreviation,
)
from submissions.domain.abstracts import render, render_inline
from submissions.domain.talk import AuthorLine, MarkedAuthor

STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 17px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.8em; line-height: 1.2; margin-bottom: 0.2em; }
h2 { font-size: 1.4em; border-bottom: 1px solid; margin: 2em 0 0.8em; }
h3 { font-size: 1.1em; margin: 1.6em 0 0.2em; }
p { margin: 0 0 0.5em; }
nav ul, ol.slots { list-style: none; padding: 0; }
ol.slots > li { display: grid; grid-template-columns: 7.5rem 1fr; padding: 0.5em 0; }
ol.slots > li { border-top: 1px solid #9996; }
h4, .plain { font: 600 1.05em/1.35 Charter, Palatino, Georgia, serif; margin: 0; }
.plain { font-weight: 400; font-style: italic; }
.time, .number { font-variant-numeric: tabular-nums; }
.quiet { opacity: 0.75; font-size: 0.9em; }
.presenting { text-decoration: underline; text-underline-offset: 0.2em; }
.abstract { font-family: Charter, Palatino, Georgia, serif; margin-top: 0.5em; hyphens: auto; }
math[display="block"] { display: block math; overflow-x: auto; }
a { color: inherit; }
@media (max-width: 35rem) { ol.slots > li { grid-template-columns: 1fr; } }
@media print {
  body { font-size: 10pt; max-width: none; margin: 0; }
  nav { display: none; }
  h2, h3 { break-after: avoid; }
  a { text-decoration: none; }
}
""".strip()
# The file may lie anywhere; whatever should get into a text, it loads and runs nothing.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html_page(programme: Programme, addresses: Addresses) -> bytes:
    return "\n".join(_page(programme, addresses)).encode() + b"\n"


def _page(programme: Programme, addresses: Addresses) -> Iterator[str]:
    name = escape(one_line(programme.meeting.name))
    yield "<!DOCTYPE html>"
    yield '<html lang="en-GB">'
    yield f'<head><meta charset="utf-8"><title>{name}: programme</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield f"<style>\n{STYLE}\n</style></head>"
    yield f"<body><header><h1>{name}</h1>"
    yield f"<p>{escape(description(programme))}</p>"
    address = escape(addresses.programme)
    yield f'<p class="quiet"><a href="{address}">The programme on the web</a></p>'
    yield from _contents(programme)
    yield "</header><main>"
    for each in programme.days:
        yield f"<section><h2>{each.date:%A} {day(each.date)}</h2>"
        for session in each.sessions:
            yield from _session(session, programme, addresses)
        yield "</section>"
    yield "</main></body></html>"


def _contents(programme: Programme) -> Iterator[str]:
    yield '<nav aria-label="Sessions"><ul>'
    for session in programme.sessions:
        start = session.starts_at.astimezone(programme.meeting.zone)
        title = escape(session_title(session))
        yield (
            f'<li><span class="time">{start:%a} {start.day} {start:%b} {start:%H:%M}</span> '
            f'<a href="#session-{session.number}">{title}</a></li>'
        )
    yield "</ul></nav>"


def _session(
    session: PublishedSession, programme: Programme, addresses: Addresses
) -> Iterator[str]:
    zone = programme.meeting.zone
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    facts = [f"{start:%H:%M}–{end:%H:%M} {zone_abbreviation(start)}"]
    facts += [one_line(session.room)] if session.room else []
    facts += [f"Chair: {names(session.chairs)}"] if session.chairs else []
    yield f'<section id="session-{session.number}"><h3>{escape(session_title(session))}</h3>'
    yield f'<p class="quiet time">{escape(" · ".join(facts))}</p>'
    if session.description:
        yield f"<div>{render(session.description).html}</div>"
    if session.slots:
        yield '<ol class="slots">'
        for slot in session.slots:
            yield from _slot(slot, programme, addresses)
        yield "</ol>"
    yield "</section>"


def _slot(slot: PublishedSlot, programme: Programme, addresses: Addresses) -> Iterator[str]:
    zone = programme.meeting.zone
    start, end = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    yield f'<li><span class="time">{start:%H:%M}–{end:%H:%M}</span><div>'
    if slot.talk:
        yield from _talk(slot, slot.talk, addresses)
    else:
        yield f'<p class="plain">{escape(own_title(slot))}</p>'
        if people := names(speakers(slot)):
            yield f"<p>{escape(people)}</p>"
    yield "</div></li>"


def _talk(slot: PublishedSlot, talk: PublishedTalk, addresses: Addresses) -> Iterator[str]:
    title = render_inline(talk.title).html
    address = escape(addresses.talk(talk.code))
    yield (
        f'<h4 id="talk-{talk.code}"><a class="quiet number" href="{address}">{talk.number}</a> '
        f"{title}{withdrawn_mark(slot)}</h4>"
    )
    line = talk.author_line
    if line.authors:
        yield f"<p>{', '.join(_author(marked) for marked in line.authors)}</p>"
    if behalf := on_behalf(slot):
        yield f"<p>{escape(behalf)}</p>"
    if line.affiliations:
        yield f'<p class="quiet">{"; ".join(_affiliations(line))}</p>'
    if talk.abstract:
        yield f'<div class="abstract">{render(talk.abstract).html}</div>'
    for answer in talk.answers:
        question, text = escape(one_line(answer.question)), escape(one_line(answer.text))
        yield f'<p class="quiet">{question} {text}</p>'
    if areas := talk.astronomy_areas + talk.ml_areas:
        labels = escape(" · ".join(one_line(area.label) for area in areas))
        yield f'<p class="quiet">{labels}</p>'


def _author(marked: MarkedAuthor) -> str:
    author = marked.author
    name = escape(one_line(author.name))
    if author.is_presenting:
        name = f'<span class="presenting">{name}</span>'
    marks = f"<sup>{','.join(map(str, marked.marks))}</sup>" if marked.marks else ""
    orcid = f' <a class="quiet" href="{author.orcid_uri}">ORCID</a>' if author.orcid else ""
    return f"{name}{marks}{orcid}"


def _affiliations(line: AuthorLine) -> Iterator[str]:
    for number, name in enumerate(line.affiliations, start=1):
        mark = f"<sup>{number}</sup>&nbsp;" if line.has_marks else ""
        yield f"{mark}{escape(one_line(name))}"
