"""What visitors and caches between them are told about every public page."""

import pytest
from django.test import Client

from submissions.domain.lifecycle import State
from submissions.models import Talk
from tests.make import make_organiser
from tests.sessions.views.programmes import Published, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Published:
    return make_published()


def test_a_page_that_has_not_changed_is_not_sent_again(
    client: Client, published: Published
) -> None:
    for address in published.pages():
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b""), address


def test_a_page_may_be_shared_for_a_minute(client: Client, published: Published) -> None:
    for address in published.pages():
        response = client.get(address)
        assert response["Cache-Control"] == "public, max-age=60", address
        assert "Cookie" in response["Vary"], address
        assert "Last-Modified" not in response, address


def test_a_withdrawal_or_a_change_of_the_meeting_makes_a_page_new(
    client: Client, published: Published
) -> None:
    address = published.address("programme-detail")
    tags = [client.get(address)["ETag"]]
    Talk.objects.filter(pk=published.dust.pk).update(state=State.WITHDRAWN.value)
    tags.append(client.get(address)["ETag"])
    published.meeting.venue = "Another place"
    published.meeting.save()
    tags.append(client.get(address)["ETag"])
    assert len(set(tags)) == 3


def test_a_page_for_somebody_signed_in_is_theirs_alone(
    client: Client, published: Published
) -> None:
    address = published.address("programme-detail")
    tag = client.get(address)["ETag"]
    client.force_login(make_organiser(published.meeting))
    response = client.get(address, headers={"if-none-match": tag})
    assert (response.status_code, "ETag" in response) == (200, False)
    assert response["Cache-Control"] == "private, no-cache"


def test_an_unlisted_meeting_is_not_found_but_by_its_members(client: Client) -> None:
    published = make_published(is_listed=False)
    assert {client.get(address).status_code for address in published.pages()} == {404}
    client.force_login(make_organiser(make_published().meeting))
    assert {client.get(address).status_code for address in published.pages()} == {404}
    client.force_login(make_organiser(published.meeting))
    assert {client.get(address).status_code for address in published.pages()} == {200}
    response = client.get(published.address("programme-detail"))
    assert response["Cache-Control"] == "private, no-cache"


def test_pages_are_only_read(client: Client, published: Published) -> None:
    for address in published.pages():
        assert client.head(address).status_code == 200, address
        assert client.post(address).status_code == 405, address


def test_pages_hold_nothing_that_the_content_policy_forbids(
    client: Client, published: Published
) -> None:
    files = set(published.files())
    for address in published.pages():
        if address not in files:
            page = client.get(address).content.decode()
            assert " style=" not in page, address
            assert "<style" not in page, address
            assert page.count("<script") == page.count('<script type="module" src='), address
