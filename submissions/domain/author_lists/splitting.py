"""A pasted author list taken apart: names, institutes, addresses, and what was not certain."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from submissions.domain.author_lists.institutes import (
    Institutes,
    divided,
    looks_like_institute,
    read_institutes,
)
from submissions.domain.author_lists.items import read_item, separated
from submissions.domain.author_lists.personal_names import split_name
from submissions.domain.author_lists.tokens import HELD, Tokens, hide_brackets, tokenised
from submissions.domain.author_lists.tokens import with_number_marks as marked
from submissions.domain.author_lists.values import Doubt, Item, Note, SplitAuthor, SplitList
from submissions.domain.orcid import OrcidNotValid, normalise
from submissions.domain.scripts import mixed_words

LONGEST: Final = 1_000_000
"""Characters that are read; a list of 5,000 authors with institutes has half as many."""
MOST: Final = 10_000
"""Authors that are read; the largest collaborations have half as many."""
_LONGEST_NAME: Final = 120

_KINDS: Final = (
    r"(?:collaborations?|consorti(?:um|a)|teams?|surveys?|project|network|working groups?|group)"
)
_KIND: Final = re.compile(_KINDS, re.IGNORECASE)
_ON_BEHALF: Final = re.compile(
    r"[,;(\s]{0,5}\b(?:(?:and\s+)?on\s+behalf\s+of|(?:and\s+)?for)\s(?:the\s)?"
    rf"([^,;\n()\x01\x03]{{1,100}}?\b{_KINDS}\b)\s*\)?",
    re.IGNORECASE,
)
_BEHALF_OF_ANY: Final = re.compile(
    r"[,;(\s]{0,5}\b(?:and\s+)?on\s+behalf\s+of\s+(?:the\s+)?([^,;\n()\x01\x03]{2,150})\s*\)?",
    re.IGNORECASE,
)
_COLLABORATION: Final = re.compile(rf"(?:and\s+)?(?:the\s+)?(.+\b{_KINDS})", re.IGNORECASE)
_ET_AL: Final = re.compile(
    r"[,;\s]{0,5}\bet\.?\s?al\b\.?|[,;\s]{0,5}\band\sothers\b", re.IGNORECASE
)


def split_author_list(text: str) -> SplitList:
    """What the text seems to say. Never an error: what makes no sense is a doubt or left over."""
    notes = [Note.CUT] if len(text) > LONGEST else []
    tokens = tokenised(text[:LONGEST])
    above, below = divided(tokens.text)
    names, collaboration = _without_collaboration("\n".join(above))
    names, others = _ET_AL.subn("", names)
    if others:
        notes.append(Note.ET_AL)
    items, named = _items(tokens, marked(hide_brackets(tokens, names)))
    if len(items) == MOST:
        notes.append(Note.CUT)
    institutes = read_institutes(below)
    unused = _give_institutes(items, institutes)
    notes += _read_asterisks(tokens, items, institutes)
    if unused:
        notes.append(Note.UNUSED)
    authors = tuple(_author(item) for item in items)
    return SplitList(authors, collaboration or named, tuple(notes), tuple(unused))


def _without_collaboration(names: str) -> tuple[str, str]:
    match = None
    if _KIND.search(names):
        match = _ON_BEHALF.search(names)
    if match is None and "behalf" in names.lower():
        match = _BEHALF_OF_ANY.search(names)
    if match is None:
        return names, ""
    rest = f"{names[: match.start()]}; {names[match.end() :]}"
    return rest.strip(" ;\n"), " ".join(match[1].split())


def _items(tokens: Tokens, names: str) -> tuple[list[Item], str]:
    """The authors, and a collaboration that stands among them."""
    items: list[Item] = []
    collaboration = ""
    for parts in islice(separated(names), MOST):
        item = read_item(tokens, parts)
        bare = _COLLABORATION.fullmatch(item.name)
        if bare and not item.email and not item.orcid:
            collaboration = collaboration or bare[1]
        elif item.name:
            items.append(item)
        elif items:
            _join(items[-1], item)
    return items, collaboration


def _join(author: Item, rest: Item) -> None:
    """What stands between two names without being one belongs to the first."""
    author.affiliations += rest.affiliations
    author.marks += rest.marks
    author.email = author.email or rest.email
    author.orcid = author.orcid or rest.orcid
    author.is_presenting = author.is_presenting or rest.is_presenting
    author.doubts += rest.doubts


def _give_institutes(items: list[Item], institutes: Institutes) -> list[str]:
    """Give every author the institutes of their marks; return those that nobody has."""
    used: set[str] = set()
    for item in items:
        for mark in item.marks:
            if mark in institutes.by_mark:
                used.add(mark)
                item.affiliations.append(institutes.by_mark[mark])
            elif mark not in institutes.legend and (mark.isdigit() or mark.isalpha()):
                item.doubts.append(Doubt.MARK)
    left = [name for mark, name in institutes.by_mark.items() if mark not in used]
    if len(institutes.for_all) == 1 or len(items) == 1:
        for item in items:
            item.affiliations += institutes.for_all
    else:
        left += institutes.for_all
    return [*left, *institutes.unused]


def _read_asterisks(tokens: Tokens, items: list[Item], institutes: Institutes) -> list[Note]:
    starred = [item for item in items if "*" in item.marks]
    if not starred or "*" in institutes.by_mark:
        return []
    said = institutes.legend.get("*", "")
    addresses = [
        tokens.emails[int(number)] for number in HELD.findall(said) if int(number) in tokens.emails
    ]
    if len(starred) == 1 and addresses and not starred[0].email:
        starred[0].email = addresses[0]
    if re.search(r"correspond|e-?mail|contact", said, re.IGNORECASE) and "resent" not in said:
        return [Note.CORRESPONDING]
    for item in starred:
        item.is_presenting = True
    return [] if said else [Note.ASTERISK]


def _author(item: Item) -> SplitAuthor:
    doubts = list(item.doubts)
    if item.family_first:
        family, _comma, given = (part.strip() for part in item.name.partition(","))
    else:
        given, family, guessed = split_name(item.name)
        doubts += guessed
    doubts += _doubts_about(given, family, item.orcid)
    return SplitAuthor(
        given_name=given,
        family_name=family,
        email=item.email,
        orcid=item.orcid,
        affiliations=tuple(dict.fromkeys(item.affiliations)),
        is_presenting=item.is_presenting,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _doubts_about(given: str, family: str, orcid: str) -> Iterable[Doubt]:
    if any(character.isdigit() for character in given + family):
        yield Doubt.DIGITS
    if max(len(given), len(family)) > _LONGEST_NAME:
        yield Doubt.LONG
    if looks_like_institute(f"{given} {family}"):
        yield Doubt.INSTITUTE
    if mixed_words(f"{given} {family}"):
        yield Doubt.SCRIPTS
    try:
        normalise(orcid)
    except OrcidNotValid:
        yield Doubt.ORCID
