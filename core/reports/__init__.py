"""Reports: the catalogue of lists about stock and its cost, and how each becomes a table, a file or a paper.

Promises: a report is made from the ledger's own queries, so it ties to them; every figure leaves as an exact decimal; the
words of a file for programs never change with the language.
"""

from core.reports.queries import get_report, get_today, list_reports
from core.reports.rules import Span, moment_from, span_of
from core.reports.steps.output import FORMATS, render_report
from core.reports.types import FigureKind, Report, ReportEntry, Today, TodayFigure, WorkKind, WorkRow

__all__ = [
    "FORMATS",
    "FigureKind",
    "Report",
    "ReportEntry",
    "Span",
    "Today",
    "TodayFigure",
    "WorkKind",
    "WorkRow",
    "get_report",
    "get_today",
    "list_reports",
    "moment_from",
    "render_report",
    "span_of",
]
