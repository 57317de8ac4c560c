"""What a linter does not see: sizes, names, lock files, and that no machine's traces are left."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = ("static/vendor/", "tests/journeys/vendor/")
LOCAL = re.compile(
    r"^(\.git|\.venv|var|htmlcov|node_modules|\.\w+_cache|\.hypothesis)/|__pycache__|^\.env$"
)
TEXT = re.compile(
    r"(^|/)[^.]+$|\.(py|md|html|txt|css|js|svg|toml|ya?ml|json|csv|example|gitignore)$"
)
JUNK_DRAWER = re.compile(r"utils?|helpers?|common|misc|base|services?")


def files() -> list[str]:
    """Every file of the repository that is ours, tracked or about to be."""
    names = _known_to_git() or [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")]
    return sorted(
        name
        for name in names
        if (ROOT / name).is_file() and not name.startswith(NOT_OURS) and not LOCAL.search(name)
    )


def _known_to_git() -> list[str]:
    """Nothing where this is no checkout, or where git does not trust its owner."""
    git = shutil.which("git")
    if git is None:
        return []
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - fixed words
    return [name for name in listed.stdout.split("\0") if name]


FILES = files()
PYTHON = [name for name in FILES if name.endswith(".py")]
TEXTS = [name for name in FILES if TEXT.search(name)]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def lines_with(pattern: str, names: list[str]) -> list[str]:
    """Every line in which the pattern is found, as file:line: text."""
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in names
        for number, line in enumerate(read(name).splitlines(), start=1)
        if re.search(pattern, line)
    ]


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", read(lock), re.MULTILINE))


def test_no_python_file_is_longer_than_400_lines() -> None:
    written = [name for name in PYTHON if "/migrations/" not in name]
    lengths = {name: len(read(name).splitlines()) for name in written}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_file_or_folder_is_a_junk_drawer() -> None:
    parts = {Path(part).stem for name in PYTHON for part in Path(name).parts}
    assert {part for part in parts if JUNK_DRAWER.fullmatch(part)} == set()


def test_every_folder_of_python_is_a_package() -> None:
    folders = {str(Path(name).parent) for name in PYTHON} - {".", "scripts"}
    assert {folder for folder in folders if f"{folder}/__init__.py" not in PYTHON} == set()


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    homes = "work|root|home|Users"
    assert lines_with(rf"(?<![\w.>)\]}}])/({homes})/", TEXTS) == []


def test_nothing_is_left_open_in_the_code() -> None:
    words = "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3))
    assert lines_with(rf"\b({words})\b", TEXTS) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_address_and_a_hash_for_every_package(lock: str) -> None:
    text = read(lock)
    assert "://" not in text
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(lock)) > 0
    without_hash = [entry.partition(" ")[0] for entry in entries if "--hash=sha256:" not in entry]
    assert without_hash == []


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    tested = pins("requirements-dev.lock")
    shipped = pins("requirements.lock")
    assert {name: tested.get(name) for name in shipped} == shipped


def test_every_place_installs_the_same_uv() -> None:
    named = re.findall(r"uv(?:_version=|==)(\d[\d.]*)", read("scripts/set-up") + read("Dockerfile"))
    assert len(named) == 2
    assert len(set(named)) == 1


def test_files_of_others_keep_their_licence() -> None:
    vendored = [path for path in ROOT.glob("static/vendor/*") if path.is_dir()]
    assert vendored != []
    assert [path.name for path in vendored if not list(path.glob("LICENSE*"))] == []


def test_local_data_and_secrets_stay_out_of_git() -> None:
    assert {"var/", ".env", ".venv/", "uv.lock"} <= set(read(".gitignore").splitlines())


@pytest.mark.parametrize("name", [".ci/run", "scripts/check", "scripts/set-up", "manage.py"])
def test_programs_can_be_started(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
