"""Which account a figure goes to, and the journals of closed months as they were handed over."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Key


class BookRules(Base, Versioned):
    """How journals are made, one row: the word on vouchers, how movements are put together, how accruals are reversed."""

    __tablename__ = "book_rules"
    topic = "account"
    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    voucher_word: Mapped[str] = mapped_column(String(10))
    grain: Mapped[str] = mapped_column(String(10))
    accruals: Mapped[str] = mapped_column(String(20))


class BookAccount(Base, Numbered, Versioned):
    """The account of a use. `key` narrows it: a category's id, a waste reason, a tax rate, a supplier's code; empty for all
    others of that use."""

    __tablename__ = "book_account"
    __table_args__ = (UniqueConstraint("use", "key"),)
    topic = "account"
    use: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(60), default="")
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120), default="")


class BookMonth(Base, Numbered):
    """The journal of a closed month that was kept: what was handed over stays what it was. `sha256` is that of its lines."""

    __tablename__ = "book_month"
    topic = "account"
    month: Mapped[str] = mapped_column(String(7), unique=True)
    closing_id: Mapped[int] = mapped_column(BigInteger)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    vouchers: Mapped[int]
    total: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))


class BookLine(Base, Numbered):
    """A line of a kept journal; `debit` and `credit` in minor units. `source_id` is the document behind the voucher (an
    invoice), 0 where it stands for many."""

    __tablename__ = "book_line"
    __table_args__ = (Index("ix_book_line_kind_source_id", "kind", "source_id"),)
    topic = "account"
    month_id: Mapped[int] = mapped_column(Key, ForeignKey("book_month.id"), index=True)
    voucher: Mapped[int]
    line: Mapped[int]
    day: Mapped[date] = mapped_column(Day)
    kind: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[int] = mapped_column(BigInteger, default=0)
    document: Mapped[str] = mapped_column(String(120), default="")
    use: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(60), default="")
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120), default="")
    supplier_id: Mapped[int] = mapped_column(BigInteger, default=0)
    supplier_code: Mapped[str] = mapped_column(String(40), default="")
    supplier_name: Mapped[str] = mapped_column(String(200), default="")
    section: Mapped[str] = mapped_column(String(120), default="")
    debit: Mapped[int] = mapped_column(BigInteger)
    credit: Mapped[int] = mapped_column(BigInteger)
