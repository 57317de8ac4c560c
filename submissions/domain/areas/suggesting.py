"""Which areas a title and an abstract are about, with the words that tell; nothing if unsure.

The rules are in docs/areas.md. The same text always gives the same answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from submissions.domain.areas.evidence import Clue, Lexicon
from submissions.domain.areas.mentions import Mention, mentions
from submissions.domain.areas.passages import read_passage
from submissions.domain.areas.signs import Field, Signs, has_learning, is_astronomy

_ENOUGH: Final = 0.5
_METHOD_BESIDE_TITLE: Final = 0.6
_SUBJECT_BESIDE_TITLE: Final = 0.75
"""For an area that only the abstract names, where the title names another: said once in passing
is enough for a method that was used, not for a subject or a task."""
_AGAIN: Final = 0.25
"""What saying the same phrase again adds, as a share of saying it once; twice at most."""
_SINGLE_MOST: Final = 0.97
_CERTAIN: Final = 0.9
_TELLING: Final = 0.9
_AT_MOST: Final = 4
"""Suggestions of one kind: more would be a list to read rather than a help."""
_REASONS: Final = 4
"""Phrases shown as the reason of one suggestion."""

_CALIBRATION: Final = ((0.5, 0.65), (0.7, 0.72), (0.8, 0.8), (0.9, 0.95), (1.0, 0.98))
"""Score -> share of such suggestions that were right in the labelled cases; between, a line."""


@dataclass(frozen=True, slots=True)
class AreaSuggestion:
    """An area for a person to confirm."""

    slug: str
    because: tuple[str, ...]
    """Parts of the text, exactly as they stand in it."""
    confidence: float
    """About how often such a suggestion is right, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class AreaSuggestions:
    astronomy: tuple[AreaSuggestion, ...] = ()
    ml: tuple[AreaSuggestion, ...] = ()


_Heard = Mention[Mapping[str, Clue]]


@dataclass(slots=True)
class _Case:
    """What speaks for one area."""

    phrases: dict[str, float] = field(default_factory=dict)
    """Folded phrase -> what its best place counts, and a little for each time it comes again."""
    because: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict)
    """Folded phrase -> its best mention, and the words of that."""
    in_title: bool = False
    named_in_title: float = 0.0
    """The strength of its strongest phrase in the title."""

    def hear(self, mention: _Heard, strength: float) -> None:
        counted = strength * mention.place
        before = self.phrases.get(mention.key)
        if before is None:
            self.phrases[mention.key] = counted
        else:
            most = max(before, counted)
            self.phrases[mention.key] = min(most + _AGAIN * min(before, counted), _SINGLE_MOST)
        if counted > self.because.get(mention.key, (-1.0, ()))[0]:
            self.because[mention.key] = counted, mention.words
        self.in_title |= mention.in_title
        if mention.in_title:
            self.named_in_title = max(self.named_in_title, counted)

    @property
    def score(self) -> float:
        doubt = 1.0
        for counted in self.phrases.values():
            doubt *= 1.0 - counted
        return 1.0 - doubt

    @property
    def reasons(self) -> tuple[str, ...]:
        ranked = sorted(self.because.values(), key=lambda best: -best[0])
        pieces = (piece for _counted, words in ranked for piece in words)
        return tuple(dict.fromkeys(pieces))[:_REASONS]


@dataclass(frozen=True, slots=True)
class Suggester:
    """Everything needed to suggest areas of both kinds; make it once and keep it."""

    astronomy: Lexicon
    ml: Lexicon
    signs: Mapping[Field, Signs]

    def suggest(self, title: str, abstract: str = "") -> AreaSuggestions:
        """Suggest areas; none of either kind for a text that is not about astronomy."""
        passage = read_passage(title, abstract)
        if not is_astronomy(passage, self.signs):
            return AreaSuggestions()
        methods = [*mentions(passage, self.ml)]
        learning = has_learning(passage, self.signs) or any(map(_names_a_method, methods))
        return AreaSuggestions(
            _suggest([*mentions(passage, self.astronomy)], self.astronomy, learning=True),
            _suggest(methods, self.ml, learning=learning),
        )


def _suggest(
    found: list[_Heard], lexicon: Lexicon, *, learning: bool
) -> tuple[AreaSuggestion, ...]:
    cases = _cases(found, learning=learning)
    titled = any(case.in_title and case.score >= _ENOUGH for case in cases.values())
    scores = {
        slug: case.score
        for slug, case in cases.items()
        if case.score >= _needed(case, is_subject=slug in lexicon.subjects, titled=titled)
    }
    certain = {slug for slug in scores if cases[slug].named_in_title >= _CERTAIN}
    kept = _most_specific(scores, certain, lexicon)
    ranked = sorted(kept, key=lambda slug: (-scores[slug], slug))[:_AT_MOST]
    return tuple(
        AreaSuggestion(slug, cases[slug].reasons, _calibrated(scores[slug])) for slug in ranked
    )


def _names_a_method(mention: _Heard) -> bool:
    """Whether a phrase shows by itself that machine learning is in the text."""
    return any(
        not clue.needs_learning and clue.strength >= _TELLING for clue in mention.found.values()
    )


def _cases(found: list[_Heard], *, learning: bool) -> dict[str, _Case]:
    cases: dict[str, _Case] = {}
    for mention in found:
        for slug, clue in mention.found.items():
            silenced = mention.within is not None and slug in mention.within
            if clue.strength and not silenced and (learning or not clue.needs_learning):
                case = cases.setdefault(slug, _Case())
                case.hear(mention, clue.strength_in(title=mention.in_title))
    return cases


def _needed(case: _Case, *, is_subject: bool, titled: bool) -> float:
    if case.in_title or not titled:
        return _ENOUGH
    return _SUBJECT_BESIDE_TITLE if is_subject else _METHOD_BESIDE_TITLE


def _most_specific(slugs: Iterable[str], certain: set[str], lexicon: Lexicon) -> list[str]:
    """Without what a narrower area says better, unless the title says both."""
    found = [*slugs]
    above = {area for slug in found for area in lexicon.above.get(slug, ())}
    kept = [slug for slug in found if slug not in above or slug in certain]
    return [
        slug for slug in kept if not (slug in lexicon.broad and _is_beside(slug, kept, lexicon))
    ]


def _is_beside(slug: str, others: list[str], lexicon: Lexicon) -> bool:
    parents = lexicon.parents.get(slug, frozenset())
    return any(
        other != slug and parents & lexicon.above.get(other, frozenset()) for other in others
    )


def _calibrated(score: float) -> float:
    below = _CALIBRATION[0]
    for above in _CALIBRATION[1:]:
        if score <= above[0]:
            share = (score - below[0]) / (above[0] - below[0])
            return round(below[1] + share * (above[1] - below[1]), 2)
        below = above
    return below[1]
