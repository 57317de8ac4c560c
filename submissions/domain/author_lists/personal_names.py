"""Taking a personal name apart: a guess that says how sure it is. No letter changes its case."""

import re
from typing import Final

from submissions.domain.author_lists.values import Doubt
from submissions.domain.names import fold

SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
_PARTICLES: Final = frozenset(
    {"van", "von", "der", "den", "de", "het", "ter", "ten", "te", "la", "le", "las", "los", "lo"}
    | {"du", "des", "di", "da", "do", "dos", "das", "del", "della", "dello", "delle", "degli"}
    | {"dei", "dal", "al", "el", "bin", "ibn", "ben", "bint", "abu", "zu", "zum", "zur", "vom"}
    | {"af", "av", "st", "d"}
)
_NOT_WHEN_CAPITALISED: Final = frozenset({"ben", "te", "lo", "st", "av", "af", "zu", "do"})
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.[-‐\s]?){1,5}|(?:[^\W\d_]\.?[-‐\s]){0,4}[^\W\d_]\.?")
_RUN_OF_INITIALS: Final = re.compile(r"[^\W\d_]{1,3}")
_CJK: Final = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def are_initials(text: str) -> bool:
    """Whether it is "A.", "J. K.", "J.-P." or a bare letter."""
    return bool(_INITIALS.fullmatch(text.strip()))


def is_suffix(text: str) -> bool:
    return fold(text) in SUFFIXES


def split_name(name: str) -> tuple[str, str, list[Doubt]]:
    """Return (given, family, what was guessed) of a name in its usual order."""
    words = name.split()
    if len(words) < 2:
        return "", name.strip(), [] if _CJK.search(name) else [Doubt.ONE_WORD]
    words, suffix = _without_suffix(words)
    if len(words) < 2:
        return "", " ".join([*words, *suffix]), [Doubt.ONE_WORD]
    start, doubts = _start_of_family_name(words)
    if start == 0:
        return _family_first(words, suffix)
    return " ".join(words[:start]), " ".join([*words[start:], *suffix]), doubts


def _without_suffix(words: list[str]) -> tuple[list[str], list[str]]:
    last = words[-1].rstrip(",")
    if is_suffix(last) and (last.endswith(".") or len(last) > 1) and not are_initials(last):
        kept = words[:-1]
        return [*kept[:-1], kept[-1].rstrip(",")], [last]
    return words, []


def _start_of_family_name(words: list[str]) -> tuple[int, list[Doubt]]:
    """The index at which it begins; 0 if the family name stands first."""
    for index in range(1, len(words)):
        if index < len(words) - 1 and _is_particle(words[index]):
            return index, []
    capitals = [index for index, word in enumerate(words) if _is_in_capitals(word)]
    if capitals and len(capitals) < len(words):
        if capitals == list(range(capitals[0], len(words))):
            return capitals[0], []
        if capitals == list(range(len(capitals))):
            return 0, []
    if are_initials(words[-1]) and not are_initials(words[0]):
        return 0, []
    last = len(words) - 1
    whole = [word for word in words[:last] if not are_initials(word)]
    return last, [Doubt.FAMILY_NAME] if len(whole) > 1 or _CJK.search(words[0]) else []


def _family_first(words: list[str], suffix: list[str]) -> tuple[str, str, list[Doubt]]:
    """As in "SMITH Jane", "Smith J. K.": the given names are what differs in kind from the rest."""
    if _is_in_capitals(words[0]):
        count = next(i for i, word in enumerate(words) if not _is_in_capitals(word))
        return " ".join(words[count:]), " ".join([*words[:count], *suffix]), []
    count = next(i for i, word in enumerate(words) if are_initials(word))
    return " ".join(words[count:]), " ".join([*words[:count], *suffix]), [Doubt.ORDER]


def _is_particle(word: str) -> bool:
    folded = fold(word)
    if folded not in _PARTICLES and not word.lower().startswith(("d'", "d’")):
        return False
    return word[:1].islower() or folded not in _NOT_WHEN_CAPITALISED


def _is_in_capitals(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 2 and all(letter.isupper() for letter in letters)
