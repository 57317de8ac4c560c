"""Loading the vocabularies into the database, and matching texts against what is there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.db import transaction
from django.utils.text import slugify

from submissions.domain.areas.folding import spelled_out
from submissions.domain.areas.matching import Tagging, tag
from submissions.domain.areas.vocabulary import (
    Area,
    Vocabulary,
    Wording,
    index,
    key_of,
    with_terms,
)
from submissions.importers.vocabulary import (
    Concept,
    ConceptMapping,
    Kind,
    Relation,
    shipped_areas,
    shipped_wordings,
)
from submissions.models import AreaOrigin, Meeting
from submissions.operations.area_rows import Loaded, Row, present_rows, write
from submissions.operations.meanings import meanings

_AFTER_ALL_OTHERS: Final = 10_000
"""Position of thesaurus rows; among themselves they stand by label."""
_SLUG_LENGTH: Final = 100
_INDEXED: Final = 4  # vocabularies kept per process: two kinds, before and after a change


class ShippedAreasMissing(Exception):
    """The thesaurus is mapped to the shipped areas, and they are not in the database."""


def load_areas(kind: Kind, areas: Sequence[Area]) -> Loaded:
    """Make the shipped areas what `areas` says; parents stand before children.

    Never deletes. Synonyms that were added to a shipped area stay, and so do parents added on this
    site. An area of the site that has the slug of a shipped one stays as it is.
    """
    with transaction.atomic():
        present = present_rows(kind)
        numbers = {row.uat_id: row.slug for row in present.values()}
        kept = tuple(
            area.slug
            for area in areas
            if area.slug in present and present[area.slug].origin == AreaOrigin.SITE
        )
        wanted = [
            Row(
                slug=area.slug,
                label=area.label,
                synonyms=[*area.synonyms],
                position=position,
                origin=AreaOrigin.SHIPPED.value,
                # The number of a concept belongs to one row; the row that has it keeps it.
                uat_id=area.uat_id if numbers.get(area.uat_id, area.slug) == area.slug else None,
                parents=set(area.parents),
            )
            for position, area in enumerate(areas)
            if area.slug not in kept
        ]
        return write(kind, wanted, present, kept)


def load_uat(concepts: Sequence[Concept], mappings: Iterable[ConceptMapping]) -> Loaded:
    """Add the Unified Astronomy Thesaurus below and beside the shipped areas.

    A concept that a shipped area or one of the site is about gives it its names as further
    synonyms; every other concept becomes an area. Its parents are its broader concepts and,
    through `mappings`, the shipped areas it is exactly, closely or narrowly matched to. Never
    deletes. Raises ShippedAreasMissing.
    """
    with transaction.atomic():
        present = present_rows(Kind.ASTRONOMY)
        own = {row.uat_id: row for row in present.values() if row.uat_id is not None}
        slugs = _slugs(concepts, present, own)
        above = _mapped(mappings, present)
        names = _Names.of(concepts, present.values())
        ours = [c for c in concepts if c.uat_id in own and own[c.uat_id].origin != AreaOrigin.UAT]
        merged = [names.taken_over(concept, by=own[concept.uat_id]) for concept in ours]
        taken = {concept.uat_id for concept in ours}
        rows = [
            Row(
                slug=slugs[concept.uat_id],
                label=concept.label,
                synonyms=names.free(concept),
                position=_AFTER_ALL_OTHERS,
                origin=AreaOrigin.UAT.value,
                uat_id=concept.uat_id,
                parents={slugs[each] for each in concept.broader if each in slugs}
                | above.get(concept.uat_id, set()),
            )
            for concept in concepts
            if concept.uat_id not in taken
        ]
        return write(Kind.ASTRONOMY, [*merged, *rows], present)


def vocabulary(kind: Kind, meeting: Meeting | None = None) -> Vocabulary:
    """The areas in the database, indexed for matching; one query. Hold on to it during an import.

    With a meeting also what its organisers decided about terms, by one query more.

    Shipped areas and those of the site come first. Names that shipped areas took over from the
    thesaurus, or were given on this site, and the thesaurus itself count for whole phrases only.
    """
    shipped = {area.slug: area for area in shipped_areas(kind)}
    first: list[Area] = []
    further: list[Area] = []
    thesaurus: list[Area] = []
    for row in present_rows(kind).values():
        area = Area(
            row.slug, row.label, tuple(row.synonyms), tuple(sorted(row.parents)), row.uat_id
        )
        if row.origin == AreaOrigin.UAT:
            thesaurus.append(area)
        elif row.slug in shipped and row.origin == AreaOrigin.SHIPPED:
            original = shipped[row.slug]
            first.append(
                Area(row.slug, original.label, original.synonyms, area.parents, row.uat_id)
            )
            further.append(area)
        else:
            first.append(area)
    known = _indexed(tuple(first), shipped_wordings(kind), (*further, *thesaurus))
    if meeting is None:
        return known
    return with_terms(known, {each.key: each.slug for each in meanings(meeting, kind)})


def match_areas(kind: Kind, text: str, meeting: Meeting | None = None) -> Tagging:
    """Tag one text. For many texts hold on to `vocabulary(…)` and call `tag` yourself."""
    return tag(text, vocabulary(kind, meeting))


@lru_cache(maxsize=_INDEXED)
def _indexed(
    areas: tuple[Area, ...], wordings: tuple[Wording, ...], thesaurus: tuple[Area, ...]
) -> Vocabulary:
    # The rows are the cache's key: whoever changes an area, in whichever process, is heard.
    known = {area.slug for area in (*areas, *thesaurus)}
    return index(areas, tuple(w for w in wordings if not w.slug or w.slug in known), thesaurus)


def _mapped(mappings: Iterable[ConceptMapping], present: Mapping[str, Row]) -> dict[int, set[str]]:
    """Per concept the shipped areas it is rolled up to."""
    above: dict[int, set[str]] = {}
    for mapping in mappings:
        if mapping.slug not in present:
            raise ShippedAreasMissing(mapping.slug)
        if mapping.relation is not Relation.RELATED:
            above.setdefault(mapping.uat_id, set()).add(mapping.slug)
    return above


def _slugs(
    concepts: Sequence[Concept], present: Mapping[str, Row], own: Mapping[int, Row]
) -> dict[int, str]:
    """Per concept the slug it has, or a new one that nothing else has."""
    used = set(present)
    slugs: dict[int, str] = {}
    for concept in concepts:
        if row := own.get(concept.uat_id):
            slugs[concept.uat_id] = row.slug
            continue
        slug = slugify(spelled_out(concept.label))[:_SLUG_LENGTH] or "concept"
        slugs[concept.uat_id] = slug if slug not in used else f"{slug}-{concept.uat_id}"
        used.add(slugs[concept.uat_id])
    return slugs


@dataclass(frozen=True, slots=True)
class _Names:
    """Who owns which name, so that no two areas end up with the same one by our doing."""

    owners: dict[str, str]
    """Folded name -> slug of the shipped area or area of the site that has it."""
    labels: Mapping[str, int]
    """Folded label -> the concept it belongs to."""

    @classmethod
    def of(cls, concepts: Sequence[Concept], rows: Iterable[Row]) -> "_Names":
        owners: dict[str, str] = {}
        for row in rows:
            if row.origin != AreaOrigin.UAT:
                for name in (row.label, *row.synonyms):
                    owners.setdefault(key_of(name), row.slug)
        return cls(owners, {key_of(concept.label): concept.uat_id for concept in concepts})

    def taken_over(self, concept: Concept, *, by: Row) -> Row:
        """The row that is about the concept, with the names of the concept that nobody else has."""
        new: list[str] = []
        for name in (concept.label, *concept.synonyms):
            key = key_of(name)
            if key not in self.owners and self.labels.get(key, concept.uat_id) == concept.uat_id:
                self.owners[key] = by.slug
                new.append(name)
        return replace(by, synonyms=[*by.synonyms, *new], parents=set(by.parents))

    def free(self, concept: Concept) -> list[str]:
        """The alternative names of a concept that no other area has a better claim to."""
        return [
            name
            for name in concept.synonyms
            if (key := key_of(name)) not in self.owners and key not in self.labels
        ]
