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
from db.prepared import Prepared, insert_into, names_of
from db.sql import CHUNK, Upsert, chunks
from db.stock import CostLayer, ItemCost, LedgerHead, StockBalance, StockEntry, StockPosting

_ENTRY = names_of(StockEntry)
_NAMED_OTHERWISE = {"id": "entry_id", "line": "number"}
_row_of = attrgetter(*[_NAMED_OTHERWISE.get(name, name) for name in _ENTRY])
_sealed_of = attrgetter(*[_NAMED_OTHERWISE.get(name, name) for name in ENTRY_FACTS])
_sealed_of_posting = itemgetter(*POSTING_FACTS)
_POSTINGS = Prepared(insert_into(StockPosting, leave_out=(), as_stored=True))
_ENTRIES = Prepared(insert_into(StockEntry, leave_out=()))
_BALANCES = Upsert(StockBalance, ("item_id", "location_id", "lot_id", "qty", "last_at"), 3)
_STATES = Upsert(ItemCost, ("item_id", "method", "standard", "qty", "value", "last_qty", "last_value", "last_at"), 1)
_LAYERS = Upsert(CostLayer, ("item_id", "position", "entry_id", "lot_id", "qty", "value"), 2)
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


def write_postings(uow: UnitOfWork, made: Sequence[Made], numbers: Mapping[int, str], newest_hash: str) -> None:
    """Postings and entries, each sealed onto the one before, and the new end of the chain."""
    postings: list[dict[str, Any]] = []
    entries: list[tuple[Any, ...]] = []
    for one in made:
        for number, line in enumerate(one.lines, start=1):
            line.posting_id, line.number = one.posting_id, number
        posting = _posting_row(uow, one, numbers[one.posting_id], newest_hash)
        newest_hash = seal(newest_hash, _sealed_of_posting(posting), list(map(_sealed_of, one.lines)))
        posting["hash"] = newest_hash
        postings.append(posting)
        entries.extend(map(_row_of, one.lines))
    for several in chunks(postings, CHUNK):
        _POSTINGS.run_many(uow.sql, several)
    for rows in chunks(entries, CHUNK):
        _ENTRIES.run_rows(uow.sql, _ENTRY, rows)
    _NEW_HEAD.run(uow.sql, new_posting_id=made[-1].posting_id, new_hash=newest_hash)


def _posting_row(uow: UnitOfWork, made: Made, number: str, previous_hash: str) -> dict[str, Any]:
    """A posting as it is stored, but for its own hash."""
    new = made.new
    return {
        "id": made.posting_id,
        "number": number,
        "kind": new.kind,
        "at": micros(made.at),
        "posted_at": micros(uow.now),
        "person_id": uow.actor.person_id,
        "station": uow.station,
        "request_id": uow.request_id,
        "supplier_id": new.supplier_id,
        "document": new.document,
        "ref_id": new.ref_id,
        "purpose": new.purpose,
        "note": new.note,
        "previous_hash": previous_hash,
    }


def write_balances(uow: UnitOfWork, balances: Balances, last_at: dict[int, int]) -> None:
    """What is where now."""
    kept, gone = balances.rows(last_at)
    _BALANCES.run(uow.sql, kept)
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
    states: list[tuple[Any, ...]] = []
    layers: list[tuple[int, ...]] = []
    gone: list[dict[str, int]] = []
    replayed: list[int] = []
    for item_id, book in sorted(costs.books.items()):
        if not book.fresh:
            continue
        state, at = book.state, book.last_at
        qty, value = state.qty + book.hidden_qty, state.value + book.hidden_value
        states.append((item_id, state.method, state.standard, qty, value, state.last_qty, state.last_value, at))
        if book.is_replayed:
            replayed.append(item_id)
            _renumber(book)
        gone.extend(_keep_layers(item_id, book, layers))
    _STATES.run(uow.sql, states)
    for part in chunks(replayed):
        uow.sql.execute(delete(CostLayer).where(CostLayer.item_id.in_(part)))
    if gone:
        by_key = (CostLayer.item_id == bindparam("key_item"), CostLayer.position == bindparam("key_position"))
        uow.sql.execute(delete(table_of(CostLayer)).where(*by_key), gone)
    _LAYERS.run(uow.sql, layers)
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


def _renumber(book: ItemBook) -> None:
    """Layers reckoned anew stand before every layer that a later entry can make."""
    for index, layer in enumerate(book.state.layers):
        layer.position = index - len(book.state.layers)
    book.before = {}


def _keep_layers(item_id: int, book: ItemBook, kept: list[tuple[int, ...]]) -> list[dict[str, int]]:
    """Add layers that are new or other than stored to `kept`; answers the keys of those that are used up."""
    stored = dict(book.before)
    for layer in book.state.layers:
        if stored.pop(layer.position, None) != (layer.qty, layer.value):
            kept.append((item_id, layer.position, layer.entry_id, layer.lot_id or 0, layer.qty, layer.value))
    return [{"key_item": item_id, "key_position": position} for position in stored]
