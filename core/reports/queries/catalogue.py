"""The catalogue of reports, a page of one, and its files."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from core.documents import StoredRows
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.reports.rules import Span
from core.reports.steps.catalogue import CATALOGUE
from core.reports.steps.engine.page import make_page, make_rows
from core.reports.steps.engine.sources import Again
from core.reports.steps.made import permitted, report_of
from core.reports.steps.output import FORMATS, write_to
from core.reports.types import Asked, Report, ReportEntry, ReportPage, ReportRows
from core.uow import UnitOfWork
from db.enums import Permission

EVERYTHING = Span()
PLAIN = Asked()
PAGE = 500
TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class ReportWritten:
    """What was written: how many rows."""

    rows: int


@query(Permission.REPORT_VIEW)
def list_reports(uow: UnitOfWork) -> list[ReportEntry]:
    """The reports this person may see, with their columns, filters, groups, charts and definitions."""
    return [one.entry_for(uow) for one in CATALOGUE.values() if one.is_permitted(uow)]


@query(Permission.REPORT_VIEW)
def get_report_page(
    uow: UnitOfWork, *, name: str, asked: Asked = PLAIN, limit: int = PAGE, offset: int = 0
) -> ReportPage:
    """A page of a report.

    `limit` rows from `offset` on; totals, groups and chart are reckoned over all rows. Raises NotFound, NotAllowed, and
    InvalidInput for a column, filter or time the report does not have.
    """
    definition = permitted(uow, name)
    return make_page(uow, definition, asked, limit, offset)


@query(Permission.REPORT_VIEW)
def list_report_rows(
    uow: UnitOfWork, *, name: str, asked: Asked = PLAIN, limit: int = PAGE, offset: int = 0
) -> ReportRows:
    """Further rows of a report that is on show, in the columns of its page.

    Nothing is added up, so that leafing through a long list is quick. Raises as `get_report_page`.
    """
    return make_rows(uow, permitted(uow, name), asked, limit, offset)


@query(Permission.REPORT_VIEW)
def get_report(
    uow: UnitOfWork,
    *,
    name: str,
    span: Span = EVERYTHING,
    language: str = "",
    form: str = "table",
    asked: Asked | None = None,
) -> Report:
    """A report over a span of time, with names in a language (empty: the site's), for one of FORMATS.

    `asked` says more than the span: filters, groups, order and columns. All rows are read; `write_report` writes a long
    report without. Raises NotFound, NotAllowed, InvalidInput.
    """
    wanted = asked or Asked(span, language=language)
    report = report_of(uow, name, wanted, form)
    sheet = report.sheet
    if isinstance(sheet.rows, Again | StoredRows):
        rows = list(sheet.rows) if form in ("table", "csv", "xlsx", "pdf") and report.table is None else []
        plain = list(report.plain) if form == "json" else []
        return replace(report, sheet=replace(sheet, rows=rows), plain=plain)
    return report


@query(Permission.REPORT_VIEW)
def write_report(
    uow: UnitOfWork,
    *,
    name: str,
    asked: Asked = PLAIN,
    form: str,
    target: BinaryIO,
    width: int | None = None,
    told: Callable[[int], None] | None = None,
) -> ReportWritten:
    """Write a report to an open file, row by row, so that memory does not grow with it.

    `told` hears now and then how many rows were written; what it raises stops the report. `width` cuts a table to the
    terminal. Raises NotFound, NotAllowed, InvalidInput, OSError.
    """
    if form not in FORMATS:
        raise InvalidInput(
            _("“{form}” is no form of a report. Write one of: {forms}.", form=form[:20], forms=", ".join(FORMATS))
        )
    report = report_of(uow, name, asked, form)
    counted = _Counted(told)
    sheet = replace(report.sheet, rows=counted.of(report.sheet.rows))
    made = replace(report, sheet=sheet, plain=counted.of(report.plain))
    try:
        write_to(target, made, form, asked.language or uow.site.language, uow.site, width=width)
    finally:
        counted.close()
    on_paper = [] if report.table is None or form != "pdf" else report.table.lines
    return ReportWritten(counted.rows + sum(line.look == "line" for line in on_paper))


class _Counted:
    """Counts the rows on their way into the file."""

    def __init__(self, told: Callable[[int], None] | None) -> None:
        self.rows, self._told = 0, told
        self._open: list[Iterator[Any]] = []

    def close(self) -> None:
        """Let go of what was read, also half way."""
        for reading in self._open:
            if isinstance(reading, Generator):
                reading.close()
        self._open.clear()

    def of(self, rows: Any) -> Any:
        """The same rows, counted while they are read."""
        if isinstance(rows, StoredRows):
            return replace(rows, blocks=lambda: self._over(rows.blocks(), len))
        return Again(lambda: self._over(rows)) if isinstance(rows, Again) else self._over(rows)

    def _over(self, parts: Any, size: Callable[[Any], int] = lambda _row: 1) -> Iterator[Any]:
        """The rows of one reading, in parts of some size."""
        self.rows, reading = 0, iter(parts)
        self._open.append(reading)
        for part in reading:
            before, self.rows = self.rows, self.rows + size(part)
            if self._told is not None and self.rows // TOLD_EVERY > before // TOLD_EVERY:
                self._told(self.rows)
            yield part
