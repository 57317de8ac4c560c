"""The command that imports talks: what it prints, and how it ends."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from submissions.models import Meeting, Talk
from tests.make import make_format, make_meeting, make_ml_area

pytestmark = pytest.mark.django_db

TABLE = (
    "Given name\tSurname\tTitle\tML areas\tAbstract\tShoe size\n"
    "Ada\tExample\tRings\tclustering\tText\t38\n"
    "Bo\tSample\tMoons\tclustering, basket weaving\t<p>One</p><p>two</p>\t44\n"
)


@pytest.fixture
def meeting() -> Meeting:
    make_ml_area("Clustering")
    return make_meeting(slug="learning-the-sky", name="Learning the Sky")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "talks.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    """What the command prints when it ends well."""
    printed = io.StringIO()
    call_command("import_talks", *map(str, arguments), stdout=printed)
    return printed.getvalue()


def run_refused(*arguments: object) -> str:
    """What it prints when it ends with 1."""
    printed = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_talks", *map(str, arguments), stdout=printed)
    assert ended.value.code == 1
    return printed.getvalue()


def run_json(*arguments: object) -> dict[str, Any]:
    [line] = run(*arguments, "--json").splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_import_prints_every_row_and_what_it_comes_to(meeting: Meeting, file: Path) -> None:
    assert run(meeting.slug, file).splitlines() == [
        "  Given name  given_name",
        "  Surname     family_name",
        "  Title       title",
        "  ML areas    ml_areas",
        "  Abstract    abstract",
        "  Shoe size   – not imported",
        "new      line 2: Ada Example: Rings",
        "new      line 3: Bo Sample: Moons",
        "         The abstract was in HTML and has been converted.",
        "         The area “basket weaving” is not recognised. It is kept as typed.",
        "Note: Not imported: “Shoe size”.",
        "Learning the Sky: imported. 2 new, 0 changed, 0 same, 0 refused.",
    ]
    assert Talk.objects.count() == 2


def test_changes_are_printed_cell_by_cell(meeting: Meeting, file: Path) -> None:
    run(meeting.slug, file)
    file.write_text(TABLE.replace("\tText\t", f"\t{'Long ' * 20}\t"), encoding="utf-8")
    code = Talk.objects.get(title="Rings").code
    lines = run(meeting.slug, file).splitlines()
    at = lines.index(f"changed  line 2: {code}: Rings")
    assert lines[at + 1] == f"         abstract: Text → {('Long ' * 20)[:59]}…"
    assert lines[-1] == "Learning the Sky: imported. 0 new, 1 changed, 1 same, 0 refused."


def test_dry_run_changes_nothing_and_ends_well(meeting: Meeting, file: Path) -> None:
    printed = run(meeting.slug, file, "--dry-run").splitlines()
    assert printed[-1] == (
        "Learning the Sky: nothing imported yet, this was a dry run. "
        "2 new, 0 changed, 0 same, 0 refused."
    )
    assert Talk.objects.count() == 0


def test_json_is_one_object_with_all_rows(meeting: Meeting, file: Path) -> None:
    make_format(meeting, name="Poster")
    found = run_json(meeting.slug, file, "--dry-run")
    [ada, bo] = found.pop("new")
    assert found == {
        "meeting": "learning-the-sky",
        "dry_run": True,
        "columns": {
            "Given name": "given_name",
            "Surname": "family_name",
            "Title": "title",
            "ML areas": "ml_areas",
            "Abstract": "abstract",
            "Shoe size": None,
        },
        "counts": {"new": 2, "changed": 0, "same": 0, "refused": 0},
        "changed": [],
        "same": [],
        "refused": [],
        "missing": [],
        "notes": ["Not imported: “Shoe size”."],
    }
    assert ada == {
        "line": 2,
        "title": "Rings",
        "speaker": "Ada Example",
        "email": "",
        "orcid": "",
        "affiliations": [],
        "co_authors": [],
        "format": "",
        "astronomy_areas": [],
        "ml_areas": ["clustering"],
        "astronomy_areas_text": "",
        "ml_areas_text": "clustering",
        "abstract": "Text",
        "remarks": "",
    }
    assert len(bo["warnings"]) == 2


def test_json_says_same_and_changed_with_codes(meeting: Meeting, file: Path) -> None:
    run(meeting.slug, file)
    file.write_text(TABLE.replace("\tText\t", "\tOther\t"), encoding="utf-8")
    found = run_json(meeting.slug, file)
    rings, moons = Talk.objects.order_by("-title")
    assert found["dry_run"] is False
    assert found["changed"] == [
        {
            "line": 2,
            "code": rings.code,
            "title": "Rings",
            "changes": {"abstract": ["Text", "Other"]},
        }
    ]
    assert [(row["line"], row["code"]) for row in found["same"]] == [(3, moons.code)]


def test_refused_rows_end_with_one_and_import_nothing(meeting: Meeting, file: Path) -> None:
    file.write_text(TABLE + "Cy\tThird\t\tCNN\tText\t40\n", encoding="utf-8")
    printed = run_refused(meeting.slug, file).splitlines()
    assert printed[-4:] == [
        "refused  line 4",
        "         It has no title.",
        "Note: Not imported: “Shoe size”.",
        "Learning the Sky: nothing imported. 2 new, 0 changed, 0 same, 1 refused.",
    ]
    assert Talk.objects.count() == 0
    found = json.loads(run_refused(meeting.slug, file, "--dry-run", "--json"))
    assert found["refused"] == [{"line": 4, "reasons": ["It has no title."]}]


def test_columns_can_be_said(meeting: Meeting, file: Path) -> None:
    file.write_text(TABLE.replace("Title", "Thema"), encoding="utf-8")
    assert "Missing: no column holds the title (title). Use --column." in run_refused(
        meeting.slug, file
    )
    found = run_json(meeting.slug, file, "--column", "Thema=title", "--column", "Shoe size=remarks")
    assert found["columns"]["Thema"] == "title"
    assert Talk.objects.get(title="Rings").remarks == "38"


def test_standard_input_is_read(
    meeting: Meeting, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with file.open(encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        run(meeting.slug, "-")
    assert Talk.objects.get(title="Rings").history.get().note == "standard input, line 2"


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (("nowhere", "{file}"), "There is no meeting “nowhere”. There is: learning-the-sky."),
        (("learning-the-sky", "{file}.gone"), "cannot be read: No such file or directory."),
        (("learning-the-sky", "{file}", "--column", "A"), "not of the form “Header=field”"),
        (("learning-the-sky", "{file}", "--column", "A=title"), "There is no column “A”."),
        (("learning-the-sky", "{empty}"), "There is nothing in it."),
    ],
)
def test_refusals_say_what_is_wrong(
    meeting: Meeting, file: Path, arguments: tuple[str, ...], refusal: str
) -> None:
    empty = file.with_name("empty.csv")
    empty.touch()
    with pytest.raises(CommandError) as refused:
        run(*(argument.format(file=file, empty=empty) for argument in arguments))
    assert refusal in str(refused.value)
