"""Orders to suppliers, what was sent of them, and who approved them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Json, Key, Price, Quantity


class PurchaseOrder(Base, Numbered, Versioned):
    """An order. `rate` is the site's currency for 1 of the order's; `revision` counts what was sent (0: nothing yet);
    the promises are the supplier's: the first one and the one that holds."""

    __tablename__ = "purchase_order"
    __table_args__ = (
        Index("ix_purchase_order_state", "state"),
        Index("ix_purchase_order_supplier_id_state", "supplier_id", "state"),
        Index("ix_purchase_order_created_at", "created_at"),
    )
    topic = "order"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"))
    state: Mapped[str] = mapped_column(String(20))
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(1))
    is_tax_incl: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(5), default="zh")
    deliver_on: Mapped[date | None] = mapped_column(Day)
    first_promise: Mapped[date | None] = mapped_column(Day)
    last_promise: Mapped[date | None] = mapped_column(Day)
    location_id: Mapped[int] = mapped_column(Key, default=0)
    supplier_ref: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    own_note: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    close_reason: Mapped[str] = mapped_column(String(200), default="")
    copied_from_id: Mapped[int | None] = mapped_column(Key)
    rfq_id: Mapped[int | None] = mapped_column(Key)


class PurchaseOrderLine(Base, Numbered):
    """One line of an order. `price` of one `unit` in the order's currency, with tax if the order says so; `factor` base
    units in one unit, `base_qty` millionths of the base unit, `amount` minor units of the order's currency."""

    __tablename__ = "purchase_order_line"
    __table_args__ = (Index("ix_purchase_order_line_item_id", "item_id"),)
    topic = "order"
    order_id: Mapped[int] = mapped_column(Key, ForeignKey("purchase_order.id"), index=True)
    line: Mapped[int]
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    supplier_code: Mapped[str] = mapped_column(String(60), default="")
    qty: Mapped[Decimal] = mapped_column(Quantity)
    unit: Mapped[str] = mapped_column(String(20))
    factor: Mapped[Decimal] = mapped_column(Quantity)
    base_qty: Mapped[int] = mapped_column(BigInteger)
    price: Mapped[Decimal | None] = mapped_column(Price)
    amount: Mapped[int] = mapped_column(BigInteger)
    tax_rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(0))
    is_free: Mapped[bool] = mapped_column(default=False)
    is_closed: Mapped[bool] = mapped_column(default=False)
    promised_on: Mapped[date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(String(200), default="")


class OrderVersion(Base, Numbered):
    """An order as it was sent: its facts, and the paper the supplier got."""

    __tablename__ = "order_version"
    __table_args__ = (UniqueConstraint("order_id", "revision"),)
    topic = "order"
    order_id: Mapped[int] = mapped_column(Key, ForeignKey("purchase_order.id"))
    revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    way: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(200), default="")
    facts: Mapped[Any] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64), default="")


class OrderApproval(Base, Numbered):
    """Who approved an order (or took that back), for what amount in minor units of the site's currency."""

    __tablename__ = "order_approval"
    topic = "order"
    order_id: Mapped[int] = mapped_column(Key, ForeignKey("purchase_order.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    asked_by_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(200), default="")
