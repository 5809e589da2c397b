"""What a person does with lots: correct their dates, block and release them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission
from db.stock import Lot


@command(Permission.LOT_EDIT)
def block_lot(uow: UnitOfWork, *, lot_id: int, is_blocked: bool, note: str = "") -> None:
    """Block a lot so that nobody uses it, or release it.

    A blocked lot can still be wasted, returned, moved and counted. Raises NotFound; InvalidInput without a reason.
    """
    if is_blocked and not note.strip():
        raise InvalidInput(_("Why is the lot blocked? Write a note."), field="note")
    done = uow.sql.execute(
        update(Lot).where(Lot.id == lot_id).values(is_blocked=is_blocked, note=note.strip(), version=Lot.version + 1)
    )
    if not done.rowcount:
        raise NotFound(_("There is no such lot."), field="lot")


@command(Permission.LOT_EDIT)
def update_lot_dates(uow: UnitOfWork, *, lot_id: int, expires_on: date | None, produced_on: date | None = None) -> None:
    """Correct the dates of a lot.

    Raises InvalidInput when it would expire before it was produced.
    """
    if expires_on is not None and produced_on is not None and expires_on < produced_on:
        raise InvalidInput(_("It cannot expire before it was produced."), field="expires_on")
    known = uow.sql.execute(select(Lot.id).where(Lot.id == lot_id)).first()
    if known is None:
        raise NotFound(_("There is no such lot."), field="lot")
    uow.sql.execute(
        update(Lot)
        .where(Lot.id == lot_id)
        .values(expires_on=expires_on, produced_on=produced_on, version=Lot.version + 1)
    )
