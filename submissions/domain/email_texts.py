"""Texts of e-mails with placeholders such as {talk_title}, filled in one pass.

What people typed is put in place of a placeholder and never looked at again: braces in it stay
braces, addresses in it are taken apart so that no mail program makes links of them, and it is one
line. So nobody can send a convincing mail in the organisers' name by choosing a title.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from submissions.domain.abstracts.characters import clean

_BRACES: Final = re.compile(r"\{(?P<name>\w+)\}|[{}]")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class TextProblem:
    """What stands in braces and means nothing, or a brace alone."""

    found: str
    suggestion: str = ""
    """The placeholder that was probably meant, with its braces."""

    @property
    def is_brace(self) -> bool:
        return self.found in "{}"


def problems_in(text: str, allowed: Collection[str]) -> list[TextProblem]:
    """Everything in `text` that could not be filled in, each once, in the order it stands there."""
    found: dict[str, TextProblem] = {}
    for match in _BRACES.finditer(text):
        name = match["name"]
        if name in allowed or match[0] in found:
            continue
        meant = get_close_matches(name.lower(), list(allowed), n=1) if name else []
        found[match[0]] = TextProblem(match[0], braced(meant[0]) if meant else "")
    return list(found.values())


def braced(name: str) -> str:
    """A placeholder as it stands in a text."""
    return f"{{{name}}}"


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in. What is no placeholder of these stays as it is: a mail must go out."""
    return _BRACES.sub(lambda match: values.get(match["name"] or "", match[0]), text)


def fill_subject(text: str, values: Mapping[str, str], *, longest: int) -> str:
    """One line whatever the values are; a header can hold no more."""
    line = one_line(fill(text, values))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def fill_body(text: str, values: Mapping[str, str]) -> str:
    """Text with an end of line at its end; a value that is empty leaves no hole."""
    filled = fill(text.replace("\r\n", "\n"), values).strip()
    return _BLANK_LINES.sub("\n\n", filled) + "\n"


def one_line(text: str) -> str:
    r"""Single blanks between words, nothing invisible that a header or a reader could trip over.

    >>> one_line("A\r\nBcc: everybody@example.org")
    'A Bcc: everybody@example.org'
    """
    return " ".join(clean(text).split())


# --- What people typed ------------------------------------------------------------------------

# Invisible in the middle of a word: some programs look through them, so this module does too.
_HIDDEN = "[\u00ad\u200b-\u200f\u2060-\u2064]*"
_LETTERS = rf"{_HIDDEN}[^\W\d_]{_HIDDEN}[^\W\d_]"
_SCHEMES = "mailto|tel|sms|callto|data|javascript|geo|magnet|skype|sip|sips|xmpp|facetime|file"
_ADDRESS_PARTS: Final = re.compile(
    rf"""
    (?P<scheme>(?<=\w):(?=[/\\]))                    # http://
    | (?P<word>\b(?:{_SCHEMES})):(?=\S)              # mailto:
    | (?P<at>(?<=\S)[@＠](?=\S))                      # somebody@
    | (?P<dot>(?<=[^\s.．｡])(?:[.．｡](?={_LETTERS})|。(?=[A-Za-z]{{2}})))   # example.org
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FOUR_NUMBERS: Final = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")


def as_typed_by_people(text: str) -> str:
    """One line in which nothing can be clicked, still readable as it was typed.

    >>> as_typed_by_people("Win at https://evil.example/x or bob@evil.example")
    'Win at https: //evil. example/x or bob @ evil. example'
    >>> as_typed_by_people("Galaxies at z = 3.5, e.g. in astro-ph {private_link}")
    'Galaxies at z = 3.5, e.g. in astro-ph {private_link}'
    """
    line = one_line(text)
    line = _ADDRESS_PARTS.sub(_taken_apart, line)
    return one_line(_FOUR_NUMBERS.sub(lambda match: match[0].replace(".", ". "), line))


def _taken_apart(match: re.Match[str]) -> str:
    """A blank where a program would read on: visible, and any reader understands it."""
    return f" {match[0]} " if match["at"] else f"{match[0]} "
