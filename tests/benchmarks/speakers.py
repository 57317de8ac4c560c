"""A speaker at the deadline, as a browser without pictures: plain HTTP with cookies."""

import http.client
import re
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

_FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')
_FORMAT = re.compile(r'name="format"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="format"')
_ABSTRACT = "We *learn* $10^5$ spectra of quiet galaxies, " * 12


@dataclass
class Submission:
    title: str
    waits: list[float] = field(default_factory=list)
    sent_in: float = 0
    errors: int = 0
    messages: list[str] = field(default_factory=list)


@dataclass
class Browser:
    port: int
    waits: list[float]
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, data: dict[str, str] | None = None, *, accept: str = "*/*"
    ) -> tuple[int, str, str]:
        """Status, place of a redirect, and text."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": accept,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, urlencode(data) if data else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        self.waits.append(time.perf_counter() - began)
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, answer.headers.get("Location", ""), text


def submit(port: int, number: int) -> Submission:
    """Propose one talk: the page, two saves while typing, the form, and the talk's own page."""
    done = Submission(f"Talk {number} of a busy hour")
    try:
        _submit(Browser(port, done.waits), number, done)
    except (OSError, http.client.HTTPException) as error:
        done.errors += 1
        done.messages.append(repr(error))
    return done


def _submit(browser: Browser, number: int, done: Submission) -> None:
    status, _place, page = browser.ask("GET", "/deadline/submit/")
    _note(done, "form", status, 200)
    typed = _filled(page, number, done.title)
    for text in (_ABSTRACT[:100], _ABSTRACT):
        saved = {**typed, "abstract": text}
        status, _place, answer = browser.ask(
            "POST", "/deadline/submit/draft/", saved, accept="application/json"
        )
        _note(done, "draft", status, 200)
        found = re.search(r'"version": (\d+)', answer)
        typed["draft"] = found[1] if found else "0"
    began = time.perf_counter()
    clicks = 2 if number % 10 == 0 else 1
    for _click in range(clicks):
        status, place, _text = browser.ask("POST", "/deadline/submit/", typed)
        _note(done, "submit", status, 302)
    done.sent_in = (time.perf_counter() - began) / clicks
    if place:
        status, _place, page = browser.ask("GET", place)
        _note(done, "talk", status, 200)


def _filled(page: str, number: int, title: str) -> dict[str, str]:
    fields = dict(_FIELD.findall(page))
    kind = _FORMAT.search(page)
    return {
        "csrfmiddlewaretoken": fields["csrfmiddlewaretoken"],
        "submit_key": fields["submit_key"],
        "draft": "0",
        "authors-TOTAL_FORMS": "1",
        "authors-INITIAL_FORMS": "0",
        "authors-0-given_name": "Speaker",
        "authors-0-family_name": f"Number{number}",
        "authors-0-email": f"speaker{number}@example.org",
        "authors-0-affiliations": "Institute of Haste",
        "authors-0-is_presenting": "on",
        "authors-0-ORDER": "1",
        "title": title,
        "abstract": _ABSTRACT,
        "astronomy_areas": "galaxies",
        "ml_areas_text": "deep learning",
        "format": (kind[1] or kind[2]) if kind else "",
    }


def _note(done: Submission, what: str, status: int, wanted: int) -> None:
    if status != wanted:
        done.errors += 1
        done.messages.append(f"{what}: {status}")
