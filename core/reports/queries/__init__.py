"""What a person can see: the catalogue of reports, and each of them."""

from __future__ import annotations

from core.registry import query
from core.reports.queries.today import get_today
from core.reports.rules import Span, month_start
from core.reports.steps.catalogue import CATALOGUE, find
from core.reports.types import Reading, Report, ReportEntry
from core.uow import UnitOfWork
from db.enums import Permission

EVERYTHING = Span()

__all__ = ["get_report", "get_today", "list_reports"]


@query(Permission.REPORT_VIEW)
def list_reports(uow: UnitOfWork) -> list[ReportEntry]:
    """The reports there are."""
    return [entry for entry, _maker in CATALOGUE.values()]


@query(Permission.REPORT_VIEW)
def get_report(
    uow: UnitOfWork, *, name: str, span: Span = EVERYTHING, language: str = "", form: str = "table"
) -> Report:
    """A report over a span of time, with names in a language (empty: the site's), for one of FORMATS.

    Raises NotFound, NotAllowed.
    """
    entry, maker = find(name)
    if entry.starts_with_month and span.start is None:
        start = month_start(span.end or uow.now, uow.site.zone, uow.site.day_start_hour)
        span = Span(start, span.end)
    return maker(uow, span, Reading(language or uow.site.language, form))
