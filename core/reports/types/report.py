"""A report of the catalogue, and a report made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.i18n import Text
from core.reports.types.asked import Span
from core.reports.types.behind import Behind
from core.reports.types.parts import (
    Area,
    Cell,
    ChartKind,
    ChartSpec,
    Drill,
    DrillSpec,
    ReportColumn,
    ReportFilter,
    SpanKind,
)
from db.enums import Permission


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report of the catalogue: its word, its name, what it answers, and the time it is about; of a period that names no
    start, whether it begins with the month or with the ledger.

    `columns` are those this person may see, each with the definition of its figure; `groups` the keys of columns rows can
    be grouped by; `drill` what a row opens, `behind` where the entries of its figures are found.
    """

    name: str
    title: Text
    about: Text
    area: Area
    span: SpanKind
    starts_with_month: bool = False
    permissions: tuple[Permission, ...] = ()
    columns: tuple[ReportColumn, ...] = ()
    filters: tuple[ReportFilter, ...] = ()
    groups: tuple[str, ...] = ()
    chart: ChartSpec | None = None
    drill: DrillSpec | None = None
    notes: tuple[Text, ...] = ()
    behind: tuple[Behind, ...] = ()

    @property
    def is_of_period(self) -> bool:
        """Whether it is about a period, not a moment."""
        return self.span is SpanKind.PERIOD

    @property
    def definitions(self) -> tuple[tuple[Text, Text], ...]:
        """Title and definition of every figure that has one."""
        return tuple((column.title, column.about) for column in self.columns if column.about is not None)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a report is to be read: the language of names, and the form it is made for."""

    language: str
    form: str = "table"


@dataclass(frozen=True, slots=True)
class Report:
    """A report made: `sheet` (a `documents.Sheet`) for people, `plain` the rows for programs, with numbers as decimal
    strings; each is read once. `paper` and `book` (several sheets) where the report has its own; else its paper is `chart`
    (a `documents.Chart`), `table` (a `documents.PaperTable`, or the sheet) and `remarks`."""

    entry: ReportEntry
    sheet: Any
    plain: Iterable[Mapping[str, object]]
    is_wide: bool = False
    paper: Any = None
    book: tuple[Any, ...] = ()
    chart: Any = None
    table: Any = None
    remarks: Text | str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of rows: the value they share, how many they are in all, and their subtotals in the page's columns."""

    value: Cell
    count: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One line, or the bars of one colour: a value for every label, None where there is none."""

    title: Text | str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart ready to be drawn. `y_kind` is a `documents.Kind`: how its figures are written."""

    kind: ChartKind
    x_title: Text
    y_kind: str
    labels: tuple[Cell, ...]
    series: tuple[ChartSeries, ...]


@dataclass(frozen=True, slots=True)
class ReportRows:
    """Further rows of a report: cells in the order of the page's columns, what each row opens, and what finds the entries
    behind its figures."""

    rows: tuple[tuple[Cell, ...], ...]
    drills: tuple[Drill | None, ...]
    keys: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A part of a report, ready to be shown.

    `rows` are cells in the order of `columns`, `drills` what each row opens, `keys` what finds the entries behind its
    figures (`entries_behind`; empty where the report has none), `groups_of` which of `groups` each belongs to
    (rows of a group stand together; empty without grouping). `totals` and `groups` are reckoned over all `count` rows, not
    over those shown. `span` is the time the report is really about, `notation` a `documents.Notation`.
    """

    entry: ReportEntry
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drills: tuple[Drill | None, ...]
    groups: tuple[GroupRow, ...]
    groups_of: tuple[int, ...]
    totals: tuple[Cell, ...]
    count: int
    chart: ChartData | None
    span: Span
    notation: Any
    keys: tuple[Mapping[str, Any], ...] = ()
