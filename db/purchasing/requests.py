"""What departments ask for, orders kept as templates, and the site's rules of purchasing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Key, Price, Quantity


class PurchaseRules(Base, Versioned):
    """The site's rules of purchasing, one row. `invoices_from`: receipts of earlier days wait for no invoice. Money
    tolerances in the site's currency, limits of temperature in degrees Celsius, the bank account payments leave from."""

    __tablename__ = "purchase_rules"
    topic = "purchase_rules"
    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    invoices_from: Mapped[date] = mapped_column(Day)
    is_tax_recoverable: Mapped[bool] = mapped_column(default=True)
    default_tax_rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(0))
    match_percent: Mapped[Decimal] = mapped_column(Price, default=Decimal(2))
    match_amount: Mapped[Decimal] = mapped_column(Price, default=Decimal(50))
    qty_percent: Mapped[Decimal] = mapped_column(Price, default=Decimal(0))
    price_jump_percent: Mapped[Decimal] = mapped_column(Price, default=Decimal(20))
    margin_percent: Mapped[Decimal] = mapped_column(Price, default=Decimal(60))
    chilled_limit: Mapped[Decimal] = mapped_column(Price, default=Decimal(5))
    frozen_limit: Mapped[Decimal] = mapped_column(Price, default=Decimal(-15))
    usage_days: Mapped[int] = mapped_column(default=28)
    account_name: Mapped[str] = mapped_column(String(140), default="")
    iban: Mapped[str] = mapped_column(String(34), default="")
    bic: Mapped[str] = mapped_column(String(11), default="")
    bank_account: Mapped[str] = mapped_column(String(60), default="")


class PurchaseRequest(Base, Numbered, Versioned):
    """A department asks for goods."""

    __tablename__ = "purchase_request"
    __table_args__ = (Index("ix_purchase_request_state", "state"),)
    topic = "request"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    department: Mapped[str] = mapped_column(String(80), default="")
    location_id: Mapped[int] = mapped_column(Key, default=0)
    needed_on: Mapped[date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(String(400), default="")
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decision_note: Mapped[str] = mapped_column(String(400), default="")


class PurchaseRequestLine(Base, Numbered):
    """One thing asked for; `base_qty` in millionths of the base unit. Ordered once it has an order's line."""

    __tablename__ = "purchase_request_line"
    topic = "request"
    request_id: Mapped[int] = mapped_column(Key, ForeignKey("purchase_request.id"), index=True)
    line: Mapped[int]
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), index=True)
    supplier_id: Mapped[int | None] = mapped_column(Key, ForeignKey("supplier.id"))
    qty: Mapped[Decimal] = mapped_column(Quantity)
    unit: Mapped[str] = mapped_column(String(20))
    base_qty: Mapped[int] = mapped_column(BigInteger)
    order_line_id: Mapped[int | None] = mapped_column(Key, index=True)
    note: Mapped[str] = mapped_column(String(200), default="")


class OrderTemplate(Base, Numbered, Versioned):
    """An order that is placed again and again."""

    __tablename__ = "order_template"
    topic = "order"
    name: Mapped[str] = mapped_column(String(80))
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class OrderTemplateLine(Base, Numbered):
    """One line of a template; its price is that of the day it is used."""

    __tablename__ = "order_template_line"
    topic = "order"
    template_id: Mapped[int] = mapped_column(Key, ForeignKey("order_template.id"), index=True)
    line: Mapped[int]
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), index=True)
    qty: Mapped[Decimal] = mapped_column(Quantity)
    unit: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200), default="")
