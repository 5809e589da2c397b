"""Order lines with what came of them: what a supplier is judged by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select

from core.clock import business_day, day_starts_at
from core.i18n import Name
from core.purchasing.types.scorecard import Arrival, Ordered
from core.uow import UnitOfWork
from core.values import digits_of, from_micro, from_minor
from db.catalog import Item, Supplier
from db.enums import OrderState
from db.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine
from db.sql import chunks

PO, L, R, D = PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine
_COUNTED = (
    OrderState.SENT, OrderState.CONFIRMED, OrderState.PART_RECEIVED, OrderState.RECEIVED, OrderState.CLOSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line of an order that was sent: the rule's facts, and what people know it by. `net` in the site's currency."""

    supplier_id: int
    supplier: Name
    order_id: int
    number: str
    line_id: int
    item: Name
    unit: str
    factor: Decimal
    net: Decimal
    facts: Ordered


def sent_lines(uow: UnitOfWork, start: date, end: date, supplier_id: int | None = None) -> list[SentLine]:
    """The lines of all orders sent from the first to the last day, oldest first; free goods are left out."""
    zone = uow.site.zone
    conditions: list[ColumnElement[bool]] = [
        PO.state.in_(_COUNTED),
        PO.sent_at >= day_starts_at(start, zone, 0),
        PO.sent_at < day_starts_at(date.fromordinal(end.toordinal() + 1), zone, 0),
        L.is_free.is_(False),
    ]
    if supplier_id is not None:
        conditions.append(PO.supplier_id == supplier_id)
    columns = (
        PO.supplier_id, Supplier.name.label("supplier"), Supplier.name_en.label("supplier_en"), PO.id.label("order_id"),
        PO.number, PO.sent_at, PO.deliver_on, PO.first_promise, PO.last_promise, PO.currency, PO.rate, PO.is_tax_incl,
        L.id.label("line_id"), L.item_id, Item.name, Item.name_en, L.unit, L.factor, L.base_qty, L.amount, L.tax_rate,
        L.promised_on,
    )  # fmt: skip
    rows = uow.sql.execute(
        select(*columns)
        .join(PO, PO.id == L.order_id)
        .join(Supplier, Supplier.id == PO.supplier_id)
        .join(Item, Item.id == L.item_id)
        .where(*conditions)
        .order_by(PO.sent_at, PO.id, L.line)
    ).all()
    arrived = _arrivals(uow, [row.line_id for row in rows])
    return [_line(row, arrived.get(row.line_id, ()), zone) for row in rows]


def _arrivals(uow: UnitOfWork, line_ids: list[int]) -> dict[int, tuple[Arrival, ...]]:
    found: dict[int, list[Arrival]] = defaultdict(list)
    for part in chunks(line_ids):
        rows = uow.sql.execute(
            select(D.order_line_id, R.received_at, D.base_qty, D.rejected_qty, D.factor)
            .join(R, R.id == D.receipt_id)
            .where(D.order_line_id.in_(part), R.reversal_id.is_(None), D.is_free.is_(False))
            .order_by(R.received_at, D.id)
        )
        for row in rows:
            rejected = row.rejected_qty * row.factor
            day = business_day(row.received_at, uow.site.zone, 0)
            found[row.order_line_id].append(Arrival(day, from_micro(row.base_qty) + rejected, rejected))
    return {line_id: tuple(own) for line_id, own in found.items()}


def _line(row: Any, arrivals: tuple[Arrival, ...], zone: str) -> SentLine:
    base = from_micro(row.base_qty)
    net = from_minor(row.amount, digits_of(row.currency)) * row.rate
    if row.is_tax_incl:
        net = net * 100 / (100 + row.tax_rate)
    first = row.first_promise or row.deliver_on
    facts = Ordered(
        item_id=row.item_id,
        ordered_on=business_day(row.sent_at, zone, 0),
        qty=base,
        price=net / base if base else Decimal(0),
        first_promise=first,
        last_promise=row.promised_on or row.last_promise or first,
        arrivals=arrivals,
    )
    return SentLine(
        row.supplier_id,
        Name(row.supplier, row.supplier_en),
        row.order_id,
        row.number,
        row.line_id,
        Name(row.name, row.name_en),
        row.unit,
        row.factor,
        net,
        facts,
    )
