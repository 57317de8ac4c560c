"""An organiser imports a spreadsheet: refused, corrected, imported, imported again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from submissions.models import Meeting, Talk
from tests.journeys.conftest import Visitor
from tests.make import make_meeting, make_organiser

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEAD = "First Name\tSurname\tHeading\tAbstract\n"
ADA = "Ada\tÖz\tTidal <tails>\tFaint & old at $z > 6$.\n"
NOBODY = "\t\tA talk of nobody\tWho gives it?\n"
BO = "Bo\tSheet\tRows of galaxies\tMany.\n"


@pytest.fixture
def meeting(transactional_db: None) -> Meeting:
    meeting = make_meeting(slug="sheets")
    make_organiser(meeting, "organiser@example.org")
    return meeting


def test_a_sheet_is_refused_corrected_imported_and_imported_again(
    organiser: Visitor, meeting: Meeting, tmp_path: Path
) -> None:
    page = organiser.page
    organiser.sign_in("organiser@example.org", "password")

    upload(organiser, tmp_path, HEAD + ADA + NOBODY)
    expect(page.get_by_text("No column was found for the title")).to_be_visible()
    say_what_holds(page, "Heading", "title")
    refused = page.get_by_role("region", name="Refused rows")
    expect(refused.get_by_role("row").nth(1)).to_contain_text("3")
    expect(page.get_by_text("Nothing can be imported while a row is refused")).to_be_visible()

    upload(organiser, tmp_path, HEAD + ADA + BO)
    say_what_holds(page, "Heading", "title")
    new = page.get_by_role("region", name="New talks")
    expect(new).to_contain_text("Tidal <tails>")
    assert not Talk.objects.exists()
    page.get_by_role("button", name="Import 2 talks").click()
    expect(page.get_by_text("Imported: 2 new talks")).to_be_visible()

    upload(organiser, tmp_path, HEAD + ADA + BO)
    say_what_holds(page, "Heading", "title")
    expect(page.get_by_text("There is nothing to import")).to_be_visible()

    upload(organiser, tmp_path, HEAD + ADA + BO.replace("Many.", "Very many."))
    say_what_holds(page, "Heading", "title")
    changed = page.get_by_role("region", name="Changed talks")
    expect(changed.get_by_role("row").nth(1)).to_contain_text("Many.")
    page.get_by_role("button", name="Import 1 talk").click()
    expect(page.get_by_text("1 changed, 1 the same")).to_be_visible()
    assert {talk.title: talk.abstract for talk in Talk.objects.for_meeting(meeting)} == {
        "Tidal <tails>": "Faint & old at $z > 6$.",
        "Rows of galaxies": "Very many.",
    }


def upload(organiser: Visitor, folder: Path, text: str) -> None:
    file = folder / "talks.tsv"
    file.write_text(text, encoding="utf-8")
    organiser.go("/admin/meetings/sheets/")
    organiser.page.get_by_role("link", name="Import talks").click()
    organiser.page.get_by_label("File").set_input_files(file)
    organiser.page.get_by_role("button", name="Show what it would do").click()


def say_what_holds(page: Page, column: str, field: str) -> None:
    page.get_by_label(column).select_option(field)
    page.get_by_role("button", name="Show it with these columns").click()
