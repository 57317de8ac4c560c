"""A typed text taken apart: runs of parts to be read together, brackets beside their owner."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from submissions.domain.areas.folding import PREFIXES, Token, fold_word, words


class Link(StrEnum):
    """What stands between a part and the one before it."""

    NONE = "none"
    AND = "and"
    SLASH = "slash"
    COLON = "colon"
    DASH = "dash"
    """A dash between blanks, or the end of a line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A few words that name one thing, or several without saying so."""

    start: int
    end: int
    """Where it stands in the text."""
    tokens: tuple[Token, ...]
    link: Link
    asides: tuple["Run", ...] = ()
    """What stands in brackets in it or after it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Parts that no comma, semicolon or full stop separates."""

    parts: tuple[Part, ...]


_MARKS: Final = re.compile(
    r"""
      (?P<ending> (?<=\w)\((?:s|es)\) )
    | (?P<optional> [(\[](?P<prefix>[^\W\d_]{2,10})-?[)\]]-?(?=\w) )
    | (?P<open> [(\[{（] )
    | (?P<close> [)\]}）] )
    | (?P<hard> [,;|\t•·、，；→⇒…] | \.\.+ | [.!?](?=\s|$) )
    | (?P<dash> [\r\n\u2028\u2029\x85]+ | (?<!\S)[-–—−*>~]{1,3}(?!\S) | — | -- )
    | (?P<slash> (?<![^\W_])[^\W\d_][/&][^\W\d_](?![^\W_]) | \bw/o?(?=\s) | [/\\] )
    | (?P<colon> :(?!\d) | > )
    | (?P<and> & | (?<=\s)\+(?=\s) | \bet\b(?!\ al)
             | \b(?:and|und|sowie|or|plus|vs|versus|as\ well\ as)\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DEEPEST: Final = 3  # brackets within brackets beyond this are read as if they were not there
_OPTIONAL: Final = 2
"""Bracketed prefixes that are read in one part."""
_SOFT: Final = {"dash": Link.DASH, "slash": Link.SLASH, "colon": Link.COLON, "and": Link.AND}


@dataclass(slots=True)
class _Draft:
    link: Link
    """NONE: it begins a run."""
    spans: list[tuple[int, int]] = field(default_factory=list)
    optional: list[tuple[int, int, str]] = field(default_factory=list)
    """Bracketed prefixes, "(un)supervised": where they start and end, and what they are."""
    asides: list["_Frame"] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """One level of brackets."""

    at: int
    drafts: list[_Draft] = field(default_factory=lambda: [_Draft(Link.NONE)])

    @property
    def draft(self) -> _Draft:
        return self.drafts[-1]

    def read_to(self, end: int, text: str) -> None:
        if text[self.at : end].strip():
            self.draft.spans.append((self.at, end))

    def begin(self, link: Link) -> None:
        # Two marks in a row count as the stronger one: "a, and b", "and/or".
        if not self.draft.spans and not self.draft.asides:
            if link is Link.NONE:
                self.draft.link = link
            return
        self.drafts.append(_Draft(link))


def split(text: str) -> tuple[Run, ...]:
    """Take a text apart, in time proportional to its length. Nothing of it raises.

    >>> [len(run.parts) for run in split("Stars (hot), AGN/quasars and galaxies")]
    [1, 3]
    """
    frames = [_Frame(0)]
    ignored = 0
    for mark in _MARKS.finditer(text):
        kind = mark.lastgroup if mark.lastgroup != "prefix" else "optional"
        frame = frames[-1]
        if kind == "slash" and len(mark.group()) > 1:
            continue  # "N/A", "S/N", "w/": one thing
        if kind == "optional" and fold_word(mark["prefix"]) not in PREFIXES:
            kind = "open"
        if kind == "open" and len(frames) > _DEEPEST:
            ignored += 1
            continue
        if kind == "close" and (ignored or len(frames) == 1):
            ignored = max(0, ignored - 1)
            continue
        frame.read_to(mark.start(), text)
        _apply(frames, mark, kind or "")
    frames[-1].read_to(len(text), text)
    return tuple(_runs(frames[0], text))


def _apply(frames: list[_Frame], mark: re.Match[str], kind: str) -> None:
    frame = frames[-1]
    frame.at = mark.end()
    if kind == "optional":
        frame.draft.optional.append((mark.start(), mark.end(), mark["prefix"]))
    elif kind == "open":
        inner = _Frame(mark.start() + 1)
        frame.draft.asides.append(inner)
        frames.append(inner)
    elif kind == "close":
        frames.pop()
        frames[-1].at = mark.end()
    elif kind != "ending":
        frame.begin(_SOFT.get(kind, Link.NONE))


def _runs(frame: _Frame, text: str) -> Iterator[Run]:
    parts: list[Part] = []
    for draft in frame.drafts:
        made = _parts(draft, text)
        if made and made[0].link is Link.NONE and parts:
            yield Run(tuple(parts))
            parts = []
        parts.extend(made)
    if parts:
        yield Run(tuple(parts))


def _parts(draft: _Draft, text: str) -> list[Part]:
    tokens = tuple(token for start, end in draft.spans for token in words(text, start, end))
    asides = tuple(run for frame in draft.asides for run in _runs(frame, text))
    if not tokens:
        return (
            [Part(draft.asides[0].at, draft.asides[0].at, (), draft.link, asides)] if asides else []
        )
    start, end = tokens[0].start, tokens[-1].end
    if (
        not asides and len(draft.spans) == 1
    ):  # then the punctuation around the words is theirs: "C++"
        start, end = _trimmed(text, *draft.spans[0])
    part = Part(start, end, tokens, draft.link, asides)
    return [part, *_with_prefixes(part, draft, text)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    typed = text[start:end]
    return end - len(typed.lstrip()), start + len(typed.rstrip())


def _with_prefixes(part: Part, draft: _Draft, text: str) -> Iterator[Part]:
    """For "(un)supervised learning" the second area it means, as if joined by "and"."""
    for start, end, prefix in draft.optional[:_OPTIONAL]:
        for at, token in enumerate(part.tokens):
            if token.start == end:
                key = fold_word(fold_word(prefix) + token.key)
                changed = replace(
                    token, text=text[start : token.end], start=start, key=key, bare=token.key
                )
                tokens = (*part.tokens[:at], changed, *part.tokens[at + 1 :])
                yield Part(start, part.end, tokens, Link.AND)
                break
