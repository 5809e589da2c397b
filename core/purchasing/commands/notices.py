"""Taking in what a supplier says is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from core import catalog
from core.clock import business_day
from core.errors import InvalidInput, Refused
from core.i18n import Name, Text, _
from core.purchasing.rules.files.notice_csv import parse_notice_csv
from core.purchasing.rules.files.shipping_notice import ShippingNotice, parse_despatch_advice
from core.purchasing.rules.notices import Awaited, lots_words, pair_lines, remarks_on
from core.purchasing.steps.orders import open_order_lines
from core.purchasing.types.notices import NoticeTaken
from core.purchasing.types.orders import OpenOrderLine
from core.registry import command
from core.uow import UnitOfWork
from core.values import plain
from db.enums import Permission
from db.purchasing import PurchaseOrder, PurchaseOrderLine

O, L = PurchaseOrder, PurchaseOrderLine  # noqa: E741
LONGEST_NOTE = 2000


@command(Permission.PURCHASE_ORDER)
def import_shipping_notice(uow: UnitOfWork, *, content: bytes, order_id: int | None = None) -> NoticeTaken:
    """Import a supplier's shipping notice.

    A despatch advice (UBL 2.1) or a CSV. Awaited lines it names get its day of arrival as their promise, their orders a
    note with delivery note, quantities and lots; nothing is received by it. Without `order_id` the notice must name its
    orders. Answers what was taken and what to look at. Raises InvalidInput or Rejected for the file, Refused when
    nothing of it is awaited or it names orders of several suppliers.
    """
    notice = _parsed(content)
    awaited = _awaited(uow, notice, order_id)
    items = _items(uow, notice, awaited[0].supplier_id)
    found, strangers = pair_lines(notice.lines, awaited, items)
    if not found:
        raise Refused(_("Nothing of this notice is awaited of {numbers}.", numbers=_numbers(awaited)), field="content")
    remarks = _remarks(uow, found) + [
        _("{name} ({qty}) is not ordered.", name=one.name, qty=one.qty) for one in strangers
    ]
    day = _day(uow, notice)
    if day is not None:
        uow.sql.execute(update(L).where(L.id.in_([one.line.line_id for one in found])).values(promised_on=day))
    _note_orders(uow, notice, found, day)
    orders = tuple(dict.fromkeys((one.line.order_id, one.line.number) for one in found))
    uow.note(notice=notice.number, orders=[number for _id, number in orders])
    return NoticeTaken(notice.number, notice.arrives_on, orders, len(found), tuple(remarks))


def _parsed(content: bytes) -> ShippingNotice:
    head = content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")
    return parse_despatch_advice(content) if head.startswith(b"<") else parse_notice_csv(content)


def _awaited(uow: UnitOfWork, notice: ShippingNotice, order_id: int | None) -> list[OpenOrderLine]:
    """The awaited lines of the orders a notice is about. Raises InvalidInput, Refused."""
    named = {one.order_number.strip().upper() for one in notice.lines if one.order_number.strip()}
    if order_id is None and not named:
        raise InvalidInput(_("The notice names no order. Say which order it is for."), field="order")
    lines = open_order_lines(uow)
    here = [line for line in lines if line.order_id == order_id or (order_id is None and line.number in named)]
    if not here:
        numbers = ", ".join(sorted(named)) or str(order_id)
        raise Refused(_("Nothing is awaited of {numbers}.", numbers=numbers[:200]), field="order")
    if len({line.supplier_id for line in here}) > 1:
        raise Refused(
            _("The notice names orders of several suppliers: {numbers}.", numbers=_numbers(here)), field="order"
        )
    return here


def _numbers(lines: Sequence[OpenOrderLine]) -> str:
    return ", ".join(dict.fromkeys(line.number for line in lines))


def _items(uow: UnitOfWork, notice: ShippingNotice, supplier_id: int) -> dict[str, int]:
    """Item ids by the codes a notice writes: the supplier's own before ours and GTINs."""
    ours = catalog.find_items_by_code(
        uow, [code for one in notice.lines for code in (one.buyer_item, one.gtin) if code]
    )
    theirs = catalog.find_item_by_supplier_code(uow, supplier_id, [one.supplier_item for one in notice.lines])
    return {**ours, **theirs}


def _remarks(uow: UnitOfWork, found: Sequence[Awaited]) -> list[Text]:
    facts, tables = catalog.load_item_facts(uow, [one.line.item_id for one in found])

    def to_base(item_id: int, qty: Decimal, unit: str) -> Decimal | None:
        table = tables[item_id]
        return table.to_base(qty, unit) if table.has(unit) else None

    names: dict[int, Name] = {item_id: one.name for item_id, one in facts.items()}
    return remarks_on(found, names, to_base)


def _day(uow: UnitOfWork, notice: ShippingNotice) -> date | None:
    """The day of arrival, unless it is over: a late notice moves no promise into the past."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    return notice.arrives_on if notice.arrives_on is not None and notice.arrives_on >= today else None


def _note_orders(uow: UnitOfWork, notice: ShippingNotice, found: Sequence[Awaited], day: date | None) -> None:
    """What is on its way stands in the order's own note, which is not printed for the supplier."""
    for order_id in dict.fromkeys(one.line.order_id for one in found):
        row = uow.sql.execute(
            select(O.own_note, O.first_promise, O.last_promise, O.version).where(O.id == order_id).with_for_update()
        ).one()
        told = _told(notice, [one for one in found if one.line.order_id == order_id])
        kept = [part for part in row.own_note.split("\n") if part and part != told]
        values: dict[str, Any] = {"own_note": "\n".join([*kept, told])[-LONGEST_NOTE:], "version": row.version + 1}
        if day is not None:
            values |= {"first_promise": row.first_promise or day, "last_promise": day}
        uow.sql.execute(update(O).where(O.id == order_id).values(**values))


def _told(notice: ShippingNotice, found: Sequence[Awaited]) -> str:
    parts = []
    for one in found:
        for said in one.said:
            lots = lots_words(said.lots)
            parts.append(f"{said.name} {plain(said.qty)} {said.unit or one.line.unit}{f' [{lots}]' if lots else ''}")
    return " · ".join(part for part in (notice.number, "; ".join(parts)) if part)
