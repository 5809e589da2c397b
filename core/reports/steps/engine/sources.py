"""Where the rows of a report come from: rows already reckoned (as many as there are items), or a statement over the ledger
whose rows are as many as its entries and are never all in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.sql.selectable import Subquery

from core.i18n import Text
from core.reports.rules.sums import Sums, with_formulas
from core.reports.steps.engine.making import Making
from core.reports.types import Adding, FilterKind, ReportColumn, ReportFilter, Sort
from core.values import from_micro
from core.words import word
from db.columns import moment
from db.sql import chunks, total

READ_AT_ONCE = 2_000
Row = dict[str, Any]
Keys = tuple[Any, ...]
SUMMED = (Adding.SUM, Adding.QTY)
# The field of a row that a filter looks at.
FIELDS = {
    FilterKind.ITEM: "item_id",
    FilterKind.CATEGORY: "category_id",
    FilterKind.SUPPLIER: "supplier_id",
    FilterKind.LOCATION: "location_id",
    FilterKind.REASON: "reason_code",
}
WORDS = (FilterKind.CHOICE, FilterKind.REASON)


class Source(Protocol):
    """Rows that can be read in any order and added up by columns."""

    def rows(self, order: Sequence[Sort], limit: int | None = None, offset: int = 0) -> Iterator[Row]:
        """The rows in an order (empty: their own)."""

    def place(self, value: Any) -> Any:
        """Where a value stands in an order of rows."""

    def sums(self, by: tuple[str, ...]) -> list[tuple[Keys, Sums]]:
        """The rows added up by columns, as (their values, sums); without columns one row for all."""


def chosen_ids(making: Making, one: ReportFilter) -> frozenset[int]:
    """The ids a filter lets through; empty: all."""
    if one.kind is FilterKind.CATEGORY:
        return making.category_ids
    return making.location_ids if one.kind is FilterKind.LOCATION else making.ids(one.key)


class Listed:
    """Rows reckoned by their maker, each a mapping by column; fields beside the columns serve filters and drills."""

    def __init__(self, making: Making, rows: Sequence[Row], columns: Sequence[ReportColumn]) -> None:
        self._making, self._columns = making, columns
        self._adding = [column for column in columns if column.adding in (*SUMMED, Adding.SAME)]
        formulas = [column for column in columns if column.formula is not None]
        self._rows = [with_formulas(row, formulas) for row in rows] if formulas else list(rows)

    def filtered(self, filters: Sequence[ReportFilter]) -> Listed:
        """Only the rows all filters let through; a filter whose field the rows do not have is the maker's."""
        for one in filters:
            test = self._test(one)
            if test is not None and self._rows:
                self._rows = [row for row in self._rows if test(row)]
        return self

    def _test(self, one: ReportFilter) -> Callable[[Row], bool] | None:
        chosen = self._making.asked.chosen(one.key)
        field = FIELDS.get(one.kind, one.key)
        if not chosen or one.kind is FilterKind.NUMBER:
            return None
        if one.kind is FilterKind.TEXT:
            wanted, language = str(chosen[0]).casefold(), self._making.language
            words = [column.key for column in self._columns if column.kind == "text"]
            return lambda row: any(wanted in shown_text(row.get(key), language).casefold() for key in words)
        if self._rows and field not in self._rows[0]:
            return None
        if one.kind in WORDS:
            return lambda row: row[field] in chosen
        ids = chosen_ids(self._making, one)
        return lambda row: row[field] in ids

    def rows(self, order: Sequence[Sort], limit: int | None = None, offset: int = 0) -> Iterator[Row]:
        """The rows in an order; what is empty stands last."""
        found = self._rows
        for sort in reversed(order):
            language = self._making.language

            def place(row: Row, key: str = sort.key, language: str = language) -> tuple[Any, ...]:
                return _place(row.get(key), language)

            there = sorted(
                (row for row in found if row.get(sort.key) is not None), key=place, reverse=sort.is_descending
            )
            found = [*there, *(row for row in found if row.get(sort.key) is None)]
        return iter(found[offset : None if limit is None else offset + limit])

    def place(self, value: Any) -> Any:
        """Where a value stands among those of its column."""
        return _place(value, self._making.language)

    def sums(self, by: tuple[str, ...]) -> list[tuple[Keys, Sums]]:
        """The rows added up by columns."""
        if not by:
            return [((), Sums.of(self._rows, self._adding))]
        groups: dict[Keys, list[Row]] = {}
        for row in self._rows:
            groups.setdefault(tuple(row.get(key) for key in by), []).append(row)
        return [(keys, Sums.of(rows, self._adding)) for keys, rows in groups.items()]


