"""Money that people laid out for the site: claims, their lines, and the kinds of expense."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Key


class ExpenseKind(Base, Numbered, Versioned):
    """A kind of expense; `account` is the account it is booked to, as the accountant calls it."""

    __tablename__ = "expense_kind"
    topic = "expense_kind"
    name: Mapped[str] = mapped_column(String(60), unique=True)
    name_en: Mapped[str] = mapped_column(String(60), default="")
    account: Mapped[str] = mapped_column(String(60), default="")
    needs_receipt: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    place: Mapped[int] = mapped_column(default=0)


class Expense(Base, Numbered, Versioned):
    """One claim of a person, in the site's currency; `total` and `tax` (in it) in whole minor units."""

    __tablename__ = "expense"
    __table_args__ = (Index("ix_expense_state", "state"), Index("ix_expense_person_id", "person_id"))
    topic = "expense"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(200), default="")
    total: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decision_note: Mapped[str] = mapped_column(String(400), default="")
    paid_on: Mapped[date | None] = mapped_column(Day)
    paid_way: Mapped[str] = mapped_column(String(20), default="")
    paid_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    paid_at: Mapped[datetime | None] = mapped_column(Instant)


class ExpenseLine(Base, Numbered):
    """One thing paid for: `amount` with `tax` in it, in whole minor units. `booked_on` is the day its cost stands at, known
    once it is approved: its own day, or the first day of the open month when its own is closed."""

    __tablename__ = "expense_line"
    __table_args__ = (
        Index("ix_expense_line_day_amount", "day", "amount"),
        Index("ix_expense_line_booked_on", "booked_on"),
    )
    topic = "expense"
    expense_id: Mapped[int] = mapped_column(Key, ForeignKey("expense.id"), index=True)
    line: Mapped[int]
    day: Mapped[date] = mapped_column(Day)
    kind_id: Mapped[int] = mapped_column(Key, ForeignKey("expense_kind.id"))
    supplier: Mapped[str] = mapped_column(String(120), default="")
    document: Mapped[str] = mapped_column(String(60), default="")
    amount: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger, default=0)
    note: Mapped[str] = mapped_column(String(200), default="")
    booked_on: Mapped[date | None] = mapped_column(Day)
