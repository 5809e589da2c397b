"""What may still be promised: on hand, less what expired, is blocked or in transit, less what is reserved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_, select

from core.clock import business_day
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item
from db.enums import LocationKind, Permission, ReservationState
from db.identity import Person
from db.sql import total
from db.stock import Location, Lot, Reservation, StockBalance


@dataclass(frozen=True, slots=True)
class AvailabilityRow:
    """An item's stock as it can be promised, in base units. `on_order` waits for purchasing."""

    item_id: int
    on_hand: Decimal
    in_transit: Decimal
    unusable: Decimal
    reserved: Decimal
    available: Decimal


@dataclass(frozen=True, slots=True)
class ReservationRow:
    """A promise of stock."""

    reservation_id: int
    item_id: int
    item_code: str
    item_name: str
    item_name_en: str
    qty: Decimal
    unit: str
    purpose: str
    needed_on: date | None
    state: ReservationState
    by: str
    created_at: datetime

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.reservation_id


def available_of(uow: UnitOfWork, item_id: int) -> int:
    """Millionths of an item that may still be promised."""
    row = get_availability(uow, item_id=item_id)
    return int(row.available.scaleb(6))


@query(Permission.STOCK_VIEW)
def get_availability(uow: UnitOfWork, *, item_id: int) -> AvailabilityRow:
    """On hand, in transit, unusable, reserved and available of one item."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    is_transit = Location.kind == LocationKind.TRANSIT
    is_unusable = and_(~is_transit, or_(Lot.is_blocked, and_(Lot.expires_on.is_not(None), Lot.expires_on < today)))
    held = uow.sql.execute(
        select(StockBalance.qty, is_transit.label("is_transit"), func.coalesce(is_unusable, False).label("is_unusable"))
        .join(Location, Location.id == StockBalance.location_id)
        .outerjoin(Lot, Lot.id == StockBalance.lot_id)
        .where(StockBalance.item_id == item_id)
    ).all()
    reserved = uow.sql.execute(
        select(total(Reservation.qty)).where(Reservation.item_id == item_id, Reservation.state == ReservationState.OPEN)
    ).scalar_one()
    in_transit = sum(row.qty for row in held if row.is_transit)
    unusable = sum(row.qty for row in held if row.is_unusable and row.qty > 0)
    on_hand = sum(row.qty for row in held) - in_transit
    parts = (on_hand, in_transit, unusable, reserved, on_hand - unusable - reserved)
    return AvailabilityRow(item_id, *(from_micro(part) for part in parts))


@query(Permission.STOCK_VIEW)
def list_reservations(uow: UnitOfWork, *, item_id: int | None = None, is_open: bool = True) -> list[ReservationRow]:
    """Reservations, soonest needed first: what is promised, to whom, for when."""
    statement = (
        select(
            Reservation.id,
            Reservation.item_id,
            Item.code,
            Item.name,
            Item.name_en,
            Reservation.qty,
            Item.base_unit,
            Reservation.purpose,
            Reservation.needed_on,
            Reservation.state,
            Person.name,
            Reservation.created_at,
        )
        .join(Item, Item.id == Reservation.item_id)
        .join(Person, Person.id == Reservation.person_id)
        .order_by(Reservation.needed_on.is_(None), Reservation.needed_on, Reservation.id)
    )
    if item_id is not None:
        statement = statement.where(Reservation.item_id == item_id)
    if is_open:
        statement = statement.where(Reservation.state == ReservationState.OPEN)
    return [_reservation(row) for row in uow.sql.execute(statement)]


def _reservation(row: Any) -> ReservationRow:
    facts: list[Any] = [*row[:5], from_micro(row[5]), *row[6:9], ReservationState(row[9]), *row[10:]]
    return ReservationRow(*facts)
