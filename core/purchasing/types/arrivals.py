"""A delivery while it is being received: as it was stated, what is known of its orders and items, and its lines resolved.
Quantities are millionths of the base unit, money whole minor units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Name
from core.purchasing.types.receipts import NewDeliveryLine
from db.enums import OrderState, StorageKind


# Never changed once made; not frozen, because each of hundreds of lines has one.
@dataclass(slots=True, unsafe_hash=True)
class Stocked:
    """What receiving must know of an item."""

    id: int
    code: str
    name: Name
    lot_tracked: bool
    shelf_life_days: int | None
    storage_kind: StorageKind
    tax_rate: Decimal | None
    sale_price: Decimal | None


@dataclass(frozen=True, slots=True)
class AwaitedOrder:
    """An order as a delivery sees it."""

    id: int
    number: str
    state: OrderState
    supplier_id: int
    currency: str
    rate: Decimal
    is_tax_incl: bool
    due_on: date | None
    location_id: int


@dataclass(slots=True)
class AwaitedLine:
    """A line of an order; `received` grows while deliveries of the same batch are received."""

    id: int
    order: AwaitedOrder
    item_id: int
    unit: str
    factor: Decimal
    ordered: int
    received: int
    price: Decimal | None
    tax_rate: Decimal
    is_free: bool
    is_closed: bool
    due_on: date | None

    @property
    def outstanding(self) -> int:
        """What is still to come."""
        return 0 if self.is_closed else max(self.ordered - self.received, 0)


@dataclass(frozen=True, slots=True)
class Terms:
    """How the prices of a delivery are written: in `currency`, `rate` site units for 1 of it, with or without tax."""

    currency: str
    rate: Decimal
    digits: int
    is_tax_incl: bool


@dataclass(slots=True)
class Arrived:
    """One line of a delivery, resolved. `qty` was taken in and `counted` is what of it counts for the order's line (of the
    item that was ordered); `price` of one `unit` and `amount` as the delivery's prices are written, `accrued` what it
    brings into stock in the site's currency. `learned` is a price worth keeping, of one base unit without tax."""

    new: NewDeliveryLine
    row: int
    item: Stocked
    unit: str
    factor: Decimal
    qty: int
    counted: int
    awaited: AwaitedLine | None
    price: Decimal
    is_estimate: bool
    tax_rate: Decimal
    amount: int
    expires_on: date | None
    accrued: int = 0
    entry_id: int | None = None
    location_id: int = 0
    lot_id: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether any of it was taken in."""
        return self.qty > 0
