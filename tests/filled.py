"""What a browser sends when a page is saved as it is shown."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


def filled(client: Client, url: str) -> dict[str, Any]:
    """Names and values of the page's forms, as they are typed there; values chosen from several
    are lists.
    """
    reader = _Fields()
    reader.feed(client.get(url).content.decode())
    return {"_continue": "Save"} | reader.values


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._select, self._takes_several = "", False
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name:
            self._take_input(name, given)
        elif tag == "select":
            self._select, self._takes_several = name, "multiple" in given
            if self._takes_several:
                self.values[name] = []
        elif tag == "option" and self._select:
            self._take_option(self._select, given)
        elif tag == "textarea":
            self._area, self.values[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            # The line break after the opening tag is no part of the text.
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data

    def _take_input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"checkbox", "radio"}:
            if "checked" in given:
                self.values[name] = given.get("value", "on")
        elif kind not in {"submit", "button", "file"}:
            self.values[name] = given.get("value", "")

    def _take_option(self, name: str, given: dict[str, str]) -> None:
        value = given.get("value", "")
        if self._takes_several:
            if "selected" in given:
                self.values[name].append(value)
        elif "selected" in given or name not in self.values:
            self.values[name] = value
