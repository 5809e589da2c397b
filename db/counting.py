"""Counts: what is to be counted, every figure entered, what the book said, and the tolerances.

A quantity of a line is a whole number of millionths, an amount a whole number of minor units, as in the ledger.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Instant, Json, Key, Quantity


class StockCount(Base, Numbered, Versioned):
    """A count: which places and items, who counted, where it stands."""

    __tablename__ = "stock_count"
    topic = "count"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(120), default="")
    is_blind: Mapped[bool] = mapped_column(default=True)
    scope: Mapped[object] = mapped_column(Json)
    tolerance_pct: Mapped[Decimal] = mapped_column(Quantity)
    tolerance_amount: Mapped[Decimal] = mapped_column(Quantity)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    completed_at: Mapped[datetime | None] = mapped_column(Instant)
    completed_by: Mapped[int | None] = mapped_column(Key)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by: Mapped[int | None] = mapped_column(Key)
    posting_id: Mapped[int | None] = mapped_column(Key, ForeignKey("stock_posting.id"))
    uncounted: Mapped[str | None] = mapped_column(String(6))


class StockCountLine(Base, Numbered, Versioned):
    """One item (and lot) at one place to be counted.

    `ledger_id` is the last entry the ledger had when it was counted, `expected_qty` what the ledger said then. What is
    posted stays on the line: `posted_expected` the book at the moment of counting, `posted_value` the difference in
    money, `book_value` what the book quantity was worth.
    """

    __tablename__ = "stock_count_line"
    __table_args__ = (
        UniqueConstraint("count_id", "location_id", "item_id", "lot_id"),
        Index("ix_stock_count_line_item_id", "item_id"),
    )
    topic = "count"
    count_id: Mapped[int] = mapped_column(Key, ForeignKey("stock_count.id"))
    position: Mapped[int]
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    location_id: Mapped[int] = mapped_column(Key, ForeignKey("location.id"))
    lot_id: Mapped[int] = mapped_column(Key, default=0)
    counted_qty: Mapped[int | None] = mapped_column(BigInteger)
    expected_qty: Mapped[int | None] = mapped_column(BigInteger)
    ledger_id: Mapped[int | None] = mapped_column(Key)
    counted_at: Mapped[datetime | None] = mapped_column(Instant)
    counted_by: Mapped[int | None] = mapped_column(Key)
    rounds: Mapped[int] = mapped_column(default=0)
    needs_recount: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    posted_expected: Mapped[int | None] = mapped_column(BigInteger)
    posted_value: Mapped[int | None] = mapped_column(BigInteger)
    book_value: Mapped[int | None] = mapped_column(BigInteger)
    is_within: Mapped[bool | None]


class StockCountTally(Base, Numbered):
    """One figure somebody entered for a line, kept with who and when, also when it was replaced."""

    __tablename__ = "stock_count_tally"
    topic = "count"
    line_id: Mapped[int] = mapped_column(Key, ForeignKey("stock_count_line.id"), index=True)
    round: Mapped[int]
    qty: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[str] = mapped_column(String(20))
    is_replaced: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))


class CountTolerance(Base, Numbered, Versioned):
    """How far a count may be off for one item, or (item 0) for a class: in percent of the book, and in money (0: any)."""

    __tablename__ = "count_tolerance"
    __table_args__ = (UniqueConstraint("item_id", "abc_class"),)
    topic = "count"
    item_id: Mapped[int] = mapped_column(Key, default=0)
    abc_class: Mapped[str] = mapped_column(String(1), default="")
    pct: Mapped[Decimal] = mapped_column(Quantity)
    amount: Mapped[Decimal] = mapped_column(Quantity)


class KeyItem(Base):
    """An item that is counted every day, because most of the money is in it."""

    __tablename__ = "key_item"
    topic = "count"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
