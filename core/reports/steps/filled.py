"""How much of what was ordered has come, of the lines that were due lately."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import and_, case, func, select

from core.uow import UnitOfWork
from db.enums import OrderState
from db.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine
from db.sql import total

WEEKS_DAYS = 28
NOT_SENT = (OrderState.DRAFT, OrderState.APPROVED, OrderState.CANCELLED)
PO, OL, R, L = PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine


def lines_in_full(uow: UnitOfWork, today: date) -> tuple[int, int]:
    """How many order lines that were due in the four weeks before today have come in full by now, and how many were due.

    Due is the day promised for the line, else the first promised for the order, else the day wanted. What was refused or
    taken back has not come.
    """
    due = func.coalesce(OL.promised_on, PO.first_promise, PO.deliver_on)
    came = (
        select(L.order_line_id.label("line_id"), total(L.base_qty).label("qty"))
        .join(R, and_(R.id == L.receipt_id, R.reversal_id.is_(None)))
        .where(L.order_line_id.is_not(None))
        .group_by(L.order_line_id)
        .subquery()
    )
    is_full = case((func.coalesce(came.c.qty, 0) >= OL.base_qty, 1), else_=0)
    row = uow.sql.execute(
        select(total(is_full), func.count())
        .select_from(OL)
        .join(PO, PO.id == OL.order_id)
        .outerjoin(came, came.c.line_id == OL.id)
        .where(PO.state.not_in(NOT_SENT), due >= today - timedelta(days=WEEKS_DAYS), due < today)
    ).one()
    return int(row[0]), int(row[1])
