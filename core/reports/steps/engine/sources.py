"""Where the rows of a report come from: rows already reckoned, as many as there are items; or (`selected`) a statement over
the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any, Protocol

from core.i18n import Text
from core.reports.rules.sums import Sums, with_formulas
from core.reports.steps.engine.making import Making
from core.reports.types import Adding, FilterKind, ReportColumn, ReportFilter, Sort
from core.values import from_micro
from core.words import word

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

    def rows(self, order: Sequence[Sort], limit: int, offset: int = 0) -> Iterator[Row]:
        """Some rows in an order (empty: their own)."""

    def listed(
        self, order: Sequence[Sort], keys: Sequence[str], finish: Callable[[Any], Any]
    ) -> Iterable[tuple[Any, ...]]:
        """All rows as tuples of these columns, each cell put into its form by `finish`; can be read more than once."""

    def place(self, value: Any) -> Any:
        """Where a value stands in an order of rows."""

    def sums(self, by: tuple[str, ...]) -> list[tuple[Keys, Sums]]:
        """The rows added up by columns, as (their values, sums); without columns one row for all."""


def chosen_ids(making: Making, one: ReportFilter) -> frozenset[int]:
    """The ids a filter lets through; empty: all."""
    if one.kind is FilterKind.CATEGORY:
        return making.category_ids
    return making.location_ids if one.kind is FilterKind.LOCATION else making.ids(one.key)


@dataclass(frozen=True)
class Again:
    """Rows that can be read more than once."""

    make: Callable[[], Iterator[Any]]

    def __iter__(self) -> Iterator[Any]:
        return self.make()


class Listed:
    """Rows reckoned by their maker, each a mapping by column; fields beside the columns serve filters and drills.

    `is_stored`: the rows hold quantities in millionths and money in minor units; they become figures when they are shown.
    """

    def __init__(
        self, making: Making, rows: Sequence[Row], columns: Sequence[ReportColumn], *, is_stored: bool = False
    ) -> None:
        self._making, self._columns = making, columns
        self._adding = [column for column in columns if column.adding in (*SUMMED, Adding.SAME)]
        self._formulas = {column.key: column for column in columns if column.formula is not None}
        self._rows: Sequence[Row] = rows
        kinds = {"money": making.money, "qty": from_micro} if is_stored else {}
        self._makers = {column.key: _if_there(kinds[column.kind]) for column in columns if column.kind in kinds}

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

    def rows(self, order: Sequence[Sort], limit: int, offset: int = 0) -> Iterator[Row]:
        """Some rows in an order; what is empty stands last."""
        part = self._ordered(order)[offset : offset + limit]
        if self._makers:
            part = [{**row, **{key: make(row[key]) for key, make in self._makers.items()}} for row in part]
        return iter(self._reckoned(part))

    def listed(
        self, order: Sequence[Sort], keys: Sequence[str], finish: Callable[[Any], Any]
    ) -> Iterable[tuple[Any, ...]]:
        """All rows as tuples of these columns, each cell put into its form by `finish`."""
        ways = [(key, self._makers.get(key)) for key in keys]

        def make() -> Iterator[tuple[Any, ...]]:
            for row in self._reckoned(self._ordered(order)):
                yield tuple([finish(row.get(key) if way is None else way(row[key])) for key, way in ways])

        return Again(make)

    def _reckoned(self, rows: Iterable[Row]) -> Iterable[Row]:
        """Rows with the cells that are reckoned from their others."""
        formulas = tuple(self._formulas.values())
        return (with_formulas(row, formulas) for row in rows) if formulas else rows

    def _ordered(self, order: Sequence[Sort]) -> Sequence[Row]:
        found, language = self._rows, self._making.language
        if any(sort.key in self._formulas for sort in order):
            found = list(self._reckoned(found))
        for sort in reversed(order):
            there = [(_place(value, language), row) for row in found if (value := row.get(sort.key)) is not None]
            there.sort(key=itemgetter(0), reverse=sort.is_descending)
            found = [*(row for _value, row in there), *(row for row in found if row.get(sort.key) is None)]
        return found

    def place(self, value: Any) -> Any:
        """Where a value stands among those of its column."""
        return _place(value, self._making.language)

    def sums(self, by: tuple[str, ...]) -> list[tuple[Keys, Sums]]:
        """The rows added up by columns."""
        groups: dict[Keys, list[Row]] = {} if by else {(): list(self._rows)}
        for row in self._rows if by else ():
            groups.setdefault(tuple([row.get(key) for key in by]), []).append(row)
        found = [(keys, Sums.of(rows, self._adding)) for keys, rows in groups.items()]
        for _keys, sums in found if self._makers else ():
            sums.sums = {
                key: self._makers[key](value) if key in self._makers else value for key, value in sums.sums.items()
            }
        return found


def _if_there(make: Callable[[int], Any]) -> Callable[[int | None], Any]:
    return lambda value: None if value is None else make(value)


def shown_text(value: Any, language: str) -> str:
    """A cell's words as people read them."""
    if isinstance(value, StrEnum):
        return word(value).render(language)
    if isinstance(value, Text):
        return value.render(language)
    return "" if value is None else str(value)


def _place(value: Any, language: str) -> Any:
    """Where a cell stands in an order."""
    return shown_text(value, language) if isinstance(value, Text | str) else value
