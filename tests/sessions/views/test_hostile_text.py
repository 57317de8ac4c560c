"""What people type stays text on every page, wherever they typed it."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from sessions.models import Room, Session, SessionChair, Slot
from sessions.operations.releasing import publish
from submissions.models import Affiliation, AstronomyArea, Meeting, MLArea, Speaker, Talk
from tests.make import NOW, make_organiser
from tests.sessions.views.programmes import Published, make_published

pytestmark = pytest.mark.django_db

OWN_SCRIPT = "/static/js/local-times.js"


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.elements: set[str] = set()
        self.handlers: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag == "script":
            self.scripts.append(dict(attrs).get("src"))


def make_hostile(text: str) -> Published:
    """A published meeting in which everything that people type is `text`."""
    published = make_published()
    Meeting.objects.update(name=text, venue=text, place=text)
    Talk.objects.update(title=text, abstract=text)
    Speaker.objects.update(given_name=text, family_name=text)
    Affiliation.objects.update(name=text)
    AstronomyArea.objects.update(label=text)
    MLArea.objects.update(label=text)
    Session.objects.update(theme=text, description=text)
    SessionChair.objects.update(position=2)
    Slot.objects.filter(talk=None).update(title=text)
    for room in Room.objects.all():
        Room.objects.filter(pk=room.pk).update(name=f"{text}{room.pk}")
    publish(published.meeting, by=make_organiser(published.meeting), at=NOW)
    return published


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "'><svg onload=alert(1)>",
        "[x](javascript:alert(1)) ![x](https://evil.example/x.png)",
        r"$\href{javascript:alert(1)}{x}$ $\text{<img src=x onerror=alert(1)>}$",
        "{{ 7|add:7 }}{% load i18n %}",
    ],
)
def test_nothing_typed_becomes_an_element_a_handler_or_a_strange_address(
    client: Client, text: str
) -> None:
    published = make_hostile(text)
    files = set(published.files())
    for address in published.pages():
        if address in files:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        reader = Reader()
        reader.feed(response.content.decode())
        assert set(reader.scripts) <= {OWN_SCRIPT}, address
        assert not reader.elements & {"img", "iframe", "object", "style", "base"}, address
        assert reader.handlers == [], address
        strange = [a for a in reader.addresses if not a.startswith(("/", "#", "?", "http"))]
        assert strange == [], address
