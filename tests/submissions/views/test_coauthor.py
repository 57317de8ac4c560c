"""The page of a co-author, from the link in the mail to the answer; and every link that is void."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import State
from submissions.models import Authorship, Email, Meeting, Talk
from tests.make import NOW, make_meeting, make_talk
from tests.submissions.views.filled_forms import address, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]


@pytest.fixture
def bo(client: Client, meeting: Meeting) -> Authorship:
    """A co-author of a talk that was proposed by the form."""
    more = {"given_name": "Bo", "family_name": "Li", "email": "bo@example.org", "orcid": ""}
    typed = {f"authors-1-{name}": value for name, value in more.items()}
    answer = client.post(address(meeting), sent(meeting, authors=2, **typed))
    assert answer.status_code == 302
    return Authorship.objects.select_related("talk", "speaker").get(speaker__family_name="Li")


def link_in_mail() -> str:
    body = Email.objects.get(kind="coauthor_notice").body
    found = re.search(r"https?://[^/]+(/\S+/co-author/open/\S+)", body)
    assert found is not None
    return found[1]


def page_of(authorship: Authorship) -> str:
    slug = authorship.talk.meeting.slug
    return reverse("submissions:coauthor-detail", args=[slug, authorship.pk])


def opened(bo: Authorship) -> tuple[Client, str]:
    """Another browser, on the page to which the link in the mail leads."""
    browser = Client()
    answer = browser.get(link_in_mail())
    assert (answer.status_code, answer["Location"]) == (302, page_of(bo))
    return browser, browser.get(page_of(bo)).content.decode()


def test_the_page_names_talk_and_authors_and_nobodys_address(bo: Authorship) -> None:
    _browser, page = opened(bo)
    assert "Engines that learn" in page
    assert "<strong>Bo Li</strong>" in page
    assert "Ada Lovelace" in page
    assert "Institute of Engines" in page
    for secret in ("ada@example.org", "bo@example.org", bo.talk.private_token()):
        assert secret not in page


def test_the_link_does_not_open_the_talk(bo: Authorship) -> None:
    browser, _page = opened(bo)
    slug, code = bo.talk.meeting.slug, bo.talk.code
    for name in ("talk-detail", "talk-edit"):
        path = reverse(f"submissions:{name}", args=[slug, code])
        assert browser.get(path).status_code == 404


def test_this_is_me(bo: Authorship) -> None:
    browser, _page = opened(bo)
    typed = {"given_name": "Bó", "family_name": "Lí", "affiliations": "Here\nThere", "orcid": ""}
    answer = browser.post(page_of(bo), typed | {"answer": "confirm", "email": "evil@example.org"})
    assert answer.status_code == 302
    bo = Authorship.objects.select_related("speaker").get(pk=bo.pk)
    assert (bo.confirmed_at, bo.speaker.name, bo.speaker.email) == (NOW, "Bó Lí", "bo@example.org")
    assert "You have confirmed that you are an author." in browser.get(page_of(bo)).content.decode()


def test_what_is_wrong_is_said_and_kept(bo: Authorship) -> None:
    browser, _page = opened(bo)
    typed = {"given_name": "Bó", "family_name": "", "affiliations": "Here", "orcid": "1234"}
    answer = browser.post(page_of(bo), typed | {"answer": "confirm"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter the family name, or the only name." in page
    assert "An ORCID has sixteen characters" in page
    assert 'value="Bó"' in page
    assert Authorship.objects.get(pk=bo.pk).confirmed_at is None


def test_i_am_not_an_author(bo: Authorship) -> None:
    browser, _page = opened(bo)
    answer = browser.post(page_of(bo), {"answer": "object", "word": "I left in May."})
    assert answer.status_code == 302
    bo = Authorship.objects.get(pk=bo.pk)
    assert (bo.objected_at, bo.objection) == (NOW, "I left in May.")
    assert Email.objects.get(kind="coauthor_objected").recipient == "ada@example.org"
    page = browser.get(page_of(bo)).content.decode()
    assert "Your name stays until the organisers have looked at it." in page


def test_of_a_withdrawn_talk_nothing_is_asked(bo: Authorship) -> None:
    browser, _page = opened(bo)
    Talk.objects.update(state=State.WITHDRAWN.value)
    page = browser.post(page_of(bo), {"answer": "object"}).content.decode()
    assert "there is nothing to answer" in page
    assert Authorship.objects.get(pk=bo.pk).objected_at is None


def test_looking_at_the_link_changes_nothing(bo: Authorship) -> None:
    opened(bo)
    fresh = Authorship.objects.get(pk=bo.pk)
    assert (fresh.confirmed_at, fresh.objected_at) == (None, None)


def without_time(page: str) -> str:
    """What may differ from one answer to the next, whatever was asked for."""
    return re.sub(r'csrf\w*" value="[^"]*"|nonce="[^"]*"|next=[^"]*"', "", page)


def test_every_link_that_does_not_work_shows_the_same_page(
    client: Client, bo: Authorship, meeting: Meeting
) -> None:
    good, other = link_in_mail(), make_meeting(contact_email="talks@example.org")
    stranger = Client()
    start = good.rpartition("/open/")[0]
    paths = {
        "forged": f"{start}/open/{good.split('/')[-2]}x/",
        "nonsense": f"{start}/open/x/",
        "the private link's": f"{start}/open/{bo.talk.private_token()}/",
        "without a link": page_of(bo),
        "of nobody": page_of(bo).replace(str(bo.pk), "99999999999999999999"),
        "of a draft": page_of(make_talk(meeting, State.DRAFT).authorships.get()),
        "of another meeting": good.replace(f"/{meeting.slug}/", f"/{other.slug}/"),
    }
    pages = {name: stranger.get(path) for name, path in paths.items()}
    assert {answer.status_code for answer in pages.values()} == {404}
    texts = {
        without_time(a.content.decode()) for n, a in pages.items() if n != "of another meeting"
    }
    assert len(texts) == 1
    assert "This link does not work" in pages["of another meeting"].content.decode()


def test_an_old_link_does_not_work(bo: Authorship) -> None:
    link = link_in_mail()
    with time_machine.travel(NOW + timedelta(days=401)):
        assert Client().get(link).status_code == 404


def test_a_browser_that_opened_it_is_shut_out_when_the_link_is_replaced(bo: Authorship) -> None:
    browser, _page = opened(bo)
    Authorship.objects.filter(pk=bo.pk).update(link_version=2)
    assert browser.get(page_of(bo)).status_code == 404
    assert browser.post(page_of(bo), {"answer": "object"}).status_code == 404
    assert Authorship.objects.get(pk=bo.pk).objected_at is None


def test_the_private_page_of_the_speaker_shows_no_address_of_a_co_author(
    client: Client, bo: Authorship
) -> None:
    path = reverse("submissions:talk-detail", args=[bo.talk.meeting.slug, bo.talk.code])
    page: Any = client.get(path).content.decode()
    assert "Bo Li" in page
    assert "bo@example.org" not in page
