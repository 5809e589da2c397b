"""What a prepared table is made of: fields to group by, measures, and the tables they are read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from sqlalchemy import ColumnElement

from core.i18n import Text, _
from core.reports.rules.pivot import Shape
from core.reports.steps.pivot import times
from core.reports.steps.pivot.times import Times
from core.reports.types.parts import DrillKind
from core.reports.types.pivot import Key, MeasureKind, PivotField, PivotTable
from db.enums import Permission

KINDS: Mapping[Shape, MeasureKind] = {
    Shape.COUNT: MeasureKind.NUMBER,
    Shape.MONEY: MeasureKind.MONEY,
    Shape.MONEY_IN: MeasureKind.MONEY,
    Shape.QTY: MeasureKind.QTY,
    Shape.COST: MeasureKind.COST,
    Shape.LOW: MeasureKind.COST,
    Shape.HIGH: MeasureKind.COST,
    Shape.MEAN: MeasureKind.COST,
}


class Named(StrEnum):
    """Where the names of a field's keys come from."""

    ITEM = "item"
    CATEGORY = "category"
    BRANCH = "branch"
    SUPPLIER = "supplier"
    LOCATION = "location"
    PERSON = "person"
    REASON = "reason"
    UNIT = "unit"
    WORD = "word"
    WEEKDAY = "weekday"
    HOUR = "hour"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A field to group by. `of` is the column, or makes it of the moments a table has; `fold` makes the key shown of what
    the database grouped by; `words` the stored words of a `WORD`; `needs` the tables to be joined."""

    field: PivotField
    of: Any
    named: Named
    needs: tuple[str, ...] = ()
    fold: Callable[[Any], Key] | None = None
    words: type[Enum] | None = None

    @property
    def is_of_moment(self) -> bool:
        """Whether it is told by the site's clock."""
        return not isinstance(self.of, ColumnElement)

    def column(self, moments: Times | None) -> Any:
        """What the database groups by."""
        if not self.is_of_moment:
            return self.of
        assert moments is not None
        return self.of(moments)


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of each group: its shape and the columns its parts are added up from, one for each part."""

    field: PivotField
    shape: Shape
    columns: tuple[Any, ...]
    needs: tuple[str, ...] = ()
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared table: `start` is the table read, `joins` by word what each further table is joined on, `where` what its
    rows are. `at` is the moment a row is about, or `on` its day; neither: it is about now. `opens` is the kind of record a row
    opens and the column of its id."""

    name: str
    title: Text
    about: Text
    permission: Permission
    start: Any
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    joins: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    where: tuple[Any, ...] = ()
    where_needs: tuple[str, ...] = ()
    at: Any = None
    at_needs: tuple[str, ...] = ()
    on: Any = None
    opens: tuple[DrillKind, Any] | None = None

    @property
    def is_of_period(self) -> bool:
        """Whether it can be limited to a span of time."""
        return self.at is not None or self.on is not None

    def entry(self, may: Callable[[Permission | None], bool]) -> PivotTable:
        """The table as a person sees it, without measures they have no right to."""
        measures = tuple(one.field for one in self.measures if may(one.permission))
        fields = tuple(one.field for one in self.dimensions)
        return PivotTable(self.name, self.title, self.about, fields, measures, self.is_of_period)


def of_moment(at: Any, needs: tuple[str, ...] = ()) -> tuple[Dimension, ...]:
    """Day, week, month and so on of a moment, by the site's business day; the hour by its clock."""

    def one(key: str, title: Text, about: Text, grain: str, fold: Any, named: Named = Named.TEXT) -> Dimension:
        return Dimension(PivotField(key, title, about), _grain(grain, at), named, needs, fold)

    day = _("The business day it happened on.")
    return (
        one("day", _("Day"), day, "day", times.day_key),
        one("week", _("Week"), _("The week, by its Monday."), "week", times.week_key),
        one("month", _("Month"), _("The month of its business day."), "month", times.month_key),
        one("quarter", _("Quarter"), _("The quarter of its business day."), "month", times.quarter_key),
        one("year", _("Year"), _("The year of its business day."), "month", times.year_key),
        one("weekday", _("Weekday"), _("The day of the week of its business day."), "weekday", int, Named.WEEKDAY),
        one("hour", _("Hour of the day"), _("The hour of the site's clock."), "hour", int, Named.HOUR),
    )


def _grain(grain: str, at: Any) -> Callable[[Times], Any]:
    return lambda moments: getattr(moments, grain)(at)


def of_day(column: Any, key: str, title: Text, about: Text) -> Dimension:
    """A day kept as such, as it stands."""
    return Dimension(PivotField(key, title, about), column, Named.TEXT, (), str)


def month_of_day(column: Any, key: str, title: Text, about: Text) -> Dimension:
    """The month of a day kept as such."""
    return Dimension(PivotField(key, title, about), column, Named.TEXT, (), lambda day: str(day)[:7])


def count(key: str, title: Text, about: Text, column: Any) -> Measure:
    """How many rows have something that `column` says with 1."""
    return Measure(PivotField(key, title, about, MeasureKind.NUMBER), Shape.COUNT, (column,))


def measure(
    words: tuple[str, Text, Text],
    shape: Shape,
    columns: tuple[Any, ...],
    needs: tuple[str, ...] = (),
    *,
    is_cost: bool = False,
) -> Measure:
    """A measure of a shape. `is_cost`: only for who may see costs."""
    key, title, about = words
    field_of = PivotField(key, title, about, KINDS[shape])
    return Measure(field_of, shape, columns, needs, Permission.COST_VIEW if is_cost else None)
