"""A report of the catalogue, made as asked: the way to it for queries and schedules alike."""

from __future__ import annotations

from core.reports.rules import Span, month_start
from core.reports.steps.catalogue import find
from core.reports.steps.engine.definition import Definition
from core.reports.steps.engine.files import make_report
from core.reports.types import Asked, Reading, Report
from core.uow import UnitOfWork


def permitted(uow: UnitOfWork, name: str) -> Definition:
    """A report this person may see. Raises NotFound, NotAllowed."""
    definition = find(name)
    for right in definition.entry.permissions:
        uow.require(right)
    return definition


def report_of(uow: UnitOfWork, name: str, asked: Asked, form: str) -> Report:
    """A report for one of FORMATS; its rows are read while they are written. Raises NotFound, NotAllowed, InvalidInput."""
    definition = permitted(uow, name)
    if definition.classic is None or not asked.is_plain or (form == "pdf" and not definition.has_paper):
        return make_report(uow, definition, asked, form)
    span = asked.span
    if definition.entry.starts_with_month and span.start is None:
        start = month_start(span.end or uow.now, uow.site.zone, uow.site.day_start_hour)
        span = Span(start, span.end)
    report = definition.classic(uow, span, Reading(asked.language or uow.site.language, form))
    return make_report(uow, definition, asked, form) if form == "pdf" and report.paper is None else report
