"""The programme as Markdown, in the form that hand-made programme pages of the field have.

Per session a heading with date and time, one with the theme, and an HTML table of time, speaker and
title with the abstract in a row of its own below. Markdown's own tables cannot hold paragraphs or
cells that span columns. A blank line would end the table, so there is none inside it.
"""

import html
import re
from collections.abc import Iterator

from sessions.domain.programme import Programme
from sessions.domain.published import PublishedSession, PublishedSlot
from sessions.exports.addresses import Addresses
from sessions.exports.wording import (
    day,
    description,
    names,
    on_behalf,
    one_line,
    session_title,
    slot_title,
    speakers,
    zone_abbreviation,
)
from submissions.domain.abstracts import plain_text

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def markdown(programme: Programme, addresses: Addresses) -> bytes:
    lines = [
        f"# {escaped(one_line(programme.meeting.name))}",
        "",
        escaped(description(programme)),
        "",
    ]
    for session in programme.sessions:
        lines += [*_session(session, programme, addresses), "", ""]
    return "\n".join(lines).rstrip("\n").encode() + b"\n"


def escaped(text: str) -> str:
    """One line in which no character means anything to Markdown, unless the line began with it."""
    return _MARKS.sub(r"\\\1", text)


def _session(
    session: PublishedSession, programme: Programme, addresses: Addresses
) -> Iterator[str]:
    zone = programme.meeting.zone
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    yield f"## {start:%A} ({day(start)}) {start:%H:%M}-{end:%H:%M} {zone_abbreviation(start)}"
    yield f"### [{escaped(session_title(session))}]({addresses.session(session.number)})"
    yield ""
    if facts := _facts(session):
        yield from (facts, "")
    if session.slots:
        yield from _table(session, programme)


def _facts(session: PublishedSession) -> str:
    facts = []
    if session.room:
        facts.append(f"Room: {one_line(session.room)}.")
    if session.chairs:
        facts.append(f"Chair: {names(session.chairs)}.")
    return escaped(" ".join(facts))


def _table(session: PublishedSession, programme: Programme) -> Iterator[str]:
    yield "<table>"
    yield from _row("<b>Time</b>", "<b>Speaker</b>", "<b>Talk Title / Abstract</b>")
    for slot in session.slots:
        yield from _slot(slot, programme)
    yield "</table>"


def _slot(slot: PublishedSlot, programme: Programme) -> Iterator[str]:
    zone = programme.meeting.zone
    start, end = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    yield from _row(
        f"{start:%H:%M}-{end:%H:%M}",
        html.escape(" ".join(filter(None, (names(speakers(slot)), on_behalf(slot))))),
        f"<b><i> {html.escape(slot_title(slot))} </i></b>",
    )
    abstract = plain_text(slot.talk.abstract) if slot.talk else ""
    if abstract:
        text = f"<blockquote><b><i>Abstract:</i></b> {_paragraphs(abstract)} </blockquote>"
        yield from ("  <tr>", f'    <td colspan="3"> {text} </td>', "  </tr>")


def _row(*cells: str) -> Iterator[str]:
    yield "  <tr>"
    for cell in cells:
        yield f"    <td> {cell} </td>" if cell else "    <td> </td>"
    yield "  </tr>"


def _paragraphs(text: str) -> str:
    """Paragraphs and lines of plain text as HTML on one line."""
    return html.escape(text).replace("\n\n", "<br><br>").replace("\n", "<br>")
