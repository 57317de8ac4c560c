"""The programme as a table: UTF-8, comma-separated, one row per slot.

Titles and abstracts are as their authors wrote them, with marks, so that nothing is lost.
"""

import csv
import io
import re
from collections.abc import Iterable

from sessions.domain.programme import Programme
from sessions.domain.published import PublishedSession, PublishedSlot, PublishedTalk
from sessions.exports.addresses import Addresses
from sessions.exports.wording import one_line, own_title, speakers
from submissions.domain import orcid
from submissions.domain.abstracts.characters import clean
from submissions.domain.talk import Area

COLUMNS = (
    "session_number",
    "session",
    "room",
    "chairs",
    "starts_at",
    "ends_at",
    "time_zone",
    "kind",
    "number",
    "code",
    "title",
    "status",
    "speakers",
    "authors",
    "orcids",
    "affiliations",
    "format",
    "astronomy_areas",
    "ml_areas",
    "abstract",
    "address",
)
"""Times are ISO 8601 with the meeting's offset; several values of a cell are separated by "; "."""

# What makes a spreadsheet program take a cell for a formula, whatever blanks stand before it; the
# full-width forms are turned into plain ones by some of them.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?%?")


def csv_table(programme: Programme, addresses: Addresses) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    for session, slot in programme.slots():
        row = _place(session, slot, programme) | _content(slot)
        if slot.talk:
            row |= _talk(slot.talk) | {"address": addresses.talk(slot.talk.code)}
        writer.writerow({name: defused(clean(value)) for name, value in row.items()})
    return file.getvalue().encode()


def defused(cell: str) -> str:
    """A cell that no spreadsheet program evaluates: an apostrophe in front of what it might.

    Numbers, negative ones too, stay as they are.
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _place(session: PublishedSession, slot: PublishedSlot, programme: Programme) -> dict[str, str]:
    zone = programme.meeting.zone
    return {
        "session_number": str(session.number),
        "session": one_line(session.theme),
        "room": one_line(session.room),
        "chairs": _joined(chair.name for chair in session.chairs),
        "starts_at": slot.starts_at.astimezone(zone).isoformat(timespec="minutes"),
        "ends_at": slot.ends_at.astimezone(zone).isoformat(timespec="minutes"),
        "time_zone": programme.meeting.time_zone,
        "kind": slot.kind.value,
    }


def _content(slot: PublishedSlot) -> dict[str, str]:
    return {
        "title": slot.talk.title if slot.talk else own_title(slot),
        "status": _status(slot),
        "speakers": _joined(person.name for person in speakers(slot)),
    }


def _status(slot: PublishedSlot) -> str:
    if slot.is_to_be_announced:
        return "to be announced"
    return "withdrawn" if slot.talk and slot.talk.is_withdrawn else ""


def _talk(talk: PublishedTalk) -> dict[str, str]:
    """Authors, their ORCIDs and their affiliations in the same order, separated alike."""
    return {
        "number": talk.number,
        "code": talk.code,
        "authors": _joined(author.name for author in talk.authors),
        "orcids": _joined(orcid.hyphenated(author.orcid) for author in talk.authors),
        "affiliations": _joined(" / ".join(author.affiliations) for author in talk.authors),
        "format": talk.format,
        "astronomy_areas": _labels(talk.astronomy_areas),
        "ml_areas": _labels(talk.ml_areas),
        "abstract": talk.abstract,
    }


def _labels(areas: Iterable[Area]) -> str:
    return _joined(area.label for area in areas)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(one_line(part) for part in parts)
