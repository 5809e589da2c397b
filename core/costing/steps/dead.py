"""Goods that do not move: in stock at a moment, and not used, sold or wasted for long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from core.clock import business_day, day_starts_at
from core.costing.rules.dead import BANDS
from core.costing.types import Review, ReviewRow
from core.costing.types.standing import DeadBand, DeadRow, DeadStock
from core.i18n import Name
from core.uow import UnitOfWork
from core.values import from_micro
from db.columns import micros, moment
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.sql import chunks
from db.stock import StockEntry

E = StockEntry
USED = (K.ISSUE, K.WASTE, K.PRODUCTION_OUT)
_USED = [str(kind) for kind in USED]
# The sum keeps SQLite from walking the ledger by item, which takes five times as long.
_ITEM = E.item_id + 0
_USED_SINCE = Prepared(
    select(_ITEM.label("item_id"), func.max(E.at).label("at"))
    .where(
        E.at > bindparam("since"),
        E.at <= bindparam("until"),
        E.kind.in_(bindparam("kinds", expanding=True)),
        E.is_reversal.is_(False),
    )
    .group_by(_ITEM)
)
_NEW = Prepared(
    select(E.item_id, func.min(E.at).label("at"))
    .where(E.at <= bindparam("until"))
    .group_by(E.item_id)
    .having(func.min(E.at) > bindparam("since"))
)
Idle = tuple[int, ReviewRow]
"""The band, and the line of the review."""


def dead_stock(uow: UnitOfWork, review: Review, limit: int) -> DeadStock:
    """What of the stock at the end of a month does not move; `rows` are the `limit` items of the most value."""
    idle = idle_rows(uow, review)
    items: dict[int, int] = defaultdict(int)
    values: dict[int, int] = defaultdict(int)
    for band, row in idle:
        items[band] += 1
        values[band] += row.minors[-1]
    bands = tuple(DeadBand(band, items[band], uow.money(values[band])) for band in BANDS)
    return DeadStock(bands, dead_rows(uow, review.end, [row for _band, row in idle[:limit]]))


def idle_rows(uow: UnitOfWork, review: Review) -> list[Idle]:
    """The items in stock at the end that were not used for at least the shortest band, those of the most value first.

    Goods that were never used count from their first arrival.
    """
    until = min(review.end, uow.now)
    bounds = _bounds(uow, until)
    used = {
        row.item_id: row.at for row in _USED_SINCE.rows(uow.sql, since=bounds[0][1], until=micros(until), kinds=_USED)
    }
    latest = bounds[-1][1]
    still = [row for row in review.items if row.micros[-1] > 0 and used.get(row.key, 0) < latest]
    new = {row.item_id: row.at for row in _NEW.rows(uow.sql, since=bounds[0][1], until=micros(until))}
    (year, year_bound), (half, half_bound), (least, least_bound) = bounds
    found = []
    for row in still:
        at = used.get(row.key) or new.get(row.key, 0)
        if at < least_bound:
            found.append((year if at < year_bound else half if at < half_bound else least, row))
    found.sort(key=lambda one: (-one[1].minors[-1], one[1].code))
    return found


def _bounds(uow: UnitOfWork, until: datetime) -> list[tuple[int, int]]:
    """Each band with the moment before which goods must have been used last to stand in it, longest first."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    today = business_day(until, zone, hour)
    return [(days, micros(day_starts_at(today - timedelta(days=days - 1), zone, hour))) for days in BANDS]


def dead_rows(uow: UnitOfWork, end: datetime, rows: Sequence[ReviewRow]) -> tuple[DeadRow, ...]:
    """Lines of a review as dead stock: when each was used last, else since when it is there."""
    until = min(end, uow.now)
    ids = [row.key for row in rows]
    used = _moments(uow, ids, until, func.max(E.at), [E.kind.in_(_USED), E.is_reversal.is_(False)])
    first = _moments(uow, ids, until, func.min(E.at), [])
    zone, hour = uow.site.zone, uow.site.day_start_hour
    today = business_day(until, zone, hour)
    found = []
    for row in rows:
        last_on, since = used.get(row.key), first.get(row.key, today)
        found.append(
            DeadRow(
                row.key, row.code, Name(row.name, row.name_en), row.category, row.unit,
                from_micro(row.micros[-1]), uow.money(row.minors[-1]), last_on, (today - (last_on or since)).days,
            )
        )  # fmt: skip
    return tuple(found)


def _moments(
    uow: UnitOfWork, ids: Sequence[int], until: datetime, which: Any, conditions: Sequence[ColumnElement[bool]]
) -> dict[int, date]:
    """The first or last business day of each item's entries that meet the conditions."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    found: dict[int, date] = {}
    for part in chunks(list(ids)):
        rows = uow.sql.execute(
            select(E.item_id, which).where(E.item_id.in_(part), E.at <= micros(until), *conditions).group_by(E.item_id)
        )
        found.update({item_id: business_day(moment(at), zone, hour) for item_id, at in rows})
    return found
