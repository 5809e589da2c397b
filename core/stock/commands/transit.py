"""Transfers in two steps: sent by one person, on the way, received by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from core.errors import NotFound, Refused
from core.i18n import _
from core.registry import command
from core.stock.steps import post
from core.stock.steps.places import check_rights_at
from core.stock.types import NewLine, NewPosting, Posted
from core.uow import UnitOfWork
from core.values import from_micro
from db.enums import LocationKind, Permission
from db.enums import PostingKind as K
from db.stock import Location, StockEntry, StockPosting


@command(Permission.STOCK_TRANSFER)
def send_transfer(
    uow: UnitOfWork, *, lines: tuple[NewLine, ...], to_location_id: int, at: datetime | None = None, note: str = ""
) -> Posted:
    """Send goods on their way to another place.

    They are in transit until they are received there. Raises Refused when there is too little.
    """
    target = uow.sql.execute(select(Location.code).where(Location.id == to_location_id)).scalar()
    if target is None:
        raise NotFound(_("There is no such place."), field="to_location")
    check_rights_at(uow, Permission.STOCK_TRANSFER, lines)
    on_the_way = tuple(replace(line, to_location_id=transit_place(uow)) for line in lines)
    return post(uow, NewPosting(K.TRANSFER, on_the_way, at, purpose=f"→ {target}", note=note))


@command(Permission.STOCK_TRANSFER)
def receive_transfer(
    uow: UnitOfWork, *, posting_id: int, to_location_id: int, at: datetime | None = None, note: str = ""
) -> Posted:
    """Receive goods that are on their way.

    All that was sent with that posting arrives at the place. Raises Refused when it was received or reversed already.
    """
    transit = transit_place(uow)
    sent = uow.sql.execute(
        select(StockEntry.item_id, StockEntry.lot_id, StockEntry.qty)
        .where(StockEntry.posting_id == posting_id, StockEntry.location_id == transit, StockEntry.qty > 0)
        .order_by(StockEntry.line)
    ).all()
    if not sent:
        raise NotFound(_("Nothing was sent with this posting."), field="posting")
    done = uow.sql.execute(select(StockPosting.number).where(StockPosting.ref_id == posting_id)).scalar()
    if done is not None:
        raise Refused(_("It has arrived or was taken back already: {number}.", number=done), field="posting")
    lines = tuple(
        NewLine(
            row.item_id,
            from_micro(row.qty),
            location_id=transit,
            to_location_id=to_location_id,
            lot_id=row.lot_id or None,
        )
        for row in sent
    )
    check_rights_at(
        uow, Permission.STOCK_TRANSFER, [NewLine(line.item_id, line.qty, location_id=to_location_id) for line in lines]
    )
    return post(uow, NewPosting(K.TRANSFER, lines, at, ref_id=posting_id, note=note))


def transit_place(uow: UnitOfWork) -> int:
    """The place of goods on their way."""
    return int(uow.sql.execute(select(Location.id).where(Location.kind == LocationKind.TRANSIT).limit(1)).scalar_one())
