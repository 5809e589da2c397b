"""Where the fields of a pivot stand: put into a well, moved, taken out - pure changes of what is asked, and their history."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from core.reports import PivotAsked, PivotFilter, PivotTable

MOST_FIELDS = 6
TIMES = ("day", "week", "month", "quarter", "year", "weekday", "hour", "due")
"""Fields whose values follow one another in time."""


class Well(StrEnum):
    """Where a field can stand."""

    ROWS = "rows"
    COLUMNS = "columns"
    VALUES = "values"
    FILTERS = "filters"


def is_measure(table: PivotTable, key: str) -> bool:
    """Whether a field is a figure; the others are what figures are told apart by."""
    return any(one.key == key for one in table.measures)


def fields_in(asked: PivotAsked, well: Well) -> tuple[str, ...]:
    """The fields that stand in a well, in order. What is filtered and stands down or across is not shown twice."""
    if well is Well.ROWS:
        return asked.rows
    if well is Well.COLUMNS:
        return asked.columns
    if well is Well.VALUES:
        return asked.measures
    return tuple(one.field for one in asked.filters if one.field not in (*asked.rows, *asked.columns))


def well_of(asked: PivotAsked, key: str, *, is_figure: bool) -> Well | None:
    """Where a field stands; None where it does not."""
    wells = (Well.VALUES,) if is_figure else (Well.ROWS, Well.COLUMNS, Well.FILTERS)
    return next((well for well in wells if key in fields_in(asked, well)), None)


def can_stand(table: PivotTable, key: str, well: Well) -> bool:
    """Figures stand among the values, everything else down, across or among the filters."""
    return is_measure(table, key) == (well is Well.VALUES)


def placed(asked: PivotAsked, key: str, well: Well, at: int = -1) -> PivotAsked:
    """The field put into a well at a place (-1: last), taken from where it stood; its filter stays."""
    if well is Well.VALUES:
        return _tidy(replace(asked, measures=_inserted(asked.measures, key, at)))
    rows, columns = (tuple(one for one in some if one != key) for some in (asked.rows, asked.columns))
    if well is Well.ROWS:
        return _tidy(replace(asked, rows=_inserted(asked.rows, key, at), columns=columns))
    if well is Well.COLUMNS:
        return _tidy(replace(asked, rows=rows, columns=_inserted(asked.columns, key, at)))
    known = any(one.field == key for one in asked.filters)
    filters = asked.filters if known else (*asked.filters, PivotFilter(key, (), is_without=True))
    return _tidy(replace(asked, rows=rows, columns=columns, filters=filters))


def taken_out(asked: PivotAsked, key: str, *, is_figure: bool) -> PivotAsked:
    """Without the field, and without its filter."""
    if is_figure:
        return _tidy(replace(asked, measures=tuple(one for one in asked.measures if one != key)))
    return _tidy(
        replace(
            asked,
            rows=tuple(one for one in asked.rows if one != key),
            columns=tuple(one for one in asked.columns if one != key),
            filters=tuple(one for one in asked.filters if one.field != key),
        )
    )


def filtered(asked: PivotAsked, wanted: PivotFilter) -> PivotAsked:
    """With this filter in the place of the one the field had."""
    if any(one.field == wanted.field for one in asked.filters):
        return replace(asked, filters=tuple(wanted if one.field == wanted.field else one for one in asked.filters))
    return replace(asked, filters=(*asked.filters, wanted))


def filter_of(asked: PivotAsked, key: str) -> PivotFilter | None:
    """What a field is limited to; None where nothing is."""
    return next((one for one in asked.filters if one.field == key and one.keys), None)


def turned(asked: PivotAsked) -> PivotAsked:
    """Down and across changed about."""
    return _tidy(replace(asked, rows=asked.columns, columns=asked.rows))


def to_ask(asked: PivotAsked) -> PivotAsked:
    """The same without filters that limit nothing."""
    return replace(asked, filters=tuple(one for one in asked.filters if one.keys))


def _inserted(fields: tuple[str, ...], key: str, at: int) -> tuple[str, ...]:
    before = fields.index(key) if key in fields else len(fields)
    found = [one for one in fields if one != key]
    place = len(found) if at < 0 else at - 1 if at > before else at
    found.insert(min(place, len(found)), key)
    return tuple(found)


def _tidy(asked: PivotAsked) -> PivotAsked:
    """An order by a figure or a column that is gone is none."""
    sort = asked.sort
    if sort is not None and sort.measure not in asked.measures:
        return replace(asked, sort=None)
    if sort is not None and len(sort.column) not in (0, len(asked.columns)):
        return replace(asked, sort=replace(sort, column=()))
    return asked


class History:
    """What was asked before, so that a drag can be undone and done again."""

    def __init__(self) -> None:
        self._before: list[PivotAsked] = []
        self._after: list[PivotAsked] = []

    def keep(self, asked: PivotAsked) -> None:
        """This was asked until now."""
        self._before.append(asked)
        self._after.clear()

    def clear(self) -> None:
        """Begin anew."""
        self._before.clear()
        self._after.clear()

    def undo(self, now: PivotAsked) -> PivotAsked | None:
        """What was asked before; None where nothing was."""
        if not self._before:
            return None
        self._after.append(now)
        return self._before.pop()

    def redo(self, now: PivotAsked) -> PivotAsked | None:
        """What was undone last; None where nothing was."""
        if not self._after:
            return None
        self._before.append(now)
        return self._after.pop()
