"""Goods that do not move: in stock at a moment, and not used, sold or wasted for long."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from heapq import nsmallest

from sqlalchemy import bindparam, func, select

from core.clock import business_day, day_starts_at
from core.costing.rules.dead import BANDS
from core.costing.types import ReviewRow
from core.costing.types.standing import DeadBand, DeadRow, DeadStock
from core.i18n import Name
from core.uow import UnitOfWork
from core.values import from_micro
from db.columns import micros, moment
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.sql import MOST_IN_LIST
from db.stock import ItemCost, StockEntry

E, C = StockEntry, ItemCost
USED = (K.ISSUE, K.WASTE, K.PRODUCTION_OUT)
_OF_ITEM = E.item_id == C.item_id
_USED = [str(kind) for kind in USED]
_IS_USE = E.kind.in_(bindparam("kinds", expanding=True)) & E.is_reversal.is_(False)
# Each item's own entries are walked from the newest on, so that a year of the ledger is never sorted.
_LAST_USE = select(E.at).where(_OF_ITEM, E.at <= bindparam("until"), _IS_USE).order_by(E.at.desc()).limit(1)
_FIRST = select(func.min(E.at)).where(_OF_ITEM).scalar_subquery()
_USED_OR_CAME = func.coalesce(_LAST_USE.where(E.at > bindparam("since")).scalar_subquery(), _FIRST)
_NEWEST = Prepared(select(C.item_id, _USED_OR_CAME.label("at")).where(C.last_at > bindparam("since")))
_LIVES = select(C.item_id, _LAST_USE.scalar_subquery().label("used"), _FIRST.label("first"))
_ALL_LIVES = Prepared(_LIVES)
_SOME_LIVES = Prepared(_LIVES.where(C.item_id.in_(bindparam("ids", expanding=True))))
Idle = tuple[int, ReviewRow]
"""The band, and the line of the review."""


def dead_stock(uow: UnitOfWork, rows: Iterable[ReviewRow], end: datetime, limit: int) -> DeadStock:
    """What of the stock at a moment does not move; `rows` are lines of the review until then, those of the answer the
    `limit` items of the most value."""
    idle = idle_rows(uow, rows, end)
    items: dict[int, int] = defaultdict(int)
    values: dict[int, int] = defaultdict(int)
    for band, row in idle:
        items[band] += 1
        values[band] += row.minors[-1]
    bands = tuple(DeadBand(band, items[band], uow.money(values[band])) for band in BANDS)
    largest = nsmallest(limit, (row for _band, row in idle), key=_by_value)
    return DeadStock(bands, dead_rows(uow, end, largest))


def idle_rows(uow: UnitOfWork, rows: Iterable[ReviewRow], end: datetime) -> list[Idle]:
    """Of the lines of a review those in stock at its end that were not used for at least the shortest band.

    Goods that were never used count from their first arrival.
    """
    until = min(end, uow.now)
    (year, year_bound), (half, half_bound), (least, least_bound) = _bounds(uow, until)
    at_of: dict[int, int] = dict(_NEWEST.rows(uow.sql, since=year_bound - 1, until=micros(until), kinds=_USED))
    found = []
    for row in rows:
        at = at_of.get(row.key, 0)
        if at < least_bound and row.micros[-1] > 0:
            found.append((year if at < year_bound else half if at < half_bound else least, row))
    return found


def _by_value(row: ReviewRow) -> tuple[int, str]:
    """The most value first."""
    return -row.minors[-1], row.code


def _bounds(uow: UnitOfWork, until: datetime) -> list[tuple[int, int]]:
    """Each band with the moment before which goods must have been used last to stand in it, longest first."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    today = business_day(until, zone, hour)
    return [(days, micros(day_starts_at(today - timedelta(days=days - 1), zone, hour))) for days in BANDS]


def dead_rows(uow: UnitOfWork, end: datetime, rows: Iterable[ReviewRow]) -> tuple[DeadRow, ...]:
    """Lines of a review as dead stock, the most value first: when each was used last, else since when it is there."""
    until, ordered = min(end, uow.now), sorted(rows, key=_by_value)
    lives = _lives(uow, [row.key for row in ordered], until)
    day_of = _day_of(uow, min((first for _used, first in lives.values() if first is not None), default=0), until)
    today = business_day(until, uow.site.zone, uow.site.day_start_hour)
    found = []
    for row in ordered:
        used, first = lives.get(row.key, (None, None))
        last_on = None if used is None else day_of(used)
        since = today if first is None else day_of(first)
        found.append(
            DeadRow(
                row.key, row.code, Name(row.name, row.name_en), row.category, row.unit,
                from_micro(row.micros[-1]), uow.money(row.minors[-1]), last_on, (today - (last_on or since)).days,
            )
        )  # fmt: skip
    return tuple(found)


def _lives(uow: UnitOfWork, ids: list[int], until: datetime) -> dict[int, tuple[int | None, int | None]]:
    """When items were used last until a moment, and when they came first."""
    if not ids:
        return {}
    named = {"until": micros(until), "kinds": _USED}
    few = len(ids) <= MOST_IN_LIST
    found = _SOME_LIVES.rows(uow.sql, ids=ids, **named) if few else _ALL_LIVES.rows(uow.sql, **named)
    return {item_id: (used, first) for item_id, used, first in found}


def _day_of(uow: UnitOfWork, first: int, until: datetime) -> Callable[[int], date]:
    """The business day of moments between two, fast enough for a hundred thousand of them."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    begin, last = business_day(moment(first), zone, hour), business_day(until, zone, hour)
    days = [begin + timedelta(days=number) for number in range((last - begin).days + 1)]
    starts = [micros(day_starts_at(day, zone, hour)) for day in days]
    return lambda at: days[bisect_right(starts, at) - 1]
