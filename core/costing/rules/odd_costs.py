"""Unit costs that can hardly be right."""

from __future__ import annotations

from enum import Enum

FACTOR = 3
"""So many times dearer or cheaper than before is odd: wrong pack sizes and slipped decimals lie beyond it, market prices
of a month hardly ever."""
WORTH_A_LOOK = 1_000
"""Minor units below which no price is odd."""
Stock = tuple[int, int]
"""Quantity in millionths and value in minor units."""


class Oddity(Enum):
    """What is odd."""

    FREE = "free"
    BELOW_NOTHING = "below_nothing"
    LEFT_OVER = "left_over"
    DEARER = "dearer"
    CHEAPER = "cheaper"


def odd_cost(before: Stock, now: Stock) -> Oddity | None:
    """What is odd about what an item is worth: goods without a cost though they had one, a value below nothing, a value
    without goods, or a unit cost three times or a third of that before the month."""
    qty, value = now
    if qty == 0:
        return Oddity.LEFT_OVER if value else None
    if qty > 0 and value < 0:
        return Oddity.BELOW_NOTHING
    if qty > 0 and value == 0 and before[1] > 0:
        return Oddity.FREE
    return odd_price(before, now)


def odd_price(before: Stock, now: Stock) -> Oddity | None:
    """Whether goods cost three times or a third of what an item cost before; small amounts never are."""
    (old_qty, old_value), (qty, value) = before, now
    if old_qty <= 0 or old_value <= 0 or qty <= 0 or value <= 0:
        return None
    new, old = value * old_qty, old_value * qty
    if max(value, old // old_qty) < WORTH_A_LOOK:
        return None
    if new >= FACTOR * old:
        return Oddity.DEARER
    return Oddity.CHEAPER if new * FACTOR <= old else None
