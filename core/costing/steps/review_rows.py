"""The lines of a review from what was there and what happened; names are read once for several reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.costing.rules import COLUMNS, Sums, closing_of, roll_up
from core.costing.steps import sums
from core.costing.types import BranchRow, CountRow, Review, ReviewRow, WasteRow
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.stock import WasteReason

_ITEMS = Prepared(
    select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, Item.category_id).order_by(Item.code)
)
_REASONS = Prepared(select(WasteReason.code, WasteReason.name, WasteReason.name_en, WasteReason.report_group))
_WASTE, _COUNT = str(K.WASTE), str(K.COUNT)
_NONE = (0,) * (len(COLUMNS) - 2)
Stock = Mapping[int, tuple[int, int]]
Span = tuple[datetime, datetime]
NOTHING = (0, 0)


class Openings:
    """What was there when a period began: quantity and value by item; or, after a period just made, its lines at their
    closing. The line of goods that lay still in both periods is the same."""

    def __init__(self, stock: Stock | None = None, before: Review | None = None, moved: Collection[int] = ()) -> None:
        self._stock = stock or {}
        self._rows = {row.key: row for row in before.items} if before else {}
        self._moved = moved

    def of(self, key: int) -> tuple[int, int]:
        """Quantity (millionths) and value (minor units) of an item."""
        row = self._rows.get(key)
        return self._stock.get(key, NOTHING) if row is None else (row.micros[-1], row.minors[-1])

    def still(self, key: int) -> ReviewRow | None:
        """The line to take again for an item in which nothing happens, if it is the same."""
        return None if key in self._moved else self._rows.get(key)


class ReviewMaker:
    """Makes reviews of several periods; names, units and categories are read once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._items: list[Any] = _ITEMS.rows(uow.sql)
        self._categories = sums.category_facts(uow)
        self._units = sums.unit_names(uow)

    def make(
        self,
        span: Span,
        openings: Openings,
        moves: Mapping[int, Sums],
        losses: tuple[tuple[WasteRow, ...], tuple[CountRow, ...]],
    ) -> Review:
        """One review: `moves` are the columns between opening and closing by item, `losses` waste by reason and count
        differences by item."""
        uow = self._uow
        own: dict[int, Sums] = {}
        rows = tuple(self._rows(openings, moves, own))
        whole = Sums()
        for one in own.values():
            whole.take_in(one)
        return Review(
            start=span[0],
            end=span[1],
            items=rows,
            categories=self._own_rows(own),
            tree=self._tree_rows(own),
            total=self._row(whole, 0, ("", "", "", ""), 0),
            waste=losses[0],
            counts=losses[1],
            stock_minor=sums.stock_minor_at(uow, span[1]),
            units=self._units,
        )

    def losses(self, lines: Iterable[Any]) -> tuple[tuple[WasteRow, ...], tuple[CountRow, ...]]:
        """Waste by reason and count differences by item, from lines as `month_lines` reads them."""
        wasted: dict[str, list[int]] = {}
        counted: dict[int, list[int]] = {}
        for line in lines:
            if line.kind == _WASTE:
                _add(wasted.setdefault(line.reason, [0, 0]), (line.entries, -(line.value + line.settled)))
            elif line.kind == _COUNT and line.differing:
                worth = line.value + line.settled
                _add(counted.setdefault(line.item_id, [0, 0, 0]), (line.qty, line.gain, line.gain - worth))
        return self._waste(wasted), self._counts(counted)

    def _waste(self, wasted: Mapping[str, Sequence[int]]) -> tuple[WasteRow, ...]:
        reasons = {row.code: row for row in _REASONS.rows(self._uow.sql)} if wasted else {}
        found = []
        for reason in sorted(wasted, key=lambda reason: (-wasted[reason][1], reason)):
            known, (entries, amount) = reasons.get(reason), wasted[reason]
            name, name_en, group = (known.name, known.name_en, known.report_group) if known else (reason, reason, "")
            found.append(WasteRow(reason, name, name_en, group, entries, self._uow.money(amount)))
        return tuple(found)

    def _counts(self, counted: Mapping[int, Sequence[int]]) -> tuple[CountRow, ...]:
        money = self._uow.money
        found = [
            CountRow(
                row.id,
                row.code,
                row.name,
                row.name_en,
                row.base_unit,
                from_micro(counted[row.id][0]),
                money(counted[row.id][1]),
                money(counted[row.id][2]),
            )
            for row in self._items
            if row.id in counted
        ]
        return tuple(sorted(found, key=lambda row: (-(abs(row.gain) + abs(row.loss)), row.code)))

    def _rows(self, openings: Openings, moves: Mapping[int, Sums], own: dict[int, Sums]) -> Iterator[ReviewRow]:
        """The lines by code; what they add up to by category is put into `own`."""
        paths: dict[int | None, str] = {key: facts.path for key, facts in self._categories.items()}
        paths[None] = ""
        digits = self._uow.site.digits
        for key, code, name, name_en, unit, category_id in self._items:
            moved = moves.get(key)
            row = openings.still(key) if moved is None else None
            if row is None:
                opening = openings.of(key)
                if moved is None and opening == NOTHING:
                    continue
                micros, minors = _columns(*opening, moved)
                row = ReviewRow(
                    key, code, name, name_en, paths[category_id], category_id or 0, unit, micros, minors,
                    moved.variance if moved else 0, digits,
                )  # fmt: skip
            _take_in(own, row, moved is None)
            yield row

    def _own_rows(self, own: Mapping[int, Sums]) -> tuple[ReviewRow, ...]:
        paths = {key: self._categories[key].path if key else "" for key in own}
        return tuple(
            self._row(own[key], key, ("", paths[key], self._name_en(key), paths[key]), key)
            for key in sorted(own, key=lambda key: paths[key])
        )

    def _tree_rows(self, own: Mapping[int, Sums]) -> tuple[BranchRow, ...]:
        parents = {key: facts.parent_id for key, facts in self._categories.items()}
        found = []
        for branch in roll_up(own, parents, list(self._categories)):
            key = branch.key
            path, name = (self._categories[key].path, self._categories[key].name) if key else ("", "")
            row = self._row(branch.sums, key, ("", name, self._name_en(key), path), key)
            found.append(BranchRow(row, branch.depth, branch.has_children))
        return tuple(found)

    def _name_en(self, key: int) -> str:
        return str(self._categories[key].name_en) if key else ""

    def _row(self, one: Sums, key: int, names: tuple[str, str, str, str], category_id: int) -> ReviewRow:
        unit, digits = one.unit or "", self._uow.site.digits
        return ReviewRow(key, *names, category_id, unit, tuple(one.qty), tuple(one.value), one.variance, digits)


def _columns(qty: int, value: int, moved: Sums | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Quantities and values in the order of COLUMNS, the closing as what they add up to."""
    if moved is None:
        return (qty, *_NONE, qty), (value, *_NONE, value)
    moved.qty[0], moved.value[0] = qty, value
    moved.qty[-1], moved.value[-1] = closing_of(moved.qty), closing_of(moved.value)
    return tuple(moved.qty), tuple(moved.value)


def _take_in(own: dict[int, Sums], row: ReviewRow, is_still: bool) -> None:
    """Add a line to its category's sums; of goods that lay still only opening and closing count."""
    one = own.get(row.category_id)
    if one is None:
        one = own[row.category_id] = Sums()
    one.unit = row.unit if one.unit in (None, row.unit) else ""
    if is_still:
        qty, value = row.micros[0], row.minors[0]
        one.qty[0] += qty
        one.qty[-1] += qty
        one.value[0] += value
        one.value[-1] += value
        return
    _add(one.qty, row.micros)
    _add(one.value, row.minors)
    one.variance += row.variance_minor


def _add(run: list[int], parts: Iterable[int]) -> None:
    for place, part in enumerate(parts):
        run[place] += part
