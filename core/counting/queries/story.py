"""How the book quantity of one counted line came about, and every figure entered for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select

from core.counting.steps.counts import require_to_run
from core.counting.steps.rows import unit_names
from core.counting.types import LineStory, StoryEntry, TallyRow
from core.errors import NotFound
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro
from db.base import table_of
from db.catalog import Item
from db.columns import micros, moment
from db.counting import StockCount, StockCountLine, StockCountTally
from db.enums import Permission, PostingKind
from db.identity import Person
from db.sql import total
from db.stock import StockEntry, StockPosting


@query(Permission.COUNT_ENTER)
def get_line_story(uow: UnitOfWork, *, line_id: int) -> LineStory:
    """Why the book expected what it did: the last count, then every entry until this one; and what moved after it.

    Raises NotFound; NotAllowed for who neither runs nor approves counts.
    """
    require_to_run(uow)
    line = uow.sql.execute(
        select(table_of(StockCountLine), StockCount.posting_id)
        .join(StockCount, StockCount.id == StockCountLine.count_id)
        .where(StockCountLine.id == line_id)
    ).first()
    if line is None:
        raise NotFound(_("There is no such line on the count any more."), field="line")
    at = micros(line.counted_at or uow.now)
    here = (
        StockEntry.item_id == line.item_id,
        StockEntry.location_id == line.location_id,
        StockEntry.lot_id == line.lot_id,
        StockEntry.posting_id != (line.posting_id or 0),
    )
    last = uow.sql.execute(
        select(StockEntry.at, StockEntry.id)
        .where(*here, StockEntry.counted_qty.is_not(None), StockEntry.at < at)
        .order_by(StockEntry.at.desc(), StockEntry.id.desc())
        .limit(1)
    ).first()
    since = -1 if last is None else last.at
    start = int(uow.sql.execute(select(total(StockEntry.qty)).where(*here, StockEntry.at <= since)).scalar_one())
    known = line.ledger_id if line.ledger_id is not None else 2**62
    entries = [(entry.at <= moment(at), entry) for entry in _entries(uow, (*here, StockEntry.at > since), known)]
    before = tuple(entry for is_before, entry in entries if is_before)
    return LineStory(
        line_id,
        from_micro(start),
        _moment_of(since),
        before,
        from_micro(start) + sum((entry.qty for entry in before), from_micro(0)),
        tuple(entry for is_before, entry in entries if not is_before),
        _tallies(uow, line_id),
    )


def _entries(uow: UnitOfWork, which: tuple[ColumnElement[bool], ...], known: int) -> list[StoryEntry]:
    """Entries of the ledger in order; those after position `known` were entered late."""
    rows = uow.sql.execute(
        select(
            StockEntry.id, StockEntry.at, StockEntry.kind, StockEntry.qty, StockPosting.number, Person.name.label("by")
        )
        .join(StockPosting, StockPosting.id == StockEntry.posting_id)
        .join(Person, Person.id == StockPosting.person_id)
        .where(*which, StockEntry.qty != 0)
        .order_by(StockEntry.at, StockEntry.id)
    )
    return [
        StoryEntry(moment(row.at), row.number, PostingKind(row.kind), from_micro(row.qty), row.by, row.id > known)
        for row in rows
    ]


def _moment_of(at: int) -> datetime | None:
    return None if at < 0 else moment(at)


def _tallies(uow: UnitOfWork, line_id: int) -> tuple[TallyRow, ...]:
    units = unit_names(uow)
    rows = uow.sql.execute(
        select(table_of(StockCountTally), Person.name, Item.base_unit)
        .join(Person, Person.id == StockCountTally.person_id)
        .join(StockCountLine, StockCountLine.id == StockCountTally.line_id)
        .join(Item, Item.id == StockCountLine.item_id)
        .where(StockCountTally.line_id == line_id)
        .order_by(StockCountTally.id)
    )
    found = []
    for row in rows:
        code = row.unit or row.base_unit
        unit, unit_en = units.get(code, (code, code))
        found.append(TallyRow(row.round, from_micro(row.qty), unit, unit_en, row.is_replaced, row.at, row.name))
    return tuple(found)
