"""A pivot as it crosses the door: what can be asked of the prepared tables, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from core.i18n import Name, Text
from core.reports.types.asked import Span
from core.reports.types.parts import Drill

Key: TypeAlias = str | int
"""What a group is told apart by: an id, a stored word, a day; empty where there is none."""
Title: TypeAlias = Text | Name


ALL_TIME = Span()


class MeasureKind(StrEnum):
    """What a figure of a pivot is, and so how it is written and added up."""

    NUMBER = "number"
    QTY = "qty"
    MONEY = "money"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class PivotField:
    """A field of a prepared table: its word, its name, what it is. `kind` says how the figure of a measure is written; it
    is None for a field to group and filter by."""

    key: str
    title: Text
    about: Text
    kind: MeasureKind | None = None


@dataclass(frozen=True, slots=True)
class PivotTable:
    """A prepared table: what its rows are, the fields to group and filter by, the measures, and whether it is about a
    period or about now."""

    name: str
    title: Text
    about: Text
    dimensions: tuple[PivotField, ...]
    measures: tuple[PivotField, ...]
    is_of_period: bool


@dataclass(frozen=True, slots=True)
class PivotFilter:
    """Only groups of a field with one of these keys, or, `is_without`, all others."""

    field: str
    keys: tuple[Key, ...]
    is_without: bool = False


@dataclass(frozen=True, slots=True)
class PivotSort:
    """Rows by a measure: its total, or its figure in the column whose head has the keys `column`; without one they stand in
    the order of their names. Of several fields down, groups stand by their subtotals and rows within them."""

    measure: str
    is_descending: bool = True
    column: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class PivotAsked:
    """What a pivot shows: a prepared table, fields down and across, measures, filters, the time. Can be kept as JSON.

    `top`: of the first field down only so many values stand alone, those first by `sort` (without one, with the largest
    first measure); all others are added up in one last row. `period` is the word of a usual period (`Period`) that the
    span was chosen by: a view asks about that period as it is on the day it is opened.
    """

    table: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    filters: tuple[PivotFilter, ...] = ()
    span: Span = ALL_TIME
    sort: PivotSort | None = None
    language: str = ""
    top: int = 0
    period: str = ""


@dataclass(frozen=True, slots=True)
class PivotFigure:
    """A figure. `unit` is the unit of a quantity or the currency of an amount that is not in the site's; None where goods of
    several units or amounts of several currencies would have to be added."""

    value: Decimal | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PivotHead:
    """The head of a row or column: a key and a name for each field that stands there. `is_rest`: the row of all that did
    not come among the first of `PivotAsked.top`; its keys name nothing."""

    keys: tuple[Key, ...]
    titles: tuple[Title, ...]
    is_rest: bool = False


Figures: TypeAlias = tuple[PivotFigure, ...]
"""One figure for each measure asked."""


@dataclass(frozen=True, slots=True)
class PivotGroup:
    """The rows that share the first fields down: the keys of those, the name of the last of them, the place of its first row,
    how many rows, and the subtotals by column and of all columns - of exactly the entries behind them."""

    keys: tuple[Key, ...]
    title: Title
    first: int
    count: int
    cells: tuple[Figures | None, ...]
    total: Figures


@dataclass(frozen=True, slots=True)
class Pivot:
    """A pivot: `cells` by row and column, None where there is nothing; totals of each row, each column and the whole, of
    exactly the entries behind them. `groups` are the subtotals of several fields down, outer before inner, in the order of
    the rows. `count` is how many groups the database answered."""

    asked: PivotAsked
    table: PivotTable
    row_fields: tuple[PivotField, ...]
    column_fields: tuple[PivotField, ...]
    measures: tuple[PivotField, ...]
    rows: tuple[PivotHead, ...]
    columns: tuple[PivotHead, ...]
    cells: tuple[tuple[Figures | None, ...], ...]
    row_totals: tuple[Figures, ...]
    column_totals: tuple[Figures, ...]
    total: Figures
    count: int
    groups: tuple[PivotGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class PivotLine:
    """One line of a prepared table: when it was, the names of `PivotLines.fields`, its figures, the record it opens."""

    at: datetime | date | None
    titles: tuple[Title, ...]
    figures: Figures
    drill: Drill | None


@dataclass(frozen=True, slots=True)
class PivotLines:
    """The lines behind a figure of a pivot, newest first. `is_cut`: there are more of them."""

    fields: tuple[PivotField, ...]
    measures: tuple[PivotField, ...]
    rows: tuple[PivotLine, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class PivotValue:
    """A value a field can be filtered by."""

    key: Key
    title: Title
