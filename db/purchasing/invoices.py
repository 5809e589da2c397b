"""Suppliers' invoices and credit notes, what of them belongs to which receipt, and costs spread over receipts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Json, Key, Price, Quantity


class Invoice(Base, Numbered, Versioned):
    """An invoice or credit note. `net`, `tax`, `gross` are minor units of its currency as the document states them, below
    zero on a credit note; `taxes` the stated tax by rate."""

    __tablename__ = "invoice"
    __table_args__ = (
        Index("ix_invoice_state_due_on", "state", "due_on"),
        Index("ix_invoice_supplier_id_plain_number", "supplier_id", "plain_number"),
        Index("ix_invoice_supplier_id_invoiced_on", "supplier_id", "invoiced_on"),
    )
    topic = "invoice"
    own_number: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"))
    number: Mapped[str] = mapped_column(String(60))
    plain_number: Mapped[str] = mapped_column(String(60))
    invoiced_on: Mapped[date] = mapped_column(Day)
    received_on: Mapped[date] = mapped_column(Day)
    due_on: Mapped[date] = mapped_column(Day)
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(1))
    is_tax_incl: Mapped[bool] = mapped_column(default=False)
    net: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    gross: Mapped[int] = mapped_column(BigInteger)
    taxes: Mapped[Any] = mapped_column(Json, default=dict)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    source: Mapped[str] = mapped_column(String(10), default="typed")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    verdict: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(400), default="")
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    matched_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)


class InvoiceLine(Base, Numbered):
    """One line of an invoice. `kind`: goods (matched to receipts), charge (spread over receipts), cost (an account of its
    own). Signed like the invoice: quantity and amounts of a credit note are below zero. `amount` and `net` minor units of
    the invoice's currency, `site_amount` of the site's, as it belongs into stock (recoverable tax taken out)."""

    __tablename__ = "invoice_line"
    topic = "invoice"
    invoice_id: Mapped[int] = mapped_column(Key, ForeignKey("invoice.id"), index=True)
    line: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    item_id: Mapped[int | None] = mapped_column(Key, ForeignKey("item.id"), index=True)
    order_line_id: Mapped[int | None] = mapped_column(Key, ForeignKey("purchase_order_line.id"), index=True)
    supplier_code: Mapped[str] = mapped_column(String(60), default="")
    description: Mapped[str] = mapped_column(String(200), default="")
    qty: Mapped[Decimal] = mapped_column(Quantity)
    unit: Mapped[str] = mapped_column(String(20), default="")
    factor: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(1))
    base_qty: Mapped[int] = mapped_column(BigInteger)
    price: Mapped[Decimal | None] = mapped_column(Price)
    amount: Mapped[int] = mapped_column(BigInteger)
    net: Mapped[int] = mapped_column(BigInteger)
    site_amount: Mapped[int] = mapped_column(BigInteger)
    tax_rate: Mapped[Decimal] = mapped_column(Price, default=Decimal(0))
    split_by: Mapped[str] = mapped_column(String(10), default="")
    account: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    is_replaced: Mapped[bool] = mapped_column(default=False)


class InvoiceMatch(Base, Numbered):
    """A part of an invoice's line that belongs to an entry of the ledger (a receipt). Signed like the line; `qty` in
    millionths of the base unit; `accrued`, `invoiced` and `returned` in minor units of the site's currency: what was
    booked by estimate, what is asked, and what of earlier differences went back with returned goods. The difference is
    `invoiced - accrued - returned`: `decision` says what became of it, `posting_id` where it was booked. Without an entry
    nothing was received for it: it is claimed, or credited against that claim. A match that was taken back keeps its row
    with `undone_at`."""

    __tablename__ = "invoice_match"
    __table_args__ = (
        Index(
            "ix_invoice_match_entry_id",
            "entry_id",
            sqlite_where=text("undone_at is null"),
            postgresql_where=text("undone_at is null"),
        ),
    )
    topic = "invoice"
    invoice_line_id: Mapped[int] = mapped_column(Key, ForeignKey("invoice_line.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(Key, ForeignKey("stock_entry.id"))
    qty: Mapped[int] = mapped_column(BigInteger)
    accrued: Mapped[int] = mapped_column(BigInteger)
    invoiced: Mapped[int] = mapped_column(BigInteger)
    returned: Mapped[int] = mapped_column(BigInteger, default=0)
    ground: Mapped[str] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(String(10))
    posting_id: Mapped[int | None] = mapped_column(Key, ForeignKey("stock_posting.id"))
    claim_id: Mapped[int | None] = mapped_column(Key, ForeignKey("claim.id"), index=True)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class InvoiceCharge(Base, Numbered):
    """A charge line booked onto one receipt, `amount` in minor units of the site's currency."""

    __tablename__ = "invoice_charge"
    topic = "invoice"
    invoice_line_id: Mapped[int] = mapped_column(Key, ForeignKey("invoice_line.id"), index=True)
    receipt_posting_id: Mapped[int] = mapped_column(Key, ForeignKey("stock_posting.id"), index=True)
    posting_id: Mapped[int] = mapped_column(Key, ForeignKey("stock_posting.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
