"""Building blocks for the month and its books: what waits, and what is booked."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from core.expenses.steps.stored import E, L
from core.expenses.types import BookedExpense, WaitingExpense
from core.i18n import Name
from core.uow import UnitOfWork
from db.enums import ExpenseState
from db.expenses import ExpenseKind
from db.identity import Person
from db.sql import total

BOOKED = (ExpenseState.APPROVED, ExpenseState.PAID)


def list_waiting(uow: UnitOfWork, first: date, last: date) -> list[WaitingExpense]:
    """Claims with lines of these days (both included) that nobody decided on yet, drafts too: their cost is missing in the
    month's books. The largest amount first."""
    amount = total(L.amount)
    rows = uow.sql.execute(
        select(E.id, E.number, E.state, Person.name, func.min(L.day).label("first"), amount.label("amount"))
        .join(L, L.expense_id == E.id)
        .join(Person, Person.id == E.person_id)
        .where(E.state.in_((ExpenseState.DRAFT, ExpenseState.SUBMITTED)), L.day >= first, L.day <= last)
        .group_by(E.id, E.number, E.state, Person.name)
        .order_by(amount.desc(), E.id)
    )
    return [
        WaitingExpense(row.id, row.number, ExpenseState(row.state), row.name, row.first, uow.money(int(row.amount)))
        for row in rows
    ]


def list_booked(uow: UnitOfWork, first: date, last: date) -> list[BookedExpense]:
    """Lines of approved claims whose cost is booked on these days (both included), by day. Their amounts include the tax
    that is named beside them."""
    rows = uow.sql.execute(
        select(
            L.__table__,
            E.number,
            E.paid_on,
            Person.name.label("by"),
            ExpenseKind.name,
            ExpenseKind.name_en,
            ExpenseKind.account,
        )
        .join(E, E.id == L.expense_id)
        .join(Person, Person.id == E.person_id)
        .join(ExpenseKind, ExpenseKind.id == L.kind_id)
        .where(E.state.in_(BOOKED), L.booked_on >= first, L.booked_on <= last)
        .order_by(L.booked_on, E.id, L.line)
    )
    return [
        BookedExpense(
            line_id=row.id, number=row.number, day=row.day, booked_on=row.booked_on, kind_id=row.kind_id,
            kind=Name(row.name, row.name_en), account=row.account, amount=uow.money(row.amount), tax=uow.money(row.tax),
            supplier=row.supplier, document=row.document, note=row.note, by=row.by, paid_on=row.paid_on,
        )
        for row in rows
    ]  # fmt: skip
