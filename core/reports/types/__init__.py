"""What crosses the door of reports."""

from __future__ import annotations

from core.reports.types.report import Reading, Report, ReportEntry
from core.reports.types.today import FigureKind, Today, TodayFigure, WorkKind, WorkRow

__all__ = ["FigureKind", "Reading", "Report", "ReportEntry", "Today", "TodayFigure", "WorkKind", "WorkRow"]