@dataclass(frozen=True)
class Reading:
    """How the columns of a statement become cells: stored words by column, and a last touch to the row."""

    words: Mapping[str, type[StrEnum]]
    finish: Callable[[Row], None] | None = None


class Selected:
    """The rows of a statement whose columns are labelled like those of the report; quantities in millionths, money in minor
    units. `order` are the labels that give its own order, the last of them unique."""

    def __init__(
        self,
        making: Making,
        statement: Select[Any],
        columns: Sequence[ReportColumn],
        order: Sequence[Sort],
        reading: Reading | None = None,
    ) -> None:
        self._making, self._columns = making, columns
        self._order, self._reading = order, reading or Reading({})
        self._table: Subquery = statement.subquery("listed")
        self._kinds = {column.key: column.kind for column in columns}
        self._formulas = [column for column in columns if column.formula is not None]
        makers = ((key, self._maker(key)) for key in self._table.c.keys())  # noqa: SIM118 - columns by their labels
        self._makers = [(key, make) for key, make in makers if make is not None]
        self._where: list[ColumnElement[bool]] = []
        self._known: dict[tuple[str, ...], list[tuple[Keys, Sums]]] = {}

    def filtered(self, filters: Sequence[ReportFilter]) -> Selected:
        """Only the rows all filters let through."""
        for one in filters:
            test = self._test(one)
            if test is not None:
                self._where.append(test)
        return self

    def _test(self, one: ReportFilter) -> ColumnElement[bool] | None:
        chosen = self._making.asked.chosen(one.key)
        table, field = self._table.c, FIELDS.get(one.kind, one.key)
        if not chosen or one.kind is FilterKind.NUMBER:
            return None
        if one.kind is FilterKind.TEXT:
            words = [column.key for column in self._columns if column.kind == "text" and column.key in table]
            wanted = str(chosen[0])
            return or_(*(table[key].icontains(wanted, autoescape=True) for key in words))
        if field not in table:
            return None
        values = chosen if one.kind in WORDS else sorted(chosen_ids(self._making, one))
        return table[field].in_(values)

    def rows(self, order: Sequence[Sort], limit: int | None = None, offset: int = 0) -> Iterator[Row]:
        """The rows in an order; without a limit they are read as they are taken."""
        if limit is not None:
            yield from self._part(order, limit, offset)
            return
        statement = select(self._table).where(and_(True, *self._where)).order_by(*self._ordering(order))
        found = self._making.uow.sql.execute(statement, execution_options={"yield_per": READ_AT_ONCE})
        try:
            for row in found.mappings():
                yield self._read(row)
        finally:
            found.close()

    def _part(self, order: Sequence[Sort], limit: int, offset: int) -> Iterator[Row]:
        """Some rows. Which ones is found first without their names, so that nothing is joined to rows that are not shown."""
        key = self._table.c[self._order[-1].key]
        wanted = select(key).where(and_(True, *self._where)).order_by(*self._ordering(order))
        ids = list(self._making.uow.sql.execute(wanted.limit(limit).offset(offset)).scalars())
        found: dict[Any, Row] = {}
        for part in chunks(ids):
            for row in self._making.uow.sql.execute(select(self._table).where(key.in_(part))).mappings():
                found[row[key.name]] = self._read(row)
        yield from (found[one] for one in ids)

    def _ordering(self, order: Sequence[Sort]) -> list[Any]:
        given = [*order, *(sort for sort in self._order if sort.key not in {one.key for one in order})]
        wanted = []
        for sort in given:
            column: Any = self._table.c[sort.key]
            if self._kinds.get(sort.key) == "text" and self._making.uow.sql.dialect.name == "postgresql":
                column = column.collate("C")
            is_known = sort in self._order and sort.key != self._making.asked.group
            wanted.append(column.desc() if sort.is_descending else column.asc())
            wanted[-1] = wanted[-1] if is_known else wanted[-1].nulls_last()
        return wanted

    def _read(self, row: Mapping[Any, Any]) -> Row:
        cells: Row = dict(row)
        for key, make in self._makers:
            value = cells[key]
            if value is not None:
                cells[key] = make(value)
        if self._reading.finish is not None:
            self._reading.finish(cells)
        return with_formulas(cells, self._formulas) if self._formulas else cells

    def _maker(self, key: str) -> Callable[[Any], Any] | None:
        """What makes a cell of a column's stored value; None where it is shown as it is stored."""
        kind, words = self._kinds.get(key), self._reading.words.get(key)
        if kind == "money":
            return self._making.money
        if kind in _MADE:
            return _MADE[kind]
        return None if words is None else lambda value: words(value) if value else value

    def _cell(self, key: str, value: Any) -> Any:
        make = None if value is None else self._maker(key)
        return value if make is None else make(value)

    def place(self, value: Any) -> Any:
        """Where a value stands among those of its column: as it is stored."""
        return value.value if isinstance(value, StrEnum) else value

    def sums(self, by: tuple[str, ...]) -> list[tuple[Keys, Sums]]:
        """The rows added up by columns in the database; the same question is asked once."""
        if by not in self._known:
            self._known[by] = self._added(by)
        return self._known[by]

    def _added(self, by: tuple[str, ...]) -> list[tuple[Keys, Sums]]:
        table = self._table.c
        added = [column for column in self._columns if column.adding in SUMMED and column.key in table]
        keys = [table[key] for key in by]
        shares = [func.min(table.unit), func.max(table.unit)] if "unit" in table and self._has_one_item(by) else []
        sums = (total(table[column.key]) for column in added)
        statement = select(*keys, func.count(), *shares, *sums).select_from(self._table)
        rows = self._making.uow.sql.execute(statement.where(and_(True, *self._where)).group_by(*keys))
        return [self._sums(tuple(row), (by, added, len(shares))) for row in rows]

    def _has_one_item(self, by: tuple[str, ...]) -> bool:
        """Whether quantities can be added up: over many items they have no one unit, and looking for it would take long."""
        return "item" in by or len(self._making.ids("item")) == 1

    def _sums(self, row: Keys, how: tuple[tuple[str, ...], list[ReportColumn], int]) -> tuple[Keys, Sums]:
        by, added, shares = how
        keys = tuple(self._cell(key, value) for key, value in zip(by, row, strict=False))
        count, *rest = row[len(by) :]
        sums = Sums(int(count))
        sums.share_unit(*(rest[:2] if shares else (0, 1)))
        for column, value in zip(added, rest[shares:], strict=True):
            sums.sums[column.key] = self._cell(column.key, int(value) if count else None)
        return keys, sums


def _qty(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else from_micro(int(value))


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else moment(int(value))


def _date(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


_MADE: dict[str | None, Callable[[Any], Any]] = {"qty": _qty, "instant": _instant, "date": _date}


def shown_text(value: Any, language: str) -> str:
    """A cell's words as people read them."""
    if isinstance(value, StrEnum):
        return word(value).render(language)
    if isinstance(value, Text):
        return value.render(language)
    return "" if value is None else str(value)


def _place(value: Any, language: str) -> tuple[Any, ...]:
    """Where a cell stands in an order."""
    if isinstance(value, Text | str):
        return (shown_text(value, language),)
    return (value,)
