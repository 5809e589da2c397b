"""The rules of budgets, over anything."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.costing.rules.budgets import WHOLE, BudgetLevel, Pace, add_up, expected_cost, level_of, order_of, scaled

amounts = st.integers(0, 10**12)
signed = st.integers(-(10**9), 10**12)


@st.composite
def trees(draw: st.DrawFn) -> dict[int, int | None]:
    """Categories, each hanging below an earlier one or at the root."""
    parents: dict[int, int | None] = {}
    for key in range(1, draw(st.integers(1, 12)) + 1):
        parents[key] = draw(st.sampled_from([None, *parents])) if parents else None
    return parents


@given(trees(), st.data())
def test_the_whole_is_the_sum_of_its_parts(parents: dict[int, int | None], data: st.DataObject) -> None:
    keys = [0, *parents, 99]
    spent = data.draw(st.dictionaries(st.sampled_from(keys), signed))
    own = data.draw(st.dictionaries(st.sampled_from([0, *parents]), amounts))
    expected = data.draw(st.dictionaries(st.sampled_from(keys), st.one_of(st.none(), signed)))
    nodes = add_up(own, spent, expected, parents)
    assert sorted(order_of(nodes)) == sorted([0, *parents])
    assert nodes[WHOLE].actual == sum(spent.values())
    for key, node in nodes.items():
        below = [nodes[child] for child in node.children]
        loose = sum(amount for one, amount in spent.items() if one not in parents)
        mine = loose if key == WHOLE else spent.get(key, 0)
        assert node.actual == mine + sum(child.actual for child in below)
        assert node.budget == own.get(key, node.parts)
        set_below = [child.budget for child in below if child.budget is not None]
        assert node.parts == (sum(set_below) if set_below else None)
        if key in own:
            assert node.without == 0
    if not own:
        assert nodes[WHOLE].without == sum(spent.values())


@given(
    st.integers(0, 30),
    amounts,
    amounts,
    st.lists(amounts, min_size=7, max_size=7),
    st.sampled_from([date(2026, 2, 1), date(2026, 10, 1)]),
)
def test_what_is_expected_is_never_less_than_what_is_spent(
    done: int, before: int, today: int, weights: list[int], first: date
) -> None:
    last = date(first.year, first.month + 1, 1) - timedelta(days=1)
    pace = Pace(first, last, first + timedelta(days=done), weights)
    found = expected_cost(pace, before, before + today)
    assert found is None or found >= before + today
    if pace.today > last:
        assert found == before + today


def test_an_even_month_is_expected_in_proportion_and_weekdays_count() -> None:
    first, last = date(2026, 2, 1), date(2026, 2, 28)  # four whole weeks from a Sunday
    even = Pace(first, last, date(2026, 2, 15), [1] * 7)
    assert expected_cost(even, 1400, 1400) == 2800
    weekend = [0, 0, 0, 0, 0, 100, 300]  # nothing on weekdays: Sunday the 1st says a lot, the days after it nothing
    assert expected_cost(Pace(first, last, date(2026, 2, 7), weekend), 300, 300) == 1600
    assert expected_cost(Pace(first, last, date(2026, 2, 3), [0] * 7), 300, 300) is None
    young = Pace(first, last, date(2026, 2, 1), [80] * 7)  # 10 a day in the eight weeks before
    assert expected_cost(young, 0, 5) == 280


@given(amounts, signed, st.one_of(st.none(), signed))
def test_levels_say_over_before_watch(budget: int, actual: int, expected: int | None) -> None:
    level = level_of(budget, actual, expected)
    assert (level is BudgetLevel.OVER) == (actual > budget)
    assert (level is BudgetLevel.WATCH) == (actual <= budget and expected is not None and expected > budget)
    assert level_of(None, actual, expected) is BudgetLevel.NONE


@given(amounts, st.integers(-10_000, 100_000))
def test_a_percentage_is_exact_to_half_a_unit(amount: int, hundredths: int) -> None:
    found = scaled(amount, hundredths)
    assert found >= 0 and abs(found * 10_000 - amount * (10_000 + hundredths)) <= 5_000
