"""Where things stand in the pictures of the dashboard: plain numbers for an SVG template."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Final

from submissions.domain.statistics import Bar, HeatMap, Shelf, Timeline, heat

# In units of the picture, which is about as wide as a column of the page in pixels.
WIDTH: Final = 640
PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BOTTOM = 34, 636, 22, 150
TIMELINE_HEIGHT: Final = 180
X_TICKS: Final = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of the timeline as a rectangle."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    position: float
    label: int


@dataclass(frozen=True, slots=True)
class DayTick:
    position: float
    day: date


@dataclass(frozen=True, slots=True)
class TimelineFigure:
    columns: tuple[Column, ...]
    counts: tuple[Tick, ...]
    days: tuple[DayTick, ...]
    closes: float | None
    """Where the call closes; None if that is not in the picture."""
    today: float | None


def timeline_figure(timeline: Timeline, *, closes: date | None, today: date) -> TimelineFigure:
    bars = timeline.bars
    if not bars:
        return TimelineFigure((), (), (), None, None)
    first, days = bars[0].first, (bars[-1].last - bars[0].first).days + 1
    scale = (PLOT_RIGHT - PLOT_LEFT) / days
    step = nice_step(timeline.highest)
    top = max(step, ceil(timeline.highest / step) * step)

    def x(day: date) -> float:
        return round(PLOT_LEFT + (day - first).days * scale, 1)

    def y(count: int) -> float:
        return round(PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * count / top, 1)

    columns = tuple(
        Column(
            bar,
            x(bar.first),
            y(bar.count),
            round(max(1.0, ((bar.last - bar.first).days + 1) * scale - 1), 1),
            round(PLOT_BOTTOM - y(bar.count), 1),
        )
        for bar in bars
    )
    every = max(1, ceil(days / X_TICKS))
    ticks = [first + timedelta(days=day) for day in range(0, days, every)]
    return TimelineFigure(
        columns=columns,
        counts=tuple(Tick(y(count), count) for count in range(0, top + 1, step)),
        days=tuple(DayTick(x(day), day) for day in ticks),
        # The call closes at the end of that day's column.
        closes=x(closes + timedelta(days=1)) if closes and first <= closes else None,
        today=x(today) if first <= today <= bars[-1].last else None,
    )


def nice_step(highest: int) -> int:
    """The distance of at most five lines up to `highest`: 1, 2 or 5 times a power of ten.

    >>> nice_step(3), nice_step(12), nice_step(430)
    (1, 5, 100)
    """
    magnitude = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= 5 * factor * magnitude:
                return factor * magnitude
        magnitude *= 10


CELL_WIDTH, CELL_HEIGHT = 40, 24
HEAT_LEFT, HEAT_TOP = 236, 178
"""Room for the names of rows, and for those of columns, which are slanted."""
LONGEST_NAME: Final = 35
"""Characters that fit into that room."""


@dataclass(frozen=True, slots=True)
class Cell:
    row: Shelf
    column: Shelf
    count: int
    heat: int
    x: int
    y: int

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + CELL_WIDTH / 2, self.y + CELL_HEIGHT / 2 + 4


@dataclass(frozen=True, slots=True)
class Label:
    shelf: Shelf
    total: int
    x: float
    y: float

    @property
    def text(self) -> str:
        name = self.shelf.label
        return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


@dataclass(frozen=True, slots=True)
class HeatFigure:
    width: int
    height: int
    cell_width: int
    cell_height: int
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    cells: tuple[Cell, ...]

    def lines(self) -> Iterator[tuple[Label, tuple[Cell, ...]]]:
        """Row by row, for the table with the same numbers."""
        for label in self.rows:
            yield label, tuple(cell for cell in self.cells if cell.row.key == label.shelf.key)


def heat_figure(heat_map: HeatMap) -> HeatFigure:
    rows = tuple(
        Label(
            row,
            heat_map.row_totals.get(row.key, 0),
            HEAT_LEFT - 8,
            HEAT_TOP + number * CELL_HEIGHT + CELL_HEIGHT / 2 + 4,
        )
        for number, row in enumerate(heat_map.rows)
    )
    columns = tuple(
        Label(
            column,
            heat_map.column_totals.get(column.key, 0),
            HEAT_LEFT + number * CELL_WIDTH + CELL_WIDTH / 2,
            HEAT_TOP - 8,
        )
        for number, column in enumerate(heat_map.columns)
    )
    cells = []
    for row_number, row in enumerate(heat_map.rows):
        for column_number, column in enumerate(heat_map.columns):
            count = heat_map.counts.get((row.key, column.key), 0)
            cells.append(
                Cell(
                    row,
                    column,
                    count,
                    heat(count, heat_map.highest),
                    HEAT_LEFT + column_number * CELL_WIDTH,
                    HEAT_TOP + row_number * CELL_HEIGHT,
                )
            )
    return HeatFigure(
        # The last slanted name reaches beyond its column.
        width=HEAT_LEFT + len(columns) * CELL_WIDTH + 140,
        height=HEAT_TOP + len(rows) * CELL_HEIGHT + 4,
        cell_width=CELL_WIDTH,
        cell_height=CELL_HEIGHT,
        rows=rows,
        columns=columns,
        cells=tuple(cells),
    )
