"""Entries with what each adds to a figure, as rows that people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.costing.types import ReviewEntry
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item
from db.columns import moment
from db.enums import PostingKind as K
from db.identity import Person
from db.sql import chunks
from db.stock import StockEntry, StockPosting

E = StockEntry
Added = Mapping[int, tuple[int, int]]


def entry_rows(uow: UnitOfWork, added: Added, limit: int) -> list[ReviewEntry]:
    """The entries, newest first; those beyond `limit` stand in one last line, so that all sum to the figure."""
    ids = [entry_id for entry_id, both in added.items() if both != (0, 0)]
    moments: dict[int, int] = {}
    for part in chunks(ids):
        moments.update({row[0]: row[1] for row in uow.sql.execute(select(E.id, E.at).where(E.id.in_(part)))})
    ids.sort(key=lambda entry_id: (-moments[entry_id], -entry_id))
    facts = _facts(uow, ids[:limit])
    listed = [_row(uow, facts[entry_id], *added[entry_id]) for entry_id in ids[:limit]]
    rest = ids[limit:]
    if rest:
        amount = sum(added[entry_id][0] for entry_id in rest)
        qty = sum(added[entry_id][1] for entry_id in rest)
        listed.append(rest_row(uow.money(amount), from_micro(qty), len(rest)))
    return listed


def rest_row(amount: Decimal, qty: Decimal = Decimal(0), count: int = 1, note: str = "") -> ReviewEntry:
    """A line that stands for many entries, or for what has none."""
    return ReviewEntry(0, 0, "", None, None, False, "", "", "", qty, "", amount, note, "", count)


def _facts(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for part in chunks(list(ids)):
        rows = uow.sql.execute(
            select(
                E.id, E.posting_id, StockPosting.number, E.at, E.kind, E.is_reversal, Item.code, Item.name, Item.name_en,
                Item.base_unit, E.note, StockPosting.note.label("posting_note"), StockPosting.purpose,
                Person.name.label("by"),
            )
            .join(StockPosting, StockPosting.id == E.posting_id)
            .join(Item, Item.id == E.item_id)
            .join(Person, Person.id == StockPosting.person_id)
            .where(E.id.in_(part))
        )  # fmt: skip
        found.update({row.id: row for row in rows})
    return found


def _row(uow: UnitOfWork, row: Any, amount: int, qty: int) -> ReviewEntry:
    note = row.note or row.posting_note or row.purpose
    return ReviewEntry(
        row.id, row.posting_id, row.number, moment(row.at), K(row.kind), bool(row.is_reversal), row.code, row.name,
        row.name_en, from_micro(qty), row.base_unit, uow.money(amount), note, row.by,
    )  # fmt: skip
