"""What a person typed about their field, tagged with the areas of a vocabulary.

Exact rules tag; anything else is only suggested, with the words that caused it; the rest is
handed back as typed. The work grows in proportion to the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from submissions.domain.areas.findings import AT_ONCE, Finding, complete, look_up, read_run
from submissions.domain.areas.folding import words
from submissions.domain.areas.reading import Suggestion, whole
from submissions.domain.areas.splitting import Link, split
from submissions.domain.areas.vocabulary import Vocabulary

_SUGGESTIONS: Final = 10
"""Of one text at most: more is no help."""
_GUESSED: Final = 40
"""Noun phrases of one text, and words of one phrase, that are compared inexactly."""


@dataclass(frozen=True, slots=True)
class Tagging:
    text: str
    areas: tuple[str, ...]
    """Slugs, in the order of the text."""
    suggestions: tuple[Suggestion, ...]
    """Best first; never an area that is tagged."""
    unmatched: tuple[str, ...]
    """The phrases that gave no area, as typed."""


def tag(text: str, vocabulary: Vocabulary) -> Tagging:
    """Tag one free text. Any text will do; nothing raises.

    "Submm galaxies" has the areas infrared-submm-astronomy and galaxies.
    """
    if slugs := _label(text, vocabulary):
        return Tagging(text, slugs, (), ())
    findings = [found for run in split(text) for found in read_run(run, None, vocabulary)]
    for at, finding in enumerate(findings):
        if finding.missed:
            complete(findings, at, vocabulary)
    for finding in findings:
        if finding.missed:
            look_up(finding, vocabulary)
    areas = tuple(dict.fromkeys(slug for finding in findings for slug in finding.slugs))
    unmatched = tuple(_unmatched(findings, text))
    if not areas and not unmatched and text.strip():
        unmatched = (text.strip(),)  # signs and numbers only
    return Tagging(text, areas, _suggestions(findings, areas, vocabulary), unmatched)


def _label(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """A text that is one label, commas and all: "Education, outreach and citizen science"."""
    if "," not in text or len(text) > 2 * vocabulary.longest:
        return ()
    tokens = words(text.replace("&", " and "))
    return whole(tokens, vocabulary) if len(tokens) > AT_ONCE else ()


def _suggestions(
    findings: list[Finding], areas: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[Suggestion, ...]:
    best: dict[str, Suggestion] = {}
    doubts = (suggestion for finding in findings for suggestion in finding.suggestions)
    for suggestion in (*doubts, *_guesses(findings, vocabulary)):
        known = best.get(suggestion.slug)
        if suggestion.slug not in areas and (known is None or suggestion.score > known.score):
            best[suggestion.slug] = suggestion
    return tuple(sorted(best.values(), key=lambda each: -each.score)[:_SUGGESTIONS])


def _guesses(findings: list[Finding], vocabulary: Vocabulary) -> Iterator[Suggestion]:
    unread = (phrase for finding in findings for phrase in finding.unread)
    for phrase in islice(unread, _GUESSED):
        keys = tuple(token.key for token in phrase.tokens[:_GUESSED])
        for near in vocabulary.nearness.nearest(keys):
            if not phrase.unknown.isdisjoint(near.because):
                because = tuple(dict.fromkeys(phrase.tokens[at].text for at in near.because))
                yield Suggestion(near.slug, because, near.score)


def _unmatched(findings: list[Finding], text: str) -> Iterator[str]:
    """Phrases without an area; of a list joined by "and" that gave nothing, all of it."""
    start: int | None = None
    end = 0
    for finding in findings:
        missed = finding.missed and finding.has_letters
        if start is not None and not (missed and finding.part.link is Link.AND):
            yield text[start:end]
            start = None
        if missed:
            start = finding.part.start if start is None else start
            end = finding.end
    if start is not None:
        yield text[start:end]
