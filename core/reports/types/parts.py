"""What a report of the catalogue is made of: columns with their definitions, filters, chart, and what a row opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from core.i18n import Text, _

Cell: TypeAlias = Text | str | Decimal | int | date | datetime | None
Values: TypeAlias = Mapping[str, Any]


class Area(StrEnum):
    """What a report is about."""

    STOCK = "stock"
    MOVEMENTS = "movements"
    WASTE = "waste"
    COUNTS = "counts"
    PURCHASING = "purchasing"
    SUPPLIERS = "suppliers"
    PRICES = "prices"
    MONEY = "money"
    MONTH = "month"


AREA_TITLES: Mapping[Area, Text] = {
    Area.STOCK: _("Stock"),
    Area.MOVEMENTS: _("Usage and movements"),
    Area.WASTE: _("Waste"),
    Area.COUNTS: _("Counts"),
    Area.PURCHASING: _("Purchasing"),
    Area.SUPPLIERS: _("Suppliers"),
    Area.PRICES: _("Prices"),
    Area.MONEY: _("Money"),
    Area.MONTH: _("Month-end"),
}


class SpanKind(StrEnum):
    """The time a report is about: a period, any moment, or only now."""

    PERIOD = "period"
    MOMENT = "moment"
    NOW = "now"


class Adding(StrEnum):
    """What stands under a column: nothing, the sum, the sum where all rows have one unit, the value all rows share, or the
    column's formula over the sums."""

    NONE = "none"
    SUM = "sum"
    QTY = "qty"
    SAME = "same"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of a report. `kind` is a `documents.Kind`; `about` the definition of its figure, said on the page.

    `formula` reckons the cell from the others of its row, and the total from the totals. `is_usual`: shown unless other
    columns are chosen. `can_sort` is False where the order cannot be found without reading everything.
    """

    key: str
    title: Text
    kind: str = "text"
    adding: Adding = Adding.NONE
    about: Text | None = None
    needs_cost: bool = False
    is_usual: bool = True
    can_sort: bool = True
    formula: Callable[[Values], Cell] | None = None


class FilterKind(StrEnum):
    """What is chosen in a filter: records by id, reasons of waste by code, some or one of a list of words, a number, or a
    text to be found. EXACT is the one value a row of another report has (empty: none), with the words that say it."""

    ITEM = "item"
    CATEGORY = "category"
    SUPPLIER = "supplier"
    LOCATION = "location"
    REASON = "reason"
    CHOICE = "choice"
    ONE = "one"
    EXACT = "exact"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """A filter of a report. `choices` of a CHOICE are pairs of the stored word and its name; a category or location takes
    in all that lies under it; `default` is the number taken when none is given."""

    key: str
    title: Text
    kind: FilterKind
    choices: tuple[tuple[str, Text], ...] = ()
    default: Decimal | None = None


class ChartKind(StrEnum):
    """How a chart is drawn: a line over time, bars, bars on top of one another, or shares of a whole as bars."""

    LINE = "line"
    BAR = "bar"
    STACKED = "stacked"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart of a report: `x` and `series` are keys of columns, `y` those of figures. The `most` largest of `x` are drawn,
    of shares the others as one; a line draws all of them in their order."""

    kind: ChartKind
    x: str
    y: tuple[str, ...]
    series: str = ""
    most: int = 12


class DrillKind(StrEnum):
    """What a row opens."""

    ITEM = "item"
    LOT = "lot"
    LOCATION = "location"
    SUPPLIER = "supplier"
    ORDER = "order"
    RECEIPT = "receipt"
    INVOICE = "invoice"
    CLAIM = "claim"
    COUNT = "count"
    POSTING = "posting"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class DrillSpec:
    """Where a row leads. `key` names the field of the row with the record's id; of REPORT, `report` is asked over the same
    span, with `filters` as pairs of its filter and the field of the row that holds the value."""

    kind: DrillKind
    key: str = ""
    report: str = ""
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drill:
    """What one row opens: a record by its id, or a report with filters (as in `Asked.filters`)."""

    kind: DrillKind
    id: int = 0
    report: str = ""
    filters: tuple[tuple[str, tuple[str | int | Decimal, ...]], ...] = ()
