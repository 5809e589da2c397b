"""What the form of an order knows of its supplier: prices, packs, days, the minimum, the budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.catalog import Break, UnitTable
from core.i18n import Name
from core.purchasing.types.needs import StandingOrder
from core.purchasing.types.ordering import Slot


@dataclass(frozen=True, slots=True)
class OrderSheetItem:
    """An item that can be ordered. `unit` is the one the supplier sells it in (`factor` base units), else the purchase
    unit; `price` of it and `breaks` in the supplier's currency, None and empty without terms and for who may not see
    costs; `is_termed`: the supplier has terms for it."""

    item_id: int
    code: str
    name: Name
    is_active: bool
    table: UnitTable
    unit: str
    factor: Decimal
    tax_rate: Decimal
    supplier_code: str = ""
    price: Decimal | None = None
    breaks: tuple[Break, ...] = ()
    minimum_qty: Decimal | None = None
    multiple_qty: Decimal | None = None
    is_termed: bool = False


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """A supplier as one orders from it today. `rate` is what 1 of `currency` last cost in the site's, None when it never
    was used; `slot` the next delivery and until when to order for it; `spent` what of the month's `budget` is ordered
    already, without the order at hand; `orders` stand for days to come. Money in `currency`, None for who may not see
    costs."""

    supplier_id: int
    name: Name
    phone: str
    currency: str
    rate: Decimal | None
    is_tax_incl: bool
    today: date
    delivery_days: int
    closed_on: frozenset[date]
    is_blocked: bool
    block_note: str
    slot: Slot | None = None
    minimum_value: Decimal | None = None
    budget: Decimal | None = None
    spent: Decimal | None = None
    orders: tuple[StandingOrder, ...] = ()
    items: tuple[OrderSheetItem, ...] = ()

    def delivers_on(self, day: date) -> bool:
        """Whether the supplier delivers on a day."""
        return (not self.delivery_days or bool(self.delivery_days >> day.weekday() & 1)) and day not in self.closed_on
