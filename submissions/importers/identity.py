"""Who is who: the people of a meeting and the people that rows name, brought together.

The same person has the same e-mail address or ORCID and a name that agrees, or the same name and
nothing that contradicts. Where an address and a name point at different people nobody guesses.
What a file says about one person in two ways is settled by the row that comes first, so that the
same file imported again finds nothing to do.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from submissions.domain.names import fold
from submissions.importers.people import Person

_ALIKE: Final = 0.8
# What is settled together: half of one name and half of another would be nobody's.
_ASPECTS: Final = {
    "name": ("given_name", "family_name"),
    "e-mail address": ("email",),
    "ORCID": ("orcid",),
}


class PersonRefused(ValueError):
    """What the row says about the speaker points at different people."""


@dataclass(slots=True)
class KnownPerson:
    """Somebody of the meeting. Negative keys are people whom this file brings."""

    key: int
    person: Person
    as_found: Person
    """As they were before this file."""
    said_by: dict[str, int] = field(default_factory=dict)
    """Per aspect (name, e-mail address, ORCID) the row of this file that settled it."""

    only_listed: bool = False
    """Whether this file brings them in a list of co-authors, and nowhere as a speaker."""

    @property
    def is_new(self) -> bool:
        return self.key < 0


class People:
    def __init__(
        self,
        known: Iterable[tuple[int, Person]],
        *,
        addresses_in_file: Iterable[str] = (),
        unit: str = "line",
    ) -> None:
        self.by_key: dict[int, KnownPerson] = {}
        self._unit = unit
        self._by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_email: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_orcid: dict[str, KnownPerson] = {}
        self._addresses_in_file = {address.casefold() for address in addresses_in_file}
        for key, person in known:
            self._add(KnownPerson(key, person, person))

    def __getitem__(self, key: int) -> KnownPerson:
        return self.by_key[key]

    def find(
        self, named: Person, *, among: Iterable[int] = (), perhaps_renamed: int | None = None
    ) -> KnownPerson | None:
        """The person whom a row names, preferring those `among` whom they are expected.

        `perhaps_renamed` is who should be there, so that a name much like theirs is a new spelling.
        None for somebody new. Raises PersonRefused where address, ORCID and name disagree.
        """
        holder = self._by_orcid.get(named.orcid) if named.orcid else None
        sharers = self._by_email.get(named.email.casefold(), []) if named.email else []
        agreeing = [known for known in sharers if _names_agree(known.person, named)]
        if holder is not None and not _names_agree(holder.person, named):
            raise PersonRefused(f"The ORCID belongs to {holder.person.name}.")
        if holder is not None and agreeing and holder not in agreeing:
            raise PersonRefused(
                f"The ORCID belongs to {holder.person.name}, "
                f"the e-mail address to {agreeing[0].person.name}."
            )
        if holder is not None:
            return holder
        if agreeing:
            return _preferred(agreeing, named, among)
        if sharers:
            raise PersonRefused(
                f"The e-mail address {named.email} belongs to {sharers[0].person.name}. "
                "If they are one person, write the name alike; if not, leave the address blank."
            )
        if perhaps_renamed is not None:
            known = self.by_key[perhaps_renamed]
            if _names_agree(known.person, named) and not self._contradict(known, named, among):
                return known
        same_name = [
            known
            for known in self._by_name[named.folded_name]
            if not self._contradict(known, named, among)
        ]
        return _preferred(same_name, named, among) if same_name else None

    def add(self, named: Person, number: int, *, only_listed: bool = False) -> KnownPerson:
        """Somebody new, whom row `number` brings."""
        known = KnownPerson(-1 - len(self.by_key), named, named, only_listed=only_listed)
        known.said_by = {
            aspect: number for aspect, details in _ASPECTS.items() if _said(named, named, details)
        }
        self._add(known)
        return known

    def update(
        self, known: KnownPerson, named: Person, number: int
    ) -> tuple[dict[str, tuple[str, str]], list[str]]:
        """Take over what row `number` says about somebody.

        Returns the changes (detail: before, after), and warnings where an earlier row says
        otherwise; raises PersonRefused for two ORCIDs.
        """
        changes: dict[str, tuple[str, str]] = {}
        warnings: list[str] = []
        for aspect, details in _ASPECTS.items():
            said = _said(known.person, named, details)
            differing = {
                detail: (before, after)
                for detail, after in said.items()
                if (before := getattr(known.person, detail)) != after
            }
            settled = known.said_by.get(aspect)
            if said and settled is None:
                known.said_by[aspect] = number
            if differing and settled is None:
                changes |= differing
            elif differing and aspect == "ORCID":
                raise PersonRefused(
                    f"{self._unit.capitalize()} {settled} gives {known.person.name} another ORCID."
                )
            elif differing:
                before, after = (" ".join(parts) for parts in zip(*differing.values(), strict=True))
                warnings.append(
                    f"{known.person.name}: the {aspect} is “{before}” in {self._unit} {settled}; "
                    f"“{after}” is not used."
                )
        if changes:
            self._remove(known)
            known.person = _with(known.person, changes)
            self._add(known)
        return changes, warnings

    def note_co_author(self, known: KnownPerson, named: Person, number: int) -> list[str]:
        """Take over what a list of co-authors says about somebody who is in such lists only.

        Nobody else is changed by being listed: what is not taken over is returned as warnings and
        only remembered, so that the same address cannot mean another person.
        """
        if known.only_listed:
            return self.update(known, named, number)[1]
        warnings = []
        for aspect, value, there in (
            ("e-mail address", named.email, known.person.email),
            ("ORCID", named.orcid, known.person.orcid),
        ):
            if value and value.casefold() != there.casefold():
                warnings.append(f"{known.person.name} does not get the {aspect} “{value}”.")
        if named.email and known not in self._by_email[named.email.casefold()]:
            self._by_email[named.email.casefold()].append(known)
        if named.orcid:
            self._by_orcid.setdefault(named.orcid, known)
        return warnings

    def _contradict(self, known: KnownPerson, named: Person, among: Iterable[int]) -> bool:
        """Whether two people of one name have different addresses or ORCIDs.

        An author of the very talk that the row is about may have a new address, unless this file
        still uses the old one.
        """
        person = known.person
        may_change = known.key in among
        if person.orcid and named.orcid and person.orcid != named.orcid:
            return not may_change or "ORCID" in known.said_by
        if person.email and named.email and person.email.casefold() != named.email.casefold():
            in_use = person.email.casefold() in self._addresses_in_file
            return not may_change or in_use or "e-mail address" in known.said_by
        return False

    def _add(self, known: KnownPerson) -> None:
        self.by_key[known.key] = known
        self._by_name[known.person.folded_name].append(known)
        if known.person.email:
            self._by_email[known.person.email.casefold()].append(known)
        if known.person.orcid:
            self._by_orcid[known.person.orcid] = known

    def _remove(self, known: KnownPerson) -> None:
        self._by_name[known.person.folded_name].remove(known)
        if known.person.email:
            self._by_email[known.person.email.casefold()].remove(known)
        if known.person.orcid:
            del self._by_orcid[known.person.orcid]


def _with(person: Person, changes: dict[str, tuple[str, str]]) -> Person:
    after = {detail: value for detail, (_, value) in changes.items()}
    return Person(
        after.get("given_name", person.given_name),
        after.get("family_name", person.family_name),
        after.get("email", person.email),
        after.get("orcid", person.orcid),
        person.affiliations,
    )


def _preferred(found: list[KnownPerson], named: Person, among: Iterable[int]) -> KnownPerson:
    """Of several: the first expected here, one of exactly this name, then the longest known."""
    expected = {key: place for place, key in enumerate(among)}
    return min(
        found,
        key=lambda known: (
            expected.get(known.key, len(expected)),
            known.person.folded_name != named.folded_name,
            known.is_new,
            abs(known.key),
        ),
    )


def _names_agree(one: Person, other: Person) -> bool:
    """Whether two names can be one person's: Ada, Adah or A. Example, Ada Sample.

    People of one family who share an address are not one.
    """
    if not (one.given_name and other.given_name):
        return _one_holds_the_other(one.name, other.name)
    if fold(one.family_name) != fold(other.family_name):
        return fold(one.given_name) == fold(other.given_name)
    return _one_holds_the_other(one.given_name, other.given_name) or _spelt_alike(
        one.given_name, other.given_name
    )


def _one_holds_the_other(one: str, other: str) -> bool:
    """Whether every word of the shorter name is in the longer, as a word or as its initial."""
    shorter, longer = sorted((fold(one).split(), fold(other).split()), key=len)
    return all(
        any(
            word == whole or _is_initial(word, whole) or _is_initial(whole, word)
            for whole in longer
        )
        for word in shorter
    )


def _is_initial(word: str, whole: str) -> bool:
    return len(word) == 1 and whole.startswith(word)


def _spelt_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio() >= _ALIKE


def _said(known: Person, named: Person, details: tuple[str, ...]) -> dict[str, str]:
    """The details that a row says something about.

    A name in one piece says nothing about the parts of a name that is known in two.
    """
    said = {detail: value for detail in details if (value := getattr(named, detail))}
    if "family_name" in said and named.is_whole:
        is_news = known.is_whole and known.folded_name != named.folded_name
        return said if is_news else {}
    if "email" in said and named.email.casefold() == known.email.casefold():
        said["email"] = known.email
    return said
