"""What is waiting for an item: orders, transfers under way, invoices without a receipt."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from core import purchasing
from core.clock import business_day
from core.detective.rules.clues import Awaited, Billed, UnderWay
from core.detective.steps.spot import Place
from core.i18n import Name
from core.uow import UnitOfWork
from core.values import to_micro
from db.base import table_of
from db.catalog import Supplier
from db.columns import micros
from db.enums import InvoiceLineKind, InvoiceState, LocationKind, OrderState, Permission, PostingKind
from db.purchasing import (
    Invoice,
    InvoiceLine,
    InvoiceMatch,
    PurchaseOrder,
    PurchaseOrderLine,
)
from db.sql import total
from db.stock import Location, StockEntry, StockPosting

DRAFTS = (OrderState.DRAFT,)
LATELY = timedelta(days=120)
S = table_of(Supplier)


def load_awaited(uow: UnitOfWork, item_id: int) -> list[Awaited]:
    """Order lines of the item whose goods are awaited, and drafts; nothing for who may not see orders."""
    if not uow.may(Permission.PURCHASE_VIEW):
        return []
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    lines = purchasing.open_order_lines(uow, item_ids=[item_id])
    names = _suppliers(uow, {line.supplier_id for line in lines})
    found = [
        Awaited(
            line.order_id, line.number, names[line.supplier_id], to_micro(line.outstanding),
            None if line.due_on is None else (line.due_on - today).days,
        )
        for line in lines
    ]  # fmt: skip
    return found + _drafts(uow, item_id)


def _suppliers(uow: UnitOfWork, ids: set[int]) -> dict[int, Name]:
    rows = uow.sql.execute(select(S.c.id, S.c.name, S.c.name_en).where(S.c.id.in_(sorted(ids))))
    return {row.id: Name(row.name, row.name_en) for row in rows}


def _drafts(uow: UnitOfWork, item_id: int) -> list[Awaited]:
    order, line = PurchaseOrder, PurchaseOrderLine
    rows = uow.sql.execute(
        select(order.id, order.number, line.base_qty, S.c.name, S.c.name_en)
        .join(line, line.order_id == order.id)
        .join(S, S.c.id == order.supplier_id)
        .where(line.item_id == item_id, order.state.in_(DRAFTS))
    )
    return [
        Awaited(row.id, row.number, Name(row.name, row.name_en), int(row.base_qty), None, is_draft=True) for row in rows
    ]


def load_under_way(uow: UnitOfWork, item_id: int, place: Place) -> list[UnderWay]:
    """Transfers of the item that were sent and have not arrived: to the place, or from it."""
    follow_up, left = aliased(StockPosting), aliased(StockEntry)
    rows = uow.sql.execute(
        select(StockPosting.id, StockPosting.number, StockPosting.at, StockPosting.purpose, StockEntry.qty, left.location_id)
        .join(StockEntry, StockEntry.posting_id == StockPosting.id)
        .join(Location, Location.id == StockEntry.location_id)
        .outerjoin(follow_up, follow_up.ref_id == StockPosting.id)
        .outerjoin(
            left, and_(left.posting_id == StockPosting.id, left.item_id == item_id, left.qty == -StockEntry.qty)
        )
        .where(
            StockPosting.kind == PostingKind.TRANSFER, Location.kind == LocationKind.TRANSIT, StockEntry.qty > 0,
            StockEntry.item_id == item_id, follow_up.id.is_(None),
        )
        .order_by(StockPosting.id)
    )  # fmt: skip
    found = {}
    for row in rows:
        is_to_here = row.purpose.removeprefix("→").strip() == place.code
        if is_to_here or row.location_id == place.id:
            at = micros(row.at)
            found[row.id] = UnderWay(row.id, row.number, int(row.qty), at, is_to_here)
    return list(found.values())


def load_billed(uow: UnitOfWork, item_id: int) -> list[Billed]:
    """Invoices' lines of the item beyond what was received of that supplier and not invoiced; nothing for who may not see
    invoices."""
    if not uow.may(Permission.INVOICE_EDIT):
        return []
    line, match = table_of(InvoiceLine), table_of(InvoiceMatch)
    matched = (
        select(total(match.c.qty))
        .where(match.c.invoice_line_id == line.c.id, match.c.undone_at.is_(None))
        .correlate(line)
        .scalar_subquery()
    )
    rows = uow.sql.execute(
        select(Invoice.id, Invoice.number, Invoice.supplier_id, line.c.base_qty, matched.label("matched"), S.c.name, S.c.name_en)
        .join(line, line.c.invoice_id == Invoice.id)
        .join(S, S.c.id == Invoice.supplier_id)
        .where(
            line.c.item_id == item_id, line.c.kind == InvoiceLineKind.GOODS, line.c.base_qty > 0,
            line.c.is_replaced.is_(False), Invoice.created_at >= uow.now - LATELY,
            Invoice.state != InvoiceState.CANCELLED,
        )
        .order_by(Invoice.id)
    ).all()  # fmt: skip
    open_rows = [row for row in rows if row.base_qty > row.matched]
    waiting = _not_invoiced(uow, item_id) if open_rows else {}
    return [
        Billed(row.id, row.number, Name(row.name, row.name_en), int(row.base_qty) - int(row.matched))
        for row in open_rows
        if waiting.get(row.supplier_id, 0) < int(row.base_qty) - int(row.matched)
    ]


def _not_invoiced(uow: UnitOfWork, item_id: int) -> dict[int, int]:
    """By supplier: what was received of the item and no invoice is matched to."""
    match, entry = table_of(InvoiceMatch), StockEntry
    matched = (
        select(total(match.c.qty))
        .where(match.c.entry_id == entry.id, match.c.undone_at.is_(None))
        .correlate(entry)
        .scalar_subquery()
    )
    undone = select(entry.link_id).where(entry.item_id == item_id, entry.is_reversal, entry.link_id.is_not(None))
    rows = uow.sql.execute(
        select(StockPosting.supplier_id, entry.qty, matched.label("matched"))
        .join(StockPosting, StockPosting.id == entry.posting_id)
        .where(
            entry.item_id == item_id, entry.kind == PostingKind.RECEIPT, entry.is_reversal.is_(False),
            StockPosting.supplier_id.is_not(None), entry.at >= micros(uow.now - LATELY), entry.id.not_in(undone),
        )
    )  # fmt: skip
    found: dict[int, int] = {}
    for row in rows:
        found[row.supplier_id] = found.get(row.supplier_id, 0) + int(row.qty) - int(row.matched)
    return found
