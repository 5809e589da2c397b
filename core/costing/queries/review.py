"""The review of a period: opening + receipts - closing = usage, by item and category, from two sums over the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import add
from typing import Any

from sqlalchemy import case, func, select

from core import stock
from core.costing.rules import COLUMNS, SIGNS, closing_of, column_of, kinds_of
from core.costing.types import CountRow, Review, ReviewRow, WasteRow
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.stock import EntryRow, LedgerFilter
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Category, Item
from db.columns import micros
from db.enums import Permission
from db.enums import PostingKind as K
from db.sql import total
from db.stock import StockEntry, WasteReason

WIDTH = len(COLUMNS)
_PLACE = {column: place for place, column in enumerate(COLUMNS)}
_USAGE, _CLOSING = _PLACE["usage"], _PLACE["closing"]


class _Sums:
    """Whole numbers of one line while they are added up, in the order of COLUMNS."""

    __slots__ = ("qty", "unit", "value", "variance")

    def __init__(self) -> None:
        self.qty = [0] * WIDTH
        self.value = [0] * WIDTH
        self.variance = 0
        self.unit: str | None = None

    def take_in(self, other: _Sums) -> None:
        """Add another line; quantities in different units have no unit together."""
        self.qty = list(map(add, self.qty, other.qty))
        self.value = list(map(add, self.value, other.value))
        self.variance += other.variance
        self.unit = other.unit if self.unit in (None, other.unit) else ""


@query(Permission.COST_VIEW)
def get_review(uow: UnitOfWork, *, start: datetime, end: datetime) -> Review:
    """Review of a period.

    From the first to the last moment, both included; every line adds up to the ledger. Raises InvalidInput when the
    period ends before it starts.
    """
    if end < start:
        raise InvalidInput(_("The period ends before it starts."), field="end")
    sums = _sums_by_item(uow, start, end)
    rows: list[ReviewRow] = []
    by_category: dict[tuple[int, str, str], _Sums] = defaultdict(_Sums)
    for facts in _items(uow):
        if facts.id not in sums:
            continue
        one = sums[facts.id]
        one.unit = facts.base_unit
        rows.append(_row(uow, one, facts.id, (facts.code, facts.name, facts.name_en, facts.path or "")))
        branch = (facts.category_id or 0, facts.path or "", facts.category_en or "")
        by_category[branch].take_in(one)
    whole = _Sums()
    for one in by_category.values():
        whole.take_in(one)
    categories = [
        _row(uow, one, key, ("", path, name_en, path))
        for (key, path, name_en), one in sorted(by_category.items(), key=lambda c: c[0][1])
    ]
    return Review(
        start=start,
        end=end,
        items=tuple(rows),
        categories=tuple(categories),
        total=_row(uow, whole, 0, ("", "", "", "")),
        waste=_waste(uow, start, end),
        counts=_counts(uow, start, end),
    )


@query(Permission.COST_VIEW)
def list_review_entries(
    uow: UnitOfWork, *, start: datetime, end: datetime, column: str, item_ids: tuple[int, ...] = (), limit: int = 5000
) -> list[EntryRow]:
    """The entries behind a figure of the review: their values sum to it, with the sign of the column."""
    if column in ("opening", "closing"):
        before = start - timedelta(microseconds=1) if column == "opening" else end
        wanted = LedgerFilter(end=before, item_ids=item_ids)
    else:
        wanted = LedgerFilter(start=start, end=end, item_ids=item_ids, kinds=tuple(sorted(kinds_of(column))))
    return stock.list_ledger(uow, wanted=wanted, limit=limit)


def _sums_by_item(uow: UnitOfWork, start: datetime, end: datetime) -> dict[int, _Sums]:
    found: dict[int, _Sums] = {}
    before = start - timedelta(microseconds=1)
    for item_id, (qty, value) in stock.value_sums(uow, as_of=before).items():
        if qty or value:
            one = found[item_id] = _Sums()
            one.qty[0], one.value[0] = qty, value
    rows = uow.sql.execute(
        select(
            StockEntry.item_id,
            StockEntry.kind,
            total(StockEntry.qty),
            total(StockEntry.value),
            total(StockEntry.settled),
            total(StockEntry.variance),
        )
        .where(StockEntry.at >= micros(start), StockEntry.at <= micros(end), StockEntry.kind != K.TRANSFER)
        .group_by(StockEntry.item_id, StockEntry.kind)
    )
    for item_id, kind, qty, value, settled, variance in rows.all():
        column = column_of(K(kind)) or "adjustments"
        place, sign = _PLACE[column], SIGNS[column]
        one = found.setdefault(item_id, _Sums())
        one.qty[place] += sign * qty
        one.value[place] += sign * (value + settled)
        one.value[_USAGE] += settled
        one.variance += variance
    for one in found.values():
        one.qty[_CLOSING], one.value[_CLOSING] = closing_of(one.qty), closing_of(one.value)
    return found


def _items(uow: UnitOfWork) -> Iterable[Any]:
    return uow.sql.execute(
        select(
            Item.id,
            Item.code,
            Item.name,
            Item.name_en,
            Item.base_unit,
            Item.category_id,
            Category.path,
            Category.name_en.label("category_en"),
        )
        .outerjoin(Category, Category.id == Item.category_id)
        .order_by(Item.code)
    ).all()


def _row(uow: UnitOfWork, one: _Sums, key: int, names: tuple[str, str, str, str]) -> ReviewRow:
    return ReviewRow(key, *names, one.unit or "", tuple(one.qty), tuple(one.value), one.variance, uow.site.digits)


def _waste(uow: UnitOfWork, start: datetime, end: datetime) -> tuple[WasteRow, ...]:
    spent = -(total(StockEntry.value) + total(StockEntry.settled))
    rows = uow.sql.execute(
        select(
            StockEntry.reason,
            WasteReason.name,
            WasteReason.name_en,
            WasteReason.report_group,
            func.count(),
            spent.label("spent"),
        )
        .outerjoin(WasteReason, WasteReason.code == StockEntry.reason)
        .where(StockEntry.kind == K.WASTE, StockEntry.at >= micros(start), StockEntry.at <= micros(end))
        .group_by(StockEntry.reason, WasteReason.name, WasteReason.name_en, WasteReason.report_group)
        .order_by(spent.desc())
    )
    return tuple(
        WasteRow(row[0], row[1] or row[0], row[2] or row[0], row[3] or "", row[4], uow.money(row[5])) for row in rows
    )


def _counts(uow: UnitOfWork, start: datetime, end: datetime) -> tuple[CountRow, ...]:
    gain = total(case((StockEntry.value > 0, StockEntry.value), else_=0))
    loss = total(case((StockEntry.value < 0, -StockEntry.value), else_=0))
    rows = uow.sql.execute(
        select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, total(StockEntry.qty), gain, loss)
        .join(Item, Item.id == StockEntry.item_id)
        .where(
            StockEntry.kind == K.COUNT,
            StockEntry.qty != 0,
            StockEntry.at >= micros(start),
            StockEntry.at <= micros(end),
        )
        .group_by(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit)
    )
    found = [
        CountRow(row[0], row[1], row[2], row[3], row[4], from_micro(row[5]), uow.money(row[6]), uow.money(row[7]))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: (-(row.gain + row.loss), row.code)))
