"""Files of other projects are what their README says, and carry their licence."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "journeys" / "vendor"]
CHECKSUM = re.compile(r"^\| `(?P<file>[^`]+)` \| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE)


def vendored(folder: Path) -> list[Path]:
    """Every file of another project below this folder."""
    papers = ("README.md", "LICENSE", "LICENSE-3RD-PARTY.txt")
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in papers)


@pytest.mark.parametrize("folder", FOLDERS, ids=["served", "tests"])
def test_readme_names_every_file_with_its_checksum(folder: Path) -> None:
    stated = dict(CHECKSUM.findall((folder / "README.md").read_text(encoding="utf-8")))
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendored(folder)
    }
    assert found == stated


@pytest.mark.parametrize("folder", FOLDERS, ids=["served", "tests"])
def test_every_file_has_its_licence_beside_it(folder: Path) -> None:
    without = [path for path in vendored(folder) if not (path.parent / "LICENSE").is_file()]
    assert without == []


def test_served_files_refer_to_no_source_map() -> None:
    referring = [path for path in vendored(FOLDERS[0]) if b"sourceMappingURL" in path.read_bytes()]
    assert referring == []
