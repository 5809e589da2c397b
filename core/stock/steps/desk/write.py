"""Writing what was posted: a fixed number of statements however many lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, update

from core.stock.steps.desk.balances import Balances
from core.stock.steps.desk.chain import ENTRY_FACTS, POSTING_FACTS, seal
from core.stock.steps.desk.costs import Costs, ItemBook
from core.stock.steps.desk.resolve import Line
from core.stock.types import NewPosting
from core.uow import UnitOfWork
from db.base import table_of
from db.columns import micros
from db.prepared import Prepared, insert_into
from db.sql import CHUNK, chunks, upsert
from db.stock import CostLayer, ItemCost, LedgerHead, StockBalance, StockEntry, StockPosting

_OF_LINE = (
    "entry_id",
    "kind",
    "at",
    "item_id",
    "location_id",
    "lot_id",
    "qty",
    "unit",
    "unit_qty",
    "given",
    "counted_qty",
    "link_id",
    "is_reversal",
    "reason",
    "stage",
    "note",
    "new_method",
    "new_standard",
    "value",
    "settled",
    "variance",
)
_FACTS_OF_LINE = attrgetter(*_OF_LINE)
_NAMES = ("posting_id", "line", "id", *_OF_LINE[1:])
_SEALED_OF_POSTING = itemgetter(*POSTING_FACTS)
_SEALED_OF_ENTRY = itemgetter(*ENTRY_FACTS)
_POSTINGS = Prepared(insert_into(StockPosting, leave_out=()))
_ENTRIES = Prepared(insert_into(StockEntry, leave_out=()))
_NEW_HEAD = Prepared(
    update(table_of(LedgerHead))
    .where(LedgerHead.id == 1)
    .values(posting_id=bindparam("new_posting_id"), hash=bindparam("new_hash"))
)


@dataclass(slots=True)
class Made:
    """A posting made at the desk and not written yet."""

    new: NewPosting
    posting_id: int
    at: datetime
    lines: list[Line]


def entry_row(line: Line, posting_id: int, number: int) -> dict[str, Any]:
    """A ledger line as a row."""
    return dict(zip(_NAMES, (posting_id, number, *_FACTS_OF_LINE(line)), strict=True))


def write_postings(uow: UnitOfWork, made: Sequence[Made], numbers: Mapping[int, str], newest_hash: str) -> None:
    """Postings and entries, each sealed onto the one before, and the new end of the chain."""
    postings: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    for one in made:
        rows = [entry_row(line, one.posting_id, number) for number, line in enumerate(one.lines, start=1)]
        posting = {**_posting_row(uow, one, numbers[one.posting_id]), "previous_hash": newest_hash}
        posting["hash"] = newest_hash = _seal(newest_hash, posting, rows)
        postings.append(posting)
        entries.extend(rows)
    write_entries(uow, postings, entries)
    write_head(uow, made[-1].posting_id, newest_hash)


def _posting_row(uow: UnitOfWork, made: Made, number: str) -> dict[str, Any]:
    new = made.new
    return {
        "id": made.posting_id,
        "number": number,
        "kind": new.kind,
        "at": made.at,
        "posted_at": uow.now,
        "person_id": uow.actor.person_id,
        "station": uow.station,
        "request_id": uow.request_id,
        "supplier_id": new.supplier_id,
        "document": new.document,
        "ref_id": new.ref_id,
        "purpose": new.purpose,
        "note": new.note,
    }


def _seal(previous: str, posting: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    facts = [micros(fact) if isinstance(fact, datetime) else fact for fact in _SEALED_OF_POSTING(posting)]
    return seal(previous, facts, [_SEALED_OF_ENTRY(row) for row in rows])


def write_entries(uow: UnitOfWork, postings: list[dict[str, Any]], entries: list[dict[str, Any]]) -> None:
    """The postings and their entries, append-only."""
    for part in chunks(postings, CHUNK):
        _POSTINGS.run_many(uow.sql, part)
    for part in chunks(entries, CHUNK):
        _ENTRIES.run_many(uow.sql, part)


def write_head(uow: UnitOfWork, posting_id: int, newest_hash: str) -> None:
    """The new end of the chain."""
    _NEW_HEAD.run(uow.sql, new_posting_id=posting_id, new_hash=newest_hash)


def write_balances(uow: UnitOfWork, balances: Balances, last_at: dict[int, int]) -> None:
    """What is where now."""
    kept, gone = balances.rows(last_at)
    upsert(uow.sql, table_of(StockBalance), kept, ("item_id", "location_id", "lot_id"))
    if gone:
        uow.sql.execute(
            delete(table_of(StockBalance)).where(
                StockBalance.item_id == bindparam("key_item_id"),
                StockBalance.location_id == bindparam("key_location_id"),
                StockBalance.lot_id == bindparam("key_lot_id"),
            ),
            gone,
        )


def write_costs(uow: UnitOfWork, costs: Costs) -> None:
    """Where every touched item's cost stands, its layers, and entries that are worth something else now."""
    states: list[dict[str, Any]] = []
    layers: list[dict[str, Any]] = []
    gone: list[dict[str, int]] = []
    replayed: list[int] = []
    for item_id, book in sorted(costs.books.items()):
        if not book.fresh:
            continue
        states.append(_state_row(item_id, book))
        if book.is_replayed:
            replayed.append(item_id)
            _renumber(book)
        changed, used_up = _layer_changes(item_id, book)
        layers.extend(changed)
        gone.extend(used_up)
    upsert(uow.sql, table_of(ItemCost), states, ("item_id",))
    for part in chunks(replayed):
        uow.sql.execute(delete(CostLayer).where(CostLayer.item_id.in_(part)))
    if gone:
        by_key = (CostLayer.item_id == bindparam("key_item"), CostLayer.position == bindparam("key_position"))
        uow.sql.execute(delete(table_of(CostLayer)).where(*by_key), gone)
    upsert(uow.sql, table_of(CostLayer), layers, ("item_id", "position"))
    _restate(uow, costs.restated)


