"""A browser that complains: about console errors, the content policy and other hosts.

Debian's Chromium is driven by Playwright; a test that needs it is skipped where there is none.
"""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright
from pytest_django.live_server_helper import LiveServer

from sessions.models import Release
from submissions.models import Meeting
from tests.journeys.looking import NARROW, WIDE

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
# The console tells of most refusals of the policy, but not of all.
TELL_OF_THE_POLICY = """addEventListener("securitypolicyviolation", (refusal) =>
    console.error(`Content Security Policy: ${refusal.violatedDirective} ${refusal.blockedURI}`));
"""


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

    def go(self, path: str) -> Response | None:
        return self.page.goto(f"{self.address}{path}")

    def sign_in(self, email: str, password: str) -> None:
        self.go("/sign-in/password/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def heed_message(self, message: ConsoleMessage) -> None:
        # An answer such as 422 is noted by the browser as well; the tests look at those pages.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.complaints.append(message.text)

    def heed_request(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme in ("http", "https") and target.netloc != urlsplit(self.address).netloc:
            self.complaints.append(f"asked another host: {request.url}")

    def heed_response(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {response.url}")


@contextmanager
def visitor(browser: Browser, address: str, **options: Any) -> Iterator[Visitor]:
    """Open a window that notes what goes wrong, and see at the end that nothing did."""
    context = browser.new_context(**{"viewport": WIDE, **options})
    context.add_init_script(TELL_OF_THE_POLICY)
    person = Visitor(context.new_page(), address)
    person.page.on("console", person.heed_message)
    person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
    person.page.on("request", person.heed_request)
    person.page.on("response", person.heed_response)
    yield person
    context.close()
    assert person.complaints == []


@pytest.fixture
def speaker(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    with visitor(browser, live_server.url) as person:
        yield person


@pytest.fixture
def organiser(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    with visitor(browser, live_server.url) as person:
        yield person


@pytest.fixture
def without_scripts(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    """On a phone, with JavaScript switched off."""
    with visitor(
        browser, live_server.url, viewport=NARROW, java_script_enabled=False, has_touch=True
    ) as person:
        yield person


@pytest.fixture
def site(live_server: LiveServer, settings: Any) -> str:
    """The address of the server; links in mails lead there."""
    address: str = live_server.url
    settings.SITE_URL = address
    return address


@pytest.fixture
def demonstration(transactional_db: None) -> Meeting:
    """The invented meeting that `make demo` shows: its call is open, its programme published."""
    silently = io.StringIO()
    call_command("load_areas", stdout=silently)
    call_command("load_demo", stdout=silently)
    return Release.objects.order_by("-published_at")[0].meeting
