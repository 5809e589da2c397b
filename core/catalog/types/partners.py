"""Suppliers and how they sell an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NewSupplier:
    """What is known of a new supplier; an empty code becomes the next free one (S-001), no currency is the site's.

    `delivery_days` is a mask (Monday 1, Tuesday 2, Wednesday 4 ... Sunday 64; 0 any day), `cutoff_time` is HH:MM;
    tolerances, limits and the tax rate are per cent; `match_amount` is in the site's currency, other money in the
    supplier's.
    """

    name: str
    code: str = ""
    name_en: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    language: str = "zh"
    note: str = ""
    currency: str = ""
    tax_number: str = ""
    prices_incl_tax: bool = False
    tax_rate: Decimal | None = None
    payment_days: int = 30
    payment_end_of_month: bool = False
    delivery_days: int = 0
    cutoff_time: str | None = None
    lead_days: int = 1
    minimum_value: Decimal | None = None
    monthly_budget: Decimal | None = None
    over_tolerance: Decimal = Decimal(0)
    short_tolerance: Decimal = Decimal(0)
    price_jump_percent: Decimal = Decimal(20)
    match_percent: Decimal | None = Decimal(2)
    match_amount: Decimal | None = None
    iban: str = ""
    bic: str = ""
    bank_name: str = ""
    bank_account: str = ""


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier in a list or on its card."""

    id: int
    version: int
    code: str
    name: str
    name_en: str
    contact: str
    phone: str
    email: str
    address: str
    language: str
    note: str
    is_active: bool
    items: int
    currency: str
    is_blocked: bool

    def title(self, language: str) -> str:
        """The supplier's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class Break:
    """From this quantity on (in the term's unit) one unit costs this price."""

    from_qty: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class NewTerm:
    """How a supplier sells an item: prices are for one `unit` (empty: the purchase unit), in the supplier's currency, with
    or without tax as the supplier's prices are. They hold from and to the days given."""

    supplier_id: int
    supplier_code: str = ""
    unit: str = ""
    price: Decimal | None = None
    lead_days: int | None = None
    minimum_qty: Decimal | None = None
    multiple_qty: Decimal | None = None
    rank: int = 1
    breaks: tuple[Break, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class TermRow:
    """A supplier's term on the item's card. Prices are None for who may not see them."""

    id: int
    version: int
    item_id: int
    supplier_id: int
    supplier: str
    supplier_code: str
    unit: str
    price: Decimal | None
    lead_days: int | None
    minimum_qty: Decimal | None
    multiple_qty: Decimal | None
    rank: int
    breaks: tuple[Break, ...]
    valid_from: date | None
    valid_to: date | None
    currency: str


@dataclass(frozen=True, slots=True)
class SupplierItemRow:
    """An item as one supplier sells it, on the supplier's card. The price is None for who may not see it."""

    id: int
    code: str
    name: str
    name_en: str
    is_active: bool
    supplier_code: str
    unit: str
    price: Decimal | None
    lead_days: int | None
    minimum_qty: Decimal | None
    rank: int
    term_id: int
    version: int
    multiple_qty: Decimal | None
    breaks: tuple[Break, ...]
    valid_from: date | None
    valid_to: date | None

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A price that was asked or paid, for one base unit, without tax; no currency is the site's."""

    item_id: int
    supplier_id: int | None
    price: Decimal
    at: datetime
    source: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A past price of one base unit without tax; `change` is the share it moved by since the same supplier's one before
    in that currency (0.05 is 5 %)."""

    at: datetime
    supplier: str
    price: Decimal
    source: str
    change: Decimal | None
    currency: str
