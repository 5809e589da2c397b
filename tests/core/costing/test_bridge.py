"""The bridge adds up to the minor unit, whatever the figures are, and says what it should of figures that are clear."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.costing.rules.bridge import ItemUse, Parts, Use, explain, share_out, spread

AMOUNTS = st.integers(-(10**9), 10**12)
QTYS = st.integers(-(10**9), 10**13)
USES = st.builds(Use, QTYS, AMOUNTS, QTYS, AMOUNTS)
ITEMS = st.builds(
    ItemUse,
    USES,
    group=st.sampled_from("abc"),
    factor=st.sampled_from([1, 1000]),
    opening=st.tuples(QTYS, AMOUNTS),
)
KG, YUAN = 1_000_000, 100


def _sum(parts: Parts) -> int:
    return parts.price + parts.quantity + parts.mix


@given(st.dictionaries(st.integers(1, 1000), ITEMS, max_size=30))
def test_usage_before_and_its_parts_are_the_usage_of_the_month_for_every_item(items: dict[int, ItemUse]) -> None:
    found = explain(items)
    for key, one in items.items():
        assert one.use.value0 + _sum(found[key]) == one.use.value1


@given(st.lists(USES, min_size=1, max_size=12), ITEMS)
def test_what_is_shared_out_to_sections_adds_up_by_section_and_in_every_part(uses: list[Use], one: ItemUse) -> None:
    sums = (sum(use.qty0 for use in uses), sum(use.value0 for use in uses))
    whole = Use(*sums, sum(use.qty1 for use in uses), sum(use.value1 for use in uses))
    other = ItemUse(one.use, "a")
    parts = explain({1: ItemUse(whole, "a", 1, one.opening), 2: other})[1]
    shared = share_out(parts, uses)
    for use, part in zip(uses, shared, strict=True):
        assert use.value0 + _sum(part) == use.value1
    assert sum(part.price for part in shared) == parts.price
    assert sum(part.quantity for part in shared) == parts.quantity
    assert sum(part.mix for part in shared) == parts.mix


@given(AMOUNTS, st.lists(QTYS, min_size=1), st.tuples(AMOUNTS, st.integers(1, 10**12)))
def test_shares_sum_to_the_total(total: int, weights: list[int], rate: tuple[int, int]) -> None:
    assert sum(spread(total, weights, rate)) == total


@given(st.lists(QTYS, min_size=1), st.tuples(AMOUNTS, st.integers(1, 10**12)))
def test_a_share_is_its_weight_times_the_rate_but_for_rounding(weights: list[int], rate: tuple[int, int]) -> None:
    total = (2 * sum(weights) * rate[0] + rate[1]) // (2 * rate[1])
    for weight, share in zip(weights, spread(total, weights, rate), strict=True):
        assert abs(share * rate[1] - weight * rate[0]) <= 2 * rate[1]


def test_the_same_goods_at_another_price_are_all_price() -> None:
    parts = explain({1: ItemUse(Use(10 * KG, 50 * YUAN, 10 * KG, 60 * YUAN))})[1]
    assert (parts.price, parts.quantity, parts.mix) == (10 * YUAN, 0, 0)


def test_more_of_everything_at_the_same_price_is_all_quantity() -> None:
    found = explain(
        {
            1: ItemUse(Use(10 * KG, 50 * YUAN, 20 * KG, 100 * YUAN)),
            2: ItemUse(Use(5 * KG, 200 * YUAN, 10 * KG, 400 * YUAN)),
        }
    )
    assert [(one.price, one.quantity, one.mix) for one in found.values()] == [(0, 5000, 0), (0, 20000, 0)]


def test_dear_goods_for_cheap_ones_are_mix() -> None:
    found = explain(
        {
            1: ItemUse(Use(10 * KG, 100 * YUAN, 5 * KG, 50 * YUAN)),
            2: ItemUse(Use(10 * KG, 400 * YUAN, 15 * KG, 600 * YUAN)),
        }
    )
    assert sum(one.price for one in found.values()) == 0
    assert sum(one.quantity for one in found.values()) == 0
    assert sum(one.mix for one in found.values()) == 150 * YUAN


def test_grams_and_kilograms_of_a_category_are_counted_together() -> None:
    found = explain(
        {
            1: ItemUse(Use(1 * KG, 10 * YUAN, 2 * KG, 20 * YUAN), factor=1000),
            2: ItemUse(Use(1000 * KG, 30 * YUAN, 2000 * KG, 60 * YUAN), factor=1),
        }
    )
    assert [(one.quantity, one.mix) for one in found.values()] == [(1000, 0), (3000, 0)]


def test_goods_not_used_before_are_compared_with_their_cost_in_stock() -> None:
    old = ItemUse(Use(10 * KG, 100 * YUAN, 10 * KG, 100 * YUAN))
    new = ItemUse(Use(0, 0, 2 * KG, 30 * YUAN), opening=(10 * KG, 120 * YUAN))
    parts = explain({1: old, 2: new})[2]
    assert (parts.price, parts.quantity, parts.mix) == (6 * YUAN, 0, 24 * YUAN)


def test_goods_that_were_not_there_before_have_no_price_difference() -> None:
    old = ItemUse(Use(10 * KG, 100 * YUAN, 10 * KG, 100 * YUAN))
    parts = explain({1: old, 2: ItemUse(Use(0, 0, 2 * KG, 30 * YUAN))})[2]
    assert (parts.price, parts.mix) == (0, 30 * YUAN)


def test_where_nothing_of_a_kind_was_used_before_all_is_quantity() -> None:
    parts = explain({1: ItemUse(Use(0, 0, 2 * KG, 30 * YUAN))})[1]
    assert (parts.price, parts.quantity, parts.mix) == (0, 30 * YUAN, 0)


def test_the_whole_quantity_is_rounded_once() -> None:
    items = {key: ItemUse(Use(3 * KG, 1, 4 * KG, 1)) for key in range(300)}
    assert sum(one.quantity for one in explain(items).values()) == 100
