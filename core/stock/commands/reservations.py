"""What a person promises: stock reserved for somebody, released or used."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import insert, select, update

from core import catalog
from core.errors import InvalidInput, NotFound, Refused
from core.i18n import _
from core.registry import command
from core.stock.queries.availability import available_of
from core.uow import UnitOfWork
from core.values import from_micro, to_micro
from db.enums import Permission, ReservationState
from db.stock import Reservation


@command(Permission.STOCK_RESERVE)
def reserve_stock(
    uow: UnitOfWork, *, item_id: int, qty: Decimal, purpose: str, unit: str = "", needed_on: date | None = None
) -> int:
    """Reserve stock of an item for somebody.

    `qty` in `unit`. Raises InvalidInput without a purpose, Refused when less is available. Answers the reservation's id.
    """
    if not purpose.strip():
        raise InvalidInput(_("Who or what is it for?"), field="purpose")
    wanted = to_micro(catalog.load_units(uow, [item_id])[item_id].to_base(qty, unit))
    if wanted <= 0:
        raise InvalidInput(_("The quantity must be above zero."), field="qty")
    available = available_of(uow, item_id)
    if wanted > available:
        raise Refused(
            _("Only {have} is available; the rest is promised to others or not there.", have=from_micro(available)),
            field="qty",
        )
    values = {
        "item_id": item_id,
        "qty": wanted,
        "purpose": purpose.strip(),
        "needed_on": needed_on,
        "person_id": uow.actor.person_id,
        "created_at": uow.now,
    }
    return int(uow.sql.execute(insert(Reservation).values(**values).returning(Reservation.id)).scalar_one())


@command(Permission.STOCK_RESERVE)
def close_reservation(uow: UnitOfWork, *, reservation_id: int, is_used: bool = False) -> None:
    """Release a reservation, or note that it was used.

    Raises NotFound; Refused when it is closed already.
    """
    state = uow.sql.execute(select(Reservation.state).where(Reservation.id == reservation_id)).scalar()
    if state is None:
        raise NotFound(_("There is no such reservation."), field="reservation")
    if state != ReservationState.OPEN:
        raise Refused(_("This reservation is closed already."), field="reservation")
    fresh = ReservationState.USED if is_used else ReservationState.RELEASED
    uow.sql.execute(
        update(Reservation).where(Reservation.id == reservation_id).values(state=fresh, version=Reservation.version + 1)
    )
