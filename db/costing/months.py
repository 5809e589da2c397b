"""Closed months: what each closing stored, as it was then. Rows are only ever added (triggers).

An amount is a whole number of minor units, a quantity a whole number of millionths, as in the ledger. Names, categories
and units stand here once more, so that the review of a closed month reads for ever as it did.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered
from db.columns import Day, Instant, Key


class MonthClosing(Base, Numbered):
    """One closing of a month. A month that was reopened and closed again has two; the one without a reopening stands."""

    __tablename__ = "month_closing"
    topic = "month"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    month: Mapped[str] = mapped_column(String(7), index=True)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    ledger_posting_id: Mapped[int] = mapped_column(Key)
    ledger_hash: Mapped[str] = mapped_column(String(64))
    rows_hash: Mapped[str] = mapped_column(String(64))
    items: Mapped[int]
    stock_minor: Mapped[int] = mapped_column(BigInteger)


class MonthReopening(Base):
    """A closing that was taken back: by whom, when, why."""

    __tablename__ = "month_reopening"
    topic = "month"
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("month_closing.id"), primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(400))


class MonthClosingItem(Base):
    """An item's line of the review: quantity and value in every column, and the difference to standard cost."""

    __tablename__ = "month_closing_item"
    topic = "month"
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("month_closing.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    unit: Mapped[str] = mapped_column(String(20))
    category_id: Mapped[int] = mapped_column(Key, default=0)
    opening_qty: Mapped[int] = mapped_column(BigInteger)
    receipts_qty: Mapped[int] = mapped_column(BigInteger)
    other_in_qty: Mapped[int] = mapped_column(BigInteger)
    usage_qty: Mapped[int] = mapped_column(BigInteger)
    waste_qty: Mapped[int] = mapped_column(BigInteger)
    adjustments_qty: Mapped[int] = mapped_column(BigInteger)
    other_out_qty: Mapped[int] = mapped_column(BigInteger)
    closing_qty: Mapped[int] = mapped_column(BigInteger)
    opening_value: Mapped[int] = mapped_column(BigInteger)
    receipts_value: Mapped[int] = mapped_column(BigInteger)
    other_in_value: Mapped[int] = mapped_column(BigInteger)
    usage_value: Mapped[int] = mapped_column(BigInteger)
    waste_value: Mapped[int] = mapped_column(BigInteger)
    adjustments_value: Mapped[int] = mapped_column(BigInteger)
    other_out_value: Mapped[int] = mapped_column(BigInteger)
    closing_value: Mapped[int] = mapped_column(BigInteger)
    variance: Mapped[int] = mapped_column(BigInteger)


class MonthClosingCategory(Base):
    """A category as it was named and where it hung."""

    __tablename__ = "month_closing_category"
    topic = "month"
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("month_closing.id"), primary_key=True, autoincrement=False)
    category_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    position: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(Key)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80), default="")
    path: Mapped[str] = mapped_column(String(400), default="")


class MonthClosingUnit(Base):
    """What a unit was called."""

    __tablename__ = "month_closing_unit"
    topic = "month"
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("month_closing.id"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(40), default="")


class MonthClosingWaste(Base):
    """Waste of one reason."""

    __tablename__ = "month_closing_waste"
    topic = "month"
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("month_closing.id"), primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(40), default="")
    report_group: Mapped[str] = mapped_column(String(20), default="")
    entries: Mapped[int]
    value: Mapped[int] = mapped_column(BigInteger)


class MonthClosingCount(Base):
    """Count differences of one item."""

    __tablename__ = "month_closing_count"
    topic = "month"
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("month_closing.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    position: Mapped[int]
    qty: Mapped[int] = mapped_column(BigInteger)
    gain: Mapped[int] = mapped_column(BigInteger)
    loss: Mapped[int] = mapped_column(BigInteger)


class MonthClosingAccrual(Base):
    """A receipt's line that was not invoiced at the month's end (below zero: a credit was expected)."""

    __tablename__ = "month_closing_accrual"
    topic = "month"
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("month_closing.id"), primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(Key, ForeignKey("stock_entry.id"), primary_key=True, autoincrement=False)
    number: Mapped[str] = mapped_column(String(30))
    document: Mapped[str] = mapped_column(String(60), default="")
    received_on: Mapped[date] = mapped_column(Day)
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"))
    supplier: Mapped[str] = mapped_column(String(200))
    supplier_en: Mapped[str] = mapped_column(String(200), default="")
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    unit: Mapped[str] = mapped_column(String(20))
    open_qty: Mapped[int] = mapped_column(BigInteger)
    accrued: Mapped[int] = mapped_column(BigInteger)
    returned: Mapped[int] = mapped_column(BigInteger)
    matched: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)


class MonthClosingCheck(Base):
    """What a check of the list said when the month was closed."""

    __tablename__ = "month_closing_check"
    topic = "month"
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("month_closing.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    position: Mapped[int]
    level: Mapped[str] = mapped_column(String(10))
    count: Mapped[int]
    amount: Mapped[int | None] = mapped_column(BigInteger)
