"""The road of a speaker and of a reader on a phone, with JavaScript switched off."""

import pytest
from playwright.sync_api import expect

from submissions.domain.lifecycle import State
from submissions.models import Meeting, Talk
from tests.journeys.conftest import Visitor
from tests.journeys.mails import private_link

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_speaker_proposes_comes_back_changes_and_withdraws(
    without_scripts: Visitor, demonstration: Meeting, site: str
) -> None:
    propose(without_scripts, demonstration)
    without_scripts.page.context.clear_cookies()
    without_scripts.go(private_link(site))
    change(without_scripts)
    withdraw(without_scripts)
    talk = Talk.objects.get(title="Slow but sure: $z > 6$")
    assert [person.family_name for person in talk.authors.order_by("authorships__position")] == [
        "Quiet",
        "Silent",
    ]
    assert [area.label for area in talk.astronomy_areas.all()] == ["Galaxies"]
    assert [entry.note for entry in talk.history.filter(action="withdraw")] == ["I fell ill."]


def propose(visitor: Visitor, meeting: Meeting) -> None:
    page = visitor.page
    visitor.go("/")
    page.get_by_role("link", name=meeting.name).click()
    page.get_by_role("navigation").get_by_role("link", name="Submit").click()
    page.get_by_label("Family name").fill("Quiet")
    page.get_by_label("E-mail address").fill("quiet@example.org")
    page.get_by_role("button", name="Add a co-author").click()
    # A new page with everything as typed, and room for one more.
    expect(page.get_by_label("Family name").first).to_have_value("Quiet")
    page.get_by_label("Family name").nth(1).fill("Silent")
    page.get_by_label("Title").fill("Slow: $z > 6$")
    page.get_by_label("Areas of astronomy", exact=True).select_option(label="Galaxies")
    page.get_by_label("Areas of machine learning", exact=True).select_option(label="Deep learning")
    page.get_by_label("Abstract").fill("We *wait* for $10^5$ pages.")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.locator("#preview em")).to_have_text("wait")
    expect(page.locator("#preview math")).to_have_count(2)
    page.get_by_role("button", name="Submit talk").click()
    # The format was forgotten: said above and at the field, and nothing is lost.
    expect(page.get_by_role("alert")).to_contain_text("Please correct the following")
    expect(page.get_by_label("Family name").nth(1)).to_have_value("Silent")
    page.get_by_role("radio").first.check()
    page.get_by_label("Either").check()
    page.get_by_label("Simulations").check()
    page.get_by_label("I have read the code of conduct").check()
    page.get_by_role("button", name="Submit talk").click()
    expect(page.get_by_text("We have received your proposal")).to_be_visible()


def change(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Title").fill("Slow but sure: $z > 6$")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Your changes are saved.")).to_be_visible()


def withdraw(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Reason").fill("I fell ill.")
    page.get_by_role("button", name="Withdraw the talk").click()
    expect(page.get_by_text("Your talk is withdrawn.")).to_be_visible()


def test_a_reader_finds_unfolds_and_takes_along(
    without_scripts: Visitor, demonstration: Meeting
) -> None:
    page = without_scripts.page
    without_scripts.go(f"/{demonstration.slug}/")
    page.get_by_role("navigation").get_by_role("link", name="Programme").click()
    row = page.locator("details.programme-row").first
    expect(row.locator(".abstract")).not_to_be_visible()
    row.locator("summary").click()
    expect(row.locator(".abstract")).to_be_visible()

    everything = page.locator("details.programme-row").count()
    page.get_by_label("Machine-learning area").select_option(index=1)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("match")).to_be_visible()
    assert 0 < page.locator("details.programme-row").count() < everything

    page.locator("details.programme-row summary").first.click()
    page.get_by_role("link", name="Talk page").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Add to calendar").click()
    file = download.value.path().read_text(encoding="utf-8")
    assert file.count("BEGIN:VEVENT") == 1
    assert title[:20] in file.replace("\r\n ", "")

    page.get_by_role("navigation").get_by_role("link", name="Speakers").click()
    page.locator("main .people a, main li a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    placed = Talk.objects.filter(meeting=demonstration, state=State.CONFIRMED)
    assert placed.exists()
