"""What the parts of a text give, each read together with its neighbours and its brackets."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from submissions.domain.areas.folding import joined
from submissions.domain.areas.lists import (
    abbreviates,
    in_a_row,
    with_its_head,
    with_its_qualifier,
)
from submissions.domain.areas.reading import Suggestion, Unread, is_loose, is_plain, read, whole
from submissions.domain.areas.splitting import Link, Part, Run
from submissions.domain.areas.vocabulary import Use, Vocabulary

AT_ONCE: Final = 4
"""Parts that may form one phrase of the vocabulary."""
_NEIGHBOURS: Final = 3
"""Parts to either side from which a list may have left out words."""
_AMBIGUOUS: Final = 0.5
_DEFINED: Final = 0.6


@dataclass(slots=True)
class Finding:
    """What one part gave, or several that form one phrase."""

    part: Part
    end: int
    """Where the last part ends in the text."""
    slugs: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    unread: tuple[Unread, ...] = ()
    silent: bool = False
    """Not to be reported as unmatched: it says nothing, or says it through another part."""

    @property
    def missed(self) -> bool:
        return not self.slugs and not self.silent

    @property
    def has_letters(self) -> bool:
        return any(not token.key.isdigit() for token in self.part.tokens)

    def settle(self, slugs: tuple[str, ...]) -> None:
        """A neighbour explains the part: what it might have meant alone is of no interest."""
        if slugs:
            self.slugs, self.suggestions, self.unread = slugs, (), ()


def read_run(run: Run, owner: Finding | None, vocabulary: Vocabulary) -> list[Finding]:
    """Read parts that may belong together; in brackets, `owner` is what they are an aside to."""
    found: list[Finding] = []
    every: list[Finding] = []
    at = 0
    while at < len(run.parts):
        last, slugs = _phrase_at(run.parts, at, vocabulary)
        if slugs:
            finding = Finding(run.parts[at], run.parts[last - 1].end, slugs)
        elif found or owner is None:
            finding = _read_part(run.parts, at, found[-1] if found else None, vocabulary)
        else:
            finding = _read_aside(run.parts, owner, vocabulary)
        found.append(finding)
        every.append(finding)
        for part in run.parts[at:last]:
            for aside in part.asides:
                every += read_run(aside, finding if part.tokens else None, vocabulary)
        at = last
    if any(finding.slugs for finding in found):
        for finding in found:
            finding.silent |= is_plain(finding.part.tokens, vocabulary)
    return every


def complete(findings: Sequence[Finding], at: int, vocabulary: Vocabulary) -> None:
    """Try what a part may have left out because a neighbour says it, across commas too."""
    finding = findings[at]
    tokens = finding.part.tokens
    for after in islice(findings, at + 1, at + 1 + _NEIGHBOURS):
        if not finding.slugs:
            finding.settle(with_its_head(tokens, after.part.tokens, vocabulary))
    for before in reversed(findings[max(0, at - _NEIGHBOURS) : at]):
        if not finding.slugs and before.slugs:
            turned = before is findings[at - 1]
            qualifier = before.part.tokens
            finding.settle(with_its_qualifier(tokens, qualifier, vocabulary, turned=turned))


def look_up(finding: Finding, vocabulary: Vocabulary) -> None:
    """Look the whole part up in the thesaurus."""
    entry = vocabulary.thesaurus.get(joined(finding.part.tokens))
    if entry is None:
        return
    if entry.use is Use.PHRASE:
        finding.settle(entry.slugs)
    else:
        because = tuple(dict.fromkeys(token.text for token in finding.part.tokens))
        more = (Suggestion(slug, because, _AMBIGUOUS) for slug in entry.slugs)
        finding.suggestions, finding.unread = (*finding.suggestions, *more), ()


def _phrase_at(
    parts: Sequence[Part], at: int, vocabulary: Vocabulary
) -> tuple[int, tuple[str, ...]]:
    """Several parts that are one phrase: where it ends, and its areas; (at + 1, ()) if none is."""
    for last in range(min(len(parts), at + AT_ONCE), at + 1, -1):
        row = [(part.tokens, part.link is Link.AND) for part in parts[at + 1 : last]]
        if slugs := whole(in_a_row([(parts[at].tokens, False), *row]), vocabulary):
            return last, slugs
    if at + 1 < len(parts) and parts[at + 1].link in (Link.COLON, Link.DASH):
        first, second = parts[at].tokens, parts[at + 1].tokens
        if first and second and (slugs := whole(second + first, vocabulary)):
            return at + 2, slugs  # "stars: variable"
    return at + 1, ()


def _read_part(
    parts: Sequence[Part], at: int, before: Finding | None, vocabulary: Vocabulary
) -> Finding:
    part = parts[at]
    finding = Finding(part, part.end, silent=not part.tokens)
    if slugs := _left_out(parts, at, before, vocabulary):
        finding.slugs = slugs
        return finding
    _read_alone(finding, vocabulary)
    if before and finding.slugs and part.link is Link.COLON:
        _narrow(before, finding.slugs, vocabulary, only=vocabulary.shelves)
    elif before and not finding.slugs:
        _read_after(finding, before, vocabulary, turned=part.link in (Link.COLON, Link.DASH))
    return finding


def _read_aside(parts: Sequence[Part], owner: Finding, vocabulary: Vocabulary) -> Finding:
    """Read the first part in brackets."""
    part, before = parts[0], owner.part.tokens
    finding = Finding(part, part.end, silent=not part.tokens)
    if abbreviates(part.tokens, before):
        # "Maximum likelihood (ML)": whatever else the letters may mean, here they are defined.
        finding.silent = True
        if not owner.slugs:
            because = (part.tokens[0].text,)
            known = whole(part.tokens, vocabulary)
            finding.suggestions = tuple(Suggestion(slug, because, _DEFINED) for slug in known)
        return finding
    if not owner.slugs:  # "Clusters (star, galaxy)"
        finding.slugs = with_its_qualifier(part.tokens, before, vocabulary, turned=True)
        owner.silent |= bool(finding.slugs)
    if not finding.slugs:
        finding.slugs = _left_out(parts, 0, None, vocabulary)
    if not finding.slugs:
        _read_alone(finding, vocabulary)
        if finding.slugs:
            _narrow(owner, finding.slugs, vocabulary, only=vocabulary.shelves)
        else:
            _read_after(finding, owner, vocabulary, turned=True)
    return finding


def _read_alone(finding: Finding, vocabulary: Vocabulary) -> None:
    reading = read(finding.part.tokens, vocabulary)
    finding.slugs, finding.suggestions = reading.slugs, reading.suggestions
    finding.unread = reading.unread


def _read_after(finding: Finding, before: Finding, vocabulary: Vocabulary, *, turned: bool) -> None:
    """Read a part that says nothing alone with the words of the one before it."""
    tokens = finding.part.tokens
    finding.settle(with_its_qualifier(tokens, before.part.tokens, vocabulary, turned=turned))
    if turned and finding.slugs:
        _narrow(before, finding.slugs, vocabulary)


def _left_out(
    parts: Sequence[Part], at: int, before: Finding | None, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Areas that a part has only with a neighbour, though it may mean something else alone."""
    part = parts[at]
    listed = (Link.AND, Link.SLASH)
    follows = at + 1 < len(parts) and parts[at + 1].link in listed
    slugs: tuple[str, ...] = ()
    if follows and part.tokens and not part.tokens[-1].plural:  # "Star and planet formation"
        slugs = with_its_head(part.tokens, parts[at + 1].tokens, vocabulary)
    if before and not slugs and part.link in listed and is_loose(part.tokens, vocabulary):
        # "Galaxy structure and dynamics"
        slugs = with_its_qualifier(part.tokens, before.part.tokens, vocabulary, turned=False)
    return slugs


def _narrow(
    before: Finding,
    slugs: tuple[str, ...],
    vocabulary: Vocabulary,
    *,
    only: frozenset[str] | None = None,
) -> None:
    """Drop what narrower areas say better: "stars (variable)", "machine learning (CNN)"."""
    above = {over for slug in slugs for over in vocabulary.ancestors.get(slug, ())}
    if only is not None:
        above &= only
    kept = tuple(slug for slug in before.slugs if slug not in above)
    before.silent |= len(kept) < len(before.slugs)
    before.slugs = kept
