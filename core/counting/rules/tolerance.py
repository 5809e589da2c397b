"""When a difference matters: in percent of the book, and in money. What is said for an item beats its class beats the count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _

CLASSES = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """`pct` percent of the book quantity; `amount` in money, 0 where money is not looked at."""

    pct: Decimal
    amount: Decimal


def check_tolerance(pct: Decimal, amount: Decimal) -> None:
    """A percentage from 0 to 100 and an amount from 0 on. Raises InvalidInput."""
    if not 0 <= pct <= 100:
        raise InvalidInput(_("A tolerance is from 0 to 100 percent."), field="tolerance_pct")
    if amount < 0:
        raise InvalidInput(_("A tolerance in money cannot be below zero."), field="tolerance_amount")


def tolerance_for(
    item_id: int, abc_class: str, special: Mapping[tuple[int, str], Tolerance], header: Tolerance
) -> Tolerance:
    """The tolerance of an item on a count."""
    return special.get((item_id, "")) or special.get((0, abc_class or "-")) or header


def is_within(expected: int, counted: int, value: int, tolerance: Tolerance, digits: int) -> bool:
    """Whether a difference is small enough to pass without a recount and a reason.

    `expected` and `counted` in millionths, `value` of the difference in minor units. Where the book has nothing or
    less, any difference is too much. Both limits must hold, money only where it is set.
    """
    difference = abs(counted - expected)
    if not difference:
        return True
    if expected <= 0 or difference * 100 > expected * tolerance.pct:
        return False
    return tolerance.amount == 0 or abs(value) <= tolerance.amount.scaleb(digits)
