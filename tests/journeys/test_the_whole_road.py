"""One meeting from a spreadsheet and a form to the published programme, in a browser."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from submissions.importers.vocabulary import Kind, shipped_areas
from submissions.models import Meeting, Talk
from submissions.operations.areas import load_areas
from tests.journeys.conftest import Visitor
from tests.journeys.mails import private_link
from tests.make import make_format, make_meeting, make_organiser, make_room

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SHEET = "Given name\tSurname\tWhat\tArea of astronomy\nBo\tSheet\tRows of galaxies\tGalaxies\n"


@pytest.fixture
def meeting() -> Meeting:
    for kind in Kind:
        load_areas(kind, shipped_areas(kind))
    now = timezone.now()
    meeting = make_meeting(
        name="Road meeting",
        slug="road",
        starts_on=(now + timedelta(days=90)).date(),
        ends_on=(now + timedelta(days=91)).date(),
        call_opens_at=now - timedelta(days=1),
        call_closes_at=now + timedelta(days=1),
    )
    make_format(meeting, name="Contributed", talk_minutes=12, discussion_minutes=3)
    make_room(meeting, name="Dome")
    make_organiser(meeting, "organiser@example.org")
    return meeting


def test_from_proposal_and_spreadsheet_to_the_programme(
    meeting: Meeting, speaker: Visitor, organiser: Visitor, site: str, tmp_path: Path
) -> None:
    propose(speaker)
    link = private_link(site)
    change_it(speaker, link)
    organiser.sign_in("organiser@example.org", "password")
    import_a_sheet(organiser, tmp_path)
    accept_both(organiser)
    confirm(speaker, link)
    build_a_session(organiser, meeting)
    publish(organiser)
    read_the_programme(speaker)


def propose(speaker: Visitor) -> None:
    page = speaker.page
    speaker.go("/road/submit/")
    page.get_by_label("Given name").fill("Ada")
    page.get_by_label("Family name").fill("Road")
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_role("combobox", name="Affiliation 1").fill("Institute of Roads")
    page.get_by_role("button", name="Add a co-author").click()
    second = page.locator("[data-author-entry]").nth(1)
    second.get_by_label("Family name").fill("Second")
    second.get_by_role("button", name="Move up").click()
    page.get_by_label("Title").fill("Roads to $z > 6$")
    for label, word in (("Areas of astronomy", "quasars"), ("Areas of machine learning", "CNN")):
        page.get_by_role("combobox", name=label, exact=True).click()
        page.keyboard.type(word)
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
    page.get_by_label("Abstract").fill(r"We *learn* $10^5$ roads and \unknown{$\nonsense{x}$}.")
    page.get_by_text("The command \\nonsense is not known here").wait_for()
    assert page.locator("#preview em").inner_text() == "learn"
    page.get_by_role("button", name="Submit talk").click()
    # The format was forgotten: nothing else is lost.
    page.get_by_text("Please correct the following").wait_for()
    assert page.get_by_label("Title").input_value() == "Roads to $z > 6$"
    assert page.locator("[data-author-entry]").count() == 2
    page.get_by_label("Contributed").check()
    page.get_by_role("button", name="Submit talk").click()
    page.get_by_text("We have received your proposal").wait_for()
    talk = Talk.objects.get()
    assert [author.family_name for author in talk.authors.order_by("authorships__position")] == [
        "Second",
        "Road",
    ]


def change_it(speaker: Visitor, link: str) -> None:
    page = speaker.page
    page.context.clear_cookies()
    speaker.go(link)
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Title").fill("Better roads to $z > 6$")
    page.get_by_role("button", name="Save changes").click()
    page.get_by_text("Your changes are saved.").wait_for()


def import_a_sheet(organiser: Visitor, folder: Path) -> None:
    page = organiser.page
    file = folder / "talks.tsv"
    file.write_text(SHEET, encoding="utf-8")
    organiser.go("/admin/")
    page.get_by_role("link", name="Import talks").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Show what it would do").click()
    page.get_by_text("No column was found for the title").wait_for()
    page.get_by_label("What").select_option("title")
    page.get_by_role("button", name="Show it with these columns").click()
    page.get_by_role("button", name="Import 1 talk").click()
    page.get_by_text("Imported: 1 new talks").wait_for()


def accept_both(organiser: Visitor) -> None:
    page = organiser.page
    organiser.go("/admin/submissions/talk/")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("prepare_accept")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Reason for all of them").fill("Both are strong.")
    page.get_by_role("button", name="Prepare these 2 decisions").click()
    page.get_by_text("2 decisions prepared").wait_for()
    assert set(Talk.objects.values_list("state", flat=True)) == {"submitted"}
    organiser.go("/admin/")
    page.get_by_role("link", name="Announce 2 prepared decisions").click()
    page.get_by_role("button", name="Announce these 2 decisions").click()
    page.wait_for_load_state()
    assert set(Talk.objects.values_list("state", flat=True)) == {"accepted"}


def confirm(speaker: Visitor, link: str) -> None:
    speaker.go(link)
    speaker.page.get_by_role("button", name="Confirm: I will come").click()
    speaker.page.get_by_text("Thank you. Your talk is confirmed.").wait_for()


def build_a_session(organiser: Visitor, meeting: Meeting) -> None:
    page = organiser.page
    organiser.go("/admin/programme/session/add/")
    page.get_by_label("Theme").fill("All roads")
    page.get_by_label("Room").select_option(label="Dome")
    page.get_by_label("Starts").first.fill(f"{meeting.starts_on}T10:00")
    page.get_by_label("Length, minutes").fill("60")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_load_state()
    organiser.go("/admin/programme/session/")
    page.get_by_role("link", name="All roads").click()
    rows = page.locator("table select[name$='-kind']")
    rows.nth(0).select_option("introduction")
    page.locator("input[name$='-minutes']").nth(0).fill("5")
    for row, title in ((1, "Better roads"), (2, "Rows of galaxies")):
        talks = page.locator("table select[name$='-talk']").nth(row)
        value = talks.locator("option", has_text=title).get_attribute("value")
        talks.select_option(value)
    page.get_by_role("button", name="Save changes").click()
    # The row of the spreadsheet named no format, so its length is asked for.
    page.get_by_text("How long does it take?").wait_for()
    page.locator("input[name$='-minutes']").nth(2).fill("20")
    page.get_by_role("button", name="Save changes").click()
    page.wait_for_load_state()
    assert "10:20" in page.content()


def publish(organiser: Visitor) -> None:
    page = organiser.page
    organiser.go("/admin/meetings/road/")
    page.get_by_role("link", name="Publish programme").click()
    page.get_by_role("button", name="Publish").click()
    page.wait_for_load_state()


def read_the_programme(reader: Visitor) -> None:
    page = reader.page
    reader.go("/road/programme/")
    text = page.locator("main").inner_text()
    assert "All roads" in text
    assert "Dome" in text
    assert text.index("Better roads") < text.index("Rows of galaxies")
    page.locator("details.programme-row summary").first.click()
    page.get_by_text("We learn").wait_for()
    page.get_by_role("link", name="Talk page").first.click()
    assert "Institute of Roads" in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Add to calendar").click()
    calendar = download.value.path().read_text(encoding="utf-8")
    assert [line for line in calendar.splitlines() if "Better roads" in line] != []

    reader.go("/road/programme/")
    page.get_by_label("Search").fill("galaxies")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_text("1 talk matches.").wait_for()
    assert "Better roads" not in page.locator("main").inner_text()
