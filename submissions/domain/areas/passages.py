"""A title and an abstract taken apart into clauses, each with how much it means to stand there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from submissions.domain.areas.folding import Token, fold_word, words

Tokens = tuple[Token, ...]

TITLE: Final = 1.0
OWN: Final = 0.75
"""In a sentence about what the authors did."""
PLAIN: Final = 0.5
OUTLOOK: Final = 0.2
"""In a sentence about what others will do."""
_LONGEST_TITLE: Final = 1_000
_LONGEST_ABSTRACT: Final = 20_000
"""Characters that are read: longer than any abstract; what follows is not looked at."""

_BREAK: Final = re.compile(r"[^\s\-‐‑‒–/'’‘\"“”*_&+]|\n\s*\n")
_SENTENCE_END: Final = re.compile(r"[.!?]\S*\s|\n\s*\n|[.!?]$")
# Markup is read as blanks of the same length, so that words stay where they are in the text.
_MARKUP: Final = re.compile(
    r"</?(?P<block>p|br|li|ul|ol|div|h\d|tr)\b[^<>]{0,200}>|</?[a-z][^<>]{0,200}>|&[a-z]{2,8};"
    r"|\\(?:ensuremath|math(?:rm|it|bf|cal)|text(?:it|bf|tt|rm|sc)?|emph|it|bf|rm|sc)\b|[\\${}~^]",
    re.IGNORECASE,
)


def folded(text: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in text.split())


_OWN_WORDS: Final = folded("we our us")
_THIS: Final = folded("work paper study talk poster contribution article project thesis letter")
_DONE: Final = folded(
    "presented proposed introduced developed trained applied demonstrated described"
)
_FUTURE: Final = folded("upcoming future forthcoming promising soon motivated motivate")
_EXTENSIBLE: Final = folded("extended extendable applicable generalised generalized adapted")
_BEFORE_I: Final = folded("talk here work and that particular first finally part then poster")
SORTING: Final = folded("classify classifies classified separate separates sort distinguish")
_SHORT: Final = 4  # words of one item of a list


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that no punctuation separates."""

    text: str
    tokens: Tokens
    place: float
    in_title: bool
    lists_classes: bool = False
    """Whether it goes on with a list of what is told apart: "into stars, AGN and binaries"."""
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    clauses: tuple[Clause, ...]
    abstract_words: int


def read_passage(title: str, abstract: str) -> Passage:
    """Take title and abstract apart; the work grows with the text up to a fixed length."""
    head, body = title[:_LONGEST_TITLE], abstract[:_LONGEST_ABSTRACT]
    clauses = [*_clauses(head, in_title=True)]
    if len(clauses) > 1 and _is_name(clauses[0], head):
        clauses[0] = replace(clauses[0], is_name=True)
    rest = [*_clauses(body, in_title=False)]
    return Passage((*clauses, *rest), sum(len(clause.tokens) for clause in rest))


def _is_name(clause: Clause, title: str) -> bool:
    """One word in the singular and a colon: what a program is called, not what a talk is about."""
    only = clause.tokens[0]
    return len(clause.tokens) == 1 and not only.plural and title[only.end :].startswith(":")


def _clauses(source: str, *, in_title: bool) -> Iterator[Clause]:
    text = _MARKUP.sub(_blank, source)
    tokens = words(text)
    ends = _sentence_ends(tokens, text)
    start = 0
    for end in ends:
        sentence = tokens[start:end]
        place = TITLE if in_title else _place(sentence)
        sorting = False
        for low, high in _between_breaks(sentence, text):
            part = sentence[low:high]
            yield Clause(source, part, place, in_title, sorting)
            keys = {token.key for token in part}
            begins = "into" in keys and bool(keys & SORTING)
            sorting = begins or (sorting and len(part) <= _SHORT)
        start = end


def _blank(markup: re.Match[str]) -> str:
    end = ". " if markup["block"] else "  "
    return end[: len(markup.group())].ljust(len(markup.group()))


def _sentence_ends(tokens: Tokens, text: str) -> list[int]:
    ends = [
        at
        for at in range(1, len(tokens))
        if _SENTENCE_END.search(text[tokens[at - 1].end : tokens[at].start])
    ]
    return [*ends, len(tokens)] if tokens else []


def _between_breaks(tokens: Tokens, text: str) -> Iterator[tuple[int, int]]:
    low = 0
    for at in range(1, len(tokens)):
        gap = text[tokens[at - 1].end : tokens[at].start]
        if not tokens[at].tight and _BREAK.search(gap):
            yield low, at
            low = at
    if tokens:
        yield low, len(tokens)


def _place(sentence: Tokens) -> float:
    keys = [token.key for token in sentence]
    known = frozenset(keys)
    if known & _EXTENSIBLE and "be" in known:
        return OUTLOOK
    is_own = bool(known & _OWN_WORDS) or _speaks_as_i(sentence)
    is_own = is_own or bool({"this", "here"} & known and known & (_THIS | _DONE))
    if is_own:
        return PLAIN if known & _FUTURE else OWN
    if known & _FUTURE or "will" in known:
        return OUTLOOK
    return OWN if known & _DONE else PLAIN


def _speaks_as_i(sentence: Tokens) -> bool:
    """Whether the speaker says "I"; not the numeral of a type of supernova."""
    return any(
        token.text == "I" and (at == 0 or sentence[at - 1].key in _BEFORE_I)
        for at, token in enumerate(sentence[:40])
    )
