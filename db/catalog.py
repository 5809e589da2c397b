"""Items, their units, codes, suppliers and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Json, Key, Price, Quantity, sortable


class Category(Base, Numbered, Versioned):
    """A branch of the category tree; `path` is the names from the root joined by /, for sums by branch."""

    __tablename__ = "category"
    topic = "item"
    parent_id: Mapped[int | None] = mapped_column(Key, ForeignKey("category.id"))
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80), default="")
    path: Mapped[str] = mapped_column(String(400), unique=True)
    path_en: Mapped[str] = mapped_column(String(400), default="")
    code_prefix: Mapped[str] = mapped_column(String(20), default="")


class Unit(Base):
    """A unit's names; `dimension` and `factor` where it is a physical one (kg is 1000 of dimension mass)."""

    __tablename__ = "unit"
    topic = "item"
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(40))
    dimension: Mapped[str] = mapped_column(String(10), default="")
    factor: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(1))


class Item(Base, Numbered, Versioned):
    """A thing that is stocked. `cost_method` and `standard_cost` are those its books began with: a change later is a
    revaluation in the ledger, and `item_cost` says what holds now."""

    __tablename__ = "item"
    __table_args__ = (Index("ix_item_category_id", "category_id"), Index("ix_item_sort_key", "sort_key"))
    topic = "item"
    code: Mapped[str] = mapped_column(sortable(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    aliases: Mapped[str] = mapped_column(String(400), default="")
    spec: Mapped[str] = mapped_column(String(200), default="")
    brand: Mapped[str] = mapped_column(String(80), default="")
    origin: Mapped[str] = mapped_column(String(80), default="")
    category_id: Mapped[int | None] = mapped_column(Key, ForeignKey("category.id"))
    base_unit: Mapped[str] = mapped_column(String(20))
    purchase_unit: Mapped[str] = mapped_column(String(20), default="")
    issue_unit: Mapped[str] = mapped_column(String(20), default="")
    count_unit: Mapped[str] = mapped_column(String(20), default="")
    storage_kind: Mapped[str] = mapped_column(String(10), default="dry")
    shelf_life_days: Mapped[int | None]
    opened_life_days: Mapped[int | None]
    allergens: Mapped[list[str]] = mapped_column(Json, default=list)
    tax_rate: Mapped[Decimal | None] = mapped_column(Price)
    sale_price: Mapped[Decimal | None] = mapped_column(Price)
    cost_method: Mapped[str] = mapped_column(String(10))
    standard_cost: Mapped[Decimal | None] = mapped_column(Price)
    lot_tracked: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    abc_class: Mapped[str] = mapped_column(String(1), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(sortable(200), default="")
    merged_into_id: Mapped[int | None] = mapped_column(Key)
    created_at: Mapped[datetime] = mapped_column(Instant)


class ItemSearch(Base):
    """What an item can be found by, in one narrow row; `words` holds codes, names, barcodes, pinyin, a line each."""

    __tablename__ = "item_search"
    topic = "item"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    code: Mapped[str] = mapped_column(sortable(40))
    name: Mapped[str] = mapped_column(sortable(200))
    initials: Mapped[str] = mapped_column(sortable(200))
    sort_key: Mapped[str] = mapped_column(sortable(200))
    words: Mapped[str] = mapped_column(sortable())


class ItemUnit(Base):
    """A pack unit of an item: how many base units one holds."""

    __tablename__ = "item_unit"
    topic = "item"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    unit: Mapped[str] = mapped_column(String(20), primary_key=True)
    factor: Mapped[Decimal] = mapped_column(Quantity)


class Barcode(Base, Numbered):
    """A code that finds an item, in one of its units."""

    __tablename__ = "barcode"
    topic = "item"
    code: Mapped[str] = mapped_column(String(80), unique=True)
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), index=True)
    unit: Mapped[str] = mapped_column(String(20), default="")
    supplier_id: Mapped[int | None] = mapped_column(Key, ForeignKey("supplier.id"))
    is_internal: Mapped[bool] = mapped_column(default=False)
    valid_to: Mapped[date | None] = mapped_column(Day)


class Supplier(Base, Numbered, Versioned):
    """Somebody goods are bought from. `delivery_days` is a mask (Monday 1, Tuesday 2, Wednesday 4 ... Sunday 64; 0 any
    day), `cutoff_time` is HH:MM at the site; money is in `currency` (`match_amount` in the site's), shares are per cent."""

    __tablename__ = "supplier"
    topic = "supplier"
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(80), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(400), default="")
    language: Mapped[str] = mapped_column(String(5), default="zh")
    is_active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")
    currency: Mapped[str] = mapped_column(String(3))
    tax_number: Mapped[str] = mapped_column(String(60), default="")
    prices_incl_tax: Mapped[bool] = mapped_column(default=False)
    tax_rate: Mapped[Decimal | None] = mapped_column(Price)
    payment_days: Mapped[int] = mapped_column(default=30)
    payment_end_of_month: Mapped[bool] = mapped_column(default=False)
    delivery_days: Mapped[int] = mapped_column(default=0)
    cutoff_time: Mapped[str | None] = mapped_column(String(5))
    lead_days: Mapped[int] = mapped_column(default=1)
    minimum_value: Mapped[Decimal | None] = mapped_column(Price)
    monthly_budget: Mapped[Decimal | None] = mapped_column(Price)
    over_tolerance: Mapped[Decimal] = mapped_column(Price, default=Decimal(0))
    short_tolerance: Mapped[Decimal] = mapped_column(Price, default=Decimal(0))
    price_jump_percent: Mapped[Decimal] = mapped_column(Price, default=Decimal(20))
    match_percent: Mapped[Decimal | None] = mapped_column(Price, default=Decimal(2))
    match_amount: Mapped[Decimal | None] = mapped_column(Price)
    is_blocked: Mapped[bool] = mapped_column(default=False)
    block_note: Mapped[str] = mapped_column(String(400), default="")
    iban: Mapped[str] = mapped_column(String(34), default="")
    bic: Mapped[str] = mapped_column(String(11), default="")
    bank_name: Mapped[str] = mapped_column(String(120), default="")
    bank_account: Mapped[str] = mapped_column(String(60), default="")


