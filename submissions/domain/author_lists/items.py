"""The names of a list, one from the other, and what stands behind each."""

import re
from collections.abc import Iterator
from typing import Final

from submissions.domain.author_lists.institutes import looks_like_institute
from submissions.domain.author_lists.personal_names import are_initials, is_suffix
from submissions.domain.author_lists.tokens import (
    HELD,
    MARK,
    MARKS_ALONE,
    Tokens,
    marks_in,
    without_strays,
)
from submissions.domain.author_lists.values import Doubt, Item
from submissions.domain.names import fold

_AND: Final = re.compile(r"(?:^|(?<=[\s,;\x02\x04]))(?:and|und)(?=\s)|\s?&\s?", re.IGNORECASE)
_NUMBERING: Final = re.compile(r"^\s*(?:\d{1,4}\s?[.):]\s?|[-•–]\s)")
_PRESENTING: Final = re.compile(
    r"\b(?:present\w*|speaker|talk)\b(?:\s+author)?[\s:]*", re.IGNORECASE
)
_NOT_A_PLACE: Final = re.compile(
    r"\s*(?:(?:corresponding|contact|first|lead|deceased|pi|co-?i|she|he|they)\b[\w\s/.-]{0,30})?\s*",
    re.IGNORECASE,
)
_WRAPPED: Final = 60
"""A line this long with several commas goes on in the next one."""

Parts = tuple[str, ...]
"""One author: a text, or family name and given name, or a text and what follows its comma."""


def separated(names: str) -> Iterator[Parts]:
    """The authors of a list, brackets put aside."""
    lines = [_NUMBERING.sub("", line) for line in names.split("\n") if line.strip()]
    if any(";" in line or "|" in line for line in lines):
        joined = "\n".join(_unwrapped(lines)) if len(lines) > 1 else "".join(lines)
        for part in re.split(r"[;|\n]", joined):
            yield from _between_semicolons(part)
    elif len(lines) > 1 and _one_per_line(lines):
        for line in lines:
            yield from _on_its_line(line)
    else:
        joined = " ".join(lines) if _are_wrapped(lines) else ", ".join(lines)
        yield from _between_commas(joined)


def read_item(tokens: Tokens, parts: Parts) -> Item:
    """One author with everything that stands behind the name."""
    item = Item()
    rest = [_without_tokens(tokens, part, item) for part in parts]
    rest = [part for part in rest if part]
    item.doubts += [Doubt.ORDER] if parts[-1] == "?" else []
    if rest and rest[-1] == "?":
        rest.pop()
    if len(rest) > 1 and looks_like_institute(rest[1]):
        item.affiliations.insert(0, ", ".join(rest[1:]))
        item.doubts.append(Doubt.INSTITUTE)
        rest = rest[:1]
    if len(rest) == 1 and looks_like_institute(rest[0]) and not item.marks:
        item.affiliations.insert(0, rest[0])
        item.doubts.append(Doubt.INSTITUTE)
        rest = []
    item.family_first = len(rest) > 1 and not is_suffix(rest[1])
    item.name = ", ".join(rest) if item.family_first else " ".join(rest)
    if len(rest) > 2 and (is_suffix(rest[1]) or is_suffix(rest[-1])):
        suffix = rest.pop(1 if is_suffix(rest[1]) else -1)
        item.family_first, item.name = True, f"{rest[0]} {suffix}, {' '.join(rest[1:])}"
    return item


def _without_tokens(tokens: Tokens, text: str, item: Item) -> str:
    item.marks += marks_in(text)
    text = MARK.sub(" ", text)
    for number in map(int, HELD.findall(text)):
        _take(tokens, number, item)
    text = without_strays(HELD.sub(" ", text))
    return " ".join(text.split()).strip(" ,;:&*")


def _take(tokens: Tokens, number: int, item: Item) -> None:
    if number in tokens.emails:
        item.email = item.email or tokens.emails[number]
    elif number in tokens.orcids:
        item.orcid = item.orcid or tokens.orcids[number]
    elif number in tokens.brackets:
        _read_bracket(tokens, tokens.brackets[number], item)


