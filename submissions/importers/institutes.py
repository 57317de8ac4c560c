"""Institutes from the table that is shipped and from ROR's data dumps, read piece by piece.

A dump is one JSON array of more than 110,000 records (200 MB and more), alone or in the zip in
which ROR distributes it. It is never held in memory as a whole. Both schemas are read: of version 2
(`names`, `locations`) and of version 1 (`name`, `aliases`, `country`).
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import IO, Any, Final

from submissions.domain import ror
from submissions.domain.abstracts.characters import clean

CHUNK: Final = 1 << 20
"""Characters read at once."""
LARGEST_RECORD: Final = 8 << 20
"""Characters; the largest of ROR's records has some hundred thousand."""
_LONGEST_NAME: Final = 300
_MOST_NAMES: Final = 40


class NotRor(Exception):
    """The file is none of ROR's data dumps, or it is damaged."""


@dataclass(frozen=True, slots=True)
class KnownInstitute:
    name: str
    other_names: tuple[str, ...] = ()
    """Acronyms, aliases, names in other languages."""
    ror_id: str = ""
    city: str = ""
    country: str = ""
    country_code: str = ""
    types: tuple[str, ...] = ()
    """ROR's, in small letters: education, facility, government …"""
    is_active: bool = True


def shipped_institutes() -> list[KnownInstitute]:
    """The table in submissions/data."""
    text = files("submissions.data").joinpath("institutes.csv").read_text(encoding="utf-8")
    return [
        KnownInstitute(
            name=row["name"],
            other_names=tuple(filter(None, row["other_names"].split("|"))),
            ror_id=ror.normalise(row["ror_id"]),
            city=row["city"],
            country=row["country"],
        )
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def read_dump(path: Path) -> Iterator[KnownInstitute]:
    """The records of a dump, one after the other; raises NotRor."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open(encoding="utf-8-sig") as stream:
                yield from _institutes(stream)
            return
        with zipfile.ZipFile(path) as archive, archive.open(_member(archive)) as file:
            yield from _institutes(io.TextIOWrapper(file, encoding="utf-8-sig"))
    except (UnicodeDecodeError, zipfile.BadZipFile, EOFError) as error:
        message = f"The file is damaged: {error}"
        raise NotRor(message) from error


def _member(archive: zipfile.ZipFile) -> str:
    """Of several JSON files the one of the newer schema."""
    names = sorted(name for name in archive.namelist() if name.lower().endswith(".json"))
    if not names:
        message = "There is no JSON file in this archive."
        raise NotRor(message)
    newer = [name for name in names if "schema_v2" in name]
    return (newer or names)[-1]


def _institutes(stream: IO[str]) -> Iterator[KnownInstitute]:
    for number, record in enumerate(records(stream), start=1):
        try:
            yield read_record(record)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            message = f"Record {number} is not as ROR writes it ({error!r})."
            raise NotRor(message) from error


def records(stream: IO[str]) -> Iterator[Any]:
    """The elements of a JSON array, holding one of them at a time."""
    decoder = json.JSONDecoder()
    buffer = stream.read(CHUNK).lstrip()
    if not buffer.startswith("["):
        message = "A ROR data dump begins with “[”; this file does not."
        raise NotRor(message)
    position = 1
    while True:
        buffer, position = _at_next(stream, buffer, position)
        if buffer[position : position + 1] == "]":
            return
        try:
            record, end = decoder.raw_decode(buffer, position)
        except ValueError as error:
            more = stream.read(CHUNK)
            if not more or len(buffer) - position > LARGEST_RECORD:
                message = "The file ends in the middle of a record."
                raise NotRor(message) from error
            buffer, position = buffer[position:] + more, 0
            continue
        yield record
        position = end


def _at_next(stream: IO[str], buffer: str, position: int) -> tuple[str, int]:
    """Go on to where the next element, or the end of the array, begins."""
    while True:
        while position < len(buffer) and buffer[position] in ", \t\r\n":
            position += 1
        if position < len(buffer):
            return buffer, position
        buffer, position = stream.read(CHUNK), 0
        if not buffer:
            message = "The file ends in the middle of the list."
            raise NotRor(message)


def read_record(record: Mapping[str, Any]) -> KnownInstitute:
    """One of ROR's records, of either schema."""
    reader = _of_version_2 if "names" in record else _of_version_1
    return reader(record)


def _of_version_2(record: Mapping[str, Any]) -> KnownInstitute:
    names = record["names"]
    shown = [name["value"] for name in names if "ror_display" in name["types"]]
    labels = [name["value"] for name in names if "label" in name["types"]]
    name = (shown or labels)[0]
    places = record.get("locations") or [{}]
    details = places[0].get("geonames_details") or {}
    return _known(
        record,
        name=name,
        others=[one["value"] for one in names],
        city=details.get("name") or "",
        country=details.get("country_name") or "",
        country_code=details.get("country_code") or "",
    )


def _of_version_1(record: Mapping[str, Any]) -> KnownInstitute:
    others = [*(record.get("acronyms") or ()), *(record.get("aliases") or ())]
    others += [label["label"] for label in record.get("labels") or ()]
    places = record.get("addresses") or [{}]
    country = record.get("country") or {}
    return _known(
        record,
        name=record["name"],
        others=others,
        city=places[0].get("city") or "",
        country=country.get("country_name") or "",
        country_code=country.get("country_code") or "",
    )


def _known(
    record: Mapping[str, Any],
    *,
    name: str,
    others: Sequence[str],
    city: str,
    country: str,
    country_code: str,
) -> KnownInstitute:
    name = _line(name, _LONGEST_NAME)
    if not name:
        message = "no name"
        raise ValueError(message)
    short = (_line(other, _LONGEST_NAME) for other in others)
    different = [other for other in dict.fromkeys(short) if other and other != name]
    return KnownInstitute(
        name=name,
        other_names=tuple(different[:_MOST_NAMES]),
        ror_id=ror.normalise(record["id"]),
        city=_line(city, 120),
        country=_line(country, 120),
        country_code=country_code.upper(),
        types=tuple(str(one).lower() for one in record.get("types") or ()),
        is_active=str(record.get("status") or "active").lower() == "active",
    )


def _line(text: str, longest: int) -> str:
    return " ".join(clean(text).split())[:longest].strip()
