"""Payments booked on invoices and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert, update

from core.errors import InvalidInput
from core.i18n import _
from core.purchasing.rules.states import INVOICE, state_after
from core.purchasing.steps.payables import Owed, calendar_today, money, owed_invoices
from core.purchasing.types.states import Event
from core.uow import UnitOfWork
from db.enums import InvoiceState
from db.purchasing import Invoice, Payment


def check_part(owed: Owed, minor: int) -> None:
    """A part of what is open, with its sign. Raises InvalidInput."""
    if not minor or (minor > 0) != (owed.open > 0) or abs(minor) > abs(owed.open):
        raise InvalidInput(
            _(
                "{number}: {open} {currency} are open. Write no more than that.",
                number=owed.number,
                open=money(owed.open, owed.currency),
                currency=owed.currency,
            ),
            field="amount",
        )


def pay(uow: UnitOfWork, lines: Sequence[tuple[int, int]], day: date, proposal_id: int | None, note: str = "") -> None:
    """Book payments; an invoice of which nothing is left is paid."""
    if day > calendar_today(uow):
        raise InvalidInput(_("{day} lies ahead. Book the payment when it was made.", day=day), field="paid_on")
    held = owed_invoices(uow, [invoice_id for invoice_id, _minor in lines])
    rows, paid = [], []
    for invoice_id, minor in lines:
        owed = held[invoice_id]
        state = state_after(INVOICE, owed.state, Event.PAY, owed.number)
        check_part(owed, minor)
        rows.append(
            {
                "invoice_id": invoice_id, "proposal_id": proposal_id, "amount": minor, "paid_on": day,
                "note": note.strip()[:200], "person_id": uow.actor.person_id, "at": uow.now, "undone_at": None,
            }
        )  # fmt: skip
        paid.append((owed, owed.paid + minor, state if minor == owed.open else owed.state))
    uow.sql.execute(insert(Payment), rows)
    _keep(uow, paid)


def take_back(uow: UnitOfWork, payments: Sequence[tuple[int, int, int]]) -> None:
    """Payments (id, invoice, minor units) are undone; their invoices wait for payment again."""
    held = owed_invoices(uow, [invoice_id for _id, invoice_id, _minor in payments])
    left = []
    for _payment_id, invoice_id, minor in payments:
        owed = held[invoice_id]
        state = (
            state_after(INVOICE, owed.state, Event.UNPAY, owed.number)
            if owed.state is InvoiceState.PAID
            else owed.state
        )
        left.append((owed, owed.paid - minor, state))
    for payment_id, _invoice_id, _minor in payments:
        uow.sql.execute(update(Payment).where(Payment.id == payment_id).values(undone_at=uow.now))
    _keep(uow, left)


def _keep(uow: UnitOfWork, changed: Sequence[tuple[Owed, int, InvoiceState]]) -> None:
    for owed, paid, state in changed:
        uow.sql.execute(
            update(Invoice).where(Invoice.id == owed.id).values(paid=paid, state=state, version=owed.version + 1)
        )