def _read_bracket(tokens: Tokens, text: str, item: Item) -> None:
    """An institute or several, an address, or a word about the author."""
    if alone := MARKS_ALONE.fullmatch(text):
        item.marks += re.split(r"[\s,]+", alone[1])
        return
    item.marks += marks_in(text)
    text = MARK.sub(" ", text)
    for number in map(int, HELD.findall(text)):
        _take(tokens, number, item)
    text = without_strays(HELD.sub(" ", text))
    if _PRESENTING.match(text.strip()) and not looks_like_institute(text):
        item.is_presenting = True
        text = _PRESENTING.sub("", text)
    for part in re.split(r";|\s/\s", text):
        name = " ".join(part.split()).strip(" ,:")
        if name and fold(name) and not _NOT_A_PLACE.fullmatch(name):
            item.affiliations.append(name)


def _between_semicolons(part: str) -> Iterator[Parts]:
    if "," in part:
        family, *rest = part.split(",")
        yield (family, *rest)
    else:
        yield from ((one,) for one in _AND.split(part))


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines of a list between semicolons: one goes on in the next unless it ends with one."""
    joined: list[str] = []
    for line in lines:
        if joined and not joined[-1].rstrip().endswith(";") and len(joined[-1]) >= _WRAPPED:
            joined[-1] = f"{joined[-1].rstrip()} {line}"
        else:
            joined.append(line)
    return joined


def _one_per_line(lines: list[str]) -> bool:
    if any(line.rstrip().endswith((",", "&", " and")) for line in lines):
        return all(line.count(",") <= 1 and line.rstrip().endswith(",") for line in lines[:-1])
    if _are_wrapped(lines):
        return False
    many = [line for line in lines if line.count(",") > 1]
    return all(looks_like_institute(line.partition(",")[2]) for line in many)


def _are_wrapped(lines: list[str]) -> bool:
    return any(len(line) >= _WRAPPED and line.count(",") > 1 for line in lines[:-1]) or any(
        line.rstrip().endswith((",", "&", " and")) for line in lines[:-1]
    )


def _on_its_line(line: str) -> Iterator[Parts]:
    line = line.strip().rstrip(",")
    if "\t" in line:
        fields = [field for field in line.split("\t") if field.strip()]
        places = [field for field in fields if looks_like_institute(field)]
        names = [field for field in fields if field not in places]
        yield (" ".join(names), *places)
    elif "," in line:
        yield tuple(line.split(","))
    else:
        yield from ((one,) for one in _AND.split(line))


def _between_commas(text: str) -> Iterator[Parts]:
    """Names between commas; "Smith, J., Doe, K." are pairs, and so may "Smith, John" be one."""
    parts = [part for part in re.split(r",|\x00", _AND.sub("\x00", text)) if part.strip()]
    bare = [_bare(part) for part in parts]
    if len(parts) % 2 == 0 and _are_doubtful_pairs(bare):
        for first, second in zip(parts[::2], parts[1::2], strict=True):
            certain = are_initials(_bare(second))
            yield (first, second) if certain else (first, second, "?")
        return
    index = 0
    while index < len(parts):
        taken = 1
        following = bare[index + 1] if index + 1 < len(parts) else ""
        if following and (is_suffix(following) or _is_given_of(bare[index], following)):
            taken = 2
            third = bare[index + 2] if index + 2 < len(parts) else ""
            if third and is_suffix(following) and are_initials(third):
                taken = 3
        yield tuple(parts[index : index + taken])
        index += taken


def _is_given_of(family: str, given: str) -> bool:
    return are_initials(given) and bool(family) and not are_initials(family)


def _are_doubtful_pairs(bare: list[str]) -> bool:
    """Only single words: "Doe, Jane, Smith, John"."""
    return all(part and " " not in part and not is_suffix(part) for part in bare) and not any(
        are_initials(part) for part in bare[::2]
    )


def _bare(part: str) -> str:
    return " ".join(HELD.sub(" ", MARK.sub(" ", part)).split())
