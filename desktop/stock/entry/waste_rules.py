"""What the fast waste screen makes of what it is told: typed digits, and which tiles it offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.stock import EntryRow
from desktop.stock.entry.lines import Goods

MOST_TILES = 12
SIGNS = ".+*/"


@dataclass(frozen=True, slots=True)
class Typed:
    """Digits as the keyboard gave them, taken apart: an amount and, behind it, the digit of a reason."""

    qty: str
    reason: str = ""


def take_apart(typed: str, digits: str) -> Typed:
    """The last digit is the reason, what stands before it the amount: 23 is 2 for reason 3, 1.53 is 1.5 for reason 3.

    One digit alone is an amount; so is a digit behind a point or sign, and a 0 or any other digit that no reason has.
    """
    if len(typed) < 2 or typed[-1] not in digits or typed[-2] in SIGNS:
        return Typed(typed)
    return Typed(typed[:-1], typed[-1])


@dataclass(frozen=True, slots=True)
class WasteRow:
    """One wasted item of today. `lines` is how many its posting has, `value` None without the right to see costs."""

    posting_id: int
    number: str
    at: datetime
    goods: Goods
    qty: Decimal
    reason: str
    by: str
    note: str
    value: Decimal | None
    lines: int


@dataclass(frozen=True, slots=True)
class WasteDay:
    """Today's waste: what stands (newest first) and what it comes to."""

    rows: tuple[WasteRow, ...] = ()
    value: Decimal | None = None


def day_of(entries: Sequence[EntryRow], start: datetime, taken_back: frozenset[str]) -> WasteDay:
    """Today's waste from the ledger's entries; postings that were taken back do not count."""
    today = [
        row
        for row in entries
        if row.at >= start and not row.is_reversal and row.number not in taken_back and row.qty < 0
    ]
    lines: dict[int, int] = {}
    for row in today:
        lines[row.posting_id] = lines.get(row.posting_id, 0) + 1
    rows = tuple(
        WasteRow(
            row.posting_id, row.number, row.posted_at, goods_of_entry(row), -row.qty, row.reason, row.by, row.note,
            None if row.value is None else -row.value, lines[row.posting_id],
        )
        for row in today
    )  # fmt: skip
    values = [row.value for row in rows if row.value is not None]
    return WasteDay(rows, sum(values, Decimal(0)) if len(values) == len(rows) and rows else None)


def recent_goods(entries: Iterable[EntryRow]) -> list[Goods]:
    """Items in the order they were last posted, each once."""
    found: dict[int, Goods] = {}
    for row in entries:
        if not row.is_reversal:
            found.setdefault(row.item_id, goods_of_entry(row))
    return list(found.values())


def most_wasted(day: WasteDay) -> list[tuple[Goods, Decimal]]:
    """Today's items with what was wasted of each, the most costly first, the most often without costs."""
    goods: dict[int, Goods] = {}
    qty: dict[int, Decimal] = {}
    weight: dict[int, Decimal] = {}
    for row in day.rows:
        goods[row.goods.id] = row.goods
        qty[row.goods.id] = qty.get(row.goods.id, Decimal(0)) + row.qty
        weight[row.goods.id] = weight.get(row.goods.id, Decimal(0)) + (Decimal(1) if row.value is None else row.value)
    order = sorted(goods, key=lambda item: -weight[item])
    return [(goods[item], qty[item]) for item in order]


def goods_of_entry(row: EntryRow) -> Goods:
    """What an entry says of its item."""
    return Goods(row.item_id, row.item_code, row.item_name, row.item_name_en, row.unit)
