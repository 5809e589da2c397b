"""Building blocks: claims as they are stored, and moving one on."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select, update

from core.clock import business_day
from core.errors import Conflict, NotFound
from core.expenses.rules import Event, state_after
from core.expenses.types import ExpenseSaved
from core.i18n import _
from core.uow import UnitOfWork
from db.enums import ExpenseState, Permission
from db.expenses import Expense, ExpenseLine

E, L = Expense, ExpenseLine
RECEIPT_OF = "expense_line"
"""What receipts belong to, among the attached files."""


def load_expense(uow: UnitOfWork, expense_id: int, version: int | None = None, *, is_own: bool = False) -> Any:
    """The stored row of a claim, locked. Others' claims are there only for whoever approves, and with `is_own` for
    nobody. Raises NotFound, Conflict when it is not in the version that was seen."""
    wanted = select(E.__table__).where(E.id == expense_id).with_for_update()
    if is_own or not uow.may(Permission.EXPENSE_APPROVE):
        wanted = wanted.where(E.person_id == uow.actor.person_id)
    row = uow.sql.execute(wanted).first()
    if row is None:
        raise NotFound(_("There is no such expense claim, or it is somebody else's."), field="expense")
    if version is not None and row.version != version:
        raise Conflict(
            _("Somebody else changed {name} meanwhile. Look at it again.", name=row.number), base={}, mine={}, theirs={}
        )
    return row


def move_expense(uow: UnitOfWork, row: Any, event: Event, **values: object) -> ExpenseSaved:
    """Bring a loaded claim where an event takes it. Raises Refused."""
    after = state_after(ExpenseState(row.state), event, row.number)
    uow.sql.execute(update(E).where(E.id == row.id).values(state=after, version=row.version + 1, **values))
    uow.note(number=row.number, changes={"state": [row.state, str(after)]})
    return ExpenseSaved(row.id, row.version + 1, row.number, after, uow.money(row.total))


def lines_of(uow: UnitOfWork, expense_id: int) -> list[Any]:
    """The stored lines of a claim, in order."""
    return list(uow.sql.execute(select(L.__table__).where(L.expense_id == expense_id).order_by(L.line)))


def closed_to(uow: UnitOfWork) -> date | None:
    """The last business day that is closed, None when none is."""
    until = uow.site.closed_until
    return None if until is None else business_day(until, uow.site.zone, uow.site.day_start_hour)


def today(uow: UnitOfWork) -> date:
    """The business day of now."""
    return business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
