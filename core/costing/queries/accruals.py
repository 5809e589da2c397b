"""Goods received and not invoiced at a month's end: in all, by receipt, and as lines of a journal."""

from __future__ import annotations

from core.costing.rules.months import Month
from core.costing.steps.accruals import accruals_of, journal_lines, open_in, receipt_rows
from core.costing.types.accruals import AccrualLine, AccrualReceipt, Accruals, AccrualStyle
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission


@query(Permission.COST_VIEW)
def get_accruals(uow: UnitOfWork, *, month: str) -> Accruals:
    """What is received and not invoiced at the end of a month (of the running one: now), by supplier, most first."""
    return accruals_of(uow, open_in(uow, Month.parse(month)))


@query(Permission.COST_VIEW)
def list_accrued_receipts(uow: UnitOfWork, *, month: str, supplier_id: int | None = None) -> list[AccrualReceipt]:
    """The receipts of which something is not invoiced at the end of a month, oldest first."""
    return receipt_rows(uow, open_in(uow, Month.parse(month)), supplier_id)


@query(Permission.COST_VIEW)
def list_accrual_lines(uow: UnitOfWork, *, month: str, style: AccrualStyle) -> list[AccrualLine]:
    """The month's journal of estimates by day: taken back on the first of the next month, or each when its invoice comes.

    In both styles the lines of all months together come to what is still not invoiced.
    """
    return journal_lines(uow, open_in(uow, Month.parse(month)), style)
