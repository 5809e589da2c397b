"""What the person does who laid money out: enter it, submit it, take it back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, update

from core import documents
from core.errors import InvalidInput, Refused
from core.expenses.rules import EDITABLE, Event, state_after
from core.expenses.steps.asking import ask_before_submitting
from core.expenses.steps.saving import LONGEST_PURPOSE, check_lines, sum_of, write_lines
from core.expenses.steps.stored import E, lines_of, load_expense, move_expense
from core.expenses.types import ExpenseSaved, NewExpense
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from core.words import word
from db.enums import ExpenseState, Permission

PREFIX = "EX"


@command(Permission.EXPENSE_ENTER)
def create_expense(uow: UnitOfWork, *, new: NewExpense, is_submitted: bool = False) -> ExpenseSaved:
    """Enter an expense claim.

    One's own; a draft, or with `is_submitted` one that waits for approval. Receipts come along. Raises InvalidInput or
    Refused with the row that is wrong; asks as `submit_expense` does.
    """
    lines = check_lines(uow, new.lines)
    number = documents.next_number(uow, PREFIX, uow.now)
    total, tax = sum_of(uow, lines)
    made = insert(E).values(
        number=number, state=ExpenseState.DRAFT, person_id=uow.actor.person_id, purpose=_purpose(new), total=total, tax=tax,
        created_at=uow.now,
    )  # fmt: skip
    expense_id = int(uow.sql.execute(made.returning(E.id)).scalar_one())
    write_lines(uow, expense_id, new, lines)
    uow.note(number=number)
    row = load_expense(uow, expense_id, is_own=True)
    return _submitted(uow, row) if is_submitted else _saved(uow, row)


@command(Permission.EXPENSE_ENTER)
def update_expense(
    uow: UnitOfWork, *, expense_id: int, version: int, new: NewExpense, is_submitted: bool = False
) -> ExpenseSaved:
    """Change an expense claim.

    One's own, while it is a draft; with `is_submitted` it waits for approval then. Lines are known by their ids; those not
    named go, with their receipts. Raises Refused in another state, Conflict when it was changed meanwhile, InvalidInput
    with the row that is wrong, NotFound.
    """
    row = load_expense(uow, expense_id, version, is_own=True)
    if ExpenseState(row.state) not in EDITABLE:
        raise Refused(
            _(
                "{number} is “{state}”. Take it back first, then it can be changed.",
                number=row.number, state=word(ExpenseState(row.state)),
            ),
            field="state",
        )  # fmt: skip
    lines = check_lines(uow, new.lines)
    write_lines(uow, expense_id, new, lines)
    uow.sql.execute(update(E).where(E.id == expense_id).values(purpose=_purpose(new), version=row.version + 1))
    uow.note(number=row.number)
    fresh = load_expense(uow, expense_id, is_own=True)
    return _submitted(uow, fresh) if is_submitted else _saved(uow, fresh)


@command(Permission.EXPENSE_ENTER)
def submit_expense(uow: UnitOfWork, *, expense_id: int, version: int | None = None) -> ExpenseSaved:
    """Submit an expense claim.

    It waits for approval then. Asks about lines without a receipt, lines that look as if they were claimed before, days
    long ago, and days of a closed month, whose cost is booked in the open one. Raises Refused, Conflict, NotFound.
    """
    return _submitted(uow, load_expense(uow, expense_id, version, is_own=True))


@command(Permission.EXPENSE_ENTER)
def recall_expense(uow: UnitOfWork, *, expense_id: int, version: int | None = None) -> ExpenseSaved:
    """Take an expense claim back to change it.

    One's own, as long as nobody decided on it. Raises Refused, Conflict, NotFound.
    """
    row = load_expense(uow, expense_id, version, is_own=True)
    return move_expense(uow, row, Event.RECALL, submitted_at=None)


@command(Permission.EXPENSE_ENTER)
def withdraw_expense(uow: UnitOfWork, *, expense_id: int, version: int | None = None) -> ExpenseSaved:
    """Withdraw an expense claim.

    One's own, as long as it is not approved; it can be opened again. Raises Refused, Conflict, NotFound.
    """
    row = load_expense(uow, expense_id, version, is_own=True)
    return move_expense(uow, row, Event.WITHDRAW, submitted_at=None)


@command(Permission.EXPENSE_ENTER)
def reopen_expense(uow: UnitOfWork, *, expense_id: int, version: int | None = None) -> ExpenseSaved:
    """Open an expense claim again.

    One's own that was turned down or withdrawn; it is a draft then. Raises Refused, Conflict, NotFound.
    """
    row = load_expense(uow, expense_id, version, is_own=True)
    return move_expense(uow, row, Event.REOPEN, submitted_at=None, decided_by_id=None, decided_at=None)


def _submitted(uow: UnitOfWork, row: Any) -> ExpenseSaved:
    state_after(ExpenseState(row.state), Event.SUBMIT, row.number)
    lines = lines_of(uow, row.id)
    if not lines:
        raise InvalidInput(_("Nothing is claimed yet. Add what was paid."), field="lines")
    ask_before_submitting(uow, row.id, lines)
    return move_expense(
        uow, row, Event.SUBMIT, submitted_at=uow.now, decided_by_id=None, decided_at=None, decision_note=""
    )


def _saved(uow: UnitOfWork, row: Any) -> ExpenseSaved:
    return ExpenseSaved(row.id, row.version, row.number, ExpenseState(row.state), uow.money(row.total))


def _purpose(new: NewExpense) -> str:
    purpose = " ".join(new.purpose.split())
    if len(purpose) > LONGEST_PURPOSE:
        raise InvalidInput(
            _("“{text}” is too long: at most {most} characters.", text=purpose[:30] + "…", most=LONGEST_PURPOSE),
            field="purpose",
        )
    return purpose
