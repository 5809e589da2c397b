"""Prices that moved, from the receipts of two months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import select

from core.costing.rules.columns import COLUMNS
from core.costing.rules.movers import Move, Received, move_of
from core.costing.steps.month_pair import Pair
from core.costing.steps.review_rows import Span
from core.costing.types import ReviewRow
from core.costing.types.standing import Mover, Movers
from core.i18n import Name
from core.uow import UnitOfWork
from core.values import MICRO, from_micro, round_decimal
from db.catalog import Supplier
from db.columns import micros
from db.enums import PostingKind as K
from db.sql import chunks, total
from db.stock import StockEntry, StockPosting

RECEIPTS, OPENING = COLUMNS.index("receipts"), COLUMNS.index("opening")
COST_DIGITS = 6
Moved = tuple[ReviewRow, Move]


def movers_of(uow: UnitOfWork, span: Span, pair: Pair, limit: int) -> Movers:
    """Prices that moved between two months, the later one being `span`; `rows` are the `limit` items with the largest
    effect."""
    moved = list(moves_of_prices(pair))
    moved.sort(key=lambda one: (-abs(one[1].effect), one[0].code))
    dearer = [move.effect for _row, move in moved if move.effect > 0]
    cheaper = [move.effect for _row, move in moved if move.effect < 0]
    rows = _rows(uow, span, moved[:limit])
    return Movers(len(dearer), len(cheaper), uow.money(sum(dearer)), uow.money(sum(cheaper)), rows)


def moves_of_prices(pair: Pair) -> Iterator[Moved]:
    """Every item whose price moved, with its line."""
    earlier = {row.key: row for row in pair.before.rows if row.minors[RECEIPTS]}
    for row in pair.now.rows:
        if not row.minors[RECEIPTS]:
            continue
        old = earlier.get(row.key)
        qty0, value0 = (old.micros[RECEIPTS], old.minors[RECEIPTS]) if old else (0, 0)
        in_stock = row.micros[OPENING], row.minors[OPENING]
        move = move_of(Received(qty0, value0, row.micros[RECEIPTS], row.minors[RECEIPTS], *in_stock))
        if move is not None:
            yield row, move


def _rows(uow: UnitOfWork, span: Span, moved: Sequence[Moved]) -> tuple[Mover, ...]:
    suppliers = _suppliers(uow, span, [row.key for row, _move in moved])
    found = []
    for row, move in moved:
        old = _unit_cost(uow, *move.cost)
        new = _unit_cost(uow, row.minors[RECEIPTS], row.micros[RECEIPTS])
        over, under = row.minors[RECEIPTS] * move.cost[1], row.micros[RECEIPTS] * move.cost[0]
        percent = round_decimal(Decimal(over - under) * 100 / Decimal(under), 1)
        supplier_id, supplier = suppliers.get(row.key, (None, Name("")))
        found.append(
            Mover(
                row.key, row.code, Name(row.name, row.name_en), row.category, row.unit,
                old, new, percent, from_micro(row.micros[RECEIPTS]), uow.money(move.effect),
                move.is_from_stock, supplier_id, supplier,
            )
        )  # fmt: skip
    return tuple(found)


def _unit_cost(uow: UnitOfWork, value: int, qty: int) -> Decimal:
    """Money for one base unit, to six decimals."""
    return round_decimal(uow.money(value) * MICRO / Decimal(qty), COST_DIGITS)


def _suppliers(uow: UnitOfWork, span: Span, item_ids: Sequence[int]) -> dict[int, tuple[int | None, Name]]:
    """The supplier that most of each item came from in a period."""
    best: dict[int, tuple[int, int | None, Name]] = {}
    worth = total(StockEntry.value + StockEntry.settled)
    for part in chunks(list(item_ids)):
        rows = uow.sql.execute(
            select(StockEntry.item_id, Supplier.id, Supplier.name, Supplier.name_en, worth)
            .join(StockPosting, StockPosting.id == StockEntry.posting_id)
            .join(Supplier, Supplier.id == StockPosting.supplier_id)
            .where(
                StockEntry.item_id.in_(part),
                StockEntry.kind == K.RECEIPT,
                StockEntry.at >= micros(span[0]),
                StockEntry.at <= micros(span[1]),
            )
            .group_by(StockEntry.item_id, Supplier.id, Supplier.name, Supplier.name_en)
        )
        for item_id, supplier_id, name, name_en, amount in rows:
            one = (int(amount), supplier_id, Name(name, name_en))
            if item_id not in best or (one[0], -supplier_id) > (best[item_id][0], -(best[item_id][1] or 0)):
                best[item_id] = one
    return {item_id: (supplier_id, name) for item_id, (_amount, supplier_id, name) in best.items()}
