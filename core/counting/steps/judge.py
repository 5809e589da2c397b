"""Every counted line of a count beside the book: the difference, its value, whether it is small enough."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from core.counting.rules.tolerance import is_within, tolerance_for
from core.counting.steps.book import Book, Worth, load_books, load_worth
from core.counting.steps.counts import CountFacts, load_tolerances
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.counting import StockCountLine
from db.enums import CountState
from db.stock import Location, Lot


@dataclass(frozen=True, slots=True)
class Judged:
    """A line with its figures; quantities in millionths, amounts in minor units. `line` is the stored row."""

    line: Row[Any]
    book: Book
    difference: int
    value: int
    book_value: int
    is_within: bool
    is_impossible: bool


def judge(uow: UnitOfWork, count: CountFacts) -> list[Judged]:
    """The counted lines of a count in sheet order. Of a posted count the figures are those it was posted with."""
    lines = uow.sql.execute(_counted_lines(count.id)).all()
    if count.state is CountState.POSTED:
        return [_as_posted(line) for line in lines]
    books = load_books(uow, count.id)
    worth = load_worth(uow, {line.item_id for line in lines})
    special = load_tolerances(uow)
    judged = []
    for line in lines:
        book, cost = books[line.id], worth.get(line.item_id, Worth())
        difference = line.counted_qty - book.expected
        value = cost.of(difference)
        tolerance = tolerance_for(line.item_id, line.abc_class, special, count.tolerance)
        within = is_within(book.expected, line.counted_qty, value, tolerance, uow.site.digits)
        impossible = line.counted_qty + book.moved_since < 0 and not line.allow_negative
        judged.append(Judged(line, book, difference, value, cost.of(book.expected), within, impossible))
    return judged


def _counted_lines(count_id: int) -> Any:
    return (
        select(
            table_of(StockCountLine),
            Item.code,
            Item.name,
            Item.name_en,
            Item.base_unit,
            Item.abc_class,
            Location.name.label("location_name"),
            Location.name_en.label("location_name_en"),
            Location.allow_negative,
            Lot.number.label("lot_number"),
        )
        .join(Item, Item.id == StockCountLine.item_id)
        .join(Location, Location.id == StockCountLine.location_id)
        .outerjoin(Lot, Lot.id == StockCountLine.lot_id)
        .where(StockCountLine.count_id == count_id, StockCountLine.counted_qty.is_not(None))
        .order_by(StockCountLine.position)
    )


def _as_posted(line: Row[Any]) -> Judged:
    expected = line.posted_expected or 0
    book = Book(expected)
    difference = line.counted_qty - expected
    return Judged(line, book, difference, line.posted_value or 0, line.book_value or 0, bool(line.is_within), False)


def digest_of(judged: Sequence[Judged]) -> str:
    """Stands for exactly these differences: who approves is asked again when they are others by then."""
    facts = ";".join(f"{one.line.id}:{one.line.counted_qty}:{one.difference}" for one in judged)
    return hashlib.sha256(facts.encode()).hexdigest()[:16]
