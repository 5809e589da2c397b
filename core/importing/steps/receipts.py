"""Deliveries from a file: the rows of one delivery's word are one delivery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from core import purchasing, stock
from core.errors import InvalidInput
from core.i18n import _, join
from core.importing.rules.cells import (
    Cell,
    day_of,
    moment_of,
    price_of,
    quantity_of,
    short,
    text_of,
    truth_of,
    word_of,
)  # fmt: skip
from core.importing.steps.known import Known, load_known
from core.importing.steps.masters import Made, make_all
from core.importing.steps.rows import RowReader, Rows
from core.purchasing import NewDelivery, NewDeliveryLine
from core.stock import NewLine
from core.uow import UnitOfWork
from core.words import word
from db.enums import ClaimKind, Permission

COLUMNS = {
    "lines": "delivery", "order_line_id": "order", "location_id": "location", "item_id": "item", "price_reason": "note",
}  # fmt: skip


@dataclass(slots=True)
class _Group:
    """All rows of one delivery: what its head says, its lines, the order each names, and their rows in the file."""

    row: int
    head: dict[str, Any] = field(default_factory=dict)
    lines: list[NewDeliveryLine] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)


def receive_deliveries(uow: UnitOfWork, rows: Rows) -> Made:
    """Receive the deliveries of a file. What is wrong is added to `rows.faults`; delivery notes that are there already,
    more than ordered and likely slips of the hand are asked about."""
    uow.require(Permission.STOCK_RECEIVE)
    known = load_known(uow, items=rows.words("item"))
    groups: dict[str, _Group] = {}
    for row in rows:
        _read(uow, row, known, groups)
    made = Made()
    deliveries = [] if rows.faults else _deliveries(uow, rows, groups)
    if rows.faults:
        return made
    _check_rights(uow, deliveries)
    numbers = range(1, len(rows.table.rows) + 2)
    for done, questions in make_all(rows, numbers, lambda: [purchasing.bring_in_deliveries(uow, deliveries)], COLUMNS):
        made.ids = {"postings": [one.posting_id for one in done if one.posting_id is not None]}
        if questions:
            made.questions.append(("receipts.doubts", join([text for _key, text in questions], "\n")))
    return made


def _check_rights(uow: UnitOfWork, deliveries: list[NewDelivery]) -> None:
    places = {line.location_id for one in deliveries for line in one.lines}
    named = tuple(NewLine(0, Decimal(1), location_id=place) for place in places)
    stock.check_rights_at(uow, Permission.STOCK_RECEIVE, named)
    dated: list[datetime] = [one.at for one in deliveries if one.at is not None]
    stock.check_backdating(uow, min(dated, default=None))


def _deliveries(uow: UnitOfWork, rows: Rows, groups: dict[str, _Group]) -> list[NewDelivery]:
    """The deliveries, their lines tied to the orders they name; a delivery note that stands twice in the file is a fault."""
    lines = purchasing.find_order_lines(uow, rows.words("order"))
    seen: dict[tuple[Any, str], str] = {}
    found = []
    for name, group in groups.items():
        head = group.head
        tied = []
        for line, order in zip(group.lines, group.orders, strict=True):
            match = purchasing.order_line_of(lines, order, line.item_id, head.get("supplier")) if order else None
            if order and match is None:
                text = _("This supplier has no order {number} with just one line of this item.", number=short(order))
                rows.faults.append(InvalidInput(text, field="order", row=line.row))
            tied.append(line if match is None else replace(line, order_line_id=match[0]))
        document = head.get("document", "")
        first = seen.setdefault((head.get("supplier"), document), name)
        if document and first != name:
            text = _("Delivery note {document} stands in this file twice: {first} and {second}.",
                     document=document, first=first, second=name)  # fmt: skip
            rows.faults.append(InvalidInput(text, field="document", row=group.row))
        found.append(NewDelivery(tuple(tied), head.get("supplier"), document, at=head.get("at")))
    return found


def _read(uow: UnitOfWork, row: RowReader, known: Known, groups: dict[str, _Group]) -> None:
    name = row.text("delivery", 60)
    if not name:
        row.refuse("delivery", _("Which delivery? Rows with the same word here are one delivery."))
    group = groups.get(name) or _Group(row.row)
    _read_head(uow, row, known, group)
    line = _read_line(row, known)
    order = row.text("order", 30)
    if row.is_wrong or line is None:
        return
    groups[name] = group
    group.lines.append(line)
    group.orders.append(order)


def _read_head(uow: UnitOfWork, row: RowReader, known: Known, group: _Group) -> None:
    """Cells that speak of the whole delivery: what is empty is as in its other rows, another value is a mix."""
    zone, hour = ZoneInfo(uow.site.zone), uow.site.day_start_hour
    read: dict[str, Callable[[], Any]] = {
        "at": lambda: row.take("at", lambda cell: moment_of(cell, zone, hour)),
        "supplier": lambda: known.supplier(row),
        "document": lambda: row.text("document", 60),
    }
    for name, value_of in read.items():
        if not row.is_filled(name):
            continue
        value = value_of()
        if value is not None and group.head.setdefault(name, value) != value:
            row.refuse(name, _("Row {row} says something else of this delivery.", row=group.row))


def _read_line(row: RowReader, known: Known) -> NewDeliveryLine | None:
    item_id = known.item(row)
    if item_id is None and not row.is_filled("item"):
        row.refuse("item", _("Which item? Write its code, or the supplier's own."))
    qty = row.take("qty", quantity_of) or Decimal(0)
    rejected = (row.take("rejected_qty", quantity_of) if row.is_filled("rejected_qty") else None) or Decimal(0)
    price = row.take("price", price_of) if row.is_filled("price") else None
    expires_on = row.take("expires_on", day_of) if row.is_filled("expires_on") else None
    reason = row.take("reject_reason", _reason_of) if row.is_filled("reject_reason") else ""
    is_free = bool(row.take("free", truth_of)) if row.is_filled("free") else False
    location_id = known.location(row, "location")
    unit, lot, note = row.text("unit", 20), row.text("lot", 60), row.text("note", 200)
    if item_id is None:
        return None
    return NewDeliveryLine(
        item_id, qty, unit, price=price, lot=lot, expires_on=expires_on, location_id=location_id, is_free=is_free,
        rejected_qty=rejected, reject_reason=reason or "", note=note, price_reason=note, row=row.row,
    )  # fmt: skip


def _reason_of(cell: Cell) -> str:
    said = text_of(cell)
    words = {
        word_of(name): kind for kind in ClaimKind for name in (kind, *(word(kind).render(one) for one in ("zh", "en")))
    }
    kind = words.get(word_of(said))
    if kind is None:
        known = ", ".join(ClaimKind)
        raise InvalidInput(_("“{word}” is not known here. Write one of: {known}.", word=short(said), known=known))
    return str(kind)
