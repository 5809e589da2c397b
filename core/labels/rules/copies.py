"""How many labels goods that came in get."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from enum import StrEnum


class Amount(StrEnum):
    """One label for a line, for each base unit, or for each pack received."""

    ONE = "one"
    EACH = "each"
    PACKS = "packs"


def copies_for(amount: Amount, qty: Decimal, packs: Decimal, most: int) -> int:
    """Labels for a line of `qty` base units that came as `packs`: a part of one gets a label too, at least one, at most
    `most`."""
    wanted = {Amount.ONE: Decimal(1), Amount.EACH: qty, Amount.PACKS: packs}[amount]
    return min(max(int(wanted.to_integral_value(ROUND_CEILING)), 1), most)
