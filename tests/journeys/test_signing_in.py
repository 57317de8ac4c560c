"""Coming back without a password: by a code on a phone, by a passkey, by ORCID."""

import pytest
from django.core import mail
from playwright.sync_api import expect

from submissions.domain.lifecycle import State
from submissions.models import Meeting, Talk
from tests.journeys.conftest import Visitor
from tests.journeys.looking import look
from tests.orcid_server import orcid_server
from tests.sign_in import newest_code

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def talk_to_change(meeting: Meeting) -> Talk:
    talks = Talk.objects.filter(meeting=meeting, state=State.SUBMITTED, prepared_decision="")
    return talks.exclude(authorships__speaker__email="").order_by("pk")[0]


def give_device(visitor: Visitor) -> None:
    """A device that keeps passkeys and is unlocked by its owner; none in it yet."""
    devices = visitor.page.context.new_cdp_session(visitor.page)
    devices.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def sign_in_by_code(visitor: Visitor, email: str) -> None:
    page = visitor.page
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
    page.get_by_label("Code").fill(newest_code().lower())
    page.get_by_role("button", name="Sign in").click()


def test_a_lost_link_on_a_phone_without_scripts(
    without_scripts: Visitor, demonstration: Meeting
) -> None:
    visitor, page, talk = without_scripts, without_scripts.page, talk_to_change(demonstration)
    author = talk.authorships.exclude(speaker__email="").first()
    assert author is not None
    visitor.go(f"/{demonstration.slug}/talks/open/cut-short/")
    sign_in_by_code(visitor, author.speaker.email)
    expect(page.get_by_role("heading", name="Your talks")).to_be_visible()
    page.locator("li", has_text=talk.code).get_by_role("link", name="Change").click()
    expect(page.get_by_label("Title")).to_have_value(talk.title)


def test_every_page_of_an_account_and_a_passkey(speaker: Visitor, demonstration: Meeting) -> None:
    page, problems = speaker.page, list[str]()

    def look_here() -> None:
        problems.extend(f"{page.url}: {each}" for each in [*speaker.complaints, *look(page)])
        speaker.complaints.clear()  # axe-core tries inline styles, which the policy refuses

    give_device(speaker)
    author = talk_to_change(demonstration).authorships.exclude(speaker__email="").first()
    assert author is not None
    speaker.go("/sign-in/password/")
    look_here()
    speaker.go("/sign-in/")
    page.get_by_label("E-mail address").fill(author.speaker.email)
    page.get_by_role("button", name="Send me a code").click()
    look_here()
    page.get_by_label("Code").fill(newest_code())
    page.get_by_role("button", name="Sign in").click()
    look_here()
    page.get_by_title("Your account").click()
    page.get_by_role("link", name="Add a passkey").click()
    look_here()
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    look_here()
    for path in ("", "app/add/", "devices/", "recovery-codes/new/", "again/passkey/"):
        speaker.go(f"/account/{path}")
        look_here()
    page.get_by_role("button", name="Sign out").first.click()
    speaker.go("/sign-in/")
    page.get_by_role("button", name="With a passkey").click()
    expect(page.get_by_role("heading", name="Your talks")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    speaker.go("/sign-in/")
    sign_in_by_code(speaker, author.speaker.email)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    look_here()
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="Your talks")).to_be_visible()
    assert not problems, "\n".join(problems)


def test_a_passkey_that_is_not_there_is_told_of(speaker: Visitor, transactional_db: None) -> None:
    page = speaker.page
    give_device(speaker)
    speaker.go("/sign-in/")
    page.get_by_role("button", name="With a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used.")


def test_to_orcid_and_back(speaker: Visitor, transactional_db: None, settings: object) -> None:
    """The policy of the page lets the button lead there, and nowhere else."""
    page = speaker.page
    with orcid_server() as issuer:
        speaker.go("/sign-in/")
        page.get_by_role("button", name="With ORCID").click()
        expect(page.get_by_text(f"Your ORCID {issuer.orcid} is not connected")).to_be_visible()
        sign_in_by_code(speaker, "josiah@example.org")
        expect(page.get_by_text("Your ORCID is connected.")).to_be_visible()
        expect(page.get_by_title("Your account")).to_have_text("Josiah Carberry")
        assert mail.outbox[0].to == ["josiah@example.org"]
        others = [each for each in speaker.complaints if issuer.address not in each]
        assert others == []
        speaker.complaints.clear()
