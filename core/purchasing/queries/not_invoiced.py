"""Goods received and not invoiced: by receipt, as of any moment, with how each figure came to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from core.clock import business_day
from core.errors import NotFound
from core.i18n import Name, _
from core.purchasing.steps.accruals import ReceivedFacts, not_invoiced
from core.purchasing.steps.invoices.work import I, L, M, supplier_names
from core.purchasing.types.invoices import NotInvoicedWhy, OpenReceiptRow, WhyStep
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro, round_half_up
from db.catalog import Item
from db.columns import micros, moment
from db.enums import Permission
from db.enums import PostingKind as K
from db.purchasing import PurchaseOrder, PurchaseOrderLine
from db.sql import chunks
from db.stock import StockEntry, StockPosting


@query(Permission.PURCHASE_VIEW)
def list_not_invoiced(
    uow: UnitOfWork, *, as_of: datetime | None = None, supplier_id: int | None = None
) -> list[OpenReceiptRow]:
    """Receipts' lines that wait for an invoice (or, below zero, for a credit), the oldest first; now or as of a moment."""
    uow.require(Permission.COST_VIEW)
    found = not_invoiced(uow, supplier_ids=None if supplier_id is None else [supplier_id], as_of=as_of)
    return open_rows(uow, [one for one in found if one.received.not_invoiced or one.received.accrued], as_of)


def open_rows(uow: UnitOfWork, found: Sequence[ReceivedFacts], as_of: datetime | None = None) -> list[OpenReceiptRow]:
    """Receipts' entries as rows people read."""
    items = _items(uow, {one.received.item_id for one in found})
    names = supplier_names(uow, {one.received.supplier_id for one in found})
    orders = _orders(uow, {one.received.order_line_id for one in found if one.received.order_line_id})
    today = business_day(as_of or uow.now, uow.site.zone, uow.site.day_start_hour)
    return [
        OpenReceiptRow(
            entry_id=one.received.line_id,
            posting_id=one.posting_id,
            number=one.number,
            document=one.document,
            supplier_id=one.received.supplier_id,
            supplier=names[one.received.supplier_id],
            received_on=one.received.received_on,
            at=one.at,
            item_id=one.received.item_id,
            code=items[one.received.item_id].code,
            name=Name(items[one.received.item_id].name, items[one.received.item_id].name_en),
            unit=items[one.received.item_id].base_unit,
            qty=from_micro(one.received.qty),
            returned_qty=from_micro(one.received.returned_qty),
            matched_qty=from_micro(one.received.matched_qty),
            open_qty=from_micro(one.received.open_qty),
            accrued=uow.money(one.received.accrued),
            returned=uow.money(one.received.returned),
            matched=uow.money(one.received.matched),
            not_invoiced=uow.money(one.received.not_invoiced),
            order_line_id=one.received.order_line_id or None,
            order_number=orders.get(one.received.order_line_id, ""),
            days=(today - one.received.received_on).days,
        )
        for one in found
    ]


def _items(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for part in chunks(sorted(set(ids))):
        listed = select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit).where(Item.id.in_(part))
        found.update({row.id: row for row in uow.sql.execute(listed)})
    return found


def _orders(uow: UnitOfWork, line_ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(sorted(set(line_ids))):
        listed = select(PurchaseOrderLine.id, PurchaseOrder.number).join(
            PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order_id
        )
        found.update({row.id: row.number for row in uow.sql.execute(listed.where(PurchaseOrderLine.id.in_(part)))})
    return found


@query(Permission.PURCHASE_VIEW)
def explain_not_invoiced(uow: UnitOfWork, *, entry_id: int, as_of: datetime | None = None) -> NotInvoicedWhy:
    """How what is owed for a receipt's line came to be: the receipt, what went back, what was invoiced; the steps sum to
    it. Raises NotFound."""
    uow.require(Permission.COST_VIEW)
    found = not_invoiced(uow, entry_ids=[entry_id], as_of=as_of)
    if not found:
        raise NotFound(_("This receipt waits for no invoice."), field="entry_id")
    one = found[0]
    number = one.number
    first = WhyStep(
        _("Received with {number}", number=number),
        one.at,
        from_micro(one.received.qty),
        uow.money(one.received.accrued),
    )
    steps = [first, *_returns(uow, one, as_of), *_matched(uow, one, as_of)]
    rest = sorted(steps[1:], key=lambda step: step.at)
    return NotInvoicedWhy(open_rows(uow, [one], as_of)[0], (first, *rest))


def _returns(uow: UnitOfWork, one: ReceivedFacts, as_of: datetime | None) -> list[WhyStep]:
    """Returns in their order; the amount of each is its share of the cumulative amount."""
    back, undone = aliased(StockEntry), aliased(StockEntry)
    listed = (
        select(back.at, back.qty, StockPosting.number, undone.at.label("undone_at"))
        .join(StockPosting, StockPosting.id == back.posting_id)
        .outerjoin(undone, (undone.link_id == back.id) & undone.is_reversal)
        .where(back.link_id == one.received.line_id, back.kind == K.RETURN_TO_SUPPLIER, back.is_reversal.is_(False))
        .order_by(back.at, back.id)
    )
    until = None if as_of is None else micros(as_of)
    steps, run, told = [], 0, 0
    for row in uow.sql.execute(listed):
        if until is not None and row.at > until:
            continue
        if row.undone_at is not None and (until is None or row.undone_at <= until):
            continue
        run += -row.qty
        share = round_half_up(one.received.accrued * run, one.received.qty) - told
        told += share
        text = _("Went back with {number}", number=row.number)
        steps.append(WhyStep(text, moment(row.at), from_micro(row.qty), uow.money(-share)))
    return steps


def _matched(uow: UnitOfWork, one: ReceivedFacts, as_of: datetime | None) -> list[WhyStep]:
    stands: list[ColumnElement[bool]] = [M.c.undone_at.is_(None)]
    if as_of is not None:
        stands = [M.c.at <= as_of, or_(M.c.undone_at.is_(None), M.c.undone_at > as_of)]
    listed = (
        select(M.c.at, M.c.qty, M.c.accrued, I.c.number, I.c.own_number)
        .join(L, L.c.id == M.c.invoice_line_id)
        .join(I, I.c.id == L.c.invoice_id)
        .where(M.c.entry_id == one.received.line_id, *stands)
        .order_by(M.c.at, M.c.id)
    )
    return [
        WhyStep(
            _("Invoiced with {number} ({own})", number=row.number, own=row.own_number), row.at, from_micro(-row.qty),
            uow.money(-row.accrued),
        )
        for row in uow.sql.execute(listed)
    ]  # fmt: skip
