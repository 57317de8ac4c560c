"""Visits all that a visitor can reach: every address of the matrix, links, and some guesses."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin

from tests.personas.addresses import Addresses
from tests.personas.matrix import Answer, ask, matrix
from tests.personas.world import World

_LINK = re.compile(r'(?:href|src|action|hx-get)="([^"]+)"')
_GUESSES = ("page=2", "format=json")
_PAGES = (":login", "_change", "_import_preview")
_PRIVATE_LINKS = ("submissions:talk-open", "submissions:coauthor-open")
_NEVER = ("/static/", "/sign-out/")


def crawl(world: World, who: str) -> dict[str, Answer]:
    """Everything that is answered, by address. Every path is asked for once, in a fixed order.

    Of the admin only the pages of rows are asked, and links into it are not followed: the matrix
    has each of its pages for rows of several meetings, and looks for secrets there.
    """
    client = world.client(who)
    waiting = [*starting_points(world)]
    paths = {address.partition("?")[0] for address in waiting}
    seen: dict[str, Answer] = {}
    while waiting:
        address = waiting.pop(0)
        seen[address] = given = ask(client, "GET", address)
        for link in links_of(given, address):
            path = link.partition("?")[0]
            if path not in paths and not path.startswith("/admin/"):
                paths.add(path)
                waiting.append(link)
    return seen


def starting_points(world: World) -> Iterator[str]:
    addresses = Addresses(world)
    for rows in matrix().values():
        for row in rows:
            # The rows with a private link are about whoever has it.
            is_asked = row.method == "GET" and row.name not in _PRIVATE_LINKS
            path = addresses.path(row.name, row.about)
            if is_asked and (not path.startswith("/admin/") or row.name.endswith(_PAGES)):
                yield path
                if row.about == "sky" and not path.startswith("/admin/"):
                    yield from (f"{path}?{guess}" for guess in _GUESSES)


def links_of(given: Answer, address: str) -> Iterator[str]:
    """The addresses of this site that a page links to, and where a redirect leads."""
    found = [*_LINK.findall(given.text), given.response.get("Location", "")]
    for link in found:
        target = urldefrag(urljoin(address, unescape(link))).url
        if target.startswith("/") and not target.startswith(("//", *_NEVER)):
            yield target
