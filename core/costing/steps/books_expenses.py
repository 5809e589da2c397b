"""Building blocks of journals: what people laid out and got back. A line stands on the day its cost is booked (its own, or the
first of the open month), the money paid back on the day that was said in the program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from core.costing.rules.books import Leg, joined
from core.costing.rules.periods import Days
from core.uow import UnitOfWork
from db.enums import AccountUse as U
from db.enums import ExpenseState
from db.expenses import Expense, ExpenseKind, ExpenseLine
from db.sql import chunks

E, L = Expense, ExpenseLine
BOOKED = (ExpenseState.APPROVED, ExpenseState.PAID)
Found = dict[int, tuple[str, tuple[Leg, ...]]]


def booked_in(uow: UnitOfWork, days: Days) -> dict[int, date]:
    """Lines of approved claims whose cost is booked on these days, and when."""
    rows = uow.sql.execute(
        select(L.id, L.booked_on)
        .join(E, E.id == L.expense_id)
        .where(E.state.in_(BOOKED), L.booked_on >= days.first, L.booked_on <= days.last)
    )
    return {row.id: row.booked_on for row in rows}


def paid_back_in(uow: UnitOfWork, start: datetime, end: datetime) -> dict[int, datetime]:
    """Claims that were paid back between two moments, and when."""
    rows = uow.sql.execute(
        select(E.id, E.paid_at).where(E.state == ExpenseState.PAID, E.paid_at >= start, E.paid_at <= end)
    )
    return {row.id: row.paid_at for row in rows}


def expense_legs(uow: UnitOfWork, ids: Iterable[int], _until: datetime) -> Found:
    """By line the number of its claim and what it comes to: cost, tax in it, and what its person is owed; nothing of a claim
    whose approval was taken back."""
    found: Found = {}
    for part in chunks(sorted(set(ids))):
        rows = uow.sql.execute(
            select(L.id, L.amount, L.tax, L.document, E.number, E.state, ExpenseKind.account)
            .join(E, E.id == L.expense_id)
            .join(ExpenseKind, ExpenseKind.id == L.kind_id)
            .where(L.id.in_(part))
        )
        for row in rows:
            legs = (
                Leg(U.EXPENSE, row.amount - row.tax, row.account),
                Leg(U.INPUT_TAX, row.tax),
                Leg(U.PEOPLE, -row.amount),
            )
            found[row.id] = (f"{row.number} {row.document}".strip(), joined(legs) if row.state in BOOKED else ())
    return found


def paid_back_legs(uow: UnitOfWork, ids: Iterable[int], until: datetime) -> Found:
    """By claim its number and what was paid back; nothing of one whose payment was taken back."""
    found: Found = {}
    for part in chunks(sorted(set(ids))):
        rows = uow.sql.execute(select(E.id, E.number, E.total, E.state, E.paid_at).where(E.id.in_(part)))
        for row in rows:
            stands = row.state == ExpenseState.PAID and row.paid_at is not None and row.paid_at <= until
            legs = (Leg(U.PEOPLE, row.total), Leg(U.BANK, -row.total))
            found[row.id] = (row.number, joined(legs) if stands else ())
    return found
