"""Nothing typed is lost: the window is closed, another one is opened, the network fails."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from submissions.models import Draft, Meeting, Talk
from tests.journeys.conftest import Visitor, visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAVED = "Draft saved at"


def test_what_is_typed_is_there_after_the_browser_was_closed(
    browser: Browser, live_server: LiveServer, demonstration: Meeting
) -> None:
    with visitor(browser, live_server.url) as person:
        person.go(f"/{demonstration.slug}/submit/")
        person.page.get_by_label("Title").fill("Interrupted")
        person.page.locator("#id_abstract").fill("A sentence that ends in the mid")
        expect(person.page.locator("[data-draft-state]")).to_contain_text(SAVED)
        assert "/edit/" in person.page.url
        kept = person.page.context.storage_state()
    with visitor(browser, live_server.url, storage_state=kept) as person:
        person.go(f"/{demonstration.slug}/submit/")
        person.page.get_by_role("link", name="Interrupted").click()
        expect(person.page.locator("#id_abstract")).to_have_value("A sentence that ends in the mid")


def test_two_windows_are_kept_apart_until_a_person_decides(
    speaker: Visitor, demonstration: Meeting
) -> None:
    page = speaker.page
    state = "[data-draft-state]"
    speaker.go(f"/{demonstration.slug}/submit/")
    page.get_by_label("Title").fill("First window")
    expect(page.locator(state)).to_contain_text(SAVED)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Title").fill("Second window")
    expect(other.locator(state)).to_contain_text(SAVED)
    page.get_by_label("Title").fill("First window, continued")
    expect(page.locator(state)).to_contain_text("saved in another window")
    assert Draft.objects.get().content["title"] == ["Second window"]
    page.get_by_role("button", name="Keep what is typed here").click()
    expect(page.locator(state)).to_contain_text(SAVED)
    assert Draft.objects.get().content["title"] == ["First window, continued"]


def test_a_save_that_failed_is_said_and_tried_again(
    speaker: Visitor, demonstration: Meeting
) -> None:
    page = speaker.page
    speaker.go(f"/{demonstration.slug}/submit/")
    page.route("**/submit/draft/", lambda route: route.abort())
    page.get_by_label("Title").fill("Offline")
    expect(page.locator("[data-draft-state]")).to_contain_text("Not saved: no connection")
    assert not Talk.objects.filter(title="Offline").exists()
    page.unroute("**/submit/draft/")
    page.get_by_label("Title").fill("Online again")
    expect(page.locator("[data-draft-state]")).to_contain_text(SAVED)
    assert Talk.objects.filter(title="Online again").exists()
    # The browser itself notes the request that we made fail.
    speaker.complaints[:] = [text for text in speaker.complaints if "ERR_FAILED" not in text]
