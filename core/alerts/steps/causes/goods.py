"""Goods that expire, that do not move, that were counted differently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select

from core.alerts.steps.stand import Stand
from core.alerts.types.inbox import COUNT, ITEM, LOT, Found
from core.clock import business_day
from core.values import from_micro, plain, round_decimal
from db.base import table_of
from db.catalog import Item
from db.columns import micros, moment
from db.counting import StockCount, StockCountLine
from db.enums import AlertUrgency, CountState, LocationKind, PostingKind
from db.sql import total
from db.stock import ItemCost, Location, Lot, StockBalance, StockEntry

Limits = Mapping[str, Decimal]
MOVES = (
    PostingKind.RECEIPT, PostingKind.ISSUE, PostingKind.WASTE, PostingKind.PRODUCTION_IN, PostingKind.PRODUCTION_OUT,
    PostingKind.RETURN_TO_SUPPLIER, PostingKind.RETURN_FROM_CUSTOMER, PostingKind.OPENING,
)  # fmt: skip
"""What counts as moving: not a transfer between places, a count or a change of value."""
MOST_IDLE = 500
L = table_of(StockCountLine)


def expiry(stand: Stand, limits: Limits) -> list[Found]:
    """Lots of which something is left, whose last day is near or past. What is past is urgent."""
    left = total(StockBalance.qty).label("left")
    last = stand.today + timedelta(days=int(limits["days"]))
    rows = stand.uow.sql.execute(
        select(Lot.id, Lot.item_id, Lot.number, Lot.expires_on, left)
        .join(StockBalance, (StockBalance.item_id == Lot.item_id) & (StockBalance.lot_id == Lot.id))
        .join(Location, Location.id == StockBalance.location_id)
        .where(Lot.expires_on <= last, StockBalance.qty != 0, Location.kind != LocationKind.TRANSIT)
        .group_by(Lot.id, Lot.item_id, Lot.number, Lot.expires_on)
        .having(func.sum(StockBalance.qty) > 0)
        .order_by(Lot.expires_on, Lot.id)
    ).all()
    items = stand.items({row.item_id for row in rows})
    found = []
    for row in rows:
        item = items[row.item_id]
        has_expired = row.expires_on < stand.today
        facts = {
            "item": item.name, "code": item.code, "unit": item.unit, "lot": row.number, "item_id": row.item_id,
            "qty": from_micro(int(row.left)), "expires_on": row.expires_on, "has_expired": has_expired,
        }  # fmt: skip
        found.append(Found(LOT, row.id, facts, urgency=AlertUrgency.URGENT if has_expired else None))
    return found


def not_moved(stand: Stand, limits: Limits) -> list[Found]:
    """Items with stock of some value that nobody used or received for long, those worth most: nobody reads more of them, and
    the report of dead stock has all. Items made lately are left in peace."""
    uow = stand.uow
    days, least = int(limits["days"]), int(limits["amount"].scaleb(uow.site.digits))
    cutoff = stand.start_of(stand.today - timedelta(days=days))
    entry = table_of(StockEntry)
    is_of = (entry.c.item_id == ItemCost.item_id) & entry.c.kind.in_(MOVES)
    last = select(func.max(entry.c.at)).where(is_of).scalar_subquery().label("last_at")
    recent = select(entry.c.id).where(is_of, entry.c.at >= micros(cutoff)).exists()
    rows = uow.sql.execute(
        select(ItemCost.item_id, ItemCost.qty, ItemCost.value, last)
        .join(Item, Item.id == ItemCost.item_id)
        .where(ItemCost.qty > 0, ItemCost.value > 0, ItemCost.value >= least, Item.created_at < cutoff, ~recent)
        .order_by(ItemCost.value.desc(), ItemCost.item_id)
        .limit(MOST_IDLE)
    ).all()
    items = stand.items({row.item_id for row in rows})
    found = []
    for row in rows:
        item = items[row.item_id]
        day = None if row.last_at is None else business_day(moment(row.last_at), uow.site.zone, uow.site.day_start_hour)
        facts = {
            "item": item.name, "code": item.code, "unit": item.unit, "qty": from_micro(int(row.qty)),
            "value": uow.money(int(row.value)), "currency": uow.site.currency, "last_on": day,
        }  # fmt: skip
        found.append(Found(ITEM, row.item_id, facts))
    return found


def count_difference(stand: Stand, limits: Limits) -> list[Found]:
    """What the last count of an item at a place found, where it was far from the book."""
    uow = stand.uow
    since = stand.start_of(stand.today - timedelta(days=int(limits["days"])))
    place = func.row_number().over(
        partition_by=(L.c.item_id, L.c.location_id, L.c.lot_id), order_by=(StockCount.approved_at.desc(), L.c.id.desc())
    )
    ranked = (
        select(
            L.c.id, L.c.count_id, L.c.item_id, L.c.location_id, L.c.counted_qty, L.c.posted_expected, L.c.posted_value,
            StockCount.number, place.label("place"),
        )
        .join(StockCount, StockCount.id == L.c.count_id)
        .where(
            StockCount.state == CountState.POSTED, L.c.counted_qty.is_not(None), L.c.posted_expected.is_not(None),
            or_(StockCount.approved_at >= since, StockCount.completed_at >= since),
        )
        .subquery()
    )  # fmt: skip
    listed = select(ranked).where(ranked.c.place == 1, ranked.c.counted_qty != ranked.c.posted_expected)
    least = limits["amount"]
    hits = []
    for row in uow.sql.execute(listed.order_by(ranked.c.id)):
        percent = _percent(row)
        value = uow.money(int(row.posted_value or 0))
        if (percent is None or percent >= limits["percent"]) and abs(value) >= least:
            hits.append((row, percent, value))
    items = stand.items({row.item_id for row, _percent, _value in hits})
    return [_counted(stand, items[row.item_id], row, percent, value) for row, percent, value in hits]


def _percent(row: Any) -> Decimal | None:
    """How far off, in per cent of the book; None where the book held nothing."""
    if not row.posted_expected:
        return None
    off = abs(Decimal(row.counted_qty - row.posted_expected)) * 100 / abs(Decimal(row.posted_expected))
    return plain(round_decimal(off, 1))


def _counted(stand: Stand, item: Any, row: Any, percent: Decimal | None, value: Decimal) -> Found:
    place = stand.places.get(row.location_id)
    facts = {
        "item": item.name, "code": item.code, "unit": item.unit, "place": None if place is None else place.name,
        "counted": from_micro(int(row.counted_qty)), "expected": from_micro(int(row.posted_expected)),
        "percent": percent, "number": row.number, "value": value, "currency": stand.uow.site.currency,
        "item_id": row.item_id,
    }  # fmt: skip
    return Found(COUNT, row.count_id, facts, part=str(row.id))
