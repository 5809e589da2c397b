"""What is to arrive: orders whose goods are awaited, and which of them a scanned thing belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select

from core import catalog
from core.clock import business_day
from core.purchasing.steps.orders import open_order_lines
from core.purchasing.types.orders import OpenOrderLine
from core.purchasing.types.sheets import (
    ExpectedRow,
)
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of, round_decimal
from db.enums import Permission
from db.purchasing import PurchaseOrder, PurchaseOrderLine


@query(Permission.STOCK_RECEIVE)
def list_expected(uow: UnitOfWork, *, day: date | None = None) -> list[ExpectedRow]:
    """The orders goods are awaited of, the one due first on top and those without a day last; with `day` only those due
    until then. Six statements for any number of orders."""
    by_order: dict[int, list[OpenOrderLine]] = defaultdict(list)
    for line in open_order_lines(uow):
        by_order[line.order_id].append(line)
    counts = _line_counts(uow)
    deals = catalog.load_suppliers(uow, {lines[0].supplier_id for lines in by_order.values()})
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    rows = [
        _row(uow, lines, counts.get(order_id, len(lines)), deals[lines[0].supplier_id], today)
        for order_id, lines in by_order.items()
    ]
    if day is not None:
        rows = [row for row in rows if row.due_on is not None and row.due_on <= day]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, row.supplier, row.order_id))


def _line_counts(uow: UnitOfWork) -> dict[int, int]:
    line, order = PurchaseOrderLine, PurchaseOrder
    counted = (
        select(line.order_id, func.count().label("n"))
        .join(order, order.id == line.order_id)
        .where(line.is_closed.is_(False), order.closed_at.is_(None))
        .group_by(line.order_id)
    )
    return {row.order_id: int(row.n) for row in uow.sql.execute(counted)}


def _row(
    uow: UnitOfWork, lines: Sequence[OpenOrderLine], count: int, deal: catalog.SupplierDeal, today: date
) -> ExpectedRow:
    first = lines[0]
    due_on = min((line.due_on for line in lines if line.due_on is not None), default=None)
    late = (today - due_on).days if due_on is not None and due_on < today else 0
    return ExpectedRow(
        order_id=first.order_id, number=first.number, supplier_id=first.supplier_id, supplier=deal.title("zh"),
        supplier_en=deal.title("en"), due_on=due_on, lines=count, open_lines=len(lines),
        value=_value(lines) if uow.may(Permission.COST_VIEW) else None, currency=first.currency, state=first.state,
        phone=deal.phone, is_late=late > 0, days_late=late,
    )  # fmt: skip


def _value(lines: Sequence[OpenOrderLine]) -> Decimal:
    """What is still to come, as the order's prices are written."""
    priced = [line for line in lines if line.price is not None and not line.is_free]
    total = sum((line.outstanding / line.factor * (line.price or 0) for line in priced), Decimal(0))
    return round_decimal(total, digits_of(lines[0].currency))


@query(Permission.STOCK_RECEIVE)
def find_expected_for(
    uow: UnitOfWork, *, item_id: int | None = None, supplier_id: int | None = None, document: str = "", gtin: str = ""
) -> list[int]:
    """The orders that still await something, the one due first on top: an item (by its id, or by a code on the package),
    a supplier, or a document (our order's number, or the number the supplier confirmed it with)."""
    items = {item_id} if item_id is not None else None
    if gtin.strip():
        items = set(catalog.find_items_by_code(uow, [gtin.strip()]).values())
    if items is not None and not items:
        return []
    lines = open_order_lines(uow, supplier_id, items)
    found = list(dict.fromkeys(line.order_id for line in lines))
    return found if not document.strip() else _named(uow, found, document.strip())


def _named(uow: UnitOfWork, order_ids: list[int], document: str) -> list[int]:
    order, wanted = PurchaseOrder, document.casefold()
    named = select(order.id).where(or_(func.lower(order.number) == wanted, func.lower(order.supplier_ref) == wanted))
    hits = set(uow.sql.execute(named).scalars())
    return [order_id for order_id in order_ids if order_id in hits]
