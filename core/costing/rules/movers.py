"""How the average receipt cost of an item moved, and what that cost."""

from __future__ import annotations

from dataclasses import dataclass

from core.values import round_half_up


@dataclass(frozen=True, slots=True)
class Received:
    """What was received of an item: millionths and minor units, and what was in stock before."""

    qty0: int
    value0: int
    qty1: int
    value1: int
    opening_qty: int = 0
    opening_value: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A price that moved: the old cost as value over quantity, and what the quantity received cost more because of it, in
    minor units, half-up. `is_from_stock`: nothing was received before, so the old cost is that in stock."""

    cost: tuple[int, int]
    effect: int
    is_from_stock: bool


def move_of(one: Received) -> Move | None:
    """The move of an item's price; None where nothing was received now, nothing is known from before, or the effect is
    below one minor unit."""
    if one.qty1 <= 0 or one.value1 <= 0:
        return None
    is_from_stock = not (one.qty0 > 0 and one.value0 > 0)
    value, qty = (one.opening_value, one.opening_qty) if is_from_stock else (one.value0, one.qty0)
    if qty <= 0 or value <= 0:
        return None
    effect = one.value1 - round_half_up(one.qty1 * value, qty)
    return Move((value, qty), effect, is_from_stock) if effect else None
