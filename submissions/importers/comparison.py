"""What an import would do: rows of a file held against the talks that are there.

A row is about a talk if it carries its code; otherwise if the folded title and one of its authors
(by folded name, else by address or ORCID) are the same. So the same file twice is recognised
without any number in it. A blank cell says nothing: it never erases. People who are on a talk
already stay.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from submissions.domain.names import fold
from submissions.importers.changes import author_changes, replaced_by, text_changes
from submissions.importers.identity import KnownPerson, People, PersonRefused
from submissions.importers.oddities import shortened
from submissions.importers.outcomes import (
    ChangedTalk,
    Changes,
    Comparison,
    KnownTalk,
    NewTalk,
    SameTalk,
)
from submissions.importers.people import Person
from submissions.importers.talks import RefusedRow, TalkRow

_SIMILAR: Final = 0.8
_Key = tuple[str, str]


def compare(
    rows: Sequence[TalkRow],
    talks: Iterable[KnownTalk],
    people: Iterable[tuple[int, Person]],
    *,
    unit: str = "line",
) -> Comparison:
    """Hold rows against what a meeting has; changes nothing. `unit` is what their numbers count."""
    return _Comparer(rows, tuple(talks), tuple(people), unit).run()


@dataclass(slots=True)
class _Pair:
    """A row and the talk it is about, on the way to a result."""

    row: TalkRow
    talk: KnownTalk | None
    is_refused: bool = False
    speaker: KnownPerson | None = None
    """None also for a talk without authors about whom the row says nothing."""
    speaker_changes: Changes = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def author_keys(self) -> tuple[int, ...]:
        """People on the talk, those who present it first."""
        if self.talk is None:
            return ()
        leading = [author.person for author in self.talk.leading()]
        return (
            *leading,
            *(author.person for author in self.talk.authors if author.person not in leading),
        )

    def is_led_by(self, speaker: KnownPerson) -> bool:
        leading = self.talk.leading() if self.talk else ()
        return any(author.person == speaker.key for author in leading)


class _Comparer:
    def __init__(
        self,
        rows: Sequence[TalkRow],
        talks: tuple[KnownTalk, ...],
        people: tuple[tuple[int, Person], ...],
        unit: str,
    ) -> None:
        self.rows = rows
        self.unit = unit
        addresses = [person.email for row in rows for person in (row.speaker, *row.co_authors)]
        self.people = People(people, addresses_in_file=filter(None, addresses), unit=unit)
        self.by_code = {talk.code: talk for talk in talks}
        self.by_key: dict[_Key, list[KnownTalk]] = defaultdict(list)
        self.by_title: dict[str, KnownTalk] = {}
        self.by_person: dict[tuple[int, str], list[KnownTalk]] = defaultdict(list)
        self.by_name: dict[str, list[KnownTalk]] = defaultdict(list)
        for talk in talks:
            self._index(talk)
        self.seen: dict[_Key | int, int] = {}
        self.seen_titles: dict[str, int] = {}
        self.seen_people: dict[tuple[int, str], TalkRow] = {}
        self.refused: list[RefusedRow] = []

    def _index(self, talk: KnownTalk) -> None:
        for author in talk.authors:
            if talk.is_live:
                self.by_person[author.person, _folded(talk.title)].append(talk)
            person = self.people[author.person].person
            self.by_name[person.folded_name].append(talk)
            for key in _keys(person, talk.title):
                self.by_key[key].append(talk)
        self.by_title.setdefault(_folded(talk.title), talk)

    def run(self) -> Comparison:
        pairs = [pair for row in self.rows if (pair := self._match(row)) is not None]
        # Names in two parts first: one in a single piece can then be recognised as theirs.
        for pair in sorted(pairs, key=lambda pair: pair.row.speaker.is_whole):
            self._identify(pair)
        results: list[NewTalk | ChangedTalk | SameTalk] = [
            result for pair in pairs if not pair.is_refused and (result := self._result(pair))
        ]
        return Comparison(
            new=tuple(result for result in results if isinstance(result, NewTalk)),
            changed=tuple(result for result in results if isinstance(result, ChangedTalk)),
            same=tuple(result for result in results if isinstance(result, SameTalk)),
            refused=tuple(sorted(self.refused, key=lambda row: row.number)),
            people=self.people,
        )

    def _refuse(self, row: TalkRow, reason: str) -> None:
        self.refused.append(RefusedRow(row.number, (reason,), row.cells))

    def _match(self, row: TalkRow) -> _Pair | None:
        """The talk that a row is about, refusing what is ambiguous or doubled."""
        talk: KnownTalk | None = None
        if row.code:
            talk = self.by_code.get(row.code)
            if talk is None:
                self._refuse(
                    row,
                    f"This meeting has no talk {row.code}. Leave the code blank for a new talk.",
                )
                return None
        else:
            candidates = self._candidates(row)
            if len(candidates) > 1:
                codes = ", ".join(candidate.code for candidate in candidates)
                self._refuse(
                    row,
                    f"Several talks have this title and author: {codes}. "
                    "Say which in a column “code”.",
                )
                return None
            talk = candidates[0] if candidates else None
        marks: list[_Key | int] = [*_keys(row.speaker, row.title)]
        if talk is not None:
            marks.append(talk.id)
        if earlier := next((self.seen[mark] for mark in marks if mark in self.seen), None):
            self._refuse(
                row, f"It is the same talk as {self.unit} {earlier}: same title, same speaker."
            )
            return None
        self.seen.update(dict.fromkeys(marks, row.number))
        pair = _Pair(row, talk, warnings=list(row.warnings))
        self._point_out_neighbours(pair)
        return pair

    def _candidates(self, row: TalkRow) -> list[KnownTalk]:
        for key in _keys(row.speaker, row.title):
            if found := self.by_key.get(key):
                unique = list({talk.id: talk for talk in found}.values())
                live = [talk for talk in unique if talk.is_live] or unique
                scores = [self._agreement(talk, row.speaker) for talk in live]
                return [
                    talk for talk, score in zip(live, scores, strict=True) if score == max(scores)
                ]
        return []

    def _agreement(self, talk: KnownTalk, named: Person) -> tuple[int, bool]:
        """How well a talk's speaker fits: address and ORCID count before the name."""
        people = [self.people[author.person].person for author in talk.leading()]
        return max(
            (
                (_identifiers_in_common(person, named), person.folded_name == named.folded_name)
                for person in people
            ),
            default=(0, False),
        )

    def _point_out_neighbours(self, pair: _Pair) -> None:
        """Titles that make one suspect the same talk twice."""
        row = pair.row
        title = _folded(row.title)
        earlier = self.seen_titles.setdefault(title, row.number)
        if earlier != row.number and title:
            pair.warnings.append(
                f"{self.unit.capitalize()} {earlier} has the same title and another speaker."
            )
        if pair.talk is not None:
            return
        if twin := self.by_title.get(title):
            pair.warnings.append(f"The talk {twin.code} of other people has the same title.")
            return
        for other in self.by_name.get(row.speaker.folded_name, ()):
            if _similar(title, _folded(other.title)):
                pair.warnings.append(
                    f"The speaker already has a talk {other.code}, “{shortened(other.title, 60)}”. "
                    "If this is the same one, say so in a column “code”."
                )
                return

    def _identify(self, pair: _Pair) -> None:
        """Find or add the speaker and take over what the row says about them."""
        row, named = pair.row, pair.row.speaker
        expected = pair.author_keys
        if not named.family_name:
            if not expected:
                return
            current = self.people[expected[0]].person
            named = Person(current.given_name, current.family_name, named.email, named.orcid)
        try:
            renamed = expected[0] if row.code and expected else None
            known = self.people.find(named, among=expected, perhaps_renamed=renamed)
            if known is None:
                pair.speaker = self.people.add(named, row.number)
                if named.is_whole:
                    pair.warnings.append(
                        f"“{named.name}” is kept in one piece, as the family name: "
                        "which part of it is the given name only a person can tell."
                    )
                return
            changes, warnings = self.people.update(known, named, row.number)
        except PersonRefused as error:
            self._refuse(row, str(error))
            pair.is_refused = True
            return
        pair.speaker = known
        pair.speaker_changes = {} if known.is_new else changes
        pair.warnings.extend(warnings)

    def _result(self, pair: _Pair) -> NewTalk | ChangedTalk | SameTalk | None:
        row, talk, speaker = pair.row, pair.talk, pair.speaker
        if speaker and (reason := self._doubles(pair, speaker)):
            self._refuse(row, reason)
            return None
        try:
            others = self._co_authors(pair)
        except PersonRefused as error:
            self._refuse(pair.row, f"A co-author: {error}")
            return None
        warnings = tuple(pair.warnings)
        if talk is None:
            assert speaker is not None  # without a name only a talk that is there
            return NewTalk(row, speaker.key, others, pair.speaker_changes, warnings)
        replaced = replaced_by(speaker, talk, others, self.people)
        added = tuple(other for other in others if other[0] not in pair.author_keys)
        changes = text_changes(talk, row) | pair.speaker_changes
        changes |= author_changes(talk, row, speaker, self.people, replaced=replaced, added=added)
        if not changes:
            return SameTalk(row, talk, warnings)
        key = speaker.key if speaker else None
        return ChangedTalk(row, talk, changes, key, replaced, added, warnings)

    def _doubles(self, pair: _Pair, speaker: KnownPerson) -> str:
        """Why this is a talk that is there, when only its speaker's identity could tell; or ""."""
        row = pair.row
        mark = speaker.key, _folded(row.title)
        earlier = self.seen_people.setdefault(mark, row)
        if earlier is not row and not (earlier.code and row.code):
            return (
                f"{speaker.person.name} has a talk of this title in {self.unit} {earlier.number}."
            )
        others = [talk for talk in self.by_person.get(mark, ()) if talk is not pair.talk]
        if others and not row.code and not pair.is_led_by(speaker):
            return (
                f"{speaker.person.name} has a talk of this title, {others[0].code}. "
                "Say so in a column “code”."
            )
        return ""

    def _co_authors(self, pair: _Pair) -> tuple[tuple[int, Person], ...]:
        found: dict[int, Person] = {}
        for named in pair.row.co_authors:
            known = self.people.find(named, among=pair.author_keys)
            if known is None:
                known = self.people.add(named, pair.row.number, only_listed=True)
            else:
                pair.warnings += self.people.note_co_author(known, named, pair.row.number)
            if known is not pair.speaker:
                found.setdefault(known.key, named)
        return tuple(found.items())


def _keys(person: Person, title: str) -> Iterator[_Key]:
    """By what a talk without a code is recognised, the surest first."""
    folded = _folded(title)
    if not folded:
        return
    if person.folded_name:
        yield f"name {person.folded_name}", folded
    if person.email:
        yield f"address {person.email.casefold()}", folded
    if person.orcid:
        yield f"orcid {person.orcid}", folded


def _identifiers_in_common(one: Person, other: Person) -> int:
    """How many of address and ORCID are the same, less those that differ."""
    pairs = ((one.email.casefold(), other.email.casefold()), (one.orcid, other.orcid))
    return sum(1 if here == there else -1 for here, there in pairs if here and there)


def _folded(title: str) -> str:
    return fold(title) or title


def _similar(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() > _SIMILAR and matcher.ratio() > _SIMILAR
