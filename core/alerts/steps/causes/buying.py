"""Suppliers that are late, goods long on their way, prices that jump."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func, select, type_coerce

from core import purchasing, stock
from core.alerts.steps.stand import Stand
from core.alerts.types.inbox import ITEM, ORDER, POSTING, Found
from core.i18n import Name
from core.values import plain, round_decimal
from db.base import table_of
from db.catalog import PriceHistory, Supplier
from db.columns import Price
from db.enums import LocationKind
from db.sql import chunks
from db.stock import Location, StockBalance

Limits = Mapping[str, Decimal]
SHOWN_ITEMS = 3
H = table_of(PriceHistory)


def supplier_late(stand: Stand, limits: Limits) -> list[Found]:
    """Orders of which something was due and has not come."""
    last = stand.today - timedelta(days=int(limits["days"]))
    orders: dict[int, list[purchasing.OpenOrderLine]] = defaultdict(list)
    for line in purchasing.open_order_lines(stand.uow):
        if line.due_on is not None and line.due_on <= last:
            orders[line.order_id].append(line)
    suppliers = _suppliers(stand, {lines[0].supplier_id for lines in orders.values()})
    items = stand.items({line.item_id for lines in orders.values() for line in lines[:SHOWN_ITEMS]})
    found = []
    for order_id, lines in orders.items():
        first = lines[0]
        names: tuple[Name | str, ...] = tuple(items[line.item_id].name for line in lines[:SHOWN_ITEMS])
        facts = {
            "number": first.number, "supplier": suppliers[first.supplier_id], "lines": len(lines),
            "due_on": min(line.due_on for line in lines if line.due_on is not None),
            "items": names if len(lines) <= SHOWN_ITEMS else (*names, "…"),
        }  # fmt: skip
        found.append(Found(ORDER, order_id, facts))
    return found


def in_transit(stand: Stand, limits: Limits) -> list[Found]:
    """Transfers sent long ago and not received; the ledger is searched only when something is on its way."""
    lying = (
        select(StockBalance.item_id)
        .join(Location, Location.id == StockBalance.location_id)
        .where(Location.kind == LocationKind.TRANSIT, StockBalance.qty != 0)
        .limit(1)
    )
    if stand.uow.sql.execute(lying).first() is None:
        return []
    last = stand.today - timedelta(days=int(limits["days"]))
    found = []
    for row in stock.list_in_transit(stand.uow):
        day = stand.day_of(row.at)
        if day <= last:
            facts = {"number": row.number, "day": day, "place": Name(row.to_words, row.to_words_en)}
            found.append(Found(POSTING, row.posting_id, facts))
    return found


def price_jump(stand: Stand, limits: Limits) -> list[Found]:
    """The last price of an item from a supplier, where it came lately and differs much from the one before it of the same
    kind (asked or paid)."""
    since = stand.start_of(stand.today - timedelta(days=int(limits["days"])))
    lately = select(H.c.item_id).where(H.c.at >= since)
    same = (H.c.item_id, H.c.supplier_id, H.c.currency, H.c.source)
    newest = (H.c.at.desc(), H.c.id.desc())
    ranked = (
        select(
            *same, H.c.at, H.c.price,
            type_coerce(func.lead(H.c.price).over(partition_by=same, order_by=newest), Price).label("before"),
            func.row_number().over(partition_by=same, order_by=newest).label("place"),
        )
        .where(H.c.item_id.in_(lately), H.c.supplier_id.is_not(None))
        .subquery()
    )  # fmt: skip
    listed = select(ranked).where(
        ranked.c.place == 1, ranked.c.at >= since, ranked.c.before > 0, ranked.c.before != ranked.c.price
    )
    hits = []
    for row in stand.uow.sql.execute(listed.order_by(ranked.c.item_id, ranked.c.supplier_id, ranked.c.source)):
        percent = plain(round_decimal((row.price - row.before) * 100 / row.before, 1))
        if abs(percent) >= limits["percent"]:
            hits.append((row, percent))
    items = stand.items({row.item_id for row, _percent in hits})
    suppliers = _suppliers(stand, {row.supplier_id for row, _percent in hits})
    found = []
    for row, percent in hits:
        item = items[row.item_id]
        facts = {
            "item": item.name, "code": item.code, "unit": item.unit, "supplier": suppliers[row.supplier_id],
            "old": plain(row.before), "new": plain(row.price), "percent": percent, "currency": row.currency,
        }  # fmt: skip
        found.append(Found(ITEM, row.item_id, facts, part=f"{row.supplier_id}:{row.source}:{row.currency}"))
    return found


def _suppliers(stand: Stand, ids: set[int]) -> dict[int, Name]:
    found = {}
    for part in chunks(sorted(ids)):
        rows = stand.uow.sql.execute(select(Supplier.id, Supplier.name, Supplier.name_en).where(Supplier.id.in_(part)))
        found.update({row.id: Name(row.name, row.name_en) for row in rows})
    return found
