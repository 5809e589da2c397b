"""What the dock is told before it receives: what is expected, the sheet of a delivery, a price beside the last ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Text
from core.purchasing.types.titles import OfItem, OfSupplier
from db.enums import OrderState, StorageKind


@dataclass(frozen=True, slots=True)
class ExpectedRow(OfSupplier):
    """An order that goods are awaited of. `value` is what is still to come, in the order's currency without regard to tax,
    None for who may not see costs; `days_late` 0 when it is not late."""

    order_id: int
    number: str
    supplier_id: int
    supplier: str
    supplier_en: str
    due_on: date | None
    lines: int
    open_lines: int
    value: Decimal | None
    currency: str
    state: OrderState
    phone: str
    is_late: bool
    days_late: int

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.order_id


@dataclass(frozen=True, slots=True)
class SheetSupplier(OfSupplier):
    """What the dock must know of the supplier; tolerances and the limit of a price's jump in per cent."""

    supplier_id: int
    supplier: str
    supplier_en: str
    code: str
    phone: str
    currency: str
    digits: int
    is_tax_incl: bool
    tax_rate: Decimal
    over_tolerance: Decimal
    short_tolerance: Decimal
    price_jump_percent: Decimal
    is_blocked: bool
    block_note: str


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """An order the sheet awaits goods of."""

    order_id: int
    number: str
    state: OrderState
    due_on: date | None
    currency: str
    rate: Decimal
    is_tax_incl: bool
    note: str
    supplier_id: int


@dataclass(frozen=True, slots=True)
class PricePoint(OfSupplier):
    """A price paid before, of one unit of the line, in `currency`, without tax."""

    on: date
    price: Decimal
    currency: str
    supplier: str
    supplier_en: str


@dataclass(frozen=True, slots=True)
class TemperatureLimit:
    """The warmest that goods of a kind may arrive, in degrees Celsius."""

    storage_kind: StorageKind
    highest: Decimal


@dataclass(frozen=True, slots=True)
class SheetLine(OfItem):
    """A line to be received. Quantities in `unit` (`factor` base units in one); `price` of one `unit` in the order's
    currency (the estimate where the order says none), None for who may not see costs; `sale_price` of one base unit.
    `location_id` is where the item is put away: where most of it is kept, else where it was received last."""

    order_line_id: int | None
    order_id: int | None
    order_number: str
    item_id: int
    code: str
    name: str
    name_en: str
    unit: str
    factor: Decimal
    base_unit: str
    units: tuple[str, ...]
    outstanding: Decimal
    ordered: Decimal
    received: Decimal
    price: Decimal | None
    tax_rate: Decimal
    is_free: bool
    supplier_code: str
    lot_tracked: bool
    shelf_life_days: int | None
    storage_kind: StorageKind
    location_id: int | None
    place: str
    place_en: str
    last_prices: tuple[PricePoint, ...]
    sale_price: Decimal | None
    note: str
    due_on: date | None = None

    def place_title(self, language: str) -> str:
        """The place's name."""
        return (self.place_en or self.place) if language == "en" else self.place


@dataclass(frozen=True, slots=True)
class DeliverySheet:
    """All the dock needs to receive a delivery: the supplier, its orders, their lines, the limits. `version` stands for
    what was received when the sheet was asked for; handed back with the delivery it finds what came meanwhile."""

    supplier: SheetSupplier | None
    orders: tuple[SheetOrder, ...]
    lines: tuple[SheetLine, ...]
    limits: tuple[TemperatureLimit, ...]
    currency: str
    rate: Decimal
    is_tax_incl: bool
    margin_percent: Decimal
    default_tax_rate: Decimal
    version: int


@dataclass(frozen=True, slots=True)
class PriceCheck:
    """A price typed at the dock beside what was paid before. Prices of one `unit` in `currency` without regard to tax of
    the last ones; `percent` against the last price, one decimal, signed; margins in per cent of the sale price without
    tax; None where nothing is known. `slip` is a question about a likely slip of the hand."""

    item_id: int
    unit: str
    currency: str
    price: Decimal
    last: Decimal | None
    percent: Decimal | None
    limit: Decimal
    needs_reason: bool
    last_prices: tuple[PricePoint, ...]
    sale_price: Decimal | None
    margin_before: Decimal | None
    margin_after: Decimal | None
    margin_limit: Decimal
    is_margin_low: bool
    slip: Text | None
