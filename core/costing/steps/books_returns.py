"""Building blocks of journals: goods that went back to suppliers.

They leave stock at their receipt's own cost with all freight and accepted differences. The supplier is asked for its share
of what the receipt was booked at, just as much as the list of what is not invoiced counts for it; the rest waits on the
account of freight until a credit takes it or it is shared over other goods.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from core import purchasing
from core.costing.rules.books import Moved
from core.uow import UnitOfWork
from core.values import round_half_up
from db.catalog import Item
from db.columns import micros
from db.enums import PostingKind as K
from db.sql import chunks, total
from db.stock import StockEntry, StockPosting

E, P = StockEntry, StockPosting
BACK = K.RETURN_TO_SUPPLIER


def returned_in(uow: UnitOfWork, start: datetime, end: datetime) -> list[Moved]:
    """What went back to suppliers between two moments and what of that was taken back, by the receipt it came with; codes
    of suppliers are the caller's."""
    rows = _rows(uow, start, end)
    before = _back_before(uow, {row.root for row in rows if row.root_kind == K.RECEIPT}, start)
    by_root: dict[int, list[Any]] = defaultdict(list)
    found: list[Moved] = []
    for row in rows:
        if row.root_kind == K.RECEIPT:
            by_root[row.root].append(row)
        else:
            found.append(_moved(row, supplier_id=row.supplier or 0, is_awaited=bool(row.is_awaited), is_claimed=True))
    for root, mine in by_root.items():
        found += _of_receipt(mine, before.get(root, 0))
    return found


def _rows(uow: UnitOfWork, start: datetime, end: datetime) -> Sequence[Any]:
    first, root = aliased(StockEntry), aliased(StockEntry)
    came_by = aliased(StockPosting)
    # A return points to what it came with, the reversal of a return to that return.
    root_id = case((first.kind == BACK, first.link_id), else_=E.link_id)
    came = func.coalesce(root.at, first.at, E.at)
    keys: tuple[Any, ...] = (
        root.id.label("root"),
        root.kind.label("root_kind"),
        root.given,
        root.qty.label("root_qty"),
        came_by.supplier_id.label("giver"),
        P.supplier_id.label("supplier"),
        Item.category_id,
        case((came >= micros(purchasing.invoices_from(uow)), 1), else_=0).label("is_awaited"),
    )
    return uow.sql.execute(
        select(
            *keys,
            *(total(column).label(column.key) for column in (E.value, E.settled, E.variance, E.qty)),
        )
        .join(P, P.id == E.posting_id)
        .join(Item, Item.id == E.item_id)
        .outerjoin(first, first.id == E.link_id)
        .outerjoin(root, root.id == root_id)
        .outerjoin(came_by, came_by.id == root.posting_id)
        .where(E.kind == BACK, E.at >= micros(start), E.at <= micros(end))
        .group_by(*keys)
    ).all()


def _back_before(uow: UnitOfWork, roots: Iterable[int], start: datetime) -> Mapping[int, int]:
    """What of receipts had gone back before a moment, in millionths."""
    back, undone = aliased(StockEntry), aliased(StockEntry)
    is_undone = and_(undone.link_id == back.id, undone.is_reversal, undone.at < micros(start))
    found: dict[int, int] = {}
    for part in chunks(sorted(set(roots))):
        rows = uow.sql.execute(
            select(back.link_id, total(-back.qty).label("qty"))
            .outerjoin(undone, is_undone)
            .where(
                back.link_id.in_(part), back.kind == BACK, back.is_reversal.is_(False), back.at < micros(start),
                undone.id.is_(None),
            )
            .group_by(back.link_id)
        )  # fmt: skip
        found.update({row.link_id: int(row.qty) for row in rows})
    return found


def _of_receipt(rows: Sequence[Any], before: int) -> list[Moved]:
    """All of it to the account of freight, and from there what the receipt itself was booked at."""
    root = rows[0]
    gone = before - sum(int(row.qty) for row in rows)
    given = root.given or 0
    share = round_half_up(given * gone, root.root_qty) - round_half_up(given * before, root.root_qty)
    asked = root.giver or next((row.supplier for row in rows if row.supplier), 0)
    head = Moved(
        BACK, root.category_id or 0, 0, supplier_id=asked, is_awaited=bool(root.is_awaited),
        is_claimed=not root.giver, landed=share,
    )  # fmt: skip
    return [head, *(_moved(row, landed=int(row.value + row.settled + row.variance)) for row in rows)]


def _moved(row: Any, **over: Any) -> Moved:
    return Moved(BACK, row.category_id or 0, int(row.value), int(row.settled), int(row.variance), **over)
