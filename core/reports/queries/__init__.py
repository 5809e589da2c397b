"""What a person can see: the catalogue of reports, and each of them."""

from __future__ import annotations

from core.reports.queries.catalogue import (
    ReportWritten,
    get_report,
    get_report_page,
    list_report_rows,
    list_reports,
    write_report,
)
from core.reports.queries.today import get_today, get_today_budget

__all__ = [
    "ReportWritten",
    "get_report",
    "get_report_page",
    "get_today",
    "get_today_budget",
    "list_report_rows",
    "list_reports",
    "write_report",
]
