"""Areas while typing: suggested below the abstract, taken by a click or by the keyboard."""

import pytest
from playwright.sync_api import expect

from submissions.models import Meeting
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_suggestion_is_taken_into_the_picker(speaker: Visitor, demonstration: Meeting) -> None:
    page = speaker.page
    speaker.go(f"/{demonstration.slug}/submit/")
    page.get_by_label("Title").fill("Finding strong gravitational lenses with vision transformers")
    lenses = page.get_by_role("button", name="Add Gravitational lensing")
    transformers = page.get_by_role("button", name="Add Transformers and attention")
    expect(page.locator("q", has_text="strong gravitational lenses")).to_be_visible()
    lenses.focus()
    page.keyboard.press("Enter")
    expect(lenses).to_have_count(0)
    expect(transformers).to_be_focused()
    chosen = page.locator("select[name=astronomy_areas] option:checked")
    assert [option.get_attribute("value") for option in chosen.all()] == ["gravitational-lensing"]
    # What is chosen is not suggested again.
    page.get_by_label("Abstract", exact=False).first.fill(
        "We train a vision transformer on lenses."
    )
    expect(page.locator("q", has_text="vision transformers")).to_be_visible()
    expect(lenses).to_have_count(0)
