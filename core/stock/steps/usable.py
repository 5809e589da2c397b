"""Stock that may be used today."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.clock import business_day
from core.stock.rules.posting import is_usable_on
from core.uow import UnitOfWork
from db.enums import LocationKind
from db.sql import chunks
from db.stock import Location, Lot, StockBalance


def usable_stock(uow: UnitOfWork, item_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """Millionths by (item, place) that may be used today: not expired, not blocked, not on the way."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    found: dict[tuple[int, int], int] = {}
    for part in chunks(item_ids):
        rows = uow.sql.execute(
            select(StockBalance.item_id, StockBalance.location_id, StockBalance.qty, Lot.expires_on, Lot.is_blocked)
            .join(Location, Location.id == StockBalance.location_id)
            .outerjoin(Lot, Lot.id == StockBalance.lot_id)
            .where(StockBalance.item_id.in_(part), Location.kind != LocationKind.TRANSIT, StockBalance.qty != 0)
        )
        for item_id, place_id, qty, expires_on, is_blocked in rows:
            if is_usable_on(expires_on, bool(is_blocked), today):
                found[item_id, place_id] = found.get((item_id, place_id), 0) + qty
    return found
