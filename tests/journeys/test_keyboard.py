"""What a speaker and a reader do, without a mouse: the focus leads there and is always seen."""

import pytest
from playwright.sync_api import Page, expect

from submissions.models import Meeting, Talk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# Where the focus is, and whether a person would see that it is there: by a ring around the control,
# or around the box that holds it (a picker's text field has none of its own).
FOCUS = """() => {
    const focused = document.activeElement;
    const hasRing = (element) => {
        const style = getComputedStyle(element);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        return outlined || style.boxShadow !== "none";
    };
    return {
        text: (focused.labels?.[0] ?? focused).textContent.trim().replace(/\\s+/g, " "),
        isSeen: hasRing(focused) || hasRing(focused.closest(".ts-control") ?? focused),
    };
}"""


def tab_to(page: Page, text: str, *, at_most: int = 60) -> None:
    """Press Tab until the focus is on what is called `text`; on its way it is always visible."""
    met = []
    for _step in range(at_most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        met.append(focus["text"])
        assert focus["isSeen"], f"the focus on “{focus['text']}” cannot be seen"
        if focus["text"].startswith(text):
            return
    pytest.fail(f"“{text}” is not reached by Tab, only {met}")


def test_the_first_stop_leads_to_the_content(speaker: Visitor, demonstration: Meeting) -> None:
    page = speaker.page
    speaker.go(f"/{demonstration.slug}/programme/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_an_abstract_unfolds_and_leads_on(speaker: Visitor, demonstration: Meeting) -> None:
    page = speaker.page
    talk = page.locator("details.programme-row").first
    speaker.go(f"/{demonstration.slug}/programme/?q=galaxies")
    title = talk.locator("summary .talk-title").inner_text().split(maxsplit=1)[1]
    tab_to(page, talk.locator("summary").inner_text().split()[0])
    page.keyboard.press("Enter")
    expect(talk.locator(".abstract")).to_be_visible()
    tab_to(page, "Talk page")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_talk_is_proposed(speaker: Visitor, demonstration: Meeting) -> None:
    page = speaker.page
    speaker.go(f"/{demonstration.slug}/submit/")
    tab_to(page, "Family name")
    page.keyboard.type("Keys")
    tab_to(page, "E-mail address")
    page.keyboard.type("keys@example.org")
    tab_to(page, "Title")
    page.keyboard.type("Only keys")
    tab_to(page, "Abstract")
    page.keyboard.type("No *mouse*.")
    expect(page.locator("#preview em")).to_have_text("mouse")
    for label, word in (("Areas of astronomy", "quasar"), ("Areas of machine learning", "CNN")):
        choose_area(page, label, word)
    tab_to(page, demonstration.talk_formats.all()[0].name)
    page.keyboard.press("Space")
    for box in ("A talk only", "Simulations", "I have read the code of conduct"):
        tab_to(page, box)
        page.keyboard.press("Space")
    tab_to(page, "Submit talk")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We have received your proposal")).to_be_visible()
    talk = Talk.objects.get(title="Only keys")
    assert [area.slug for area in (*talk.astronomy_areas.all(), *talk.ml_areas.all())] == [
        "active-galactic-nuclei",
        "convolutional-neural-networks",
    ]


def choose_area(page: Page, label: str, word: str) -> None:
    tab_to(page, label)
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def test_what_is_wrong_is_reached_from_the_summary(
    speaker: Visitor, demonstration: Meeting
) -> None:
    page = speaker.page
    speaker.go(f"/{demonstration.slug}/submit/")
    tab_to(page, "Submit talk")
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Please correct the following")
    tab_to(page, "Title")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_be_focused()
