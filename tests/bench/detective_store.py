"""A store of six weeks with one known mistake on each of many items, and many more items without any.

Clean lines differ from the book as they do in life: most not at all, others by a little that was spilt, weighed or miscounted by
one. A quarter of the mistakes stand on lines that differ by a little besides.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from itertools import groupby

from core import catalog, counting, purchasing, stock
from core.catalog import NewItem, NewSupplier, PackUnit
from core.clock import FixedClock
from core.counting import CountPart, NewCount
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine
from core.registry import command
from core.stock import NewLine, NewLocation, NewPosting
from core.uow import UnitOfWork
from db.enums import CountKind, LocationKind, Uncounted
from db.enums import PostingKind as K

BEGIN = datetime(2026, 1, 5, 2, tzinfo=UTC)
DAYS, CLEAN, EACH = 42, 600, 20
MISTAKES = (
    "counted in packs", "packs and loose added up", "digit too many", "digits swapped", "part entered twice",
    "on the other shelf", "wrong lot", "lines mixed up", "order not received", "transfer not received",
    "receipt twice", "issue twice", "issue in the wrong unit", "receipt with a digit too many", "entered late",
)  # fmt: skip
EXPECTED = {
    "counted in packs": {"pack"},
    "packs and loose added up": {"mixed_pack"},
    "digit too many": {"ten"},
    "digits swapped": {"swapped"},
    "part entered twice": {"entered_twice"},
    "on the other shelf": {"neighbour"},
    "wrong lot": {"other_lot"},
    "lines mixed up": {"other_item"},
    "order not received": {"open_order"},
    "transfer not received": {"arrived"},
    "receipt twice": {"receipt_twice"},
    "issue twice": {"issue_twice"},
    "issue in the wrong unit": {"posted_unit"},
    "receipt with a digit too many": {"posted_ten"},
    "entered late": {"late"},
}


@command(None)
def make_store_items(uow: UnitOfWork, *, items: tuple[NewItem, ...]) -> tuple[int, ...]:
    """Make items for a benchmark."""
    return tuple(catalog.create_items_bulk(uow, items))


@command(None)
def make_store_supplier(uow: UnitOfWork) -> int:
    """Make a supplier for a benchmark."""
    return catalog.create_suppliers_bulk(uow, [NewSupplier("供应商", code="V1", name_en="Supplier")])[0]


@command(None)
def post_store_history(uow: UnitOfWork, *, postings: tuple[NewPosting, ...]) -> int:
    """Post a history for a benchmark."""
    return len(stock.post_all(uow, postings))


@dataclass
class Store:
    """The store while it is being made. `mistake` by item; `true` what lies there by item, place and lot number."""

    office: Office
    clock: FixedClock
    chance: random.Random
    shelf: int = 0
    other: int = 0
    supplier: int = 0
    items: list[int] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)
    mistake: dict[int, str] = field(default_factory=dict)
    lots: set[int] = field(default_factory=set)
    said: dict[tuple[int, int, str], tuple[CountPart, ...]] = field(default_factory=dict)
    off: dict[tuple[int, int, str], D] = field(default_factory=dict)

    def of(self, mistake: str) -> list[int]:
        """The items with this mistake."""
        return [item for item, one in self.mistake.items() if one == mistake]


def make_store(office: Office, clock: FixedClock, seed: int) -> tuple[Store, int]:
    """The store with its count; answers the count."""
    store = Store(office, clock, random.Random(seed))
    _things(store)
    _history(store)
    for plant in (_posted, _orders, _transfers):
        plant(store)
    clock.advance(hours=6)
    count = office.do(counting.start_count, new=NewCount(CountKind.FULL, is_blind=False))
    _arrived_lines(store, count)
    lines = office.ask(counting.list_count_lines, count_id=count)
    held = {(one.item_id, one.location_id, one.lot): one.expected or D(0) for one in lines}
    _figures(store, held)
    for line in lines:
        key = (line.item_id, line.location_id, line.lot)
        if line.is_open:
            parts = store.said.get(key) or (
                CountPart(held[key] + store.off.get(key, D(0)) + _little(store, line.item_id)),
            )
            office.do(counting.enter_count, line_id=line.id, parts=parts)
    _late(store)
    office.do(counting.complete_count, count_id=count, uncounted=Uncounted.KEEP)
    return store, count


def _things(store: Store) -> None:
    office, chance = store.office, store.chance
    store.shelf, store.other = (
        office.do(stock.create_location, new=NewLocation(code, code, kind=LocationKind.AREA)) for code in ("A", "B")
    )
    store.supplier = office.do(make_store_supplier)
    number = EACH * len(MISTAKES) + CLEAN
    news, lots = [], set()
    for n in range(number):
        mistake = MISTAKES[n // EACH] if n < EACH * len(MISTAKES) else ""
        is_lot = mistake == "wrong lot" or (not mistake and n % 10 == 0)
        size = chance.choice([6, 10, 12, 20, 24])
        unit = "个" if mistake.startswith(("packs", "digits")) or n % 2 else "kg"
        news.append(
            NewItem(
                f"物料 {n}", unit, f"D{n:04d}", f"Item {n}", pack_units=(PackUnit("箱", D(size)),), lot_tracked=is_lot
            )
        )
        lots.add(n) if is_lot else None
    store.items = list(office.do(make_store_items, items=tuple(news), confirmed=frozenset({"new_unit", "new_units"})))
    for n, item in enumerate(store.items):
        store.sizes[item] = int(news[n].pack_units[0].factor)
        if n < EACH * len(MISTAKES):
            store.mistake[item] = MISTAKES[n // EACH]
        if n in lots:
            store.lots.add(item)


def _line(store: Store, item: int, qty: D, **over: object) -> NewLine:
    return NewLine(item, qty, location_id=over.pop("place", store.shelf), **over)  # type: ignore[arg-type]


def _history(store: Store) -> None:
    """A count's worth at the beginning, then receipts twice a week and issues every other day."""
    chance, postings = store.chance, []
    opening = []
    for item in store.items:
        lots = ("L1", "L2") if item in store.lots else ("",)
        for lot in lots:
            extra = {"lot": lot} if lot else {}
            opening.append(_line(store, item, D(chance.randrange(200, 900)), unit_cost=D(2), **extra))
            opening.append(_line(store, item, D(chance.randrange(30, 90)), unit_cost=D(2), place=store.other, **extra))
    postings += [NewPosting(K.OPENING, tuple(opening[at : at + 100]), BEGIN) for at in range(0, len(opening), 100)]
    for day in range(1, DAYS):
        at = BEGIN + timedelta(days=day)
        taken = [item for item in store.items if item not in store.lots and chance.random() < 0.4]
        for start in range(0, len(taken), 12):
            lines = tuple(_line(store, item, _usual(store, item)) for item in taken[start : start + 12])
            postings.append(NewPosting(K.ISSUE, lines, at + timedelta(minutes=start), purpose="厨房"))
        if day % 3 == 0:
            come = [item for item in store.items if item not in store.lots and chance.random() < 0.25]
            for start in range(0, len(come), 20):
                lines = tuple(_line(store, i, _bought(store, i), unit_cost=D(2)) for i in come[start : start + 20])
                document = f"DN{day}-{start}" if day % 2 else ""
                postings.append(
                    NewPosting(K.RECEIPT, lines, at + timedelta(hours=1, minutes=start), store.supplier, document)
                )
    for _day, several in groupby(postings, key=lambda one: (one.at or BEGIN).date()):
        today = tuple(several)
        store.clock.at = max(one.at or BEGIN for one in today)
        store.office.do(post_store_history, postings=today)


