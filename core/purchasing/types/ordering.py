"""What is needed, from whom it can be had, and what is proposed to be ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import IntEnum

from core.i18n import Name, Text


class Urgency(IntEnum):
    """How much an order hurries; the smaller the sooner."""

    RED = 1
    ORANGE = 2
    YELLOW = 3
    GREEN = 4


@dataclass(frozen=True, slots=True)
class Levels:
    """How much should be there, in base units; what is None was not said. `order_qty`: the usual lot to order."""

    par: Decimal | None = None
    reorder_point: Decimal | None = None
    minimum: Decimal | None = None
    safety: Decimal | None = None
    maximum: Decimal | None = None
    order_qty: Decimal | None = None

    @property
    def floor(self) -> Decimal | None:
        """What stock must not fall below: the higher of minimum and safety stock."""
        said = [level for level in (self.minimum, self.safety) if level is not None]
        return max(said) if said else None


@dataclass(frozen=True, slots=True)
class Supply:
    """How a supplier sells an item: `factor` base units in one purchase unit; quantities and prices of purchase units in
    the supplier's currency; `breaks` are (from quantity, price)."""

    supplier_id: int
    unit: Name
    factor: Decimal
    price: Decimal | None = None
    minimum_qty: Decimal | None = None
    multiple_qty: Decimal | None = None
    breaks: tuple[tuple[Decimal, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """An item as it stands, in base units. `asked` is what departments' approved requests want; `usage` a day, from
    wherever it is known; None where nobody knows."""

    item_id: int
    unit: Name
    on_hand: Decimal
    levels: Levels
    supply: Supply
    reserved: Decimal = Decimal(0)
    on_order: Decimal = Decimal(0)
    in_transit: Decimal = Decimal(0)
    asked: Decimal = Decimal(0)
    usage: Decimal | None = None

    @property
    def free(self) -> Decimal:
        """What lies there and is promised to nobody."""
        return self.on_hand - self.reserved

    @property
    def projected(self) -> Decimal:
        """What will be free once everything on its way is here and the requests are served."""
        return self.free + self.on_order + self.in_transit - self.asked


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """A supplier's rules of ordering. `delivery_days` is a mask (Monday 1, Tuesday 2, Wednesday 4 ...; 0: any day),
    `closed_on` days without delivery, `ordered_for` days for which an order exists already; money in the supplier's
    currency; `budget` what may still be spent."""

    supplier_id: int
    delivery_days: int = 0
    cutoff: time | None = None
    lead_days: int = 0
    minimum_value: Decimal | None = None
    budget: Decimal | None = None
    currency: str = "CNY"
    is_blocked: bool = False
    closed_on: frozenset[date] = frozenset()
    ordered_for: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Slot:
    """The next delivery: the day, and the last moment to order for it."""

    delivered_on: date
    order_by: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to order of an item: `qty` in purchase units, `base_qty` in base units, `price` of a purchase unit and the
    `value` rounded to the currency (None without a price). `cover` is days until the free stock with this order is used
    up, None without a usage rate."""

    item_id: int
    qty: Decimal
    base_qty: Decimal
    price: Decimal | None
    value: Decimal | None
    cover: Decimal | None
    urgency: Urgency
    reason: Text


@dataclass(frozen=True, slots=True)
class SupplierPlan:
    """The proposed lines of one supplier, most urgent first. `missing` to the minimum value; `over` the budget by so
    much, and `postponable`: the items that can wait, until the rest fits. `slot` None: no delivery day within a year."""

    supplier_id: int
    lines: tuple[Suggestion, ...]
    value: Decimal
    slot: Slot | None
    missing: Decimal
    over: Decimal
    postponable: tuple[int, ...]
    notes: tuple[Text, ...]
