"""Suppliers and how they sell an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NewSupplier:
    """What is known of a new supplier; an empty code becomes the next free one (S-001)."""

    name: str
    code: str = ""
    name_en: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    language: str = "zh"
    note: str = ""


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
    """How a supplier sells an item: prices are for one `unit` (empty: the purchase unit), without tax."""

    supplier_id: int
    supplier_code: str = ""
    unit: str = ""
    price: Decimal | None = None
    lead_days: int | None = None
    minimum_qty: Decimal | None = None
    multiple_qty: Decimal | None = None
    rank: int = 1
    breaks: tuple[Break, ...] = ()


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

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A price that was asked or paid, for one base unit."""

    item_id: int
    supplier_id: int | None
    price: Decimal
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A past price of one base unit; `change` is the share it moved by since the one before (0.05 is 5 %)."""

    at: datetime
    supplier: str
    price: Decimal
    source: str
    change: Decimal | None
