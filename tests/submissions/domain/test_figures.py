"""Where things stand in the pictures of the dashboard."""

from datetime import date, timedelta

import pytest

from submissions.domain.figures import (
    CELL_HEIGHT,
    CELL_WIDTH,
    HEAT_LEFT,
    HEAT_TOP,
    PLOT_BOTTOM,
    PLOT_LEFT,
    PLOT_RIGHT,
    PLOT_TOP,
    TimelineFigure,
    heat_figure,
    nice_step,
    timeline_figure,
)
from submissions.domain.statistics import Shelf, heat_map, timeline

DAY = date(2027, 3, 1)


def test_bars_fill_the_plot_and_stand_on_its_floor() -> None:
    counts = {DAY: 4, DAY + timedelta(days=9): 2}
    figure = timeline_figure(timeline(counts), closes=None, today=DAY)
    first, last = figure.columns[0], figure.columns[-1]
    assert (first.x, first.y, first.y + first.height) == (PLOT_LEFT, PLOT_TOP, PLOT_BOTTOM)
    assert last.x + last.width == pytest.approx(PLOT_RIGHT - 1)
    assert last.height * 2 == pytest.approx(first.height)
    assert [tick.label for tick in figure.counts] == [0, 1, 2, 3, 4]
    assert [tick.day for tick in figure.days] == [DAY + timedelta(days=d) for d in (0, 2, 4, 6, 8)]


def test_deadline_and_today_are_marked_where_they_are() -> None:
    closes, today = DAY + timedelta(days=9), DAY + timedelta(days=5)
    figure = timeline_figure(timeline({DAY: 1}, closes=closes), closes=closes, today=today)
    assert (figure.closes, figure.today) == (PLOT_RIGHT, (PLOT_LEFT + PLOT_RIGHT) / 2)
    later = timeline_figure(timeline({DAY: 1}), closes=None, today=today)
    assert (later.closes, later.today) == (None, None)


def test_without_bars_there_is_nothing() -> None:
    empty = TimelineFigure((), (), (), None, None)
    assert timeline_figure(timeline({}), closes=None, today=DAY) == empty


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (5, 1), (6, 2), (10, 2), (11, 5), (26, 10), (430, 100)]
)
def test_there_are_at_most_five_lines_of_round_numbers(highest: int, step: int) -> None:
    assert nice_step(highest) == step


def test_cells_stand_in_rows_and_columns_with_their_names_beside() -> None:
    long_name = "Machine-learning practice and infrastructure"
    rows = [Shelf(1, "a", "A"), Shelf(2, "b", "B")]
    columns = [Shelf(11, "x", "X"), Shelf(12, "y", long_name)]
    figure = heat_figure(heat_map(rows, columns, [([1], [11]), ([2], [12]), ([2], [12])]))
    assert [(cell.count, cell.heat, cell.x, cell.y) for cell in figure.cells] == [
        (1, 1, HEAT_LEFT, HEAT_TOP),
        (0, 0, HEAT_LEFT + CELL_WIDTH, HEAT_TOP),
        (0, 0, HEAT_LEFT, HEAT_TOP + CELL_HEIGHT),
        (2, 2, HEAT_LEFT + CELL_WIDTH, HEAT_TOP + CELL_HEIGHT),
    ]
    assert [label.text for label in figure.columns] == ["X", "Machine-learning practice and infr…"]
    assert [(label.shelf.key, label.total) for label in figure.rows] == [(1, 1), (2, 2)]
    assert [(label.text, len(cells)) for label, cells in figure.lines()] == [("A", 2), ("B", 2)]
