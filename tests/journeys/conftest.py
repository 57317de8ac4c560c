"""A browser that complains: about console errors, the content policy, other hosts and axe-core.

Debian's Chromium is driven by Playwright; a test that needs it is skipped where there is none.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1366, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (Debian, Ubuntu: apt install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """One person with one browser window."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def sign_in(self, email: str, password: str) -> None:
        self.go("/sign-in/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def axe(self) -> list[str]:
        """Serious and critical findings of axe-core on the page as it stands."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate(
            "axe.run({resultTypes: ['violations']}).then(result => result.violations)"
        )
        return [
            f"{finding['id']}: {finding['nodes'][0]['html'][:200]}"
            for finding in found
            if finding["impact"] in ("serious", "critical")
        ]

    def overflows(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def visitor(context: BrowserContext, address: str) -> Visitor:
    """Watch a new window: what the browser complains about is kept in `complaints`."""
    page = context.new_page()
    watched = Visitor(page, address)
    host = urlsplit(address).netloc

    def heed(message: Any) -> None:
        # An answer such as 422 is noted by the browser as well; the tests look at those pages.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            watched.complaints.append(message.text)

    def heed_request(request: Any) -> None:
        target = urlsplit(request.url)
        if target.scheme in ("http", "https") and target.netloc != host:
            watched.complaints.append(f"asked another host: {request.url}")

    page.on("console", heed)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("request", heed_request)
    return watched


@pytest.fixture
def speaker(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    context = browser.new_context(viewport=WIDE)
    person = visitor(context, live_server.url)
    yield person
    context.close()
    assert person.complaints == []


@pytest.fixture
def organiser(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    context = browser.new_context(viewport=WIDE, accept_downloads=True)
    person = visitor(context, live_server.url)
    yield person
    context.close()
    assert person.complaints == []


@pytest.fixture
def without_scripts(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)
    person = visitor(context, live_server.url)
    yield person
    context.close()
    assert person.complaints == []
