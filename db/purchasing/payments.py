"""What is proposed to be paid, what was paid, and suppliers' statements held against the books."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Key


class PaymentProposal(Base, Numbered, Versioned):
    """Invoices to be paid together on a day."""

    __tablename__ = "payment_proposal"
    topic = "payment"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    pay_on: Mapped[date] = mapped_column(Day)
    currency: Mapped[str] = mapped_column(String(3))
    note: Mapped[str] = mapped_column(String(200), default="")
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    exported_at: Mapped[datetime | None] = mapped_column(Instant)
    way: Mapped[str] = mapped_column(String(20), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")


class PaymentProposalLine(Base, Numbered):
    """One invoice (or credit note, below zero) of a proposal, in minor units of its currency."""

    __tablename__ = "payment_proposal_line"
    topic = "payment"
    proposal_id: Mapped[int] = mapped_column(Key, ForeignKey("payment_proposal.id"), index=True)
    invoice_id: Mapped[int] = mapped_column(Key, ForeignKey("invoice.id"), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)


class Payment(Base, Numbered):
    """An amount paid on an invoice, in minor units of its currency."""

    __tablename__ = "payment"
    topic = "payment"
    invoice_id: Mapped[int] = mapped_column(Key, ForeignKey("invoice.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(Key, ForeignKey("payment_proposal.id"), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    paid_on: Mapped[date] = mapped_column(Day)
    note: Mapped[str] = mapped_column(String(200), default="")
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class SupplierStatement(Base, Numbered, Versioned):
    """What a supplier says is open at the end of a day, in minor units of its currency."""

    __tablename__ = "supplier_statement"
    topic = "payment"
    supplier_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier.id"), index=True)
    until: Mapped[date] = mapped_column(Day)
    currency: Mapped[str] = mapped_column(String(3))
    balance: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(String(200), default="")
    is_settled: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)


class SupplierStatementLine(Base, Numbered):
    """One line of a statement: an invoice, credit note or payment as the supplier has it."""

    __tablename__ = "supplier_statement_line"
    topic = "payment"
    statement_id: Mapped[int] = mapped_column(Key, ForeignKey("supplier_statement.id"), index=True)
    line: Mapped[int]
    number: Mapped[str] = mapped_column(String(60))
    day: Mapped[date | None] = mapped_column(Day)
    amount: Mapped[int] = mapped_column(BigInteger)
    invoice_id: Mapped[int | None] = mapped_column(Key, ForeignKey("invoice.id"))
