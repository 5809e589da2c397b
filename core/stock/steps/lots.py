"""Lots that are named before anything is posted to them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select

from core.errors import InvalidInput
from core.i18n import _
from core.uow import UnitOfWork
from db.stock import Lot


def ensure_lot(uow: UnitOfWork, *, item_id: int, number: str, expires_on: date | None = None) -> int:
    """The id of an item's lot by its number; one that is not known yet is made. Raises InvalidInput for a number too long
    or another expiry date than the lot has."""
    if len(number) > 60:
        raise InvalidInput(_("A lot number has at most 60 characters."), field="lot")
    known = uow.sql.execute(select(Lot.id, Lot.expires_on).where(Lot.item_id == item_id, Lot.number == number)).first()
    if known is None:
        made = insert(Lot).values(item_id=item_id, number=number, expires_on=expires_on).returning(Lot.id)
        return int(uow.sql.execute(made).scalar_one())
    if expires_on is not None and known.expires_on is not None and expires_on != known.expires_on:
        raise InvalidInput(
            _(
                "Lot {lot} expires on {known}, not on {day}. Correct the date, or use another lot number.",
                lot=number,
                known=known.expires_on,
                day=expires_on,
            ),
            field="expires_on",
        )
    return int(known.id)
