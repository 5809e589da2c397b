"""Columns, periods, the tree: pure decisions of costing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.costing import COLUMNS, Change, Days, change_of, column_of, days_before, last_month, month_to_date, share_of
from core.costing.rules import SIGNS, Sums, closing_of, contribution, roll_up
from db.enums import PostingKind as K

D = date
AMOUNTS = st.integers(-10_000, 10_000)


@given(entries=st.lists(st.tuples(st.sampled_from(list(K)), AMOUNTS, AMOUNTS)), opening=AMOUNTS)
def test_what_entries_add_to_the_columns_makes_the_closing(entries: list[tuple[K, int, int]], opening: int) -> None:
    """Whatever was settled: it comes in as paid and goes out as used, so the stock changes by the values alone."""
    changes = [(kind, value, settled) for kind, value, settled in entries if column_of(kind) is not None]
    parts = [opening] + [sum(contribution(column, *one) for one in changes) for column in COLUMNS[1:-1]] + [0]
    assert closing_of(parts) == opening + sum(value for _kind, value, _settled in changes)


def test_every_kind_stands_in_one_column_but_what_moves_nothing() -> None:
    assert {kind for kind in K if column_of(kind) is None} == {K.TRANSFER, K.REVERSAL}
    assert all(column_of(kind) in SIGNS for kind in K if column_of(kind))


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (Days(D(2026, 3, 1), D(2026, 3, 31)), Days(D(2026, 2, 1), D(2026, 2, 28))),
        (Days(D(2026, 1, 1), D(2026, 3, 31)), Days(D(2025, 10, 1), D(2025, 12, 31))),
        (Days(D(2026, 3, 1), D(2026, 3, 30)), Days(D(2026, 2, 1), D(2026, 2, 28))),
        (Days(D(2026, 3, 1), D(2026, 3, 14)), Days(D(2026, 2, 1), D(2026, 2, 14))),
        (Days(D(2026, 3, 9), D(2026, 3, 15)), Days(D(2026, 3, 2), D(2026, 3, 8))),
        (Days(D(2026, 3, 1), D(2026, 4, 2)), Days(D(2026, 1, 27), D(2026, 2, 28))),
        (Days(D(2026, 1, 5), D(2026, 1, 5)), Days(D(2026, 1, 4), D(2026, 1, 4))),
    ],
)
def test_a_period_is_compared_with_its_like(days: Days, before: Days) -> None:
    assert days_before(days) == before


def test_this_month_ends_today_and_last_month_is_whole() -> None:
    assert month_to_date(D(2026, 3, 4)) == Days(D(2026, 3, 1), D(2026, 3, 4))
    assert last_month(D(2026, 3, 31)) == Days(D(2026, 2, 1), D(2026, 2, 28))
    assert last_month(D(2026, 1, 1)) == Days(D(2025, 12, 1), D(2025, 12, 31))


def test_a_change_has_a_ratio_where_something_was_before() -> None:
    assert change_of(Decimal(112), Decimal(100)) == Change(Decimal(12), Decimal("0.12"))
    assert change_of(Decimal(5), Decimal(0)) == Change(Decimal(5), None)
    assert change_of(Decimal(-50), Decimal(-100)) == Change(Decimal(50), Decimal("0.5"))
    assert share_of(Decimal(1), Decimal(4)) == Decimal("0.25")


def _sums(value: int, unit: str) -> Sums:
    one = Sums()
    one.value[0], one.qty[0], one.unit = value, value, unit
    return one


def test_categories_roll_up_their_tree_and_mixed_units_have_no_unit() -> None:
    parents = {1: None, 2: 1, 3: 1, 4: 3, 5: None, 6: 5}
    own = {2: _sums(1, "kg"), 4: _sums(10, "kg"), 3: _sums(100, "L"), 0: _sums(7, "kg")}
    found = [
        (b.key, b.depth, b.has_children, b.sums.value[0], b.sums.unit) for b in roll_up(own, parents, list(parents))
    ]
    assert found == [
        (1, 0, True, 111, ""),
        (2, 1, False, 1, "kg"),
        (3, 1, True, 110, ""),
        (4, 2, False, 10, "kg"),
        (0, 0, False, 7, "kg"),
    ]


@given(st.data())
def test_the_roots_of_the_tree_sum_to_the_whole(data: st.DataObject) -> None:
    keys = list(range(1, data.draw(st.integers(1, 12)) + 1))
    parents = {key: data.draw(st.sampled_from([None, *range(1, key)])) for key in keys}
    own = {key: _sums(data.draw(AMOUNTS), "kg") for key in [0, *keys] if data.draw(st.booleans())}
    found = roll_up(own, parents, keys)
    assert sum(branch.sums.value[0] for branch in found if branch.depth == 0) == sum(
        one.value[0] for one in own.values()
    )
    for branch in found:
        below = [child for child in found if parents.get(child.key) == branch.key and child.key]
        mine = own[branch.key].value[0] if branch.key in own else 0
        assert branch.sums.value[0] == mine + sum(child.sums.value[0] for child in below)
