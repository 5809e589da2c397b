"""The figures of the stock list: what of which items lies where, how much of it is usable, promised, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from core.clock import business_day
from core.stock.rules.levels import Policy
from core.stock.rules.posting import is_usable_on
from core.stock.steps.sums import Place, quantities, values
from core.uow import UnitOfWork
from db.catalog import StockPolicy
from db.columns import micros
from db.enums import LocationKind, ReservationState
from db.sql import chunks, total
from db.stock import ItemCost, Location, Lot, Reservation, StockBalance, StockEntry

MOST_BY_ITEM = 1_000


@dataclass(slots=True)
class Held:
    """What is of one item, in millionths: without goods on their way, on their way, expired or blocked. `expires_on` is
    the first day on which some of it expires."""

    on_hand: int = 0
    in_transit: int = 0
    unusable: int = 0
    expires_on: date | None = None


def held_by_item(
    uow: UnitOfWork, *, ids: Sequence[int] | None = None, as_of: datetime | None = None, location_id: int | None = None
) -> dict[int, Held]:
    """What is of each item (None: of all), now or at a past moment, on the whole site or below one place."""
    places = {row.id: row for row in uow.sql.execute(select(Location.id, Location.path, Location.kind))}
    amounts = _amounts(uow, ids, as_of)
    lots = _lots(uow, None if ids is None else {lot_id for _item, _place, lot_id in amounts if lot_id})
    today = business_day(as_of or uow.now, uow.site.zone, uow.site.day_start_hour)
    found: dict[int, Held] = {}
    for (item_id, place_id, lot_id), qty in amounts.items():
        place = places[place_id]
        if location_id is not None and f"/{location_id}/" not in place.path:
            continue
        held = found.get(item_id)
        if held is None:
            held = found[item_id] = Held()
        if place.kind == LocationKind.TRANSIT:
            held.in_transit += qty
            continue
        held.on_hand += qty
        if lot_id and qty > 0:
            _see_lot(held, qty, lots.get(lot_id, (None, False)), today)
    return found


def _see_lot(held: Held, qty: int, lot: tuple[date | None, bool], today: date) -> None:
    expires_on, is_blocked = lot
    if expires_on is not None and (held.expires_on is None or expires_on < held.expires_on):
        held.expires_on = expires_on
    if not is_usable_on(expires_on, is_blocked, today):
        held.unusable += qty


def worth_by_item(
    uow: UnitOfWork, *, ids: Sequence[int] | None = None, as_of: datetime | None = None
) -> dict[int, tuple[int, int]]:
    """Quantity (millionths, all places) and value (minor units) of each item (None: of all)."""
    if ids is None or len(ids) > MOST_BY_ITEM:
        return values(uow, as_of=as_of)
    if as_of is None:
        wanted: Any = select(ItemCost.item_id, ItemCost.qty, ItemCost.value)
        return {row[0]: (row[1], row[2]) for row in _for_items(uow, wanted, ItemCost.item_id, ids)}
    wanted = select(StockEntry.item_id, total(StockEntry.qty), total(StockEntry.value))
    wanted = wanted.where(StockEntry.at <= micros(as_of)).group_by(StockEntry.item_id)
    return {row[0]: (row[1], row[2]) for row in _for_items(uow, wanted, StockEntry.item_id, ids)}


def promised_by_item(uow: UnitOfWork, ids: Sequence[int] | None = None) -> dict[int, int]:
    """Millionths of each item that are promised to somebody now."""
    wanted: Any = select(Reservation.item_id, total(Reservation.qty))
    wanted = wanted.where(Reservation.state == ReservationState.OPEN).group_by(Reservation.item_id)
    return {row[0]: row[1] for row in _for_items(uow, wanted, Reservation.item_id, ids)}


def policies_by_item(uow: UnitOfWork, location_id: int | None, ids: Sequence[int] | None = None) -> dict[int, Policy]:
    """The policy of each item for a place, or (None) for the whole site."""
    policy = StockPolicy
    wanted: Any = select(policy.item_id, policy.minimum, policy.safety, policy.maximum, policy.reorder_point)
    wanted = wanted.where(policy.location_id == (location_id or 0))
    return {row[0]: Policy(*row[1:]) for row in _for_items(uow, wanted, policy.item_id, ids)}


def _amounts(uow: UnitOfWork, ids: Sequence[int] | None, as_of: datetime | None) -> dict[Place, int]:
    if ids is None or len(ids) > MOST_BY_ITEM:
        return quantities(uow, as_of=as_of)
    if as_of is None:
        balance = StockBalance
        wanted: Any = select(balance.item_id, balance.location_id, balance.lot_id, balance.qty)
        rows = _for_items(uow, wanted.where(balance.qty != 0), balance.item_id, ids)
    else:
        key = (StockEntry.item_id, StockEntry.location_id, StockEntry.lot_id)
        wanted = select(*key, total(StockEntry.qty)).where(StockEntry.at <= micros(as_of)).group_by(*key)
        rows = _for_items(uow, wanted.having(func.sum(StockEntry.qty) != 0), StockEntry.item_id, ids)
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def _lots(uow: UnitOfWork, ids: set[int] | None) -> dict[int, tuple[date | None, bool]]:
    wanted: Any = select(Lot.id, Lot.expires_on, Lot.is_blocked)
    rows = _for_items(uow, wanted, Lot.id, None if ids is None else sorted(ids))
    return {row[0]: (row[1], row[2]) for row in rows}


def _for_items(uow: UnitOfWork, wanted: Select[Any], column: Any, ids: Sequence[int] | None) -> list[Any]:
    """The rows of a statement, for these ids in parts that both databases take; None for all."""
    if ids is None:
        return list(uow.sql.execute(wanted).all())
    return [row for part in chunks(ids) for row in uow.sql.execute(wanted.where(column.in_(part))).all()]
