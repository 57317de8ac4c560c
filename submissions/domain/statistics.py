"""Counting talks for pictures: by day until the deadline, astronomy against machine learning."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MOST_BARS: Final = 200
"""A picture with more bars is hard to read: longer calls are drawn by week, then by four."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The days from `first` to `last`, both included."""

    first: date
    last: date
    count: int
    total: int
    """Everything up to and including `last`."""


@dataclass(frozen=True, slots=True)
class Timeline:
    bars: tuple[Bar, ...]
    """For the picture, without gaps."""
    days: tuple[Bar, ...] = ()
    """For the table, always by day: only those on which something came in."""
    days_in_a_bar: int = 1

    @property
    def total(self) -> int:
        return self.bars[-1].total if self.bars else 0

    @property
    def highest(self) -> int:
        return max((bar.count for bar in self.bars), default=0)


def timeline(
    counts: Mapping[date, int], *, opens: date | None = None, closes: date | None = None
) -> Timeline:
    """Bars without gaps from the opening to the close, and beyond where talks came outside it.

    Without dates and without talks there is nothing to show: no bars.
    """
    ends = [day for day in (opens, closes, *counts) if day is not None]
    if not ends:
        return Timeline(())
    first, last = min(ends), max(ends)
    width = next((w for w in (1, 7) if (last - first).days < MOST_BARS * w), 28)
    by_day = _bars(counts, first, last, 1)
    return Timeline(
        bars=by_day if width == 1 else _bars(counts, first, last, width),
        days=tuple(day for day in by_day if day.count),
        days_in_a_bar=width,
    )


def _bars(counts: Mapping[date, int], first: date, last: date, width: int) -> tuple[Bar, ...]:
    total, bars = 0, []
    start = first
    while start <= last:
        end = start + timedelta(days=width - 1)
        count = sum(counts.get(start + timedelta(days=day), 0) for day in range(width))
        total += count
        bars.append(Bar(start, min(end, last), count, total))
        start = end + timedelta(days=1)
    return tuple(bars)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An area of a vocabulary as the pictures need it: where it is in the tree."""

    key: int
    slug: str
    label: str
    parents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelves:
    """What areas are gathered under: the top of a vocabulary."""

    tops: tuple[Shelf, ...]
    rest: Shelf | None = None
    """The single root of all tops, for what is tagged with it and nothing finer."""

    @property
    def all(self) -> tuple[Shelf, ...]:
        return self.tops if self.rest is None else (*self.tops, self.rest)


def shelves(areas: Sequence[Shelf]) -> Shelves:
    """The areas without a parent; under one single root that would be one shelf: its children."""
    known = {area.key for area in areas}
    roots = tuple(area for area in areas if not known.intersection(area.parents))
    children = tuple(area for area in areas if len(roots) == 1 and roots[0].key in area.parents)
    return Shelves(children, roots[0]) if children else Shelves(roots)


def shelves_of(areas: Iterable[Shelf], under: Shelves) -> dict[int, frozenset[int]]:
    """Per area the keys of the shelves that it is under: with two parents perhaps two."""
    tops = {shelf.key for shelf in under.tops}
    rest = frozenset() if under.rest is None else frozenset({under.rest.key})
    return {key: (above & tops) or (above & rest) for key, above in _ancestors(areas).items()}


def _ancestors(areas: Iterable[Shelf]) -> dict[int, frozenset[int]]:
    """Per area its key and those of everything above it; a circle of parents does no harm."""
    parents = {area.key: area.parents for area in areas}
    found: dict[int, frozenset[int]] = {}
    for key in parents:
        seen: set[int] = set()
        to_visit = [key]
        while to_visit:
            visited = to_visit.pop()
            if visited not in seen:
                seen.add(visited)
                to_visit.extend(parents.get(visited, ()))
        found[key] = frozenset(seen)
    return found


def below(areas: Iterable[Shelf], key: int) -> frozenset[int]:
    """The keys of an area and of everything under it."""
    return frozenset(child for child, above in _ancestors(areas).items() if key in above)


def in_tree_order(areas: Sequence[Shelf], used: Iterable[int]) -> list[tuple[int, Shelf]]:
    """The areas in `used` and those above them, each under its first parent, with its depth."""
    ancestors = _ancestors(areas)
    shown = {above for key in used for above in ancestors.get(key, ())}
    children: dict[int | None, list[Shelf]] = defaultdict(list)
    for area in areas:
        if area.key in shown:
            children[area.parents[0] if area.parents else None].append(area)
    ordered: list[tuple[int, Shelf]] = []
    to_place = [(0, area) for area in reversed(children[None])]
    while to_place:
        depth, area = to_place.pop()
        ordered.append((depth, area))
        to_place.extend((depth + 1, child) for child in reversed(children.pop(area.key, [])))
    return ordered


@dataclass(frozen=True, slots=True)
class HeatMap:
    """How many talks are under a row's and a column's shelf; a talk may be in several cells."""

    rows: tuple[Shelf, ...]
    columns: tuple[Shelf, ...]
    counts: Mapping[tuple[int, int], int]
    """By keys of row and column; pairs without a talk are absent."""
    row_totals: Mapping[int, int]
    column_totals: Mapping[int, int]
    unseen_rows: tuple[Shelf, ...] = ()
    """Shelves without any talk, left out of the picture."""
    unseen_columns: tuple[Shelf, ...] = ()

    @property
    def highest(self) -> int:
        return max(self.counts.values(), default=0)


def heat_map(
    astronomy: Sequence[Shelf],
    ml: Sequence[Shelf],
    tags: Iterable[tuple[Iterable[int], Iterable[int]]],
) -> HeatMap:
    """Count talks by shelf; `tags` holds per talk the keys of its astronomy and its ML areas."""
    rows, columns = shelves(astronomy), shelves(ml)
    row_of, column_of = shelves_of(astronomy, rows), shelves_of(ml, columns)
    cells: Counter[tuple[int, int]] = Counter()
    in_rows: Counter[int] = Counter()
    in_columns: Counter[int] = Counter()
    for astronomy_keys, ml_keys in tags:
        under = {shelf for key in astronomy_keys for shelf in row_of.get(key, ())}
        across = {shelf for key in ml_keys for shelf in column_of.get(key, ())}
        in_rows.update(under)
        in_columns.update(across)
        cells.update((row, column) for row in under for column in across)
    return HeatMap(
        rows=tuple(row for row in rows.all if in_rows[row.key]),
        columns=tuple(column for column in columns.all if in_columns[column.key]),
        counts=dict(cells),
        row_totals=dict(in_rows),
        column_totals=dict(in_columns),
        unseen_rows=tuple(row for row in rows.all if not in_rows[row.key]),
        unseen_columns=tuple(column for column in columns.all if not in_columns[column.key]),
    )


def heat(count: int, highest: int) -> int:
    """The step of the colour scale, 0 (nothing) to 5 (the fullest cell).

    Small numbers stay pale: one talk among ones is not a peak.
    """
    return -(-5 * count // max(highest, 5))
