"""How much of items is used a day. Whoever needs a rate asks here: what the ledger says today, a forecast later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, literal, select

from core.clock import business_day, day_starts_at
from core.uow import UnitOfWork
from core.values import from_micro, round_decimal
from db.base import table_of
from db.catalog import Item
from db.columns import micros
from db.enums import PostingKind
from db.purchasing import PurchaseRules
from db.sql import MOST_IN_LIST, total
from db.stock import StockEntry

E = table_of(StockEntry)
USED = (PostingKind.ISSUE, PostingKind.WASTE, PostingKind.PRODUCTION_OUT, PostingKind.RETURN_FROM_CUSTOMER)
"""Issues, waste and what went into production; what customers brought back is taken off."""
DAY = 24 * 60 * 60 * 1_000_000
USUAL_DAYS = 28
QTY_DIGITS = 6
Daily = Mapping[int, tuple[Decimal, ...]]


def usage_rates(uow: UnitOfWork, item_ids: Collection[int], *, daily: Daily | None = None) -> dict[int, Decimal | None]:
    """How many base units of each item are used on an average day; None where nobody knows.

    The mean of the last `purchase_rules.usage_days` business days that are over; of an item that is younger, of the days
    since it was made or first used. `daily`: figures of those days that were read already.
    """
    ids = set(item_ids)
    if not ids:
        return {}
    read = daily if daily is not None else daily_usage(uow, ids, usage_days(uow))
    ages = _ages(uow, ids)
    return {item_id: _rate(read.get(item_id, ()), ages.get(item_id)) for item_id in ids}


def _rate(figures: tuple[Decimal, ...], age: int | None) -> Decimal | None:
    used = sum(figures, Decimal(0))
    if used <= 0:
        return None
    first = next(place for place, figure in enumerate(figures) if figure)
    days = min(len(figures), max(age or len(figures), len(figures) - first, 1))
    return round_decimal(used / days, QTY_DIGITS)


def usage_days(uow: UnitOfWork) -> int:
    """On how many days the site's usage rates stand."""
    said = uow.sql.execute(select(PurchaseRules.usage_days)).scalar_one_or_none()
    return said or USUAL_DAYS


def daily_usage(uow: UnitOfWork, item_ids: Collection[int] | None, days: int) -> dict[int, tuple[Decimal, ...]]:
    """What was used of each item on each of the last `days` business days that are over, oldest first, in base units and
    net of reversals. Items nothing was used of are left out. One statement."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    bounds = _bounds(uow, today - timedelta(days=days), days)
    place = _place(bounds).label("place")
    wanted = (
        select(E.c.item_id, place, total(-E.c.qty).label("micro"))
        .where(E.c.at >= bounds[0], E.c.at < bounds[-1], E.c.kind.in_(USED))
        .group_by(E.c.item_id, place)
    )
    few = item_ids is not None and len(item_ids) <= MOST_IN_LIST
    if item_ids is not None and few:
        wanted = wanted.where(E.c.item_id.in_(sorted(item_ids)))
    only = None if item_ids is None or few else set(item_ids)
    sums: dict[int, list[int]] = {}
    for item_id, at, micro in uow.sql.execute(wanted):
        if only is None or item_id in only:
            sums.setdefault(item_id, [0] * days)[at] = micro
    return {item_id: tuple(map(from_micro, figures)) for item_id, figures in sums.items()}


def used_between(uow: UnitOfWork, item_ids: Collection[int], first_on: date, last_on: date) -> dict[int, Decimal]:
    """What was used of each item from the first to the last business day, both included, net of reversals. Items nothing
    was used of are left out. One statement."""
    bounds = _bounds(uow, first_on, (last_on - first_on).days + 1)
    wanted = set(item_ids)
    rows = uow.sql.execute(
        select(E.c.item_id, total(-E.c.qty).label("micro"))
        .where(E.c.at >= bounds[0], E.c.at < bounds[-1], E.c.kind.in_(USED))
        .group_by(E.c.item_id)
    )
    return {row.item_id: from_micro(row.micro) for row in rows if row.micro and row.item_id in wanted}


def _bounds(uow: UnitOfWork, first: date, days: int) -> list[int]:
    """The first moments of these business days, and that of the day after them, as whole microseconds."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    return [micros(day_starts_at(first + timedelta(days=ahead), zone, hour)) for ahead in range(days + 1)]


def _place(bounds: list[int]) -> ColumnElement[int]:
    """Which of the days an entry belongs to. Days have 24 hours but where clocks change: those stand for themselves."""
    cases: list[tuple[Any, Any]] = []
    start = 0
    for day in range(len(bounds) - 1):
        is_last = day == len(bounds) - 2
        is_odd = bounds[day + 1] - bounds[day] != DAY
        if is_odd and day > start:
            cases.append((E.c.at < bounds[day], start + (E.c.at - bounds[start]) // DAY))
        if is_odd:
            cases.append((E.c.at < bounds[day + 1], literal(day)))
            start = day + 1
        elif is_last:
            cases.append((E.c.at < bounds[day + 1], start + (E.c.at - bounds[start]) // DAY))
    return case(*cases, else_=literal(len(bounds) - 2))


def _ages(uow: UnitOfWork, ids: set[int]) -> dict[int, int]:
    """How many business days ago items were made, a day of 24 hours for each."""
    listed = select(Item.id, Item.created_at)
    if len(ids) <= MOST_IN_LIST:
        listed = listed.where(Item.id.in_(sorted(ids)))
    zone, hour = uow.site.zone, uow.site.day_start_hour
    today = micros(day_starts_at(business_day(uow.now, zone, hour), zone, hour))
    return {row.id: -((micros(row.created_at) - today) // DAY) for row in uow.sql.execute(listed)}
