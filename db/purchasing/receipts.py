"""Deliveries as they were received, what was checked of them, and what is claimed from the supplier."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Key, Price, Quantity


class PurchaseReceipt(Base, Numbered, Versioned):
    """What purchasing knows of a receipt beyond its posting in the ledger. `posting_id` is None when all was refused at
    the dock; `reversal_id` the posting that took it back."""

    __tablename__ = "purchase_receipt"
    __table_args__ = (Index("ix_purchase_receipt_supplier_id_document", "supplier_id", "document"),)
    topic = "receipt"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    posting_id: Mapped[int | None] = mapped_column(Key, ForeignKey("stock_posting.id"), unique=True)
    reversal_id: Mapped[int | None] = mapped_column(Key, ForeignKey("stock_posting.id"))
    supplier_id: Mapped[int | None] = mapped_column(Key, ForeignKey("supplier.id"))
    document: Mapped[str] = mapped_column(String(60), default="")
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(1))
    is_tax_incl: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime] = mapped_column(Instant, index=True)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(400), default="")


class PurchaseReceiptLine(Base, Numbered):
    """One line of a delivery. `entry_id` is its entry in the ledger (None: nothing of it was taken in); `qty` was taken
    in and `rejected_qty` refused, in `unit`; `base_qty` in millionths of the base unit; `price` of one unit in the
    receipt's currency; `accrued` minor units of the site's currency, as the entry's `given`; `instead_of_id` the item
    that was ordered where this one stands in for it."""

    __tablename__ = "purchase_receipt_line"
    topic = "receipt"
    receipt_id: Mapped[int] = mapped_column(Key, ForeignKey("purchase_receipt.id"), index=True)
    line: Mapped[int]
    order_line_id: Mapped[int | None] = mapped_column(Key, ForeignKey("purchase_order_line.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(Key, ForeignKey("stock_entry.id"), unique=True)
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), index=True)
    instead_of_id: Mapped[int | None] = mapped_column(Key, ForeignKey("item.id"))
    qty: Mapped[Decimal] = mapped_column(Quantity)
    rejected_qty: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    unit: Mapped[str] = mapped_column(String(20))
    factor: Mapped[Decimal] = mapped_column(Quantity)
    base_qty: Mapped[int] = mapped_column(BigInteger)
    price: Mapped[Decimal | None] = mapped_column(Price)
    is_priced: Mapped[bool] = mapped_column(default=True)
    tax_rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(0))
    accrued: Mapped[int] = mapped_column(BigInteger)
    is_free: Mapped[bool] = mapped_column(default=False)
    location_id: Mapped[int] = mapped_column(Key)
    lot_id: Mapped[int] = mapped_column(Key, default=0)
    expires_on: Mapped[date | None] = mapped_column(Day)
    inspection: Mapped[str] = mapped_column(String(20))
    reject_reason: Mapped[str] = mapped_column(String(20), default="")
    price_reason: Mapped[str] = mapped_column(String(200), default="")
    temperature: Mapped[Decimal | None] = mapped_column(Price)
    note: Mapped[str] = mapped_column(String(200), default="")


class DeliveryCheck(Base, Numbered):
    """A temperature measured on a delivery, in degrees Celsius, with the limit that held."""

    __tablename__ = "delivery_check"
    topic = "receipt"
    receipt_id: Mapped[int] = mapped_column(Key, ForeignKey("purchase_receipt.id"), index=True)
    storage_kind: Mapped[str] = mapped_column(String(10))
    reading: Mapped[Decimal] = mapped_column(Price)
    highest: Mapped[Decimal | None] = mapped_column(Price)
    is_ok: Mapped[bool]
    note: Mapped[str] = mapped_column(String(200), default="")


class Claim(Base, Numbered, Versioned):
    """What is asked back from a supplier. `credited` and `asked` are minor units of its `currency`."""

    __tablename__ = "claim"
    topic = "claim"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    receipt_id: Mapped[int | None] = mapped_column(Key, ForeignKey("purchase_receipt.id"), index=True)
    return_id: Mapped[int | None] = mapped_column(Key, ForeignKey("stock_posting.id"), index=True)
    invoice_id: Mapped[int | None] = mapped_column(Key, index=True)
    credit_note_id: Mapped[int | None] = mapped_column(Key, index=True)
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(1))
    asked: Mapped[int] = mapped_column(BigInteger)
    credited: Mapped[int] = mapped_column(BigInteger, default=0)
    note: Mapped[str] = mapped_column(String(400), default="")
    end_note: Mapped[str] = mapped_column(String(200), default="")
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class ClaimLine(Base, Numbered):
    """One thing claimed; `base_qty` in millionths of the base unit, `amount` in minor units of the claim's currency."""

    __tablename__ = "claim_line"
    topic = "claim"
    claim_id: Mapped[int] = mapped_column(Key, ForeignKey("claim.id"), index=True)
    line: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    receipt_line_id: Mapped[int | None] = mapped_column(Key, ForeignKey("purchase_receipt_line.id"), index=True)
    qty: Mapped[Decimal] = mapped_column(Quantity)
    unit: Mapped[str] = mapped_column(String(20))
    base_qty: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(String(200), default="")
