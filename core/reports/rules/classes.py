"""Classes of items: ABC by the money that went through them, XYZ by how steadily they were used; and shares that sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.values import round_decimal, round_half_up

A_SHARE, B_SHARE = Decimal("0.80"), Decimal("0.95")
X_LIMIT, Y_LIMIT = Decimal("0.5"), Decimal("1")


def abc_classes(worth: Mapping[int, int]) -> dict[int, tuple[str, Decimal]]:
    """Class and running share of each item: A as long as the items before it make less than 80 % of the whole, B below
    95 %, C the rest; who was worth nothing is C.

    Source: Pareto analysis as inventory textbooks give it (Silver, Pyke, Thomas: Inventory and Production Management).
    """
    whole = sum(amount for amount in worth.values() if amount > 0)
    found: dict[int, tuple[str, Decimal]] = {}
    run = 0
    for key, amount in sorted(worth.items(), key=lambda one: (-one[1], one[0])):
        before = Decimal(run) / whole if whole else Decimal(1)
        run += max(amount, 0)
        share = round_decimal(Decimal(run) / whole, 6) if whole else Decimal(0)
        is_worth = amount > 0
        found[key] = ("A" if is_worth and before < A_SHARE else "B" if is_worth and before < B_SHARE else "C", share)
    return found


def variation(weeks: Sequence[int]) -> Decimal | None:
    """Standard deviation of weekly quantities by their mean (coefficient of variation), two decimals; None of nothing."""
    count, total = len(weeks), sum(weeks)
    if total <= 0 or count < 2:
        return None
    squares = count * sum(week * week for week in weeks) - total * total
    return round_decimal(Decimal(squares).sqrt() / total, 2)


def xyz_class(of: Decimal | None) -> str:
    """X for steady (variation up to 0.5), Y for changing (up to 1), Z for seldom or by leaps."""
    if of is None:
        return "Z"
    return "X" if of <= X_LIMIT else "Y" if of <= Y_LIMIT else "Z"


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` in proportion to `weights` of any sign, by cumulative rounding: the parts sum to it. Weights that sum to
    nothing give all to the first."""
    whole = sum(weights)
    if not whole:
        return [amount, *[0] * (len(weights) - 1)] if weights else []
    parts, run, given = [], 0, 0
    for weight in weights:
        run += weight
        upto = round_half_up(amount * run, whole)
        parts.append(upto - given)
        given = upto
    return parts