def _restate(uow: UnitOfWork, rows: list[dict[str, int]]) -> None:
    if not rows:
        return
    statement = (
        update(table_of(StockEntry))
        .where(StockEntry.id == bindparam("key", type_=BigInteger))
        .values(value=bindparam("new_value"), settled=bindparam("new_settled"), variance=bindparam("new_variance"))
    )
    for part in chunks(rows, CHUNK):
        uow.sql.execute(statement, [{name: value for name, value in row.items() if name != "key_item"} for row in part])


def _state_row(item_id: int, book: ItemBook) -> dict[str, Any]:
    state = book.state
    return {
        "item_id": item_id,
        "method": state.method,
        "standard": state.standard,
        "qty": state.qty + book.hidden_qty,
        "value": state.value + book.hidden_value,
        "last_qty": state.last_qty,
        "last_value": state.last_value,
        "last_at": book.last_at,
    }


def _renumber(book: ItemBook) -> None:
    """Layers reckoned anew stand before every layer that a later entry can make."""
    for index, layer in enumerate(book.state.layers):
        layer.position = index - len(book.state.layers)
    book.before = {}


def _layer_changes(item_id: int, book: ItemBook) -> tuple[list[dict[str, Any]], list[dict[str, int]]]:
    """Layers that are new or other than stored, and those that are used up."""
    stored = dict(book.before)
    changed = [
        {
            "item_id": item_id,
            "position": layer.position,
            "entry_id": layer.entry_id,
            "lot_id": layer.lot_id or 0,
            "qty": layer.qty,
            "value": layer.value,
        }
        for layer in book.state.layers
        if stored.pop(layer.position, None) != (layer.qty, layer.value)
    ]
    return changed, [{"key_item": item_id, "key_position": position} for position in stored]
