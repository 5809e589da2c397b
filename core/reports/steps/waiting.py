"""What of the office's work waits for this person: deliveries of today, orders and expenses to approve, invoices that differ,
claims, the month, budgets, schedules that failed. Each only as far as the person's rights go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from core import costing, expenses, identity, purchasing
from core.clock import business_day
from core.costing import BudgetLevel, BudgetState, Month
from core.expenses import ExpenseFilter
from core.purchasing import ClaimFilter, OrderFilter
from core.reports.queries.schedules import list_schedules
from core.reports.types import WorkKind, WorkRow
from core.uow import UnitOfWork
from db.catalog import Supplier
from db.costing import Budget
from db.enums import (
    ApprovalSubject,
    ClaimState,
    ExpenseState,
    InvoiceState,
    OrderState,
    Permission,
    RunState,
)
from db.purchasing import Invoice

LISTED = 5
LOOKED_AT = 20
K, P = WorkKind, Permission


def office_work(uow: UnitOfWork) -> list[WorkRow]:
    """Everything of it but budgets."""
    parts: tuple[tuple[Permission, Callable[[UnitOfWork], list[WorkRow]]], ...] = (
        (P.STOCK_RECEIVE, _deliveries),
        (P.PURCHASE_ORDER, _orders),
        (P.EXPENSE_APPROVE, _expenses),
        (P.INVOICE_EDIT, _invoices),
        (P.CLAIM_EDIT, _claims),
        (P.MONTH_CLOSE, _month),
        (P.REPORT_SCHEDULE, _schedules),
    )
    return [row for right, make in parts if uow.may(right) for row in make(uow)]


def month_budgets(uow: UnitOfWork) -> BudgetState | None:
    """The running month against its budgets; None where nobody set any, or without the right to see cost."""
    if not uow.may(P.COST_VIEW):
        return None
    month = Month.of(_today(uow)).text
    if uow.sql.execute(select(Budget.month).where(Budget.month == month).limit(1)).first() is None:
        return None
    return costing.list_budget_state(uow, month=month)


def _today(uow: UnitOfWork) -> date:
    return business_day(uow.now, uow.site.zone, uow.site.day_start_hour)


def _deliveries(uow: UnitOfWork) -> list[WorkRow]:
    return _few(K.DELIVERY, [
        WorkRow(
            K.DELIVERY, row.order_id, row.number, row.supplier, row.supplier_en, day=row.due_on,
            qty=Decimal(row.open_lines), floor=Decimal(row.lines), days=row.days_late,
        )
        for row in purchasing.list_expected(uow, day=_today(uow))
    ])  # fmt: skip


def _orders(uow: UnitOfWork) -> list[WorkRow]:
    """Drafts that this person may approve: a rule may ask for a role above an amount."""
    drafts = OrderFilter(states=(OrderState.DRAFT,))
    found = purchasing.list_orders(uow, filters=drafts, sort="created_at", descending=False, limit=LOOKED_AT)
    rows = [
        WorkRow(K.ORDER, row.id, row.number, row.supplier.zh, row.supplier.en, row.created_at, amount=row.value)
        for row in found.rows
        if row.value is None or identity.approval_needed(uow, ApprovalSubject.ORDER, row.value) is None
    ]
    return _few(K.ORDER, rows, len(rows) + max(found.total - LOOKED_AT, 0))


def _expenses(uow: UnitOfWork) -> list[WorkRow]:
    """Claims of others: nobody approves their own."""
    wanted = ExpenseFilter((ExpenseState.SUBMITTED,))
    return _few(K.EXPENSE, [
        WorkRow(K.EXPENSE, row.id, row.number, row.by, row.by, row.submitted_at, amount=row.total)
        for row in reversed(expenses.list_expenses(uow, wanted=wanted))
        if not row.is_own
    ])  # fmt: skip


def _invoices(uow: UnitOfWork) -> list[WorkRow]:
    one = Invoice
    differing = one.state == InvoiceState.DIFFERENCES
    rows = uow.sql.execute(
        select(one.id, one.own_number, one.invoiced_on, Supplier.name, Supplier.name_en)
        .join(Supplier, Supplier.id == one.supplier_id)
        .where(differing)
        .order_by(one.invoiced_on, one.id)
        .limit(LISTED)
    ).all()
    count = uow.sql.execute(select(func.count()).select_from(one).where(differing)).scalar_one()
    found = [WorkRow(K.INVOICE, row.id, row.own_number, row.name, row.name_en, day=row.invoiced_on) for row in rows]
    return _few(K.INVOICE, found, int(count))


def _claims(uow: UnitOfWork) -> list[WorkRow]:
    wanted = ClaimFilter(states=(ClaimState.OPEN, ClaimState.SENT))
    return _few(K.CLAIM, [
        WorkRow(
            K.CLAIM, row.id, row.number, row.supplier, row.supplier_en, amount=row.site_expected, state=str(row.state),
            days=row.days,
        )
        for row in reversed(purchasing.list_claims(uow, filters=wanted))
    ])  # fmt: skip


def _month(uow: UnitOfWork) -> list[WorkRow]:
    """The month that is to be closed next, once it is over."""
    if not uow.may(P.REPORT_VIEW):
        return []
    for row in costing.list_months(uow):
        if row.is_next:
            number = Month.parse(row.month)
            return [WorkRow(K.MONTH, number.year * 100 + number.number, row.month, day=row.last)]
    return []


def _schedules(uow: UnitOfWork) -> list[WorkRow]:
    return _few(K.SCHEDULE, [
        WorkRow(K.SCHEDULE, row.id, "", row.last.name, row.last.name, row.last.due_at)
        for row in list_schedules(uow)
        if row.last is not None and row.last.state is RunState.FAILED
    ])  # fmt: skip


def budget_work(state: BudgetState) -> list[WorkRow]:
    """Categories that have spent more than their budget or will have; the most over first."""
    rows = [one for one in state.rows if one.level in (BudgetLevel.WATCH, BudgetLevel.OVER)]
    rows.sort(key=lambda one: (one.level is not BudgetLevel.OVER, (one.budget or 0) - (one.expected or one.actual)))
    return _few(K.BUDGET, [
        WorkRow(
            K.BUDGET, one.place.category_id or -1, state.month, one.place.name, one.place.name_en, amount=one.actual,
            limit=one.budget, expected=one.expected, state=str(one.level),
        )
        for one in rows
    ])  # fmt: skip


def _few(kind: WorkKind, rows: Sequence[WorkRow], count: int | None = None) -> list[WorkRow]:
    """The first few, and a line for the rest."""
    total = len(rows) if count is None else count
    shown = list(rows[:LISTED])
    return shown if total <= len(shown) else [*shown, WorkRow(kind, 0, count=total - len(shown))]
