"""What the person does who decides on claims: approve, turn down, pay back, and take each of it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import update

from core import identity
from core.documents import format_date
from core.errors import InvalidInput, NotAllowed, Refused
from core.expenses.rules import Event, booked_day, state_after
from core.expenses.steps.asking import ask_closed, ask_doubts
from core.expenses.steps.stored import L, closed_to, lines_of, load_expense, move_expense, today
from core.expenses.types import ExpenseSaved
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.enums import ApprovalSubject, ExpenseState, Permission, RepayWay

LONGEST_NOTE = 400


@command(Permission.EXPENSE_APPROVE)
def approve_expense(uow: UnitOfWork, *, expense_id: int, version: int | None = None, note: str = "") -> ExpenseSaved:
    """Approve an expense claim.

    Its cost is booked on the days it was paid; days of a closed month are asked about and booked on the first open day.
    Asks about what looks like a second claim. Raises NotAllowed for one's own claim or above the limit set, Refused,
    Conflict, NotFound.
    """
    row = load_expense(uow, expense_id, version)
    state_after(ExpenseState(row.state), Event.APPROVE, row.number)
    _check_other(uow, row)
    identity.check_approval(uow, ApprovalSubject.EXPENSE, uow.money(row.total))
    lines = lines_of(uow, expense_id)
    ask_doubts(uow, expense_id, lines)
    ask_closed(uow, lines)
    last = closed_to(uow)
    for line in lines:
        uow.sql.execute(update(L).where(L.id == line.id).values(booked_on=booked_day(line.day, last)))
    return move_expense(uow, row, Event.APPROVE, **_decision(uow, note))


@command(Permission.EXPENSE_APPROVE)
def refuse_expense(uow: UnitOfWork, *, expense_id: int, note: str, version: int | None = None) -> ExpenseSaved:
    """Turn down an expense claim.

    `note` tells the person why. Raises InvalidInput without it, NotAllowed for one's own, Refused, Conflict, NotFound.
    """
    if not note.strip():
        raise InvalidInput(_("Say why, so that the person knows."), field="note")
    row = load_expense(uow, expense_id, version)
    state_after(ExpenseState(row.state), Event.REFUSE, row.number)
    _check_other(uow, row)
    return move_expense(uow, row, Event.REFUSE, **_decision(uow, note))


@command(Permission.EXPENSE_APPROVE)
def take_back_decision(uow: UnitOfWork, *, expense_id: int, version: int | None = None) -> ExpenseSaved:
    """Take back a decision on an expense claim.

    It waits for approval again. Raises Refused when its cost stands in a closed month by now, NotAllowed for one's own,
    Conflict, NotFound.
    """
    row = load_expense(uow, expense_id, version)
    _check_other(uow, row)
    state_after(ExpenseState(row.state), Event.TAKE_BACK, row.number)
    last = closed_to(uow)
    if row.state == ExpenseState.APPROVED and last is not None:
        for line in lines_of(uow, expense_id):
            if line.booked_on is not None and line.booked_on <= last:
                raise Refused(
                    _("{number} is booked on {day}, in a closed month: the decision stays.",
                      number=row.number, day=format_date(line.booked_on)),
                    field="state",
                )  # fmt: skip
    uow.sql.execute(update(L).where(L.expense_id == expense_id).values(booked_on=None))
    return move_expense(uow, row, Event.TAKE_BACK, decided_by_id=None, decided_at=None, decision_note="")


@command(Permission.EXPENSE_APPROVE)
def pay_expense(
    uow: UnitOfWork, *, expense_id: int, paid_on: date, way: RepayWay, version: int | None = None
) -> ExpenseSaved:
    """Book an expense claim as paid back.

    On a day, in cash, by transfer or with the wages. Raises InvalidInput for a day to come, NotAllowed for one's own,
    Refused, Conflict, NotFound.
    """
    row = load_expense(uow, expense_id, version)
    state_after(ExpenseState(row.state), Event.PAY, row.number)
    _check_other(uow, row)
    if paid_on > today(uow):
        raise InvalidInput(_("{day} has not come yet.", day=paid_on), field="paid_on")
    facts = {"paid_on": paid_on, "paid_way": RepayWay(way), "paid_by_id": _who(uow), "paid_at": uow.now}
    return move_expense(uow, row, Event.PAY, **facts)


@command(Permission.EXPENSE_APPROVE)
def unpay_expense(uow: UnitOfWork, *, expense_id: int, version: int | None = None) -> ExpenseSaved:
    """Take back the repayment of an expense claim.

    It is approved then, as before. Raises NotAllowed for one's own, Refused, Conflict, NotFound.
    """
    row = load_expense(uow, expense_id, version)
    _check_other(uow, row)
    return move_expense(uow, row, Event.UNPAY, paid_on=None, paid_way="", paid_by_id=None, paid_at=None)


def _who(uow: UnitOfWork) -> int:
    return (uow.actor if uow.approver is None else uow.approver).person_id


def _check_other(uow: UnitOfWork, row: Any) -> None:
    """Nobody decides on money they get themselves. Raises NotAllowed."""
    if row.person_id == _who(uow):
        raise NotAllowed(
            _(
                "{number} is your own claim. Somebody else decides on it, and can stand in with a PIN.",
                number=row.number,
            )
        )


def _decision(uow: UnitOfWork, note: str) -> dict[str, object]:
    return {"decided_by_id": _who(uow), "decided_at": uow.now, "decision_note": note.strip()[:LONGEST_NOTE]}
