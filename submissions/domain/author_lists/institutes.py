"""The part of a pasted list that says what the marks behind the names mean."""

import re
from dataclasses import dataclass, field
from typing import Final

from submissions.domain.author_lists.tokens import HELD, MARK, marks_in, without_strays

_NUMBERED_LINE: Final = re.compile(
    r"^\s*(?:[(\[]\s?(\d{1,3}|[a-z])\s?[)\]]|(\d{1,3})\s?[.):]?(?=\s|[^\W\d_])(?!(?:st|nd|rd|th)\b))\s*(?=\S)"
)
_MARKED_LINE: Final = re.compile("^\\s*\x01[^\x01\x02]*\x02\\s*[^\\W\\d_]")
_INLINE: Final = re.compile(
    "[;.]\\s{0,5}(?=(?:\x01[^\x01\x02]*\x02|[(\\[]\\d{1,3}[)\\]])\\s{0,5}[^\\W\\d_])"
)
_WORD: Final = re.compile(
    r"(?i:\buniv|\bobserv|institut|\binstitu|\bcolleg|\bcolège|\bcent(?:er|re|ro|rum)\b|\bdep(?:t|artment|artamento)|"
    r"\bdipartiment|\bdépart|laborator|\bschool\b|\bfacult|\bacadem|\bsociety\b|\bmuseum\b|"
    r"hochschule|sternwarte|\bplanetari|\bfoundation\b|\bministry\b|\borganisation\b|"
    r"\borganization\b|\bagency\b|\bécole\b|\bpolytech)|"
    r"\b(?:NASA|ESA|ESO|CNRS|INAF|CSIC|CEA|CERN|STScI|MIT|ETH|EPFL|NOIRLab|NAOJ|JAXA|Caltech|"
    r"IPAC|JPL|ASTRON|SRON|INFN|MPIA|MPA|MPE|MPIfR|UCLA|UCL)\b"
)
_LEGEND: Final = re.compile(r"\b(?:correspond|present|speak|e-?mail|contact)", re.IGNORECASE)


@dataclass(slots=True)
class Institutes:
    by_mark: dict[str, str] = field(default_factory=dict)
    legend: dict[str, str] = field(default_factory=dict)
    """Marks that mean something else: "corresponding author"."""
    for_all: list[str] = field(default_factory=list)
    """Without marks, below the names."""
    unused: list[str] = field(default_factory=list)


def looks_like_institute(text: str) -> bool:
    return bool(_WORD.search(text))


def divided(text: str) -> tuple[list[str], list[str]]:
    """The lines of the names, and those of the institutes."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return [], []
    if inline := _INLINE.search(lines[first]):
        rest = [lines[first][inline.end() :], *lines[first + 1 :]]
        return [*lines[:first], lines[first][: inline.start()]], rest
    if not _NUMBERED_LINE.match(lines[first]):
        for number in range(first + 1, len(lines)):
            if _begins_institutes(lines[number]):
                return lines[:number], lines[number:]
            if inline := _INLINE.search(lines[number]):
                kept = lines[number]
                rest = [kept[inline.end() :], *lines[number + 1 :]]
                return [*lines[:number], kept[: inline.start()]], rest
    return _divided_at_blank_line(lines, first)


def read_institutes(lines: list[str]) -> Institutes:
    found = Institutes()
    last = ""
    for line in lines:
        for marks, text in _definitions(line):
            said = _plain(text)
            if not any(letter.isalpha() for letter in said):
                continue
            if not marks:
                last = _without_mark(found, last, said)
                continue
            for mark in marks:
                known = found.legend if _is_legend(mark, said) else found.by_mark
                known[mark] = text if known is found.legend else said
            last = marks[-1]
    return found


def _begins_institutes(line: str) -> bool:
    if _MARKED_LINE.match(line):
        return True
    return bool(_NUMBERED_LINE.match(line))


def _divided_at_blank_line(lines: list[str], first: int) -> tuple[list[str], list[str]]:
    """Institutes without marks stand below the names, after an empty line."""
    start = end = len(lines)
    for number in range(len(lines) - 1, first, -1):
        if not lines[number].strip():
            start = number
        elif not looks_like_institute(lines[number]):
            break
    while end > start and not lines[end - 1].strip():
        end -= 1
    return (lines[:start], lines[start:end]) if end > start else (lines, [])


def _definitions(line: str) -> list[tuple[list[str], str]]:
    """Pairs of marks and the text behind them; no marks for what stands before the first."""
    numbered = _NUMBERED_LINE.match(line)
    if numbered:
        line = f"\x01{numbered[1] or numbered[2]}\x02{line[numbered.end() :]}"
    line = re.sub(r"[;,.\s]\s{0,5}[(\[](\d{1,3})[)\]]\s", "\x01\\1\x02", line)
    parts = MARK.split(line)
    pairs: list[tuple[list[str], str]] = [([], parts[0])] if parts[0].strip() else []
    pairs += [
        (marks_in(f"\x01{mark}\x02"), text)
        for mark, text in zip(parts[1::2], parts[2::2], strict=True)
    ]
    return pairs


def _without_mark(found: Institutes, last: str, said: str) -> str:
    """A line that goes on with the one before, or stands for itself."""
    before = found.by_mark.get(last, "")
    if before and (said[:1].islower() or before.endswith(",") or not found.for_all):
        found.by_mark[last] = f"{before.rstrip(',')}, {said}"
    elif looks_like_institute(said):
        found.for_all.append(said)
    else:
        found.unused.append(said)
    return last


def _is_legend(mark: str, said: str) -> bool:
    return bool(_LEGEND.search(said)) and (not mark.isdigit() or not looks_like_institute(said))


def _plain(text: str) -> str:
    """The text without addresses, brackets as they were, without stops at its ends."""
    bare = without_strays(HELD.sub(" ", text))
    return " ".join(bare.split()).strip(" ;,.:–—")
