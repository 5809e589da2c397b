"""Where a lot came from, what was made of it, where it went: back and forth through production, and the recall list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from core.errors import NotFound
from core.i18n import _
from core.registry import query
from core.stock.queries.ledger import LedgerFilter, list_ledger
from core.stock.queries.places import LotRow, lot_rows
from core.stock.types import EntryRow
from core.uow import UnitOfWork
from db.enums import Permission
from db.enums import PostingKind as K
from db.sql import chunks
from db.stock import StockEntry

MOST_GENERATIONS = 20


@dataclass(frozen=True, slots=True)
class TraceCard:
    """A lot with its past and its future. `made_from` and `made_into` are lots found through production; `came_in` and
    `went_out` are the entries of the lot and of every lot made of it; `left` is what is still there."""

    lot: LotRow
    made_from: tuple[LotRow, ...]
    made_into: tuple[LotRow, ...]
    came_in: tuple[EntryRow, ...]
    went_out: tuple[EntryRow, ...]
    left: tuple[LotRow, ...]


@query(Permission.STOCK_VIEW)
def trace_lot(uow: UnitOfWork, *, lot_id: int) -> TraceCard:
    """Trace a lot back and forth: suppliers, dishes, orders and tickets it went into. Raises NotFound."""
    found = lot_rows(uow, [lot_id])
    if not found:
        raise NotFound(_("There is no such lot."), field="lot")
    later = _related(uow, lot_id, used=K.PRODUCTION_OUT, made=K.PRODUCTION_IN)
    earlier = _related(uow, lot_id, used=K.PRODUCTION_IN, made=K.PRODUCTION_OUT)
    forward = {lot_id, *later}
    entries = [
        entry for one in sorted(forward | earlier) for entry in list_ledger(uow, wanted=LedgerFilter(lot_id=one))
    ]
    came_in = [
        entry
        for entry in entries
        if entry.qty > 0 and entry.lot_id in {lot_id, *earlier} and entry.kind is not K.TRANSFER
    ]
    went_out = [
        entry for entry in entries if entry.qty < 0 and entry.lot_id in forward and entry.kind is not K.TRANSFER
    ]
    return TraceCard(
        lot=found[0],
        made_from=tuple(lot_rows(uow, sorted(earlier))),
        made_into=tuple(lot_rows(uow, sorted(later))),
        came_in=tuple(came_in),
        went_out=tuple(went_out),
        left=tuple(row for row in lot_rows(uow, sorted(forward)) if row.qty),
    )


def _related(uow: UnitOfWork, lot_id: int, *, used: K, made: K) -> set[int]:
    """Lots that stand on the other side of productions, over any number of generations."""
    found: set[int] = set()
    edge = {lot_id}
    for _generation in range(MOST_GENERATIONS):
        edge = _one_step(uow, edge, used, made) - found - {lot_id}
        if not edge:
            break
        found |= edge
    return found


def _one_step(uow: UnitOfWork, lots: Iterable[int], used: K, made: K) -> set[int]:
    found: set[int] = set()
    for part in chunks(sorted(lots)):
        postings = select(StockEntry.posting_id).where(StockEntry.lot_id.in_(part), StockEntry.kind == used)
        rows = uow.sql.execute(
            select(StockEntry.lot_id).where(
                StockEntry.posting_id.in_(postings), StockEntry.kind == made, StockEntry.lot_id > 0
            )
        )
        found.update(rows.scalars())
    return found
