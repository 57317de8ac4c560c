"""Reads matrix.txt and walks it: what each kind of visitor is answered at each address."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.personas.world import PERSONAS

FILE = Path(__file__).with_name("matrix.txt")

Words = Mapping[str, str]
"""One word for each kind of visitor."""


@dataclass(frozen=True, order=True)
class Row:
    method: str
    name: str
    about: str

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.about}"


@cache
def matrix() -> Mapping[str, Mapping[Row, Words]]:
    """By section of the file, its rows."""
    sections: dict[str, dict[Row, Words]] = defaultdict(dict)
    title = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            title = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            for row, words in _rows(line):
                assert row not in sections[title], f"{row} is there twice"
                sections[title][row] = words
    return MappingProxyType(sections)


def _rows(line: str) -> Iterator[tuple[Row, Words]]:
    method, names, objects, *words = line.split()
    for name, about in product(_unfolded(names), _unfolded(objects)):
        yield Row(method, name, about), dict(zip(PERSONAS, words, strict=True))


def _unfolded(text: str) -> Iterator[str]:
    """ "a{b,c}" is "ab" and "ac"."""
    parts = [part.split(",") for part in re.split(r"[{}]", text)]
    return ("".join(chosen) for chosen in product(*parts))


@dataclass(frozen=True)
class Answer:
    word: str
    """As in matrix.txt."""
    written: frozenset[str]
    """The tables that were written to, the login session aside."""
    statements: int
    """How many went to the database."""
    response: HttpResponse

    @property
    def text(self) -> str:
        """Everything that was answered, headers included."""
        headers = [f"{name}: {value}" for name, value in self.response.items()]
        body = self.response.getvalue().decode()
        return "\n".join([str(self.response.status_code), *headers, body])


def ask(client: Client, method: str, path: str, data: Mapping[str, Any] | None = None) -> Answer:
    """Ask, and undo whatever it did."""
    statements = Statements()
    with transaction.atomic(), connection.execute_wrapper(statements):
        send = getattr(client, method.lower())
        response = send(path) if data is None else send(path, data)
        transaction.set_rollback(True)
    written = statements.written()
    return Answer(_word(response, written), written, len(statements.seen), response)


_WRITING = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(?!django_session)(\w+)"')


class Statements:
    """Everything that is said to the database meanwhile."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001 - Django's signature
        context: Any,
    ) -> Any:
        self.seen.append(sql)
        return execute(sql, params, many, context)

    def written(self) -> frozenset[str]:
        return frozenset(found[1] for sql in self.seen if (found := _WRITING.match(sql)))


def _word(response: HttpResponse, written: frozenset[str]) -> str:
    if response.status_code != 302:
        return str(response.status_code)
    target = response["Location"].partition("?")[0]
    if written:
        return "done"
    if target in {reverse("submissions:account-sign-in"), reverse("admin:login")}:
        return "sign-in"
    is_of_index = target == reverse("admin:index") and response.wsgi_request.path != target  # type: ignore[attr-defined]
    return "index" if is_of_index else "302"
