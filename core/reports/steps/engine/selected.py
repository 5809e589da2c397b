"""Rows of a statement whose rows are as many as the ledger has entries; they are never all in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.sql.selectable import Subquery

from core.documents import Known, StoredBlock, StoredColumn, StoredRows
from core.reports.rules.sums import Sums
from core.reports.steps.engine.exact import exact_label, exact_test
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.narrow import Narrowed
from core.reports.steps.engine.sources import FIELDS, SUMMED, WORDS, Keys, Row, chosen_ids
from core.reports.types import FilterKind, ReportColumn, ReportFilter, Sort
from core.values import from_micro
from db.columns import moment
from db.sql import chunks, total

READ_AT_ONCE = 500
Make = Callable[..., Any]
Test = Callable[[Any], ColumnElement[bool]]


@dataclass(frozen=True)
class Made:
    """A cell made of stored values: their labels in the statement, and how."""

    labels: tuple[str, ...]
    make: Make | None = None


@dataclass(frozen=True)
class Reading:
    """How the columns of a statement become cells: stored words by column, and cells made otherwise than their kind says."""

    words: Mapping[str, type[StrEnum]] = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)


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
        self._order, self._reading = order, reading or Reading()
        self._statement = Narrowed(statement, making.uow.sql.dialect)
        self._kinds = {column.key: column.kind for column in columns}
        self._tests: list[tuple[tuple[str, ...], Test]] = []
        self._known: dict[tuple[str, ...], list[tuple[Keys, Sums]]] = {}

    def filtered(self, filters: Sequence[ReportFilter]) -> Selected:
        """Only the rows all filters let through."""
        for one in filters:
            test = self._test(one)
            if test is not None:
                self._tests.append(test)
        return self

    def _test(self, one: ReportFilter) -> tuple[tuple[str, ...], Test] | None:
        chosen, labels = self._making.asked.chosen(one.key), self._statement.columns
        name = FIELDS.get(one.kind, one.key)
        if not chosen or one.kind is FilterKind.NUMBER:
            return None
        if one.kind is FilterKind.TEXT:
            words = tuple(column.key for column in self._columns if column.kind == "text" and column.key in labels)
            wanted = str(chosen[0])
            return words, lambda table: or_(*(table[key].icontains(wanted, autoescape=True) for key in words))
        if one.kind is FilterKind.EXACT:
            label = exact_label(one.key)
            return ((label,), exact_test(labels[label], label, chosen)) if label in labels else None
        if name not in labels:
            return None
        values = chosen if one.kind in WORDS else sorted(chosen_ids(self._making, one))
        return (name,), lambda table: table[name].in_(values)

    def _listed(self, labels: Iterable[str]) -> tuple[Subquery, list[ColumnElement[bool]]]:
        """The statement with these columns only, and what the filters ask of it."""
        asked = [label for needed, _test in self._tests for label in needed]
        table = self._statement.select([*labels, *asked, self._order[-1].key]).subquery("listed")
        return table, [test(table.c) for _needed, test in self._tests]

    def rows(self, order: Sequence[Sort], limit: int, offset: int = 0) -> Iterator[Row]:
        """Some rows in an order. Which ones is found first without their names, so that nothing is joined to rows that are
        not shown."""
        key = self._order[-1].key
        given = self._given(order)
        table, tests = self._listed([key, *(sort.key for sort in given)])
        among, skipped = self._among(table, given[0], limit, offset)
        wanted = select(table.c[key]).where(*tests, *among).order_by(*self._ordering(table, given))
        offset -= skipped
        ids = list(self._making.uow.sql.execute(wanted.limit(limit).offset(offset)).scalars())
        fields = self._fields()
        table, _tests = self._listed(self._statement.columns)
        labels = [column.key for column in table.c]
        found: dict[Any, Row] = {}
        for part in chunks(ids):
            for row in self._making.uow.sql.execute(select(table).where(table.c[key].in_(part))):
                stored = dict(zip(labels, row, strict=True))
                found[stored[key]] = {name: _cell(made, stored) for name, made in fields.items()}
        yield from (found[one] for one in ids)

    def _among(self, table: Subquery, first: Sort, limit: int, offset: int) -> tuple[list[ColumnElement[bool]], int]:
        """Where the rows are added up by what they stand by first: the few groups that some rows lie in, and how many rows
        stand before these."""
        picked, before, at = [], 0, 0
        known = self._known.get((first.key,), [])
        for (value,), sums in sorted(known, key=lambda one: str(one[0][0]), reverse=first.is_descending):
            if not isinstance(value, str):
                return [], 0
            if at >= offset + limit:
                break
            if at + sums.count > offset:
                picked.append(self.place(value))
            else:
                before += sums.count
            at += sums.count
        return ([table.c[first.key].in_(picked)], before) if picked else ([], 0)

    def listed(self, order: Sequence[Sort], keys: Sequence[str], finish: Callable[[Any], Any]) -> StoredRows:
        """All rows as tuples of these columns, each cell put into its form by `finish`; read as they are taken."""
        fields = self._fields()
        without = Made((), lambda: None)
        return self.stored([_finished(fields.get(key, without), finish) for key in keys], order)

    def stored(self, cells: Sequence[Made], order: Sequence[Sort] = ()) -> StoredRows:
        """All rows as tuples of cells made of stored values; read as they are taken."""
        labels = list(dict.fromkeys(label for made in cells for label in made.labels))
        places = {label: place for place, label in enumerate(labels)}
        columns = tuple(StoredColumn(tuple(places[label] for label in made.labels), made.make) for made in cells)
        return StoredRows(lambda: self._blocks(labels, order), columns)

    def made(self, key: str) -> Made:
        """How a column's cell is made."""
        return self._fields()[key]

    def _blocks(self, labels: Sequence[str], order: Sequence[Sort]) -> Iterator[StoredBlock]:
        given = self._given(order)
        table, tests = self._listed([*labels, *(sort.key for sort in given)])
        statement = select(*(table.c[label] for label in labels)) if labels else select(table)
        found = self._making.uow.sql.execute(
            statement.where(*tests).order_by(*self._ordering(table, given)),
            execution_options={"yield_per": READ_AT_ONCE},
        )
        try:
            yield from found.partitions()
        finally:
            found.close()

    def _given(self, order: Sequence[Sort]) -> list[Sort]:
        """The order asked for, then the rows' own."""
        return [*order, *(sort for sort in self._order if sort.key not in {one.key for one in order})]

    def _ordering(self, table: Subquery, given: Sequence[Sort]) -> list[Any]:
        wanted = []
        for sort in given:
            column: Any = table.c[sort.key]
            if self._kinds.get(sort.key) == "text" and self._making.uow.sql.dialect.name == "postgresql":
                column = column.collate("C")
            is_known = sort in self._order and sort.key != self._making.asked.group
            wanted.append(column.desc() if sort.is_descending else column.asc())
            wanted[-1] = wanted[-1] if is_known else wanted[-1].nulls_last()
        return wanted

    def _fields(self) -> dict[str, Made]:
        """How every cell is made: of its own stored value, as its kind says, unless it is made otherwise."""
        own = {label: Made((label,), self._maker(label)) for label in self._statement.columns}
        return {**own, **self._reading.made}

    def _maker(self, key: str) -> Make | None:
        """What makes a cell of a column's stored value; None where it is shown as it is stored."""
        read, kind, words = self._statement.readers.get(key), self._kinds.get(key), self._reading.words.get(key)
        if kind == "money":
            return _after(read, self._making.money)
        if kind in _MADE:
            return _after(read, _MADE[kind])
        return read if words is None else _after(read, lambda value: words(value) if value else value)

    def place(self, value: Any) -> Any:
        """Where a value stands among those of its column: as it is stored."""
        return value.value if isinstance(value, StrEnum) else value

    def sums(self, by: tuple[str, ...]) -> list[tuple[Keys, Sums]]:
        """The rows added up by columns in the database; the same question is asked once."""
        if by not in self._known:
            self._known[by] = self._added(by)
        return self._known[by]

    def _added(self, by: tuple[str, ...]) -> list[tuple[Keys, Sums]]:
        labels = self._statement.columns
        added = [column.key for column in self._columns if column.adding in SUMMED and column.key in labels]
        has_unit = "unit" in labels and self._has_one_item(by)
        table, tests = self._listed([*by, *added, *(["unit"] if has_unit else [])])
        keys = [table.c[key] for key in by]
        shares = [func.min(table.c.unit), func.max(table.c.unit)] if has_unit else []
        sums = (total(table.c[key]) for key in added)
        statement = select(*keys, func.count(), *shares, *sums).select_from(table).where(*tests).group_by(*keys)
        return self._summed(self._making.uow.sql.execute(statement).all(), by, added, has_unit)

    def _summed(self, rows: Iterable[Any], by: Keys, added: Sequence[str], has_unit: bool) -> list[tuple[Keys, Sums]]:
        makers = [self._maker(key) or _same for key in by]
        amounts = [(key, Known(self._maker(key) or _same)) for key in added]
        first = len(by) + 1 + 2 * has_unit
        found = []
        for row in rows:
            count = int(row[len(by)])
            sums = Sums(count)
            sums.share_unit(*((row[first - 2], row[first - 1]) if has_unit else (0, 1)))
            if count:
                sums.sums = {key: made[value] for (key, made), value in zip(amounts, row[first:], strict=True)}
            keys = tuple([value if value is None else make(value) for make, value in zip(makers, row, strict=False)])
            found.append((keys, sums))
        return found

    def _has_one_item(self, by: tuple[str, ...]) -> bool:
        """Whether quantities can be added up: over many items they have no one unit, and looking for it would take long."""
        return "item" in by or len(self._making.ids("item")) == 1


def _same(value: Any) -> Any:
    return value


def _after(read: Make | None, make: Make) -> Make:
    return make if read is None else lambda value: make(read(value))


def _cell(made: Made, stored: Row) -> Any:
    values = [stored[label] for label in made.labels]
    if len(values) == 1 and values[0] is None:
        return None
    return values[0] if made.make is None else made.make(*values)


def _finished(made: Made, finish: Callable[[Any], Any]) -> Made:
    """The same cell put into its form."""
    make = made.make or _same
    return Made(made.labels, lambda *values: finish(make(*values)))


def _qty(value: Any) -> Any:
    return from_micro(value) if isinstance(value, int) else value


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else moment(int(value))


def _date(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


_MADE: dict[str | None, Make] = {"qty": _qty, "instant": _instant, "date": _date}
