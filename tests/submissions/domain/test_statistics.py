"""Counting talks for the pictures of the dashboard."""

from datetime import date, timedelta

import pytest

from submissions.domain.statistics import (
    Bar,
    HeatMap,
    Shelf,
    Timeline,
    below,
    heat,
    heat_map,
    in_tree_order,
    shelves,
    shelves_of,
    timeline,
)

DAY = date(2027, 3, 1)


def shelf(key: int, *parents: int) -> Shelf:
    return Shelf(key, f"slug-{key}", f"Label {key}", parents)


def test_a_timeline_has_a_bar_for_every_day_from_opening_to_close() -> None:
    counts = {DAY + timedelta(days=1): 2}
    assert timeline(counts, opens=DAY, closes=DAY + timedelta(days=2)) == Timeline(
        (
            Bar(DAY, DAY, 0, 0),
            Bar(DAY + timedelta(days=1), DAY + timedelta(days=1), 2, 2),
            Bar(DAY + timedelta(days=2), DAY + timedelta(days=2), 0, 2),
        ),
        days=(Bar(DAY + timedelta(days=1), DAY + timedelta(days=1), 2, 2),),
        days_in_a_bar=1,
    )


def test_talks_outside_the_call_are_counted_too() -> None:
    counts = {DAY - timedelta(days=1): 1, DAY + timedelta(days=3): 4}
    found = timeline(counts, opens=DAY, closes=DAY + timedelta(days=1))
    assert [bar.count for bar in found.bars] == [1, 0, 0, 0, 4]
    assert (found.total, found.highest) == (5, 4)


def test_without_dates_and_talks_there_is_no_bar() -> None:
    assert timeline({}) == Timeline(())
    assert (timeline({}).total, timeline({}).highest) == (0, 0)


@pytest.mark.parametrize(
    ("days", "width", "bars"), [(200, 1, 200), (201, 7, 29), (200 * 7, 7, 200), (1401, 28, 51)]
)
def test_long_calls_are_drawn_by_week_and_longer_ones_by_four_but_always_counted_by_day(
    days: int, width: int, bars: int
) -> None:
    last = DAY + timedelta(days=days - 1)
    found = timeline({DAY: 1, last: 2}, opens=DAY, closes=last)
    assert (found.days_in_a_bar, len(found.bars)) == (width, bars)
    assert (found.bars[0].count, found.bars[-1].count, found.total) == (1, 2, 3)
    assert found.bars[-1].last == last
    assert found.days == (Bar(DAY, DAY, 1, 1), Bar(last, last, 2, 3))


def test_shelves_are_the_areas_without_a_parent() -> None:
    areas = [shelf(1), shelf(2, 1), shelf(3), shelf(4, 2, 3)]
    found = shelves(areas)
    assert (found.tops, found.rest) == ((areas[0], areas[2]), None)
    assert shelves_of(areas, found) == {
        1: frozenset({1}),
        2: frozenset({1}),
        3: frozenset({3}),
        4: frozenset({1, 3}),
    }


def test_under_a_single_root_its_children_are_the_shelves() -> None:
    areas = [shelf(1), shelf(2, 1), shelf(3, 1), shelf(4, 2)]
    found = shelves(areas)
    assert (found.tops, found.rest) == ((areas[1], areas[2]), areas[0])
    assert found.all == (areas[1], areas[2], areas[0])
    assert shelves_of(areas, found) == {
        1: frozenset({1}),  # for what is tagged with nothing finer
        2: frozenset({2}),
        3: frozenset({3}),
        4: frozenset({2}),
    }


def test_a_single_area_is_its_own_shelf_and_an_absent_parent_is_none() -> None:
    assert shelves([shelf(1)]).all == (shelf(1),)
    assert shelves([shelf(1, 99)]).all == (shelf(1, 99),)


def test_areas_that_are_their_own_ancestors_do_no_harm() -> None:
    areas = [shelf(1), shelf(2, 3), shelf(3, 2)]
    assert shelves_of(areas, shelves(areas)) == {
        1: frozenset({1}),
        2: frozenset(),
        3: frozenset(),
    }


def test_below_an_area_is_itself_and_everything_under_it() -> None:
    areas = [shelf(1), shelf(2, 1), shelf(3, 2), shelf(4)]
    assert below(areas, 1) == {1, 2, 3}
    assert below(areas, 99) == frozenset()


def test_used_areas_are_listed_in_tree_order_with_those_above_them() -> None:
    areas = [shelf(1), shelf(5, 4), shelf(2, 1), shelf(3, 1), shelf(4, 2)]
    assert [(depth, area.key) for depth, area in in_tree_order(areas, [5, 3])] == [
        (0, 1),
        (1, 2),
        (2, 4),
        (3, 5),
        (1, 3),
    ]
    assert in_tree_order(areas, []) == []


def test_a_talk_counts_once_in_each_cell_that_its_areas_meet_in() -> None:
    astronomy, ml = [shelf(1), shelf(2, 1), shelf(3)], [shelf(11), shelf(12), shelf(13)]
    tags = [([1, 2], [11]), ([2, 3], [11, 12]), ([3], []), ([], [12])]
    assert heat_map(astronomy, ml, tags) == HeatMap(
        rows=(shelf(1), shelf(3)),
        columns=(shelf(11), shelf(12)),
        counts={(1, 11): 2, (1, 12): 1, (3, 11): 1, (3, 12): 1},
        row_totals={1: 2, 3: 2},
        column_totals={11: 2, 12: 2},
        unseen_columns=(shelf(13),),
    )
    assert heat_map(astronomy, ml, tags).highest == 2
    assert heat_map(astronomy, ml, []).highest == 0


@pytest.mark.parametrize(
    ("count", "highest", "step"),
    [
        (0, 0, 0),
        (0, 9, 0),
        (1, 1, 1),
        (2, 2, 2),
        (5, 5, 5),
        (1, 100, 1),
        (21, 100, 2),
        (100, 100, 5),
    ],
)
def test_heat_is_pale_for_few_and_full_for_the_highest(count: int, highest: int, step: int) -> None:
    assert heat(count, highest) == step
