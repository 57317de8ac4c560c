"""The submission form as a browser fills, sends and shows it."""

from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from django.urls import reverse

from submissions.models import Meeting, TalkFormat

ADA = "Ada Lovelace *, ada@example.org, 0000-0002-1825-0097, Institute of Engines; Loom College"


class Fields(HTMLParser):
    """What the form on a page would send if it were sent as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._select = self._textarea = ""
        self._ignored = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "template":
            self._ignored += 1
        if self._ignored:
            return
        if tag == "input" and name:
            has_tick = given.get("type") in ("checkbox", "radio")
            if "checked" in given or not has_tick:
                value = given.get("value", "on" if has_tick else "")
                self.values.setdefault(name, []).append(value or "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.values.setdefault(self._select, []).append(given.get("value") or "")
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._ignored -= 1
        if tag == "select":
            self._select = ""
        if tag == "textarea" and self._textarea:
            # As browsers do: the line end right after the tag is not part of the text.
            [text] = self.values[self._textarea]
            self.values[self._textarea] = [text.removeprefix("\n")]
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea and not self._ignored:
            self.values[self._textarea][0] += data


def sent(meeting: Meeting, *, authors: int = 1, **fields: Any) -> dict[str, Any]:
    """What a browser sends from a well-filled form with one author."""
    return {
        "submit_key": str(uuid4()),
        "authors-TOTAL_FORMS": str(authors),
        "authors-INITIAL_FORMS": "0",
        "authors-0-given_name": "Ada",
        "authors-0-family_name": "Lovelace",
        "authors-0-email": "ada@example.org",
        "authors-0-affiliations": "Institute of Engines\nLoom College",
        "authors-0-orcid": "0000-0002-1825-0097",
        "authors-0-is_presenting": "on",
        "authors-0-ORDER": "1",
        "title": "Engines that learn",
        "astronomy_areas": ["galaxies"],
        "ml_areas": ["deep-learning"],
        "abstract": "We *learn* $10^5$ things.",
        "format": str(TalkFormat.objects.filter(meeting=meeting)[0].pk),
        **fields,
    }


def address(meeting: Meeting, name: str = "talk-submit") -> str:
    return reverse(f"submissions:{name}", args=[meeting.slug])
