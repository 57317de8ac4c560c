"""What a half-filled form tells without being checked."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from submissions.domain.abstracts.characters import clean

Content = dict[str, list[str]]
"""Per field of a form the texts that a browser would send for it."""

_NOT_CONTENT: Final = frozenset({"csrfmiddlewaretoken", "draft", "mail"})
_LONGEST_TITLE: Final = 500
_FIRST_EMAIL: Final = re.compile(r"authors-(\d+)-email")
# Only to tell an address from half of one; forms check it properly.
_ADDRESS: Final = re.compile(
    r"[^@\s<>\"',;:()\[\]\\]{1,64}@[^@\s<>\"',;:()\[\]\\]+\.[^@\s<>.\"',]{2,}"
)


def content_of(sent: Iterable[tuple[str, list[str]]]) -> Content:
    """What is worth keeping of a sent form; NUL, which no database takes, is left out."""
    return {
        name: [text.replace("\x00", "") for text in texts]
        for name, texts in sent
        if name not in _NOT_CONTENT
    }


def is_worth_keeping(content: Content) -> bool:
    """Whether anything was typed: a form that was only looked at is no draft."""
    typed = ("title", "abstract", "remarks", "astronomy_areas_text", "ml_areas_text")
    names = (
        name
        for name in content
        if name in typed or re.fullmatch(r"authors-\d+-\w+_?name|authors-\d+-email", name)
    )
    return any(text.strip() for name in names for text in content[name])


def title_of(content: Mapping[str, list[str]]) -> str:
    """The title as far as it fits into a talk; "" if none was typed."""
    text = " ".join(clean((content.get("title") or [""])[0]).split())
    return text[:_LONGEST_TITLE]


def email_of(content: Mapping[str, list[str]]) -> str:
    """The first author's address that is one; "" if none is."""
    found = sorted(
        (int(match[1]), texts[0].strip())
        for name, texts in content.items()
        if texts and (match := _FIRST_EMAIL.fullmatch(name))
    )
    return next((text for _n, text in found if len(text) <= 254 and _ADDRESS.fullmatch(text)), "")


def size_of(content: Mapping[str, list[str]]) -> int:
    """Characters in all."""
    return sum(len(name) + sum(map(len, texts)) for name, texts in content.items())
