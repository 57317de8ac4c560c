import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from submissions.models import AstronomyArea

CONCEPTS = [
    {"uri": "http://astrothesaurus.org/uat/573", "name": "Galaxies", "altNames": None},
    {
        "uri": "http://astrothesaurus.org/uat/1",
        "name": "Odd galaxies",
        "broader": [{"uri": "http://astrothesaurus.org/uat/573"}],
    },
]


def load_uat(path: Path) -> str:
    out = StringIO()
    call_command("load_uat", str(path), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_concepts_are_added_below_the_shipped_areas_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "UAT_list.json"
    path.write_text(json.dumps(CONCEPTS))
    assert load_uat(path) == "2 concepts: 1 new, 0 changed, 1 same\n"
    assert load_uat(path) == "2 concepts: 0 new, 0 changed, 2 same\n"
    assert AstronomyArea.objects.count() == 52
    odd = AstronomyArea.objects.get(uat_id=1)
    assert [area.slug for area in odd.parents.all()] == ["galaxies"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"UAT\.json cannot be read: No such file"):
        load_uat(tmp_path / "UAT.json")


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("# Areas")
    with pytest.raises(
        CommandError, match=r"README\.md: The file is not JSON \(line 1, column 1\)"
    ):
        load_uat(path)
