"""What a closing stored against what the closing after it did, or what the ledger says today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from core.costing.rules import COLUMNS
from core.costing.steps.closing_rows import stored_material
from core.costing.steps.closings import Closing
from core.costing.steps.review_rows import from_ledger
from core.costing.types import ReviewRow
from core.costing.types.months import DifferenceRow, Differences, LateEntry
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item
from db.columns import micros, moment
from db.enums import PostingKind
from db.identity import Person
from db.stock import StockEntry, StockPosting

VARIANCE = "variance"
NONE = ((0, 0),) * (len(COLUMNS) + 1)
E = StockEntry


def differences_of(uow: UnitOfWork, closing: Closing, following: Closing | None = None) -> Differences:
    """Every figure of an item that is another one in the closing after it (None: today), the largest first, and the entries
    that came in between."""
    stored = {row.key: row for row in stored_material(uow, closing).rows}
    later = from_ledger(uow, closing.start, closing.end) if following is None else stored_material(uow, following)
    now = {row.key: row for row in later.rows}
    rows: list[DifferenceRow] = []
    for item_id in sorted(stored.keys() | now.keys()):
        rows += _rows(uow, stored.get(item_id), now.get(item_id))
    entries = _late_entries(uow, closing, following)
    return Differences(
        closing_id=closing.closing_id,
        month=closing.month.text,
        number=closing.number,
        made_at=uow.now,
        is_same=not rows and not entries,
        totals=_totals(uow, stored, now),
        rows=tuple(sorted(rows, key=lambda row: (-abs(row.change), row.code, row.column))),
        entries=entries,
        following="" if following is None else following.number,
    )


def _figures(one: ReviewRow | None) -> tuple[tuple[int, int], ...]:
    """Quantity and value by column, the variance last."""
    return NONE if one is None else (*zip(one.micros, one.minors, strict=True), (0, one.variance_minor))


def _rows(uow: UnitOfWork, stored: ReviewRow | None, now: ReviewRow | None) -> list[DifferenceRow]:
    """The columns of an item that differ, with its names as they were when the month was closed."""
    item = stored or now
    if item is None or _figures(stored) == _figures(now):
        return []
    pairs = zip((*COLUMNS, VARIANCE), _figures(stored), _figures(now), strict=True)
    return [
        DifferenceRow(
            item.key, item.code, item.name, item.name_en, item.unit, column, uow.money(then[1]), uow.money(today[1]),
            from_micro(then[0]), from_micro(today[0]),
        )
        for column, then, today in pairs
        if then != today
    ]  # fmt: skip


def _totals(uow: UnitOfWork, stored: Mapping[int, ReviewRow], now: Mapping[int, ReviewRow]) -> tuple[Any, ...]:
    """The columns of the whole that differ."""
    found = []
    for place, column in enumerate((*COLUMNS, VARIANCE)):
        then, today = (sum(_figures(one)[place][1] for one in several.values()) for several in (stored, now))
        if then != today:
            found.append((column, uow.money(then), uow.money(today)))
    return tuple(found)


def _late_entries(uow: UnitOfWork, closing: Closing, following: Closing | None) -> tuple[LateEntry, ...]:
    """Entries dated until the end of the month whose postings came after its closing and before the one after it."""
    until = [] if following is None else [E.posting_id <= following.ledger_posting_id]
    rows = uow.sql.execute(
        select(
            E.id, E.posting_id, StockPosting.number, E.at, StockPosting.posted_at, E.kind, E.is_reversal, Item.code,
            Item.name, Item.name_en, E.qty, Item.base_unit, E.value, E.settled, Person.name.label("by"), E.note,
            StockPosting.note.label("posting_note"),
        )
        .join(StockPosting, StockPosting.id == E.posting_id)
        .join(Item, Item.id == E.item_id)
        .join(Person, Person.id == StockPosting.person_id)
        .where(E.posting_id > closing.ledger_posting_id, E.at <= micros(closing.end), *until)
        .order_by(E.id)
    )  # fmt: skip
    return tuple(
        LateEntry(
            row.id, row.posting_id, row.number, moment(row.at), row.posted_at, PostingKind(row.kind),
            bool(row.is_reversal), row.code, row[8], row.name_en, from_micro(row.qty), row.base_unit,
            uow.money(row.value + row.settled), row.by, row.note or row.posting_note,
        )
        for row in rows
    )  # fmt: skip
