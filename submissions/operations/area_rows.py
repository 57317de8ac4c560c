"""Rows of the two area tables, compared with what they should be and written together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from submissions.importers.vocabulary import Kind
from submissions.models import Area, AreaOrigin, AstronomyArea, MLArea

_MODELS: Final[Mapping[Kind, type[Area]]] = {Kind.ASTRONOMY: AstronomyArea, Kind.ML: MLArea}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many areas a load made, changed and left as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0
    kept: tuple[str, ...] = ()
    """Slugs of areas added on this site that stand in the way of one to load."""


@dataclass(slots=True)
class Row:
    """One area as it should be, or as it is."""

    slug: str
    label: str
    synonyms: list[str]
    position: int
    origin: str
    uat_id: int | None
    parents: set[str] = field(default_factory=set)
    """Slugs."""


def present_rows(kind: Kind) -> dict[str, Row]:
    """The areas in the database by slug, in their order; one query."""
    numbered = ("uat_id",) if kind is Kind.ASTRONOMY else ()
    columns = ("slug", "label", "synonyms", "position", "origin", "parents__slug", *numbered)
    rows: dict[str, Row] = {}
    for slug, label, synonyms, position, origin, parent, *number in (
        _MODELS[kind]._default_manager.order_by("position", "label").values_list(*columns)
    ):
        if slug not in rows:
            uat_id = number[0] if number else None
            rows[slug] = Row(slug, label, list(synonyms), position, origin, uat_id)
        if parent:
            rows[slug].parents.add(parent)
    return rows


def write(
    kind: Kind, wanted: list[Row], present: Mapping[str, Row], kept: tuple[str, ...] = ()
) -> Loaded:
    """Write what differs.

    Synonyms that a row has and parents that this site added stay, and so does its place in the
    order, which organisers may have changed.
    """
    new: list[Row] = []
    changed: list[Row] = []
    for row in wanted:
        before = present.get(row.slug)
        if before is None:
            new.append(row)
            continue
        if before.origin == row.origin:
            row.position = before.position
        row.synonyms += [each for each in before.synonyms if each not in row.synonyms]
        row.parents |= {slug for slug in before.parents if present[slug].origin == AreaOrigin.SITE}
        if row != before:
            changed.append(row)
    _write_rows(kind, new, changed)
    _write_parents(kind, [*new, *changed], present)
    return Loaded(len(new), len(changed), len(wanted) - len(new) - len(changed), kept)


def _write_rows(kind: Kind, new: list[Row], changed: list[Row]) -> None:
    model = _MODELS[kind]
    names = ["label", "synonyms", "position", "origin"]
    names += ["uat_id"] if kind is Kind.ASTRONOMY else []
    rows = model._default_manager
    rows.bulk_create(
        [model(slug=row.slug, **{name: getattr(row, name) for name in names}) for row in new]
    )
    existing = rows.in_bulk([row.slug for row in changed], field_name="slug")
    for row in changed:
        for name in names:
            setattr(existing[row.slug], name, getattr(row, name))
    rows.bulk_update(existing.values(), names, batch_size=200)


def _write_parents(kind: Kind, rows: list[Row], present: Mapping[str, Row]) -> None:
    model = _MODELS[kind]
    through = model.parents.through
    pks = dict(model._default_manager.values_list("slug", "pk"))
    source, target = f"from_{model._meta.model_name}_id", f"to_{model._meta.model_name}_id"
    wanted = {(pks[row.slug], pks[slug]) for row in rows for slug in row.parents if slug in pks}
    before = {
        (pks[row.slug], pks[slug])
        for row in rows
        if row.slug in present
        for slug in present[row.slug].parents
    }
    through._default_manager.bulk_create(
        [through(**{source: child, target: parent}) for child, parent in sorted(wanted - before)]
    )
    for child, parent in sorted(before - wanted):
        through._default_manager.filter(**{source: child, target: parent}).delete()
