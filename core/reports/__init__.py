"""Reports: the catalogue of lists about stock and its cost, and how each becomes a table, a file or a paper.

Promises: a report is made from the ledger's own queries, so it ties to them; every figure leaves as an exact decimal; the
words of a file for programs never change with the language.
"""

from core.reports.commands.runs import finish_run, plan_runs, put_off_run, take_run
from core.reports.commands.schedules import remove_schedule, run_schedule, save_schedule, try_run_again
from core.reports.commands.views import remove_view, save_view
from core.reports.queries import ReportWritten, get_report, get_report_page, get_today, list_reports, write_report
from core.reports.queries.asking import get_asked
from core.reports.queries.pivot import get_pivot, get_pivot_file, list_pivot_tables, list_pivot_values
from core.reports.queries.schedules import count_runs, get_jobs_due, get_taken_run, list_runs, list_schedules, write_run
from core.reports.queries.views import get_view, list_views
from core.reports.rules import Span, moment_from, span_of
from core.reports.rules.due import next_due
from core.reports.sending.files import folder_trouble
from core.reports.sending.run import run_due
from core.reports.steps.catalogue import REPORT_NAMES
from core.reports.steps.output import FORMATS, render_report
from core.reports.steps.pivot.sheet import PIVOT_FORMS
from core.reports.steps.planning import doubt_runs
from core.reports.types import (
    AREA_TITLES,
    Adding,
    Area,
    Asked,
    AskedWords,
    Cell,
    ChartData,
    ChartKind,
    ChartSeries,
    ChartSpec,
    Chosen,
    Drill,
    DrillKind,
    DrillSpec,
    FigureKind,
    FilterKind,
    GroupRow,
    Report,
    ReportColumn,
    ReportEntry,
    ReportFilter,
    ReportPage,
    Sort,
    SpanKind,
    Today,
    TodayFigure,
    WorkKind,
    WorkRow,
)
from core.reports.types.pivot import (
    MeasureKind,
    Pivot,
    PivotAsked,
    PivotField,
    PivotFigure,
    PivotFilter,
    PivotHead,
    PivotSort,
    PivotTable,
    PivotValue,
)
from core.reports.types.schedules import JobsDue, JobsRun, RunCounts, RunRow, ScheduleEdit, ScheduleRow, TakenRun, When
from core.reports.types.views import ViewEdit, ViewRow

__all__ = [
    "AREA_TITLES",
    "FORMATS",
    "PIVOT_FORMS",
    "REPORT_NAMES",
    "Adding",
    "Area",
    "Asked",
    "AskedWords",
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
    "JobsDue",
    "JobsRun",
    "MeasureKind",
    "Pivot",
    "PivotAsked",
    "PivotField",
    "PivotFigure",
    "PivotFilter",
    "PivotHead",
    "PivotSort",
    "PivotTable",
    "PivotValue",
    "Report",
    "ReportColumn",
    "ReportEntry",
    "ReportFilter",
    "ReportPage",
    "ReportWritten",
    "RunCounts",
    "RunRow",
    "ScheduleEdit",
    "ScheduleRow",
    "Sort",
    "Span",
    "SpanKind",
    "TakenRun",
    "Today",
    "TodayFigure",
    "ViewEdit",
    "ViewRow",
    "When",
    "WorkKind",
    "WorkRow",
    "count_runs",
    "doubt_runs",
    "finish_run",
    "folder_trouble",
    "get_asked",
    "get_jobs_due",
    "get_pivot",
    "get_pivot_file",
    "get_report",
    "get_report_page",
    "get_taken_run",
    "get_today",
    "get_view",
    "list_pivot_tables",
    "list_pivot_values",
    "list_reports",
    "list_runs",
    "list_schedules",
    "list_views",
    "moment_from",
    "next_due",
    "plan_runs",
    "put_off_run",
    "remove_schedule",
    "remove_view",
    "render_report",
    "run_due",
    "run_schedule",
    "save_schedule",
    "save_view",
    "span_of",
    "take_run",
    "try_run_again",
    "write_report",
    "write_run",
]
