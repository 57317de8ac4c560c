"""The programme as a table: UTF-8, comma-separated, one row per slot.

Titles and abstracts are as their authors wrote them, with marks, so that nothing is lost.
"""

from collections.abc import Iterable

from sessions.domain.programme import Programme
from sessions.domain.published import PublishedSession, PublishedSlot, PublishedTalk
from sessions.exports.addresses import Addresses
from sessions.exports.wording import one_line, own_title, speakers
from submissions.domain import orcid
from submissions.domain.abstracts.characters import clean
from submissions.domain.talk import Area
from submissions.exports.spreadsheet_cells import csv_text

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
    "collaboration",
    "format",
    "astronomy_areas",
    "ml_areas",
    "abstract",
    "answers",
    "address",
)
"""Times are ISO 8601 with the meeting's offset; several values of a cell are separated by "; "."""


def csv_table(programme: Programme, addresses: Addresses) -> bytes:
    rows = (_row(session, slot, programme, addresses) for session, slot in programme.slots())
    table = [[clean(row.get(column, "")) for column in COLUMNS] for row in rows]
    return csv_text(COLUMNS, table).encode()


def _row(
    session: PublishedSession, slot: PublishedSlot, programme: Programme, addresses: Addresses
) -> dict[str, str]:
    row = _place(session, slot, programme) | _content(slot)
    if slot.talk:
        row |= _talk(slot.talk) | {"address": addresses.talk(slot.talk.code)}
    return row


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
        "collaboration": one_line(talk.collaboration),
        "format": talk.format,
        "astronomy_areas": _labels(talk.astronomy_areas),
        "ml_areas": _labels(talk.ml_areas),
        "abstract": talk.abstract,
        "answers": _joined(f"{answer.question} {answer.text}" for answer in talk.answers),
    }


def _labels(areas: Iterable[Area]) -> str:
    return _joined(area.label for area in areas)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(one_line(part) for part in parts)
