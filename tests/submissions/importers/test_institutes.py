"""The shipped list, and hand-made dumps of both of ROR's schemas."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from submissions.domain import ror
from submissions.importers import institutes
from submissions.importers.institutes import (
    KnownInstitute,
    NotRor,
    read_dump,
    read_record,
    records,
    shipped_institutes,
)

ESO = "https://ror.org/01qtasp15"
V2: dict[str, Any] = {
    "id": ESO,
    "names": [
        {"value": "ESO", "types": ["acronym"], "lang": None},
        {"value": "European  Southern Observatory", "types": ["ror_display", "label"]},
        {"value": "Europäische Südsternwarte", "types": ["label"], "lang": "de"},
    ],
    "locations": [
        {
            "geonames_id": 1,
            "geonames_details": {
                "name": "Garching",
                "country_name": "Germany",
                "country_code": "DE",
            },
        }
    ],
    "types": ["facility", "funder"],
    "status": "active",
    "links": [],
}
V1: dict[str, Any] = {
    "id": ESO,
    "name": "European Southern Observatory",
    "acronyms": ["ESO"],
    "aliases": [],
    "labels": [{"label": "Europäische Südsternwarte", "iso639": "de"}],
    "addresses": [{"city": "Garching"}],
    "country": {"country_name": "Germany", "country_code": "DE"},
    "types": ["Facility", "Funder"],
    "status": "active",
}
READ = KnownInstitute(
    name="European Southern Observatory",
    other_names=("ESO", "Europäische Südsternwarte"),
    ror_id=ESO,
    city="Garching",
    country="Germany",
    country_code="DE",
    types=("facility", "funder"),
)


@pytest.mark.parametrize("record", [V2, V1])
def test_a_record_of_either_schema(record: dict[str, Any]) -> None:
    assert read_record(record) == READ


def test_what_a_record_leaves_out_is_empty() -> None:
    bare = {"id": ESO, "names": V2["names"][1:2], "status": "withdrawn"}
    assert read_record(bare) == KnownInstitute(
        "European Southern Observatory", ror_id=ESO, is_active=False
    )


def dump(path: Path, *found: Any, **members: Any) -> Path:
    """A zip with these members, or a JSON file."""
    if not members:
        path.write_text(json.dumps(found, indent=2), encoding="utf-8")
        return path
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"v1.60-{name}.json", json.dumps(content))
        archive.writestr("v1.60-ror-data.csv", "id,name")
    return path


def test_a_file_is_read_as_json_or_as_the_zip_in_which_it_comes(tmp_path: Path) -> None:
    assert list(read_dump(dump(tmp_path / "a.json", V2))) == [READ]
    other = V1 | {"name": "Not this one"}
    both = dump(tmp_path / "a.zip", **{"ror-data": [other], "ror-data_schema_v2": [V2]})
    assert list(read_dump(both)) == [READ]
    assert list(read_dump(dump(tmp_path / "b.zip", **{"ror-data": [V1]}))) == [READ]


def test_only_one_record_is_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(institutes, "CHUNK", 100)
    text = json.dumps([{"n": n, "text": "é]}," * 30} for n in range(50)], indent=1)
    stream = io.StringIO(text)
    seen = records(stream)
    assert next(seen) == {"n": 0, "text": "é]}," * 30}
    assert stream.tell() < len(text) / 20
    assert [record["n"] for record in seen] == list(range(1, 50))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "begins with"),
        ("{}", "begins with"),
        ("<html>", "begins with"),
        ("[", "ends in the middle"),
        ('[{"id": 1', "ends in the middle"),
        ('[{"id": "x"},', "Record 1 is not as ROR writes it"),
        ("[1]", "Record 1 is not as ROR writes it"),
        ('[{"id": "https://ror.org/01qtasp16", "names": []}]', "Record 1"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "dump.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotRor, match=complaint):
        list(read_dump(path))


def test_a_zip_without_json_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "")
    with pytest.raises(NotRor, match="no JSON file"):
        list(read_dump(empty))
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"[\xff\xfe")
    with pytest.raises(NotRor, match="damaged"):
        list(read_dump(binary))


def test_every_shipped_identifier_is_right_and_of_one_institute() -> None:
    shipped = shipped_institutes()
    identifiers = [one.ror_id for one in shipped if one.ror_id]
    assert [ror.normalise(one) for one in identifiers] == identifiers
    assert len(set(identifiers)) == len(identifiers)
    assert len({one.name for one in shipped}) == len(shipped)
    assert len(shipped) > 150
    assert all(one.city and one.country for one in shipped)
