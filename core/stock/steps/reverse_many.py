"""Many postings taken back at once, such as all that one file brought in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from core.stock.steps.desk import Desk
from core.stock.steps.reverse import Original, check_kind, counter_line, is_done
from core.stock.steps.watching import check_reversals
from core.stock.types import NewLine, NewPosting
from core.uow import UnitOfWork
from db.base import table_of
from db.columns import micros
from db.enums import PostingKind as K
from db.sql import chunks
from db.stock import StockEntry, StockPosting

Entries = dict[int, list[Row[Any]]]


def post_reversals(uow: UnitOfWork, desk: Desk, *, posting_ids: Sequence[int], note: str = "") -> int:
    """Take back these postings now, newest first; those taken back already are passed over. Answers how many it were.

    Takes a fixed number of statements for each 500 of them. Raises Refused as `post_reversal` does.
    """
    made = 0
    for part in chunks(sorted(posting_ids, reverse=True)):
        originals = _originals(uow, part)
        check_reversals(uow, [one.posting_id for one in originals])
        entries = _entries(uow, part)
        news = [(one, _reversal(one, entries[one.posting_id], note)) for one in originals]
        desk.prepare(
            [new for _one, new in news], with_history={entry.item_id for group in entries.values() for entry in group}
        )
        for one, new in news:
            check_kind(one)
            open_ones = [entry for entry in entries[one.posting_id] if not is_done(desk, one.posting_id, entry)]
            desk.post_reversal(new, [counter_line(entry, micros(uow.now)) for entry in open_ones])
        made += len(news)
    return made


def _originals(uow: UnitOfWork, posting_ids: list[int]) -> list[Original]:
    """The postings that are not taken back yet, newest first."""
    p, back = StockPosting, aliased(StockPosting)
    rows = uow.sql.execute(
        select(p.id, p.number, p.kind, p.at, p.supplier_id, p.document, p.purpose)
        .outerjoin(back, and_(back.ref_id == p.id, back.kind == K.REVERSAL))
        .where(p.id.in_(posting_ids), back.id.is_(None))
        .order_by(p.id.desc())
    )
    return [Original(*row) for row in rows]


def _entries(uow: UnitOfWork, posting_ids: list[int]) -> Entries:
    """Own entries, and the corrections that later entries made to counts, by posting, newest first."""
    entry, count = table_of(StockEntry), aliased(StockEntry)
    found: Entries = {posting_id: [] for posting_id in posting_ids}
    for row in uow.sql.execute(select(entry).where(entry.c.posting_id.in_(posting_ids))):
        found[row.posting_id].append(row)
    corrections = (
        select(entry, count.posting_id.label("of_posting"))
        .join(count, count.id == entry.c.link_id)
        .where(
            count.posting_id.in_(posting_ids),
            count.counted_qty.is_not(None),
            entry.c.posting_id != count.posting_id,
            entry.c.kind == K.COUNT,
            entry.c.counted_qty.is_(None),
            entry.c.is_reversal.is_(False),
            entry.c.at <= micros(uow.now),
        )
    )
    for row in uow.sql.execute(corrections):
        found[row.of_posting].append(row)
    for group in found.values():
        group.sort(key=lambda row: -row.id)
    return found


def _reversal(one: Original, entries: Sequence[Row[Any]], note: str) -> NewPosting:
    lines = tuple(
        NewLine(entry.item_id, Decimal(1), location_id=entry.location_id, lot_id=entry.lot_id or None)
        for entry in entries
    )
    return NewPosting(K.REVERSAL, lines, None, one.supplier_id, one.document, one.posting_id, one.purpose, note)
