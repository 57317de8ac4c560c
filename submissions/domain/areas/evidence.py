"""What in running text speaks for an area, and how strongly: phrases indexed by folded words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from submissions.domain.areas.folding import Token, joined, words
from submissions.domain.areas.mentions import Keys
from submissions.domain.areas.variants import variants
from submissions.domain.areas.vocabulary import Area, Use, Wording

Tokens = tuple[Token, ...]


class Weight(StrEnum):
    """How much one phrase in a title says about an area."""

    SURE = "sure"
    LIKELY = "likely"
    SOME = "some"
    """Never enough alone."""
    TITLE = "title"
    """Likely in a title; next to nothing in an abstract, where it is where the data come from."""
    NONE = "none"
    """Nothing, and neither do the shorter phrases in it: "galaxy clustering" is no clustering."""
    BROAD = "broad"
    """The area (no phrase) is left out where another area beside it is suggested."""
    SUBJECT = "subject"
    """The area and all below it (no phrase) are what a talk is about, not a tool that it uses: one
    mention in an abstract is not enough. Of astronomy that is every area."""


STRENGTHS: Final[Mapping[Weight, float]] = {
    Weight.SURE: 0.9,
    Weight.LIKELY: 0.75,
    Weight.SOME: 0.4,
    Weight.TITLE: 0.75,
    Weight.NONE: 0.0,
    Weight.BROAD: 0.0,
    Weight.SUBJECT: 0.0,
}
_NAMED: Final = 0.7
"""The strength of a name for which nobody wrote down more."""
_BESIDE_TITLE: Final = 0.2
ABBREVIATION: Final = 4
"""Letters; keys as short as this are one word, and abbreviations as short keep their capitals."""
_LONGEST_KEY: Final = 80


@dataclass(frozen=True, slots=True)
class Evidence:
    """One phrase and what it says."""

    slug: str
    weight: Weight
    text: str
    exact: bool = False
    """It counts only in these very letters."""
    needs_learning: bool = False
    """It counts only where the text has another sign of machine learning."""


@dataclass(frozen=True, slots=True)
class Clue:
    """What a folded phrase says about one area."""

    slug: str
    strength: float
    spelling: str = ""
    """If not empty, the letters in which the phrase must stand."""
    needs_learning: bool = False
    in_abstract: float = -1.0
    """The strength in an abstract where that is another."""

    def strength_in(self, *, title: bool) -> float:
        return self.strength if title or self.in_abstract < 0 else self.in_abstract

    def fits(self, text: str) -> bool:
        return not self.spelling or text in (self.spelling, f"{self.spelling}s")


@dataclass(slots=True)
class Lexicon:
    """Phrases of one vocabulary as they occur in titles and abstracts."""

    clues: dict[str, dict[str, Clue]] = field(default_factory=dict)
    """Joined key of the folded words -> slug -> what it says."""
    labels: dict[str, str] = field(default_factory=dict)
    above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Slug -> every area above it."""
    parents: dict[str, frozenset[str]] = field(default_factory=dict)
    broad: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    keys: Keys = field(default_factory=Keys)

    def add(self, text: str, clue: Clue, *, replace: bool = True) -> None:
        """Of two clues of one phrase and area the stronger counts."""
        tokens = words(text)
        self._add(joined(tokens), clue, replace=replace)

    def add_with_variants(self, text: str, clue: Clue) -> None:
        """Also "neural nets" for "neural networks"; never over what is said already."""
        tokens = words(text)
        self._add(joined(tokens), clue, replace=False)
        for variant in variants(tuple(token.key for token in tokens)):
            if len(key := "".join(variant)) > ABBREVIATION:
                self._add(key, clue, replace=False)

    def _add(self, key: str, clue: Clue, *, replace: bool) -> None:
        if not key or len(key) > _LONGEST_KEY:
            return
        known = self.clues.get(key)
        if known is not None and not replace:
            return  # what the project wrote down for this phrase is all it says
        said = self.clues.setdefault(key, {})
        if clue.slug not in said or said[clue.slug].strength < clue.strength:
            said[clue.slug] = clue
        self.keys.add(key)

    def found(self, key: str, tokens: Tokens, text: str) -> Mapping[str, Clue] | None:
        """What these words say, standing in the text as `text`; None if they are no phrase."""
        known = self.clues.get(key)
        if known is None or not is_whole(key, tokens):
            return None
        return {slug: clue for slug, clue in known.items() if clue.fits(text)} or None

    def is_silent(self, found: object, /) -> bool:
        return isinstance(found, dict) and not any(
            isinstance(clue, Clue) and clue.strength for clue in found.values()
        )


