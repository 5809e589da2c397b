"""What crosses the door of costing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in base units (None where units are mixed) and its value in money."""

    qty: Decimal | None
    value: Decimal


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One line of the review: an item, a category, or the whole (`key` 0). `amounts` by word of COLUMNS.

    `variance` is the difference to standard cost in the period, outside the stock value.
    """

    key: int
    code: str
    name: str
    name_en: str
    category: str
    unit: str
    amounts: Mapping[str, Amount]
    variance: Decimal

    def value(self, column: str) -> Decimal:
        """The value in one column."""
        return self.amounts[column].value

    def qty(self, column: str) -> Decimal | None:
        """The quantity in one column."""
        return self.amounts[column].qty


@dataclass(frozen=True, slots=True)
class WasteRow:
    """Waste of one reason: how often and how much."""

    reason: str
    name: str
    name_en: str
    report_group: str
    entries: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class CountRow:
    """Count differences of one item: found more (gain) and less (loss)."""

    item_id: int
    code: str
    name: str
    name_en: str
    unit: str
    qty: Decimal
    gain: Decimal
    loss: Decimal


@dataclass(frozen=True, slots=True)
class Review:
    """A period from the first to the last moment, in lines that add up."""

    start: datetime
    end: datetime
    items: tuple[ReviewRow, ...]
    categories: tuple[ReviewRow, ...]
    total: ReviewRow
    waste: tuple[WasteRow, ...]
    counts: tuple[CountRow, ...]
