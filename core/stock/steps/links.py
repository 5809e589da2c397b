"""What entries were taken back by later ones."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from core.uow import UnitOfWork
from core.values import from_micro
from db.enums import PostingKind as K
from db.sql import chunks, total
from db.stock import StockEntry


def open_quantities(uow: UnitOfWork, entry_ids: list[int]) -> dict[int, Decimal]:
    """How much of each entry was not returned or reversed yet, in base units; a return that was reversed counts as none."""
    back, undone = aliased(StockEntry), aliased(StockEntry)
    found: dict[int, Decimal] = {}
    takes_back = or_(back.kind.in_((K.RETURN_TO_SUPPLIER, K.RETURN_FROM_CUSTOMER)), back.is_reversal)
    for part in chunks(entry_ids):
        returned = (
            select(back.link_id, total(func.abs(back.qty)).label("qty"))
            .outerjoin(undone, (undone.link_id == back.id) & undone.is_reversal)
            .where(back.link_id.in_(part), takes_back, undone.id.is_(None))
            .group_by(back.link_id)
            .subquery()
        )
        rows = uow.sql.execute(
            select(StockEntry.id, StockEntry.qty, func.coalesce(returned.c.qty, 0).label("back"))
            .outerjoin(returned, returned.c.link_id == StockEntry.id)
            .where(StockEntry.id.in_(part))
        )
        found.update({row.id: from_micro(abs(row.qty) - int(row.back)) for row in rows})
    return found
