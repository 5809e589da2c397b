"""Prices that moved, and goods that do not move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Name


@dataclass(frozen=True, slots=True)
class Mover:
    """An item whose average receipt cost changed. `old` and `new` cost one base unit; `percent` is the change (12.5: 12.5 %
    more), `qty` was received in the month, `effect` is what that cost more because of the change. `is_from_stock`: it was
    not received in the month compared with, so `old` is its cost in stock when the month began. The supplier is the one
    most of it came from."""

    item_id: int
    code: str
    name: Name
    category: str
    unit: str
    old: Decimal
    new: Decimal
    percent: Decimal
    qty: Decimal
    effect: Decimal
    is_from_stock: bool
    supplier_id: int | None
    supplier: Name

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.item_id


@dataclass(frozen=True, slots=True)
class Movers:
    """Prices that moved: how many went up and down, what that cost and saved in all, and the items with the largest
    effect."""

    up: int
    down: int
    dearer: Decimal
    cheaper: Decimal
    rows: tuple[Mover, ...]

    @property
    def effect(self) -> Decimal:
        """What all of them cost more together; below zero: saved."""
        return self.dearer + self.cheaper


@dataclass(frozen=True, slots=True)
class DeadRow:
    """Goods in stock that nobody used, sold or wasted for long. `last_on` is when somebody last did, None: never; then
    `days` count from their first arrival."""

    item_id: int
    code: str
    name: Name
    category: str
    unit: str
    qty: Decimal
    value: Decimal
    last_on: date | None
    days: int

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.item_id


@dataclass(frozen=True, slots=True)
class DeadBand:
    """Goods that have not moved for at least so many days (365, 180, 90); each one stands in its longest band only."""

    days: int
    items: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class DeadStock:
    """Goods that do not move at the month's end: by band, longest first, and those of the most value."""

    bands: tuple[DeadBand, ...]
    rows: tuple[DeadRow, ...]

    @property
    def value(self) -> Decimal:
        """What all of them are worth."""
        return sum((band.value for band in self.bands), Decimal(0))
