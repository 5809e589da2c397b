"""A pivot as it crosses the door: what can be asked of the prepared tables, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from core.i18n import Name, Text
from core.reports.types.asked import Span

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
    """Rows by the total of a measure; without one they stand in the order of their names."""

    measure: str
    is_descending: bool = True


@dataclass(frozen=True, slots=True)
class PivotAsked:
    """What a pivot shows: a prepared table, fields down and across, measures, filters, the time. Can be kept as JSON."""

    table: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    filters: tuple[PivotFilter, ...] = ()
    span: Span = ALL_TIME
    sort: PivotSort | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class PivotFigure:
    """A figure. `unit` is the unit of a quantity or the currency of an amount that is not in the site's; None where goods of
    several units or amounts of several currencies would have to be added."""

    value: Decimal | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PivotHead:
    """The head of a row or column: a key and a name for each field that stands there."""

    keys: tuple[Key, ...]
    titles: tuple[Title, ...]


Figures: TypeAlias = tuple[PivotFigure, ...]
"""One figure for each measure asked."""


@dataclass(frozen=True, slots=True)
class Pivot:
    """A pivot: `cells` by row and column, None where there is nothing; totals of each row, each column and the whole, of
    exactly the entries behind them. `count` is how many groups the database answered."""

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


@dataclass(frozen=True, slots=True)
class PivotValue:
    """A value a field can be filtered by."""

    key: Key
    title: Title
