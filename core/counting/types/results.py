"""What to count, how well it was counted, and how counts are set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A line worth counting now: days since it was counted (None: never), what lies there, how wrong it was before."""

    item_id: int
    code: str
    name: str
    name_en: str
    location_id: int
    location: str
    location_en: str
    abc_class: str
    days: int | None
    due_in: int
    value: Decimal | None
    error: Decimal
    is_negative: bool

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name

    def place(self, language: str) -> str:
        """The place's name in a language."""
        return (self.location_en or self.location) if language == "en" else self.location


@dataclass(frozen=True, slots=True)
class ItemCountRow:
    """One posted count of an item."""

    count_id: int
    number: str
    counted_at: datetime
    location: str
    location_en: str
    lot: str
    counted: Decimal
    expected: Decimal
    difference: Decimal
    value: Decimal | None
    is_within: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class ReasonSum:
    """Differences outside tolerance by their reason."""

    reason: str
    lines: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well stock was counted in a period.

    `lines_within` by `lines` is the accuracy; `value_accuracy` is 1 less the absolute differences by the book value of
    what was counted; `coverage` is items counted by items in stock; `net` the gain or loss. Amounts need the right.
    """

    counts: int
    lines: int
    lines_within: int
    items: int
    items_in_stock: int
    value_accuracy: Decimal | None
    net: Decimal | None
    absolute: Decimal | None
    by_reason: tuple[ReasonSum, ...] = ()

    @property
    def accuracy(self) -> Decimal | None:
        """Lines within tolerance by lines counted."""
        return Decimal(self.lines_within) / self.lines if self.lines else None

    @property
    def coverage(self) -> Decimal | None:
        """Items counted by items in stock."""
        return min(Decimal(self.items) / self.items_in_stock, Decimal(1)) if self.items_in_stock else None


@dataclass(frozen=True, slots=True)
class ToleranceRow:
    """A tolerance for one item, or for a class."""

    id: int
    version: int
    item_id: int
    code: str
    name: str
    name_en: str
    abc_class: str
    pct: Decimal
    amount: Decimal

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class KeyItemRow:
    """An item that is counted every day, or one that is proposed for it by what is used of it."""

    item_id: int
    code: str
    name: str
    name_en: str
    is_key: bool
    used: Decimal | None = None

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name