def lexicon(
    areas: Iterable[Area],
    wordings: Iterable[Wording] = (),
    evidence: Iterable[Evidence] = (),
    local: Iterable[Evidence] = (),
) -> Lexicon:
    """Index what is known of a vocabulary.

    `evidence` is what was written for running text; `local` is what people decided on this site
    and outweighs it. Names of areas and wordings that neither knows count too, with less weight:
    alone in an abstract they are not enough.
    """
    own = tuple(areas)
    made = Lexicon(
        labels={area.slug: area.label for area in own},
        above=_above(own),
        parents={area.slug: frozenset(area.parents) for area in own},
    )
    known = [each for each in evidence if each.slug in made.labels]
    made.broad = frozenset(each.slug for each in known if each.weight is Weight.BROAD)
    tops = {each.slug for each in known if each.weight is Weight.SUBJECT}
    made.subjects = frozenset(
        slug for slug, above in made.above.items() if slug in tops or tops & above
    )
    decided = [each for each in local if each.slug in made.labels]
    for said in (*known, *decided):
        if said.text:
            made.add(said.text, _clue(said))
    described = {each.slug for each in known}
    needing = described - {each.slug for each in known if each.text and not each.needs_learning}
    _add_names(made, own, wordings, described, needing)
    return made


def _add_names(
    made: Lexicon,
    areas: tuple[Area, ...],
    wordings: Iterable[Wording],
    described: set[str],
    needing: set[str],
) -> None:
    said = tuple(wordings)
    shelves = {each.slug for each in said if each.use is Use.SHELF} - described
    for area in areas:
        for text in area.wordings if area.slug not in shelves else ():
            if (clue := _named(area.slug, text, described, needing)) is not None:
                made.add_with_variants(text, clue)
    for wording in said:
        if wording.use is Use.PHRASE and wording.slug in made.labels.keys() - shelves:
            clue = _named(wording.slug, wording.text, described, needing)
            if clue is not None:
                made.add_with_variants(wording.text, clue)


def _named(slug: str, text: str, described: set[str], needing: set[str]) -> Clue | None:
    """What a name says where nobody wrote down more: phrases are likely, single words are not."""
    count = len(words(text))
    if count < 2 and len(text) <= ABBREVIATION:
        return None
    strength = _NAMED if count > 1 or slug not in described else STRENGTHS[Weight.SOME]
    return Clue(slug, strength, needs_learning=slug in needing)


def _clue(said: Evidence) -> Clue:
    spelling = said.text if said.exact else spelling_of(said.text)
    in_abstract = _BESIDE_TITLE if said.weight is Weight.TITLE else -1.0
    return Clue(said.slug, STRENGTHS[said.weight], spelling, said.needs_learning, in_abstract)


def spelling_of(text: str) -> str:
    """The letters in which an abbreviation must stand, "" where any will do.

    "GAN" and "AdS" could be words in small letters; "lstm" could not, but "ml" is a unit.

    >>> [spelling_of(text) for text in ("GANs", "AdS", "LSTM", "ML", "stars")]
    ['GAN', 'AdS', '', 'ML', '']
    """
    letters = text.removesuffix("s")
    capitals = sum(letter.isupper() for letter in letters)
    could_be_a_word = len(letters) < 3 or any(letter in "aeiouy" for letter in letters.lower())
    is_kept = len(letters) <= ABBREVIATION and capitals > 1 and could_be_a_word
    return letters if is_kept else ""


def is_whole(key: str, tokens: Tokens) -> bool:
    """Short keys are one word, as "U-Net" is and "G P" is not."""
    return len(key) > ABBREVIATION or all(token.tight for token in tokens[1:])


def _above(areas: tuple[Area, ...]) -> dict[str, frozenset[str]]:
    parents = {area.slug: area.parents for area in areas}
    found: dict[str, frozenset[str]] = {}
    for slug, direct in parents.items():
        seen: set[str] = set()
        waiting = [*direct]
        while waiting:
            parent = waiting.pop()
            if parent not in seen and parent in parents:
                seen.add(parent)
                waiting.extend(parents[parent])
        found[slug] = frozenset(seen - {slug})
    return found