def _usual(store: Store, item: int) -> D:
    return D(store.chance.randrange(1, 12)) + (D(store.chance.randrange(10)) / 10 if item % 2 else 0)


def _bought(store: Store, item: int) -> D:
    return D(store.sizes[item] * store.chance.randrange(1, 5))


def _posted(store: Store) -> None:
    """Receipts and issues posted twice, in the wrong unit, with a digit too many; the shelf knows better."""
    store.clock.at = BEGIN + timedelta(days=DAYS, hours=1)
    office, chance = store.office, store.chance
    for item in store.of("receipt twice"):
        line, qty = _line(store, item, _bought(store, item), unit_cost=D(2)), D(0)
        for _time in range(2):
            store.clock.advance(minutes=chance.randrange(2, 40))
            office.do(stock.receive_goods, lines=(line,), supplier_id=store.supplier)
        qty = line.qty
        store.off[item, store.shelf, ""] = -qty
    for item in store.of("issue twice"):
        qty = _usual(store, item)
        for _time in range(2):
            store.clock.advance(minutes=chance.randrange(1, 12))
            office.do(stock.issue_goods, lines=(_line(store, item, qty),), purpose="厨房")
        store.off[item, store.shelf, ""] = qty
    for item in store.of("issue in the wrong unit"):
        qty = D(chance.randrange(1, 6))
        office.do(stock.issue_goods, lines=(_line(store, item, qty),), purpose="厨房")
        store.off[item, store.shelf, ""] = -qty * (store.sizes[item] - 1)
    for item in store.of("receipt with a digit too many"):
        qty = _bought(store, item)
        office.do(
            stock.receive_goods, lines=(_line(store, item, qty * 10, unit_cost=D(2)),), supplier_id=store.supplier
        )
        store.off[item, store.shelf, ""] = -qty * 9


