"""What is still awaited of orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from core.purchasing.rules.orders import AWAITED, outstanding
from core.purchasing.rules.states import is_line_complete
from core.purchasing.types.orders import OpenOrderLine
from core.purchasing.types.states import LineProgress
from core.uow import UnitOfWork
from core.values import from_micro
from db.base import table_of
from db.catalog import Supplier
from db.enums import OrderState
from db.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine
from db.sql import MOST_IN_LIST, total

O, L = table_of(PurchaseOrder), table_of(PurchaseOrderLine)  # noqa: E741
R, RL = table_of(PurchaseReceipt), table_of(PurchaseReceiptLine)
S = table_of(Supplier)
ALL = 100


def open_order_lines(
    uow: UnitOfWork, supplier_id: int | None = None, item_ids: Collection[int] | None = None
) -> list[OpenOrderLine]:
    """The lines whose goods are awaited (orders approved, sent, confirmed, partly received), those due soonest first and
    those without a day last. Lines that were closed, or came but for the supplier's short tolerance, are left out. Two
    statements for any number of lines."""
    wanted = _wanted(supplier_id, item_ids)
    received = received_by_line(uow, wanted)
    orders = (O.c.number, O.c.state, O.c.supplier_id, O.c.currency, O.c.rate)
    days = (O.c.is_tax_incl, O.c.deliver_on, O.c.last_promise, O.c.location_id, S.c.short_tolerance)
    listed = select(L, *orders, *days).join(O, O.c.id == L.c.order_id).join(S, S.c.id == O.c.supplier_id)
    rows = uow.sql.execute(listed.where(wanted).order_by(O.c.id, L.c.line, L.c.id))
    few = None if item_ids is None else set(item_ids)
    found = [
        _open_line(row, received.get(row.id, 0))
        for row in rows
        if (few is None or row.item_id in few) and not _is_complete(row, received.get(row.id, 0))
    ]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on, one.order_id, one.line))


def _wanted(supplier_id: int | None, item_ids: Collection[int] | None) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [O.c.state.in_(AWAITED), L.c.is_closed.is_(False)]
    if supplier_id is not None:
        parts.append(O.c.supplier_id == supplier_id)
    if item_ids is not None and len(item_ids) <= MOST_IN_LIST:
        parts.append(L.c.item_id.in_(sorted(set(item_ids))))
    return and_(*parts)


def _is_complete(row: Any, received: int) -> bool:
    if not received and row.short_tolerance < ALL:
        return False
    progress = LineProgress(from_micro(row.base_qty), from_micro(received))
    return is_line_complete(progress, row.short_tolerance)


def _open_line(row: Any, received: int) -> OpenOrderLine:
    return OpenOrderLine(
        row.order_id, row.number, OrderState(row.state), row.supplier_id, row.id, row.line, row.item_id,
        row.supplier_code, row.unit, row.factor, from_micro(row.base_qty), from_micro(received),
        from_micro(outstanding(row.base_qty, received)), row.price, row.currency, row.rate, bool(row.is_tax_incl),
        row.tax_rate, bool(row.is_free), row.promised_on or row.last_promise or row.deliver_on, row.location_id,
        row.note, row.promised_on is not None or row.last_promise is not None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Awaited:
    """What is still awaited of an order: the first day, and how many lines."""

    due_on: date | None
    lines: int


def awaited_by_order(uow: UnitOfWork) -> dict[int, Awaited]:
    """The orders of which something is awaited, with the first day and how many lines. Two statements."""
    wanted = _wanted(None, None)
    received = received_by_line(uow, wanted)
    due = func.coalesce(L.c.promised_on, O.c.last_promise, O.c.deliver_on).label("due_on")
    listed = select(L.c.id, L.c.order_id, L.c.base_qty, due, S.c.short_tolerance)
    listed = listed.join(O, O.c.id == L.c.order_id).join(S, S.c.id == O.c.supplier_id)
    found: dict[int, Awaited] = {}
    for row in uow.sql.execute(listed.where(wanted).order_by(L.c.id)):
        if _is_complete(row, received.get(row.id, 0)):
            continue
        before = found.get(row.order_id, Awaited(None, 0))
        days = [day for day in (before.due_on, row.due_on) if day is not None]
        found[row.order_id] = Awaited(min(days, default=None), before.lines + 1)
    return found


def received_by_line(uow: UnitOfWork, wanted: ColumnElement[bool]) -> dict[int, int]:
    """What was received of the order lines that `wanted` chooses (a condition on orders and their lines), in millionths
    of the base unit: without receipts that were reversed, and without free goods unless the line itself is free. Lines
    nothing came of are left out. One statement."""
    listed = (
        select(RL.c.order_line_id, total(RL.c.base_qty).label("micro"))
        .join(R, R.c.id == RL.c.receipt_id)
        .join(L, L.c.id == RL.c.order_line_id)
        .join(O, O.c.id == L.c.order_id)
        .where(R.c.reversal_id.is_(None), or_(RL.c.is_free.is_(False), L.c.is_free), wanted)
        .group_by(RL.c.order_line_id)
    )
    return {row.order_line_id: int(row.micro) for row in uow.sql.execute(listed) if row.micro}


def on_order(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, Decimal]:
    """How much of these items is on its way, in base units; items nothing is ordered of are left out."""
    wanted = set(item_ids)
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for line in open_order_lines(uow, item_ids=wanted) if wanted else ():
        sums[line.item_id] += line.outstanding
    return dict(sums)
