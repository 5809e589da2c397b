"""Whether what is kept still follows from the ledger: balances, costs, values and the chain, compared and never changed.

From the newest closing that stands on: what lies before it cannot have changed, and is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, select, type_coerce

from core.stock.rules.cost import CostState
from core.stock.steps.desk.balances import Past
from core.stock.steps.desk.chain import ENTRY_FACTS, POSTING_FACTS, seal
from core.stock.steps.desk.costs import replayed
from core.stock.steps.sums import Place
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.enums import CostMethod
from db.sql import chunks, total
from db.stock import (
    CostLayer,
    ItemCost,
    StockBalance,
    StockClosed,
    StockClosedBalance,
    StockClosedValue,
    StockEntry,
    StockPosting,
)

E = StockEntry
PART = 5_000
_PAST = tuple("id" if name == "entry_id" else name for name in Past.__dataclass_fields__)


class WrongBalance(NamedTuple):
    """A balance that is not the sum of its entries, in millionths."""

    item_id: int
    location_id: int
    lot_id: int
    stored: int
    right: int


class WrongCost(NamedTuple):
    """An item whose cost or layers are not the sum of its entries: quantity and value each."""

    item_id: int
    stored: tuple[int, int]
    layers: tuple[int, int]
    right: tuple[int, int]


class WrongValue(NamedTuple):
    """An entry that is not worth what follows from all entries before it: value, settled, variance."""

    entry_id: int
    item_id: int
    stored: tuple[int, int, int]
    right: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class BrokenPosting:
    """A posting whose facts do not fit its hash, or that does not follow the one before."""

    posting_id: int
    number: str


def wrong_balances(uow: UnitOfWork) -> list[WrongBalance]:
    """Balances that are not what their entries add up to."""
    closing_id, until = _newest(uow)
    right = _stored_places(uow.sql, closing_id)
    key = (E.item_id, E.location_id, E.lot_id)
    for place, qty in _by_place(uow.sql.execute(select(*key, total(E.qty)).where(E.at > until).group_by(*key))).items():
        right[place] = right.get(place, 0) + qty
    b = StockBalance
    kept = _by_place(uow.sql.execute(select(b.item_id, b.location_id, b.lot_id, b.qty)))
    return [
        WrongBalance(*place, kept.get(place, 0), right.get(place, 0))
        for place in sorted(right.keys() | kept.keys())
        if kept.get(place, 0) != right.get(place, 0)
    ]


def wrong_costs(uow: UnitOfWork) -> list[WrongCost]:
    """Items whose cost is not what their entries add up to, or whose layers are not their cost."""
    closing_id, until = _newest(uow)
    right = _stored_values(uow.sql, closing_id)
    moved = select(E.item_id, total(E.qty), total(E.value)).where(E.at > until).group_by(E.item_id)
    for item_id, (qty, value) in _by_item(uow.sql.execute(moved)).items():
        before = right.get(item_id, (0, 0))
        right[item_id] = (before[0] + qty, before[1] + value)
    kept = _by_item(uow.sql.execute(select(ItemCost.item_id, ItemCost.qty, ItemCost.value)))
    layer = CostLayer
    summed = select(layer.item_id, total(layer.qty), total(layer.value)).group_by(layer.item_id)
    layers = _by_item(uow.sql.execute(summed))
    nothing = (0, 0)
    found = []
    for item_id in sorted(right.keys() | kept.keys() | layers.keys()):
        three = (kept.get(item_id, nothing), layers.get(item_id, nothing), right.get(item_id, nothing))
        if not three[0] == three[1] == three[2]:
            found.append(WrongCost(item_id, *three))
    return found


def wrong_values(uow: UnitOfWork, *, start: int, end: int) -> list[WrongValue]:
    """Entries of a period (microseconds) that are not worth what follows from their items' whole history, reckoned anew."""
    moved = select(E.item_id).distinct().where(E.at >= start, E.at <= end)
    found: list[WrongValue] = []
    for part in chunks(sorted(uow.sql.execute(moved).scalars())):
        openings = _openings(uow, part)
        for item_id, history in _histories(uow, part):
            outcomes = replayed(history, openings[item_id])[0]
            for one in history:
                kept = (one.value, one.settled, one.variance)
                right = outcomes.get(one.entry_id, (0, 0, 0))
                if kept != right and start <= one.at <= end:
                    found.append(WrongValue(one.entry_id, item_id, kept, right))
    return found


def broken_postings(uow: UnitOfWork, *, after: int = 0) -> list[BrokenPosting]:
    """Postings behind `after` whose hash does not fit, or that do not follow the one before."""
    hash_before = uow.sql.execute(select(StockPosting.hash).where(StockPosting.id == after)).scalar()
    entries = _entries_by_posting(uow, after)
    following = next(entries, None)
    found, last = [], after
    for posting in _postings(uow, after):
        lines: list[Any] = []
        if following is not None and following[0] == posting.id:
            lines, following = following[1], next(entries, None)
        facts = [posting._mapping[name] for name in POSTING_FACTS]
        sealed = seal(posting.previous_hash, facts, lines)
        follows = posting.id == last + 1 and (hash_before is None or posting.previous_hash == hash_before)
        if sealed != posting.hash or not follows:
            found.append(BrokenPosting(posting.id, posting.number))
        hash_before, last = posting.hash, posting.id
    return found


