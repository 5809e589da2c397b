"""Two items that are one: the catalog's data and the stock of one go over to the other, both histories stay."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select, update

from core import catalog
from core.errors import Refused
from core.i18n import _
from core.registry import command
from core.stock.steps import post
from core.stock.steps.sums import quantities
from core.stock.types import NewLine, NewPosting
from core.uow import UnitOfWork
from core.values import from_micro, split_by_weights
from db.enums import Permission
from db.enums import PostingKind as K
from db.stock import ItemCost, Lot, Reservation


@command(Permission.ITEM_EDIT)
def merge_items(uow: UnitOfWork, *, keep_id: int, drop_id: int) -> int:
    """Merge two items into one.

    What the catalog knows of the dropped item and its stock, at its value, go over to the kept one; the dropped one is
    retired and its history stays where it is. Raises Refused when the units differ or stock is below zero. Answers the
    kept item's id.
    """
    held = quantities(uow, item_id=drop_id)
    if held:
        uow.require(Permission.STOCK_ADJUST)
        if any(qty < 0 for qty in held.values()):
            raise Refused(_("Its stock is below zero. Post the missing receipt first."), field="item")
        _move_stock(uow, keep_id, drop_id, held)
    uow.sql.execute(update(Reservation).where(Reservation.item_id == drop_id).values(item_id=keep_id))
    catalog.merge_master_data(uow, keep_id=keep_id, drop_id=drop_id)
    return keep_id


def _move_stock(uow: UnitOfWork, keep_id: int, drop_id: int, held: dict[tuple[int, int, int], int]) -> None:
    catalog.check_mergeable(uow, keep_id=keep_id, drop_id=drop_id)
    wanted = select(Lot.id, Lot.number, Lot.expires_on, Lot.produced_on).where(Lot.item_id == drop_id)
    lots = {row.id: row for row in uow.sql.execute(wanted)}
    value = uow.sql.execute(select(ItemCost.value).where(ItemCost.item_id == drop_id)).scalar_one()
    places = sorted(held)
    shares = split_by_weights(value, [held[place] for place in places])
    out, back = [], []
    for (_item, location_id, lot_id), share in zip(places, shares, strict=True):
        qty = from_micro(held[drop_id, location_id, lot_id])
        line = NewLine(drop_id, -qty, location_id=location_id, lot_id=lot_id or None, note="merge")
        out.append(line)
        lot = lots.get(lot_id)
        arriving = replace(line, item_id=keep_id, qty=qty, lot_id=None, value=uow.money(share))
        if lot is not None:
            arriving = replace(arriving, lot=lot.number, expires_on=lot.expires_on, produced_on=lot.produced_on)
        back.append(arriving)
    post(uow, NewPosting(K.ADJUSTMENT, tuple(out + back), purpose=f"#{drop_id} → #{keep_id}"))
