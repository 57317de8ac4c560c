import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from submissions.models import Institute
from tests.submissions.importers.test_institutes import ESO, V2

pytestmark = pytest.mark.django_db

STSCI = "https://ror.org/036f5mx38"


def record(ror_id: str, name: str, **fields: Any) -> dict[str, Any]:
    names = [{"value": name, "types": ["ror_display"]}]
    return V2 | {"id": ror_id, "names": names, **fields}


def load(path: Path, *found: Any, options: tuple[str, ...] = ()) -> tuple[str, str]:
    path.write_text(json.dumps(found), encoding="utf-8")
    out, err = StringIO(), StringIO()
    call_command("load_ror", str(path), *options, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


def names() -> list[str]:
    return list(Institute.objects.order_by("name").values_list("name", flat=True))


def test_loading_again_changes_nothing_and_a_newer_dump_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "ror.json"
    both = (V2, record(STSCI, "Space Telescope Science Institute"))
    assert load(path, *both)[0] == "institutes: 2 new, 0 changed, 0 same, 0 removed"
    assert load(path, *both)[0] == "institutes: 0 new, 0 changed, 2 same, 0 removed"
    renamed = record(STSCI, "Space Telescope")
    assert load(path, V2, renamed)[0] == "institutes: 0 new, 1 changed, 1 same, 0 removed"
    assert load(path, renamed)[0] == "institutes: 0 new, 0 changed, 1 same, 1 removed"
    assert names() == ["Space Telescope"]


def test_a_part_is_taken_and_removes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ror.json"
    load(path, V2)
    spanish = {"locations": [{"geonames_details": {"name": "Madrid", "country_code": "ES"}}]}
    school = record(STSCI, "A School", types=["education"], **spanish)
    options = ("--country", "es", "--type", "Education")
    assert load(path, V2, school, options=options)[0] == (
        "institutes: 1 new, 0 changed, 0 same, 0 removed"
    )
    assert names() == ["A School", "European Southern Observatory"]
    out, err = load(path, V2, options=("--country", "FR"))
    assert (out, err) == (
        "institutes: 0 new, 0 changed, 0 same, 0 removed",
        "No institute of the file fits; is the filter right?",
    )


def test_what_is_no_longer_active_goes(tmp_path: Path) -> None:
    path = tmp_path / "ror.json"
    load(path, V2)
    assert load(path, V2 | {"status": "withdrawn"})[0].endswith("1 removed")
    assert names() == []


def test_a_broken_dump_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ror.json"
    load(path, V2)
    path.write_text(json.dumps([record(ESO, "Renamed")])[:-1], encoding="utf-8")
    with pytest.raises(CommandError, match=r"ends in the middle.*Nothing was changed"):
        call_command("load_ror", str(path))
    assert names() == ["European Southern Observatory"]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_ror", str(tmp_path / "nothing.zip"))


def test_the_shipped_list_and_a_dump_get_along(tmp_path: Path) -> None:
    out = StringIO()
    call_command("load_institutes", stdout=out)
    call_command("load_institutes", stdout=out)
    first, second = out.getvalue().splitlines()
    count = Institute.objects.count()
    assert (first, second) == (
        f"institutes: {count} new, 0 changed, 0 same, 0 removed",
        f"institutes: 0 new, 0 changed, {count} same, 0 removed",
    )
    assert load(tmp_path / "ror.json", V2)[0] == "institutes: 0 new, 1 changed, 0 same, 0 removed"
    call_command("load_institutes", stdout=out)
    assert Institute.objects.count() == count
    assert Institute.objects.get(ror_id=ESO).origin == "ror"
