"""What crosses the door of reports."""

from __future__ import annotations

from core.reports.types.asked import Asked, AskedWords, Chosen, Sort, Span
from core.reports.types.behind import COUNT, ENTRIES, Behind, Opened
from core.reports.types.parts import (
    AREA_TITLES,
    Adding,
    Area,
    Cell,
    ChartKind,
    ChartSpec,
    Drill,
    DrillKind,
    DrillSpec,
    FilterKind,
    ReportColumn,
    ReportFilter,
    SpanKind,
    Values,
)
from core.reports.types.report import (
    ChartData,
    ChartSeries,
    GroupRow,
    Reading,
    Report,
    ReportEntry,
    ReportPage,
    ReportRows,
)
from core.reports.types.today import FigureKind, Today, TodayBudget, TodayFigure, WorkKind, WorkRow

__all__ = [
    "AREA_TITLES",
    "COUNT",
    "ENTRIES",
    "Adding",
    "Area",
    "Asked",
    "AskedWords",
    "Behind",
    "Cell",
    "ChartData",
    "ChartKind",
    "ChartSeries",
    "ChartSpec",
    "Chosen",
    "Drill",
    "DrillKind",
    "DrillSpec",
    "FigureKind",
    "FilterKind",
    "GroupRow",
    "Opened",
    "Reading",
    "Report",
    "ReportColumn",
    "ReportEntry",
    "ReportFilter",
    "ReportPage",
    "ReportRows",
    "Sort",
    "Span",
    "SpanKind",
    "Today",
    "TodayBudget",
    "TodayFigure",
    "Values",
    "WorkKind",
    "WorkRow",
]
