"""How much is usually used, how long it must last, and the stock policies that follow."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from core.catalog import NewPolicy
from core.sample.tables import ItemSpec, items, prep_lines, suppliers

BUFFER_DAYS = {
    "veg": 0.6, "pork": 0.6, "beef": 0.8, "poultry": 0.6, "seafood": 0.4, "egg": 1.0, "grain": 9.0, "sauce": 12.0,
    "dried": 22.0, "prep": 0.5, "drink": 9.0, "shop": 14.0, "house": 16.0,
}  # fmt: skip
FROZEN_BUFFER = 8.0
MADE_DAYS = 1.3
SAFETY_SHARE = 0.65
DEAR = 100
COUNTED_STEP, WEIGHED_STEP, HANDFUL = Decimal(1), Decimal("0.05"), Decimal("0.1")
HANDFUL_BELOW = 0.3


@cache
def daily_use() -> dict[str, float]:
    """Base units used on a usual day, by the stations and for what the kitchen makes, by item code."""
    use = {code: spec.daily for code, spec in items().items()}
    for line in reversed(prep_lines()):  # from the last step back: dumplings need filling, filling needs pork
        use[line.used] += use[line.made] / float(line.batch) * float(line.qty)
    return use


@cache
def prep_costs() -> dict[str, float]:
    """What a base unit of everything costs at list prices, by item code; prepared items by what goes into them."""
    costs = {code: spec.price for code, spec in items().items()}
    for line in prep_lines():
        costs[line.made] += costs[line.used] * float(line.qty / line.batch)
    return costs


@cache
def batch_uses() -> dict[str, tuple[str, float]]:
    """What is only bought for a batch of something: the batch's item, and how much of it one takes, by item code."""
    return {line.used: (line.made, float(line.qty)) for line in prep_lines() if not items()[line.used].daily}


def days_to_next(weekdays: frozenset[int], weekday: int) -> int:
    """Days from a weekday to the next delivery after it."""
    return next(days for days in range(1, 8) if (weekday + days - 1) % 7 + 1 in weekdays)


def buffer_days(spec: ItemSpec) -> float:
    """Days of use to be held beyond the next delivery."""
    return FROZEN_BUFFER if spec.home.startswith("FRZ") else BUFFER_DAYS[spec.group]


def cover_days(spec: ItemSpec) -> float:
    """Days of use to be there right after a delivery."""
    if not spec.supplier:
        return MADE_DAYS
    weekdays = suppliers()[spec.supplier].weekdays
    return max(days_to_next(weekdays, weekday) for weekday in weekdays) + buffer_days(spec)


def step_of(spec: ItemSpec) -> Decimal:
    """How finely an item is weighed out."""
    if spec.is_counted:
        return COUNTED_STEP
    return HANDFUL if spec.daily < HANDFUL_BELOW and spec.price < DEAR else WEIGHED_STEP


def to_step(qty: float, step: Decimal) -> Decimal:
    """The nearest multiple of a step."""
    return (Decimal(round(qty / float(step))) * step).normalize() + 0


def policy_of(spec: ItemSpec) -> NewPolicy | None:
    """Minimum, safety, par and the rest, for the whole site, from the usual use; none for what is not used."""
    use = daily_use()[spec.code]
    if not use:
        return None
    lead = suppliers()[spec.supplier].lead_days if spec.supplier else 1
    whole = Decimal(1) if use >= 2 or spec.is_counted else Decimal("0.1")

    def of_days(days: float) -> Decimal:
        return max(to_step(use * days, whole), whole)

    safety = of_days(buffer_days(spec) * SAFETY_SHARE)
    reorder = max(of_days(lead + buffer_days(spec) * SAFETY_SHARE), safety)
    par = max(of_days(cover_days(spec)), reorder)
    return NewPolicy(
        minimum=safety,
        safety=safety,
        maximum=par * 2 + spec.pack,
        par=par,
        reorder_point=reorder,
        order_qty=spec.pack if spec.pack > 1 else None,
    )
