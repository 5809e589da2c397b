"""What crosses the door about figures out of their own pattern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.i18n import Name, Text


class UnusualKind(StrEnum):
    """Which figure of an item is out of its pattern."""

    USAGE = "usage"
    WASTE = "waste"
    PRICE = "price"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Unusual:
    """A figure of an item that does not fit its own past. `value` was found, `low` to `high` was to be expected around
    `expected`: base units for usage and waste, money for one base unit for a price, the difference in base units for a
    count. `score` says how far out it is (in robust standard deviations, or as many for a run of empty days); `entries`
    are the ledger's entries behind the figure (none behind a figure that is missing)."""

    kind: UnusualKind
    item_id: int
    item: Name
    day: date
    value: Decimal
    expected: Decimal
    low: Decimal
    high: Decimal
    score: Decimal
    words: Text
    unit: Name
    entries: tuple[int, ...] = ()

    @property
    def is_above(self) -> bool:
        """Whether there is too much of it rather than too little."""
        return self.value > self.expected