def _orders(store: Store) -> None:
    """Orders whose goods lie on the shelf already; and orders of clean items that really are awaited."""
    awaited = store.of("order not received") + [item for item in store.items if item not in store.mistake][::6]
    for item in awaited:
        qty = _bought(store, item)
        order = store.office.do(
            purchasing.create_order, order=NewOrder(store.supplier, (NewOrderLine(item, qty, unit="", price=D(2)),))
        )
        version = store.office.ask(purchasing.get_order, order_id=order).row.version
        store.office.do(purchasing.approve_order, order_id=order, version=version)
        if item in store.mistake:
            store.off[item, store.shelf, ""] = qty


def _transfers(store: Store) -> None:
    for item in store.of("transfer not received"):
        qty = _usual(store, item) + 5
        lines = (_line(store, item, qty, place=store.shelf),)
        store.office.do(stock.send_transfer, lines=lines, to_location_id=store.other)
        store.off[item, store.other, ""] = qty


def _arrived_lines(store: Store, count: int) -> None:
    for item in store.of("transfer not received"):
        store.office.do(counting.add_count_line, count_id=count, item_id=item, location_id=store.other)


def _figures(store: Store, held: dict[tuple[int, int, str], D]) -> None:
    """Mistakes made while counting."""
    chance, shelf = store.chance, store.shelf
    makers: dict[str, Callable[[int, D, int], tuple[CountPart, ...]]] = {
        "counted in packs": lambda _item, book, size: (CountPart(D(int(book / size))),),
        "packs and loose added up": lambda _item, book, size: (CountPart(book // size + book % size),),
        "digit too many": lambda _item, book, _size: (CountPart(book * 10),),
        "digits swapped": lambda _item, book, _size: (CountPart(_swapped(book)),),
        "part entered twice": lambda _item, book, _size: _twice(chance, book),
    }
    for mistake, maker in makers.items():
        for item in store.of(mistake):
            key = (item, shelf, "")
            store.said[key] = maker(item, held[key], store.sizes[item])
    for item in store.of("on the other shelf"):
        qty = D(chance.randrange(4, 25))
        store.off[item, shelf, ""], store.off[item, store.other, ""] = -qty, qty
    for item in store.of("wrong lot"):
        qty = D(chance.randrange(4, 25))
        store.off[item, shelf, "L1"], store.off[item, shelf, "L2"] = -qty, qty
    mixed = store.of("lines mixed up")
    for one, two in zip(mixed[::2], mixed[1::2], strict=True):
        store.said[one, shelf, ""] = (CountPart(held[two, shelf, ""]),)
        store.said[two, shelf, ""] = (CountPart(held[one, shelf, ""]),)


def _swapped(book: D) -> D:
    digits = str(int(book))
    at = next((n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and digits[n + 1] != "0"), 0)
    return D(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) + book % 1


def _twice(chance: random.Random, book: D) -> tuple[CountPart, ...]:
    part = D(chance.randrange(5, 30))
    return CountPart(book - part), CountPart(part), CountPart(part)


def _late(store: Store) -> None:
    """Issues of before the count that are entered only after it; the shelf had them still."""
    for item in store.of("entered late"):
        lines = (_line(store, item, _usual(store, item)),)
        store.office.do(stock.issue_goods, lines=lines, at=BEGIN + timedelta(days=DAYS - 1), purpose="厨房")


def _little(store: Store, item: int) -> D:
    """What lines differ by without any mistake: most not at all; of the lines with one, a quarter."""
    chance = store.chance
    share = 0.25 if item in store.mistake else 0.4
    if chance.random() >= share:
        return D(0)
    return D(chance.choice([-3, -2, -1, -1, 1])) if chance.random() < 0.5 else D(chance.randrange(-40, 10)) / 10
