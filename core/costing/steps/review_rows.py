"""The lines of a review from what was there and what happened; names are read once for several periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from sqlalchemy import or_, select

from core import stock
from core.costing.rules import Sums, closing_of
from core.costing.steps import sums
from core.costing.steps.month_lines import moves_of, period_lines
from core.costing.steps.reviews import STILL, Material
from core.costing.types import CountRow, ReviewRow, WasteRow
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item
from db.columns import micros
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.stock import StockEntry, WasteReason

_FACTS = select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, Item.category_id).order_by(Item.code)
_ITEMS = Prepared(_FACTS)
_REASONS = Prepared(select(WasteReason.code, WasteReason.name, WasteReason.name_en, WasteReason.report_group))
_WASTE, _COUNT = str(K.WASTE), str(K.COUNT)
Stock = Mapping[int, tuple[int, int]]
Span = tuple[datetime, datetime]
NOTHING = (0, 0)


class Openings:
    """What was there when a period began: quantity and value by item, and the lines of goods that lay still in the period
    just before: they are the same in this one for what lies still again."""

    def __init__(self, there: Stock, still: Mapping[int, ReviewRow] | None = None) -> None:
        self.stock = there
        self.still = still or {}

    @classmethod
    def at(cls, uow: UnitOfWork, start: datetime) -> Openings:
        """From the ledger, or from the nearest closing."""
        return cls(stock.value_sums(uow, as_of=sums.just_before(start)))

    @classmethod
    def after(cls, rows: Iterable[ReviewRow]) -> Openings:
        """What lines have in their closing."""
        return cls({row.key: (row.micros[-1], row.minors[-1]) for row in rows})

    @classmethod
    def with_still(cls, rows: Iterable[ReviewRow], moved: Mapping[int, Sums]) -> Openings:
        """The same; the lines of goods that did not move stand for the next period too."""
        found: dict[int, tuple[int, int]] = {}
        still: dict[int, ReviewRow] = {}
        for row in rows:
            if row.key in moved:
                found[row.key] = row.micros[-1], row.minors[-1]
            else:
                still[row.key] = row
        return cls(found, still)

    def of(self, key: int) -> tuple[int, int]:
        """Quantity (millionths) and value (minor units) of an item."""
        row = self.still.get(key)
        return self.stock.get(key, NOTHING) if row is None else (row.micros[-1], row.minors[-1])


class ReviewMaker:
    """Makes the material of reviews of several periods with the names and categories of today, read once. With
    `moved_in` only the items that moved in these periods."""

    def __init__(self, uow: UnitOfWork, moved_in: Sequence[Span] = ()) -> None:
        self._uow, self._moved_in = uow, moved_in

    @cached_property
    def _items(self) -> list[Any]:
        return _moved_items(self._uow, self._moved_in) if self._moved_in else _ITEMS.rows(self._uow.sql)

    @cached_property
    def _categories(self) -> dict[int, Any]:
        return sums.category_facts(self._uow)

    @cached_property
    def _units(self) -> dict[str, tuple[str, str]]:
        return sums.unit_names(self._uow)

    def make(self, end: datetime, openings: Openings, moves: Mapping[int, Sums], lines: Iterable[Any]) -> Material:
        """A period: `lines` are what happened in it (`period_lines`), `moves` the same as columns by item."""
        wasted, counted = _losses(lines)
        return Material(
            rows=self._rows(openings, moves),
            categories=self._categories,
            waste=self._waste(wasted),
            counts=self._counts(counted),
            stock_minor=sums.stock_minor_at(self._uow, end),
            units=self._units,
        )

    def _rows(self, openings: Openings, moves: Mapping[int, Sums]) -> tuple[ReviewRow, ...]:
        """The lines by code."""
        paths: dict[int | None, str] = {key: facts.path for key, facts in self._categories.items()}
        paths[None] = ""
        digits, there, still = self._uow.site.digits, openings.stock, openings.still
        made = partial(tuple.__new__, ReviewRow)  # half of the time of making each by its names
        found: list[ReviewRow] = []
        for key, code, name, name_en, unit, category_id in self._items:
            moved, as_before = moves.get(key), still.get(key)
            if moved is not None:
                columns = _columns(openings.of(key), moved)
            elif as_before is not None:
                found.append(as_before)
                continue
            else:
                qty, value = there.get(key, NOTHING)
                if not (qty or value):
                    continue
                columns = (qty, *STILL, qty), (value, *STILL, value), 0
            path = paths[category_id]
            found.append(made((key, code, name, name_en, path, category_id or 0, unit, *columns, digits)))
        return tuple(found)

    def _waste(self, wasted: Mapping[str, Sequence[int]]) -> tuple[WasteRow, ...]:
        """Waste by reason, the largest amount first."""
        reasons = {row.code: row for row in _REASONS.rows(self._uow.sql)} if wasted else {}
        found = []
        for reason in sorted(wasted, key=lambda reason: (-wasted[reason][1], reason)):
            known, (entries, amount) = reasons.get(reason), wasted[reason]
            name, name_en, group = (known.name, known.name_en, known.report_group) if known else (reason, reason, "")
            found.append(WasteRow(reason, name, name_en, group, entries, self._uow.money(amount)))
        return tuple(found)

    def _counts(self, counted: Mapping[int, Sequence[int]]) -> tuple[CountRow, ...]:
        """Count differences by item, the largest first."""
        money = self._uow.money
        found = [
            CountRow(
                row.id, row.code, row.name, row.name_en, row.base_unit, from_micro(counted[row.id][0]),
                money(counted[row.id][1]), money(counted[row.id][2]),
            )
            for row in self._items
            if row.id in counted
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda row: (-(abs(row.gain) + abs(row.loss)), row.code)))


def from_ledger(uow: UnitOfWork, start: datetime, end: datetime) -> Material:
    """The material of a period from the ledger, with names and categories of today."""
    lines = period_lines(uow, start, end)
    return ReviewMaker(uow).make(end, Openings.at(uow, start), moves_of(lines), lines)


def _moved_items(uow: UnitOfWork, spans: Sequence[Span]) -> list[Any]:
    """The items of which anything happened in these periods, by code."""
    inside = or_(*(StockEntry.at.between(micros(start), micros(end)) for start, end in spans))
    return list(uow.sql.execute(_FACTS.where(Item.id.in_(select(StockEntry.item_id).where(inside)))))


def _losses(lines: Iterable[Any]) -> tuple[dict[str, list[int]], dict[int, list[int]]]:
    """Entries and amount of waste by reason; quantity, gain and loss of counts by item, in millionths and minor units."""
    wasted: dict[str, list[int]] = {}
    counted: dict[int, list[int]] = {}
    for line in lines:
        if line.kind == _WASTE:
            _add(wasted.setdefault(line.reason, [0, 0]), (line.entries, -(line.value + line.settled)))
        elif line.kind == _COUNT and line.differing:
            worth = line.value + line.settled
            _add(counted.setdefault(line.item_id, [0, 0, 0]), (line.qty, line.gain, line.gain - worth))
    return wasted, counted


def _columns(opening: tuple[int, int], moved: Sums) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Quantities and values in the order of COLUMNS, the closing as what they add up to, and the variance."""
    moved.qty[0], moved.value[0] = opening
    moved.qty[-1], moved.value[-1] = closing_of(moved.qty), closing_of(moved.value)
    return tuple(moved.qty), tuple(moved.value), moved.variance


def _add(run: list[int], parts: Iterable[int]) -> None:
    for place, part in enumerate(parts):
        run[place] += part
