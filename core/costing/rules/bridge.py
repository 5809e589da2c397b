"""The bridge from the cost of one month to that of another, exactly: price, quantity, mix, waste, counts, other.

Source of the method: the price, volume and mix variances of standard costing (as in Horngren, Datar, Rajan: Cost
Accounting, "Flexible budgets" and "Sales-quantity and sales-mix variances"), with the month before as the standard. All
amounts are whole minor units and all rounding is cumulative, so that the parts sum to the change for every item, every
category, every section and the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from core.values import round_half_up


class BridgePart(StrEnum):
    """A part of a bridge, in the order it is shown."""

    PLAN = "plan"
    """Against a budget only: what the month before cost more than the budget."""
    PRICE = "price"
    """What was used cost more or less a unit than in the month before."""
    QUANTITY = "quantity"
    """More or less was used of a category as a whole, at the costs of the month before."""
    MIX = "mix"
    """Within a category, more or less of dear goods was used than of cheap ones."""
    WASTE = "waste"
    COUNTS = "counts"
    OTHER = "other"


PARTS = tuple(BridgePart)


class Use(NamedTuple):
    """What was used of an item, or of an item by a section: quantities in millionths, values in minor units; 0 is the month
    before, 1 the month."""

    qty0: int
    value0: int
    qty1: int
    value1: int


class ItemUse(NamedTuple):
    """What was used of an item. `group` are the goods that are counted together (category and kind of unit), `factor` one
    base unit in that kind's own; `opening` is what was in stock when the month began: quantity and value."""

    use: Use
    group: Hashable = ""
    factor: int = 1
    opening: tuple[int, int] = (0, 0)


class Parts(NamedTuple):
    """Why the usage of an item (or a part of it) changed: value0 + price + quantity + mix = value1. `cost` is the reference
    cost as value over quantity, None where there is none; `growth` how the quantity of its group changed, as what came on
    top over what was, None where nothing was."""

    price: int
    quantity: int
    mix: int
    cost: tuple[int, int] | None
    growth: tuple[int, int] | None


def reference_cost(use: Use, opening: tuple[int, int]) -> tuple[int, int] | None:
    """The unit cost to compare with, as value over quantity: that of the month before's usage; of goods not used then the
    cost they had in stock when the month began; None when they were not there either."""
    if use.qty0 > 0 and use.value0 >= 0:
        return use.value0, use.qty0
    qty, value = opening
    return (value, qty) if qty > 0 and value >= 0 else None


def at_reference(use: Use, cost: tuple[int, int] | None) -> int:
    """What was used in the month at the reference cost, half-up; at its own cost where there is none."""
    return use.value1 if cost is None else round_half_up(use.qty1 * cost[0], cost[1])


def explain(items: Mapping[int, ItemUse]) -> dict[int, Parts]:
    """Price, quantity and mix of every item.

    price = usage - usage at the reference cost. The quantity of a group changed as a whole by the growth of its total
    quantity, at the values of the month before; of an item that is its share of them. Mix is the rest. In a group of which
    nothing was used in the month before all is quantity.
    """
    growths = _growths(items.values())
    run: dict[Hashable, int] = defaultdict(int)
    found: dict[int, Parts] = {}
    for key in sorted(items):
        one = items[key]
        use, growth = one.use, growths[one.group]
        cost = reference_cost(use, one.opening)
        then = at_reference(use, cost)
        if growth is None:
            quantity = then - use.value0
        else:
            told = round_half_up(run[one.group] * growth[0], growth[1])
            run[one.group] += use.value0
            quantity = round_half_up(run[one.group] * growth[0], growth[1]) - told
        found[key] = Parts(use.value1 - then, quantity, then - use.value0 - quantity, cost, growth)
    return found


def _growths(items: Iterable[ItemUse]) -> dict[Hashable, tuple[int, int] | None]:
    """How much the quantity of each group grew: what came on top, over what was; None where that says nothing."""
    sums: dict[Hashable, list[int]] = defaultdict(lambda: [0, 0])
    for one in items:
        both = sums[one.group]
        both[0] += one.use.qty0 * one.factor
        both[1] += one.use.qty1 * one.factor
    return {
        group: (after - before, before) if before > 0 and after >= 0 else None
        for group, (before, after) in sums.items()
    }


def share_out(whole: Parts, uses: Sequence[Use]) -> list[Parts]:
    """An item's parts shared out to where it was used: each adds up by itself, and together they are the whole.

    Price at the item's reference cost, quantity by the group's growth on the whole site: what a section took more than
    that is mix.
    """
    if len(uses) == 1:
        return [whole]
    if whole.cost is None:
        then = [use.value1 for use in uses]
    else:
        target = sum(use.value1 for use in uses) - whole.price
        then = spread(target, [use.qty1 for use in uses], whole.cost)
    if whole.growth is None:
        quantity = [after - use.value0 for use, after in zip(uses, then, strict=True)]
    else:
        quantity = spread(whole.quantity, [use.value0 for use in uses], whole.growth)
    return [
        Parts(use.value1 - after, more, after - use.value0 - more, whole.cost, whole.growth)
        for use, after, more in zip(uses, then, quantity, strict=True)
    ]


def spread(total: int, weights: Sequence[int], rate: tuple[int, int]) -> list[int]:
    """Each weight times a rate (over, under), by cumulative rounding; what is missing to `total` then goes to the largest
    weight, so that the shares sum to it exactly. No weights: no shares."""
    shares: list[int] = []
    run = told = 0
    over, under = rate
    for weight in weights:
        run += weight
        upto = round_half_up(run * over, under)
        shares.append(upto - told)
        told = upto
    if shares and told != total:
        sizes = [abs(weight) for weight in weights]
        shares[sizes.index(max(sizes))] += total - told
    return shares
