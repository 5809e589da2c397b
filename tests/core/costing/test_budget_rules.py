"""The rules of budgets, over anything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.costing.rules.budgets import WHOLE, BudgetLevel, add_up, level_of, order_of, scaled, share_to_come

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


@given(st.integers(0, 10**9), st.dictionaries(st.integers(0, 9), signed, max_size=8))
def test_what_is_to_come_is_shared_out_to_the_cent_and_only_where_something_is_usual(
    to_come: int, usual: dict[int, int]
) -> None:
    shares = share_to_come(to_come, usual)
    assert sum(shares.values()) == to_come
    assert all(share >= 0 for share in shares.values())
    assert all(usual.get(key, 0) > 0 for key in shares) or set(shares) <= {WHOLE}


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
