"""Entries of the ledger that may be wrong: those since the line was last counted, without what was taken back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from core.detective.rules.clues import Move
from core.i18n import Name
from core.uow import UnitOfWork
from core.values import MICRO
from db.columns import micros
from db.counting import StockCount
from db.enums import PostingKind
from db.sql import chunks
from db.stock import Location, StockEntry, StockPosting

MOST = 2000
NEVER_COUNTED = 120 * 24 * 3600 * MICRO
NOT_MOVES = (PostingKind.COUNT, PostingKind.LANDED_COST, PostingKind.REVALUATION, PostingKind.REVERSAL)
MOST_TWINS = 80


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when entries are looked at. `counted_at` None: never counted; `known_id` the ledger's last entry when
    the line was counted."""

    since: int
    until: int
    counted_at: int | None
    known_id: int


def window_of(
    uow: UnitOfWork, spot: tuple[int, int, int], at: int, known_id: int | None = None, own_posting: int | None = None
) -> Window:
    """The time since the line was last counted before a moment; at most four months."""
    item_id, location_id, lot_id = spot
    undone = select(StockEntry.link_id).where(StockEntry.item_id == item_id, StockEntry.is_reversal)
    last = uow.sql.execute(
        select(func.max(StockEntry.at)).where(
            StockEntry.item_id == item_id,
            StockEntry.location_id == location_id,
            StockEntry.lot_id == lot_id,
            StockEntry.counted_qty.is_not(None),
            StockEntry.at < at,
            StockEntry.posting_id != (own_posting or 0),
            StockEntry.id.not_in(undone.where(StockEntry.link_id.is_not(None))),
        )
    ).scalar()
    counted_at = None if last is None else int(last)
    since = at - NEVER_COUNTED if counted_at is None else counted_at
    return Window(since, at, counted_at, 2**62 if known_id is None else known_id)


def posting_of(uow: UnitOfWork, count_id: int) -> int | None:
    """The posting a count became."""
    found = uow.sql.execute(select(StockCount.posting_id).where(StockCount.id == count_id)).scalar()
    return None if found is None else int(found)


def load_moves(uow: UnitOfWork, item_id: int, window: Window) -> list[Move]:
    """The item's entries in the window at every place, oldest first (the latest two thousand)."""
    undone = select(StockEntry.link_id).where(
        StockEntry.item_id == item_id, StockEntry.is_reversal, StockEntry.link_id.is_not(None)
    )
    rows = uow.sql.execute(
        select(
            StockEntry.id, StockEntry.posting_id, StockPosting.number, StockEntry.kind, StockEntry.at,
            StockPosting.posted_at, StockEntry.location_id, StockEntry.lot_id, StockEntry.qty, StockEntry.unit,
            StockEntry.unit_qty, StockPosting.supplier_id, StockPosting.document, StockPosting.purpose,
            Location.name, Location.name_en,
        )
        .join(StockPosting, StockPosting.id == StockEntry.posting_id)
        .join(Location, Location.id == StockEntry.location_id)
        .where(
            StockEntry.item_id == item_id, StockEntry.at > window.since, StockEntry.at <= window.until,
            StockEntry.qty != 0, StockEntry.is_reversal.is_(False), StockEntry.kind.not_in(NOT_MOVES),
            StockEntry.id.not_in(undone),
        )
        .order_by(StockEntry.id.desc())
        .limit(MOST)
    ).all()  # fmt: skip
    return [
        Move(
            row.id, row.posting_id, row.number, PostingKind(row.kind), int(row.at), micros(row.posted_at),
            row.location_id, row.lot_id, int(row.qty), row.unit, abs(int(row.unit_qty)), row.supplier_id or 0,
            row.document, row.purpose, row.id > window.known_id, Name(row.name, row.name_en),
        )
        for row in reversed(rows)
    ]  # fmt: skip


def load_twins(uow: UnitOfWork, moves: Sequence[Move]) -> tuple[dict[int, int], dict[int, int]]:
    """Which postings repeat an earlier one line for line (later: earlier), and how many entries the candidates have."""
    alike: dict[tuple[str, int, int], list[Move]] = defaultdict(list)
    for one in moves:
        alike[one.kind, one.qty, one.supplier_id].append(one)
    near = timedelta(days=7) // timedelta(microseconds=1)
    pairs = [
        (first.posting_id, second.posting_id)
        for several in alike.values()
        for at, second in enumerate(several)
        for first in several[max(at - 3, 0) : at]
        if first.posting_id != second.posting_id and abs(second.at - first.at) <= near
    ][-MOST_TWINS:]
    contents = _contents(uow, {posting_id for pair in pairs for posting_id in pair})
    twins = {later: earlier for earlier, later in pairs if contents[earlier] == contents[later]}
    return twins, {posting_id: sum(lines.values()) for posting_id, lines in contents.items()}


def _contents(uow: UnitOfWork, posting_ids: Iterable[int]) -> dict[int, Counter[tuple[int, int]]]:
    found: dict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    for part in chunks(sorted(posting_ids)):
        rows = uow.sql.execute(
            select(StockEntry.posting_id, StockEntry.item_id, StockEntry.qty).where(StockEntry.posting_id.in_(part))
        )
        for row in rows:
            found[row.posting_id][row.item_id, int(row.qty)] += 1
    return found