class SupplierContact(Base, Numbered, Versioned):
    """A further person at a supplier's, and which papers go to them."""

    __tablename__ = "supplier_contact"
    topic = "supplier"
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(80), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    gets_orders: Mapped[bool] = mapped_column(default=False)
    gets_claims: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(400), default="")
    rank: Mapped[int] = mapped_column(default=1)


class SupplierClosedDay(Base):
    """A day on which a supplier does not deliver."""

    __tablename__ = "supplier_closed_day"
    topic = "supplier"
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"), primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Day, primary_key=True)
    note: Mapped[str] = mapped_column(String(200), default="")


class SupplierTerm(Base, Numbered, Versioned):
    """How a supplier sells an item; rank 1 is the main supplier. Its prices hold from and to the days given."""

    __tablename__ = "supplier_term"
    __table_args__ = (UniqueConstraint("item_id", "supplier_id"),)
    topic = "item"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"), index=True)
    supplier_code: Mapped[str] = mapped_column(String(60), default="")
    unit: Mapped[str] = mapped_column(String(20), default="")
    price: Mapped[Decimal | None] = mapped_column(Price)
    lead_days: Mapped[int | None]
    minimum_qty: Mapped[Decimal | None] = mapped_column(Quantity)
    multiple_qty: Mapped[Decimal | None] = mapped_column(Quantity)
    rank: Mapped[int] = mapped_column(default=1)
    valid_from: Mapped[date | None] = mapped_column(Day)
    valid_to: Mapped[date | None] = mapped_column(Day)


class PriceBreak(Base, Numbered):
    """From this quantity on, this price (per unit of the term)."""

    __tablename__ = "price_break"
    topic = "item"
    term_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier_term.id"), index=True)
    from_qty: Mapped[Decimal] = mapped_column(Quantity)
    price: Mapped[Decimal] = mapped_column(Price)


class PriceHistory(Base, Numbered):
    """What was asked or paid for one base unit without tax, when, by whom, and in which currency."""

    __tablename__ = "price_history"
    __table_args__ = (Index("ix_price_history_item_id_at", "item_id", "at"),)
    topic = "item"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    supplier_id: Mapped[int | None] = mapped_column(Key, ForeignKey("supplier.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    price: Mapped[Decimal] = mapped_column(Price)
    currency: Mapped[str] = mapped_column(String(3))
    source: Mapped[str] = mapped_column(String(20))


class StockPolicy(Base, Numbered, Versioned):
    """How much of an item should be there, at a location or (location 0) on the whole site."""

    __tablename__ = "stock_policy"
    __table_args__ = (UniqueConstraint("item_id", "location_id"),)
    topic = "item"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    location_id: Mapped[int] = mapped_column(Key, default=0)
    minimum: Mapped[Decimal | None] = mapped_column(Quantity)
    safety: Mapped[Decimal | None] = mapped_column(Quantity)
    maximum: Mapped[Decimal | None] = mapped_column(Quantity)
    par: Mapped[Decimal | None] = mapped_column(Quantity)
    reorder_point: Mapped[Decimal | None] = mapped_column(Quantity)
    order_qty: Mapped[Decimal | None] = mapped_column(Quantity)


class Substitute(Base, Numbered):
    """What may stand in for an item; rank 1 is the best, factor is how much of it one base unit needs."""

    __tablename__ = "substitute"
    __table_args__ = (UniqueConstraint("item_id", "substitute_id"),)
    topic = "item"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    substitute_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), index=True)
    rank: Mapped[int] = mapped_column(default=1)
    factor: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(1))
    note: Mapped[str] = mapped_column(String(200), default="")


class NoDuplicate(Base, Numbered):
    """Two items of which somebody said that they are not one; the lower id stands first."""

    __tablename__ = "no_duplicate"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)
    topic = "item"
    first_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    second_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), index=True)
