"""Requests for quotation: what several suppliers are asked for, what they answer, who gets it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Key, Price, Quantity


class Rfq(Base, Numbered, Versioned):
    """A request for quotation."""

    __tablename__ = "rfq"
    topic = "rfq"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    needed_on: Mapped[date | None] = mapped_column(Day)
    answer_by: Mapped[date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(String(400), default="")
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class RfqLine(Base, Numbered):
    """One thing that is asked for."""

    __tablename__ = "rfq_line"
    topic = "rfq"
    rfq_id: Mapped[int] = mapped_column(Key, ForeignKey("rfq.id"), index=True)
    line: Mapped[int]
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), index=True)
    qty: Mapped[Decimal] = mapped_column(Quantity)
    unit: Mapped[str] = mapped_column(String(20))
    factor: Mapped[Decimal] = mapped_column(Quantity)
    note: Mapped[str] = mapped_column(String(200), default="")


class RfqSupplier(Base, Numbered):
    """A supplier who is asked, and the head of the answer. `freight` in its currency; `rate` as on orders."""

    __tablename__ = "rfq_supplier"
    __table_args__ = (UniqueConstraint("rfq_id", "supplier_id"),)
    topic = "rfq"
    rfq_id: Mapped[int] = mapped_column(Key, ForeignKey("rfq.id"))
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"), index=True)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    is_declined: Mapped[bool] = mapped_column(default=False)
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(1))
    is_tax_incl: Mapped[bool] = mapped_column(default=False)
    freight: Mapped[Decimal] = mapped_column(Price, default=Decimal(0))
    deliver_on: Mapped[date | None] = mapped_column(Day)
    valid_until: Mapped[date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(String(400), default="")


class RfqAnswer(Base, Numbered):
    """What a supplier asks for one line; `awarded_qty` in the line's unit. `price` of one `unit`, which may be another."""

    __tablename__ = "rfq_answer"
    __table_args__ = (UniqueConstraint("rfq_supplier_id", "rfq_line_id"),)
    topic = "rfq"
    rfq_supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("rfq_supplier.id"))
    rfq_line_id: Mapped[int] = mapped_column(Key, ForeignKey("rfq_line.id"), index=True)
    price: Mapped[Decimal | None] = mapped_column(Price)
    unit: Mapped[str] = mapped_column(String(20))
    factor: Mapped[Decimal] = mapped_column(Quantity)
    tax_rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(0))
    minimum_qty: Mapped[Decimal | None] = mapped_column(Quantity)
    lead_days: Mapped[int | None]
    supplier_code: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    awarded_qty: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    order_line_id: Mapped[int | None] = mapped_column(Key)
