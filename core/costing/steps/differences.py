"""What a closing stored against what the ledger says today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from core.costing.rules import COLUMNS, Sums
from core.costing.steps import sums
from core.costing.steps.closing_rows import stored_material
from core.costing.steps.closings import Closing
from core.costing.types.months import DifferenceRow, Differences, LateEntry
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item
from db.columns import micros, moment
from db.enums import PostingKind
from db.identity import Person
from db.stock import StockEntry, StockPosting

VARIANCE = "variance"
E = StockEntry


def differences_of(uow: UnitOfWork, closing: Closing) -> Differences:
    """Every figure of an item that is another one today, the largest first, and the entries that came since."""
    stored = stored_material(uow, closing)
    now = sums.sums_by_item(uow, closing.start, closing.end)
    names = {row[0]: row for row in sums.item_facts(uow)}
    names.update({row[0]: row for row in stored.items})
    rows: list[DifferenceRow] = []
    for item_id in sorted(stored.by_item.keys() | now.keys()):
        rows += _rows(uow, names[item_id], stored.by_item.get(item_id), now.get(item_id))
    entries = _late_entries(uow, closing)
    return Differences(
        closing_id=closing.closing_id,
        month=closing.month.text,
        number=closing.number,
        made_at=uow.now,
        is_same=not rows and not entries,
        totals=_totals(uow, stored.by_item, now),
        rows=tuple(sorted(rows, key=lambda row: (-abs(row.change), row.code, row.column))),
        entries=entries,
    )


def _figures(one: Sums | None) -> list[tuple[int, int]]:
    """Quantity and value by column, the variance last."""
    one = one or Sums()
    return [*zip(one.qty, one.value, strict=True), (0, one.variance)]


def _rows(uow: UnitOfWork, item: Any, stored: Sums | None, now: Sums | None) -> list[DifferenceRow]:
    pairs = zip((*COLUMNS, VARIANCE), _figures(stored), _figures(now), strict=True)
    return [
        DifferenceRow(
            item[0], item[1], item[2], item[3], item[4], column, uow.money(then[1]), uow.money(today[1]),
            from_micro(then[0]), from_micro(today[0]),
        )
        for column, then, today in pairs
        if then != today
    ]  # fmt: skip


def _totals(uow: UnitOfWork, stored: Mapping[int, Sums], now: Mapping[int, Sums]) -> tuple[Any, ...]:
    """The columns of the whole that differ."""
    found = []
    for place, column in enumerate((*COLUMNS, VARIANCE)):
        then, today = (sum(_figures(one)[place][1] for one in several.values()) for several in (stored, now))
        if then != today:
            found.append((column, uow.money(then), uow.money(today)))
    return tuple(found)


def _late_entries(uow: UnitOfWork, closing: Closing) -> tuple[LateEntry, ...]:
    """Entries dated until the end of the month whose postings came after its closing."""
    rows = uow.sql.execute(
        select(
            E.id, E.posting_id, StockPosting.number, E.at, StockPosting.posted_at, E.kind, E.is_reversal, Item.code,
            Item.name, Item.name_en, E.qty, Item.base_unit, E.value, E.settled, Person.name.label("by"), E.note,
            StockPosting.note.label("posting_note"),
        )
        .join(StockPosting, StockPosting.id == E.posting_id)
        .join(Item, Item.id == E.item_id)
        .join(Person, Person.id == StockPosting.person_id)
        .where(E.posting_id > closing.ledger_posting_id, E.at <= micros(closing.end))
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