def closed_differs(sql: Connection, closing_id: int, proved: int | None = None) -> bool:
    """Whether what is stored of a closed moment is not what the entries until then make. `proved`: an earlier closing of
    which that is known; only what came since is added up then."""
    until = _until(sql, closing_id)
    if until is None:
        return True
    since = None if proved is None else _until(sql, proved)
    inside = [E.at <= until] if since is None else [E.at <= until, E.at > since]
    key = (E.item_id, E.location_id, E.lot_id)
    made = {} if proved is None else _stored_places(sql, proved)
    for place, qty in _by_place(sql.execute(select(*key, total(E.qty)).where(*inside).group_by(*key))).items():
        made[place] = made.get(place, 0) + qty
    if _stored_places(sql, closing_id) != {place: qty for place, qty in made.items() if qty}:
        return True
    right = {} if proved is None else _stored_values(sql, proved)
    summed = select(E.item_id, total(E.qty), total(E.value)).where(*inside).group_by(E.item_id)
    for item_id, (qty, value) in _by_item(sql.execute(summed)).items():
        before = right.get(item_id, (0, 0))
        right[item_id] = before[0] + qty, before[1] + value
    valued = _stored_values(sql, closing_id)
    return any(valued.get(item, (0, 0)) != right.get(item, (0, 0)) for item in valued.keys() | right.keys())


def _until(sql: Connection, closing_id: int) -> int | None:
    """Up to which moment a closing closed the ledger."""
    return sql.execute(select(StockClosed.until_at).where(StockClosed.closing_id == closing_id)).scalar()


def _stored_places(sql: Connection, closing_id: int) -> dict[Place, int]:
    closed = StockClosedBalance
    stored = select(closed.item_id, closed.location_id, closed.lot_id, closed.qty)
    return _by_place(sql.execute(stored.where(closed.closing_id == closing_id)))


def _stored_values(sql: Connection, closing_id: int) -> dict[int, tuple[int, int]]:
    worth = StockClosedValue
    stored = select(worth.item_id, worth.qty, worth.value)
    return _by_item(sql.execute(stored.where(worth.closing_id == closing_id)))


def _newest(uow: UnitOfWork) -> tuple[int, int]:
    """The newest closing that stands, and its moment; nothing and a moment before all entries where none does."""
    newest = select(StockClosed.closing_id, StockClosed.until_at).where(StockClosed.is_standing)
    row = uow.sql.execute(newest.order_by(StockClosed.until_at.desc()).limit(1)).first()
    return (0, -(2**62)) if row is None else (row.closing_id, row.until_at)


def _by_place(rows: Iterable[Any]) -> dict[Place, int]:
    return {(row[0], row[1], row[2]): int(row[3]) for row in rows}


def _by_item(rows: Iterable[Any]) -> dict[int, tuple[int, int]]:
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def _histories(uow: UnitOfWork, item_ids: list[int]) -> Iterator[tuple[int, list[Past]]]:
    table = table_of(E)
    rows = uow.sql.execute(
        select(table.c.item_id, *(table.c[name] for name in _PAST))
        .where(table.c.item_id.in_(item_ids))
        .order_by(table.c.item_id, table.c.at, table.c.id)
    )
    histories: Mapping[int, list[Past]] = {item_id: [] for item_id in item_ids}
    for item_id, *facts in rows:
        histories[item_id].append(Past(*facts))
    yield from histories.items()


def _openings(uow: UnitOfWork, item_ids: list[int]) -> dict[int, CostState]:
    """How each item's cost begins."""
    rows = uow.sql.execute(select(Item.id, Item.cost_method, Item.standard_cost).where(Item.id.in_(item_ids)))
    return {row.id: CostState(CostMethod(row.cost_method), _standard(uow, row.standard_cost)) for row in rows}


def _standard(uow: UnitOfWork, cost: Decimal | None) -> int:
    return 0 if cost is None else int(cost.scaleb(6 + uow.site.digits))


def _postings(uow: UnitOfWork, after: int) -> Iterator[Any]:
    table = table_of(StockPosting)
    columns = [
        type_coerce(table.c[name], BigInteger).label(name) if name in ("at", "posted_at") else table.c[name]
        for name in dict.fromkeys((*POSTING_FACTS, "previous_hash", "hash"))
    ]
    wanted = select(*columns).where(table.c.id > after).order_by(table.c.id)
    return iter(uow.sql.execute(wanted, execution_options={"stream_results": True, "yield_per": PART}))


def _entries_by_posting(uow: UnitOfWork, after: int) -> Iterator[tuple[int, list[Any]]]:
    table = table_of(E)
    wanted = select(table.c.posting_id, *(table.c[name] for name in ENTRY_FACTS)).where(table.c.posting_id > after)
    ordered = wanted.order_by(table.c.posting_id, table.c.line)
    rows = uow.sql.execute(ordered, execution_options={"stream_results": True, "yield_per": PART})
    posting_id, lines = 0, list[Any]()
    for row in rows:
        if row[0] != posting_id and lines:
            yield posting_id, lines
            lines = []
        posting_id = row[0]
        lines.append(tuple(row)[1:])
    if lines:
        yield posting_id, lines
