r"""Marks, addresses and brackets of a pasted list, each replaced by a token that no text holds.

`\x01 … \x02` is a mark (what stands raised behind a name or before an institute), `\x03n\x04`
the nth thing put aside. Control characters are taken out of the text before, so that nothing
pasted looks like a token. Every pattern is bounded: a megabyte of anything is read in seconds.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from submissions.domain.abstracts.characters import clean

MARK: Final = re.compile("\x01([^\x01\x02]*)\x02")
HELD: Final = re.compile("\x03(\\d+)\x04")

_EMAIL: Final = re.compile(r"(?:mailto:)?([\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_ORCID: Final = re.compile(
    r"(?:\bORCID(?:\s?iD)?\s?:?\s?)?(?:https?://)?(?:www\.)?(?:orcid\.org/)?"
    r"(?<!\d)(\d{4}[-‐–]?\d{4}[-‐–]?\d{4}[-‐–]?\d{3}[\dXx])(?!\w)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"\b(?:e-?mail|orcid)(?:\s?id)?\s{0,3}:?\s{0,3}(?=\x03)", re.IGNORECASE)
_RAISED: Final = re.compile(
    r"<sup>([^<>]{1,40})</sup>|\\(?:textsuperscript|inst|affilmark)\{([^{}]{1,40})\}"
    r"|\$?\^\{([^{}]{1,40})\}\$?|\$?\^\(([^()]{1,40})\)\$?",
    re.IGNORECASE,
)
_CARET: Final = re.compile(
    r"\$?\^((?:\d{1,3}|[a-z](?![a-z]))(?:\s?,\s?(?:\d{1,3}|[a-z*†‡](?![a-z])))*)\$?|\^(?=[*†‡§¶])"
)
_RAISED_DIGITS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_LETTERS: Final = "ᵃᵇᶜᵈᵉᶠᵍʰ"
_UNICODE: Final = re.compile(
    f"[{_RAISED_DIGITS}{_RAISED_LETTERS}]+(?:\\s?[,˒’]\\s?[{_RAISED_DIGITS}{_RAISED_LETTERS}]+)*"
)
_LOWERED: Final = str.maketrans(
    _RAISED_DIGITS + _RAISED_LETTERS + "˒’", "0123456789" + "abcdefgh" + ",,"
)
_SYMBOL: Final = re.compile(r"[*∗†‡§¶✉]")
_NUMBERS: Final = r"\d{1,3}(?:\s?,\s?\d{1,3})*"
MARKS_ALONE: Final = re.compile(rf"\s*({_NUMBERS}|[a-z](?:\s?,\s?[a-z])*)\s*")
"""What stands between brackets if they hold marks."""
_NUMBERS_BEHIND: Final = re.compile(rf"(?<=[^\W\d_]|[.\x02])[ ]?({_NUMBERS})(?!\w)")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_STRAYS: Final = re.compile("[\x01-\x06]")
_OPENING: Final = {"(": ")", "[": "]"}


@dataclass(slots=True)
class Tokens:
    """A text with tokens, and what they stand for."""

    text: str
    emails: dict[int, str] = field(default_factory=dict)
    orcids: dict[int, str] = field(default_factory=dict)
    brackets: dict[int, str] = field(default_factory=dict)

    def hold(self, kept: dict[int, str], text: str) -> str:
        number = len(self.emails) + len(self.orcids) + len(self.brackets)
        kept[number] = text
        return f"\x03{number}\x04"


def tokenised(text: str) -> Tokens:
    """The text with addresses, ORCIDs and unmistakable marks replaced."""
    tokens = Tokens(_without_markup(re.sub("[\x00-\x06]", "", clean(text))))
    if "@" in tokens.text:
        tokens.text = _EMAIL.sub(lambda m: tokens.hold(tokens.emails, m[1]), tokens.text)
        tokens.text = re.sub(r"<\s?(\x03\d+\x04)\s?>", r" \1", tokens.text)
    tokens.text = _ORCID.sub(lambda m: f" {tokens.hold(tokens.orcids, m[1])}", tokens.text)
    tokens.text = _LABEL.sub(" ", tokens.text)
    tokens.text = _RAISED.sub(lambda m: _mark(next(filter(None, m.groups()))), tokens.text)
    tokens.text = _CARET.sub(lambda m: _mark(m[1]) if m[1] else "", tokens.text)
    tokens.text = _UNICODE.sub(lambda m: _mark(m[0].translate(_LOWERED)), tokens.text)
    tokens.text = _SYMBOL.sub(_symbol_mark, tokens.text)
    tokens.text = _TAG.sub(" ", tokens.text)
    return tokens


def with_number_marks(text: str) -> str:
    """Numbers behind names as marks; for the part of a list where numbers can mean nothing else."""
    return _NUMBERS_BEHIND.sub(lambda m: _mark(m[1]), text)


def hide_brackets(tokens: Tokens, text: str) -> str:
    """Everything between outermost brackets put aside; a bracket without its partner stays."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for match in re.finditer(r"[()\[\]]", text):
        if match[0] in _OPENING:
            waiting.append(match.start())
        elif waiting and _OPENING[text[waiting[-1]]] == match[0]:
            partners[waiting.pop()] = match.start()
    out: list[str] = []
    done = 0
    for start, end in sorted(partners.items()):
        if start >= done:
            out.append(text[done:start])
            out.append(tokens.hold(tokens.brackets, text[start + 1 : end]))
            done = end + 1
    return "".join(out) + text[done:]


def without_strays(text: str) -> str:
    """Without halves of tokens, which only marks within marks leave behind."""
    return _STRAYS.sub(" ", text)


def marks_in(text: str) -> list[str]:
    """The single marks of all tokens of a text, in order."""
    return [
        one
        for found in MARK.findall(text)
        for one in re.split(r"[,\s]+", found.replace("∗", "*"))
        if one
    ]


def _mark(text: str) -> str:
    """The token of a mark; without commas, which separate names."""
    text = text.translate(_LOWERED)
    inner = _SYMBOL.sub(lambda m: f" {m[0]} ", text.replace("\\dagger", "†").replace("\\ast", "*"))
    return f"\x01{inner.replace(',', ' ').replace(';', ' ')}\x02"


def _symbol_mark(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 60) : match.start()]
    if before.rfind("\x01") > before.rfind("\x02"):
        return match[0]  # it stands in a mark already
    return f"\x01{match[0]}\x02"


def _without_markup(text: str) -> str:
    text = re.sub(r"<br\s?/?>", "\n", text, flags=re.IGNORECASE)
    text = re.sub(r"\\and\b|\\And\b", ";", text)
    return text.replace("\\\\", "\n").replace("~", " ").replace("\\&", "&").replace("\xa0", " ")
