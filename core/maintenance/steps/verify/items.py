"""The ledger read once item by item: balances, costs, layers and the value of every entry, reckoned anew from nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select, union

from core.i18n import _
from core.maintenance.steps.verify.costs import check_costs
from core.maintenance.steps.verify.findings import Findings
from core.maintenance.types import Area
from core.stock import Past
from core.values import from_micro
from db.base import table_of
from db.catalog import Item
from db.stock import CostLayer, ItemCost, Location, Lot, StockBalance, StockEntry

ITEMS_AT_ONCE = 1_000
PAST_COLUMNS = tuple("id" if name == "entry_id" else name for name in Past.__dataclass_fields__)


@dataclass(slots=True)
class Book:
    """Everything stored of one item."""

    item_id: int
    item: Any
    history: list[Past] = field(default_factory=list)
    balances: dict[tuple[int, int], int] = field(default_factory=dict)
    cost: Row[Any] | None = None
    layers: list[Row[Any]] = field(default_factory=list)
    lots: dict[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The item's code, or its number where the item is gone."""
        return f"#{self.item_id}" if self.item is None else self.item.code


@dataclass(frozen=True, slots=True)
class Site:
    """What sentences need to know of the site."""

    digits: int
    places: dict[int, str]


def check_items(sql: Connection, findings: Findings, digits: int, told: Callable[[int], None] | None = None) -> int:
    """Check every item; `told` hears the entries done. Answers how many items there are.

    Memory holds the entries of a part of the items at a time, never the whole ledger.
    """
    site = Site(digits, {row.id: row.code for row in sql.execute(select(Location.id, Location.code))})
    item_ids = _item_ids(sql)
    done = 0
    for start in range(0, len(item_ids), ITEMS_AT_ONCE):
        part = item_ids[start : start + ITEMS_AT_ONCE]
        for book in _books(sql, part):
            _check_item(book, site, findings)
            done += len(book.history)
        if told is not None:
            told(done)
    return len(item_ids)


def _item_ids(sql: Connection) -> list[int]:
    tables = (StockEntry, StockBalance, ItemCost, CostLayer)
    every = union(select(Item.id), *(select(table.item_id).distinct() for table in tables)).subquery()
    return list(sql.execute(select(every.c[0]).order_by(every.c[0])).scalars())


def _books(sql: Connection, item_ids: list[int]) -> Iterator[Book]:
    first, last = item_ids[0], item_ids[-1]
    items = {
        row.id: row
        for row in sql.execute(
            select(Item.id, Item.code, Item.cost_method, Item.standard_cost).where(Item.id.between(first, last))
        )
    }
    books = {item_id: Book(item_id, items.get(item_id)) for item_id in item_ids}
    _load_stored(sql, books, first, last)
    table = table_of(StockEntry)
    rows = sql.execute(
        select(table.c.item_id, *(table.c[name] for name in PAST_COLUMNS))
        .where(table.c.item_id.between(first, last))
        .order_by(table.c.item_id, table.c.at, table.c.id),
        execution_options={"stream_results": True, "yield_per": 5_000},
    )
    for item_id, *facts in rows:
        books[item_id].history.append(Past(*facts))
    for item_id in item_ids:
        yield books.pop(item_id)


def _load_stored(sql: Connection, books: dict[int, Book], first: int, last: int) -> None:
    def rows(table: Any, *columns: Any) -> Iterator[Row[Any]]:
        chosen = columns or (table_of(table),)
        return iter(sql.execute(select(*chosen).where(table.item_id.between(first, last))))

    for row in rows(
        StockBalance, StockBalance.item_id, StockBalance.location_id, StockBalance.lot_id, StockBalance.qty
    ):
        books[row.item_id].balances[row.location_id, row.lot_id] = row.qty
    for row in rows(ItemCost):
        books[row.item_id].cost = row
    for row in rows(CostLayer):
        books[row.item_id].layers.append(row)
    for row in rows(Lot, Lot.item_id, Lot.id, Lot.number):
        if row.item_id in books:
            books[row.item_id].lots[row.id] = row.number


def _check_item(book: Book, site: Site, findings: Findings) -> None:
    if book.item is None:
        text = _("Item {item} is in the ledger, but there is no such item.", item=book.name)
        findings.wrong(Area.LOTS, text, item_id=book.item_id)
        return
    if book.history or book.balances:
        _check_lots(book, findings)
        _check_balances(book, site, findings)
    standard = book.item.standard_cost or Decimal(0)
    check_costs(book, int(standard.scaleb(6 + site.digits)), site, findings)


def _check_lots(book: Book, findings: Findings) -> None:
    named = {one.lot_id: one.entry_id for one in reversed(book.history) if one.lot_id}
    for lot_id, entry_id in named.items():
        if lot_id not in book.lots:
            text = _(
                "Entry {entry} names lot {lot}, which is not a lot of {item}.",
                entry=entry_id,
                lot=lot_id,
                item=book.name,
            )
            findings.wrong(Area.LOTS, text, entry_id=entry_id, item_id=book.item_id)


def _check_balances(book: Book, site: Site, findings: Findings) -> None:
    summed: dict[tuple[int, int], int] = defaultdict(int)
    for one in book.history:
        summed[one.location_id, one.lot_id] += one.qty
    for place in sorted(summed.keys() | book.balances.keys()):
        stored, right = book.balances.get(place), summed.get(place)
        if stored == right or (stored is None and right == 0):
            if stored == 0 and place[1]:
                findings.wrong(
                    Area.BALANCES,
                    _(
                        "{item}: {place} keeps a balance of a lot that is used up.",
                        item=book.name,
                        place=_where(book, place, site),
                    ),
                    item_id=book.item_id,
                )
            continue
        findings.wrong(Area.BALANCES, _balance_words(book, place, site, stored, right), item_id=book.item_id)


def _balance_words(book: Book, place: tuple[int, int], site: Site, stored: int | None, right: int | None) -> Any:
    where = _where(book, place, site)
    if stored is None:
        return _(
            "{item} at {place}: the balance is missing; the entries make {right}.",
            item=book.name, place=where, right=from_micro(right or 0),
        )  # fmt: skip
    if right is None:
        return _(
            "{item} at {place}: the balance says {stored}, but there are no entries at all.",
            item=book.name, place=where, stored=from_micro(stored),
        )  # fmt: skip
    return _(
        "{item} at {place}: the balance says {stored}, the entries make {right}.",
        item=book.name, place=where, stored=from_micro(stored), right=from_micro(right),
    )  # fmt: skip


def _where(book: Book, place: tuple[int, int], site: Site) -> str:
    location = site.places.get(place[0], f"#{place[0]}")
    return f"{location} / {book.lots.get(place[1], f'#{place[1]}')}" if place[1] else location
