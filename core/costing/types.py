"""What crosses the door of costing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.costing.rules import COLUMNS
from core.values import from_micro, from_minor


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One line of the review: an item, a category, or the whole (`key` 0).

    `micros` and `minors` are the quantities (millionths) and values (minor units) in the order of COLUMNS: whole numbers,
    because a large site has a hundred thousand lines; read them by `qty` and `value`. `unit` is empty where units are
    mixed. `variance` is the difference to standard cost in the period, outside the stock value.
    """

    key: int
    code: str
    name: str
    name_en: str
    category: str
    unit: str
    micros: tuple[int, ...]
    minors: tuple[int, ...]
    variance_minor: int
    digits: int

    def value(self, column: str) -> Decimal:
        """The value in one column, in money."""
        return from_minor(self.minors[COLUMNS.index(column)], self.digits)

    def qty(self, column: str) -> Decimal | None:
        """The quantity in one column in base units; None where units are mixed."""
        return from_micro(self.micros[COLUMNS.index(column)]) if self.unit else None

    @property
    def variance(self) -> Decimal:
        """The difference to standard cost, in money."""
        return from_minor(self.variance_minor, self.digits)


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
