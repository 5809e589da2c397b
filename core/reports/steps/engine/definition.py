"""What defines a report: its entry in the catalogue, and what makes its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.reports.rules import month_start
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.selected import Selected
from core.reports.steps.engine.sources import Listed, Row, Source
from core.reports.types import Asked, Reading, Report, ReportColumn, ReportEntry, Span, SpanKind
from core.uow import UnitOfWork
from db.enums import Permission

Columns = tuple[ReportColumn, ...]
RowsMaker = Callable[[Making], list[Row]]
Selecting = Callable[[Making, Columns], Selected]
Classic = Callable[[UnitOfWork, Span, Reading], Report]


@dataclass(frozen=True)
class Definition:
    """A report, made of rows that are reckoned (`make`), or by a statement whose rows are as many as entries (`select`).
    `is_stored`: rows that are reckoned hold millionths and minor units. `classic` makes the files of the reports that
    programs read since before this engine, byte for byte; its paper only where it `has_paper` of its own."""

    entry: ReportEntry
    make: RowsMaker | None = None
    select: Selecting | None = None
    classic: Classic | None = None
    is_stored: bool = False
    has_paper: bool = False

    def entry_for(self, uow: UnitOfWork) -> ReportEntry:
        """The entry as this person may see it: without columns and chart of cost where they may not see cost."""
        entry = self.entry
        if uow.may(Permission.COST_VIEW):
            return entry
        columns = tuple(column for column in entry.columns if not column.needs_cost)
        keys = {column.key for column in columns}
        groups = tuple(key for key in entry.groups if key in keys)
        chart = entry.chart if entry.chart is not None and set(entry.chart.y) <= keys else None
        return replace(entry, columns=columns, groups=groups, chart=chart)

    def is_permitted(self, uow: UnitOfWork) -> bool:
        """Whether this person may see the report."""
        return all(uow.may(right) for right in self.entry.permissions)

    def source(self, making: Making, entry: ReportEntry) -> Source:
        """Its rows, filtered as asked."""
        if self.make is not None:
            return Listed(making, self.make(making), entry.columns, is_stored=self.is_stored).filtered(entry.filters)
        if self.select is None:
            raise TypeError(f"nothing makes {self.entry.name}")
        return self.select(making, entry.columns).filtered(entry.filters)


def making_of(uow: UnitOfWork, entry: ReportEntry, asked: Asked, language: str) -> Making:
    """What the makers of a report work with. Raises InvalidInput for what the report does not have."""
    check(entry, asked)
    return Making(uow, asked, language, _span(uow, entry, asked.span), uow.may(Permission.COST_VIEW))


def check(entry: ReportEntry, asked: Asked) -> None:
    """Refuse columns, filters and a span the report does not have. Raises InvalidInput, NotFound."""
    columns = {column.key: column for column in entry.columns}
    for key in (*asked.columns, *(sort.key for sort in asked.sort)):
        if key not in columns:
            raise NotFound(_("The report {report} has no column {column}.", report=entry.name, column=key[:40]))
    for sort in asked.sort:
        if not columns[sort.key].can_sort:
            raise InvalidInput(_("The report cannot be sorted by {column}.", column=columns[sort.key].title))
    if asked.group and asked.group not in entry.groups:
        raise NotFound(
            _("The report {report} cannot be grouped by {column}.", report=entry.name, column=asked.group[:40])
        )
    unknown = {key for key, _values in asked.filters} - {one.key for one in entry.filters}
    if unknown:
        raise NotFound(_("The report {report} has no filter {filter}.", report=entry.name, filter=min(unknown)[:40]))
    if entry.span is SpanKind.NOW and asked.span.end is not None:
        raise InvalidInput(_("This report knows only how things are now. Leave the date out."), field="--as-of")


def _span(uow: UnitOfWork, entry: ReportEntry, span: Span) -> Span:
    if entry.is_of_period and entry.starts_with_month and span.start is None:
        start = month_start(span.end or uow.now, uow.site.zone, uow.site.day_start_hour)
        return Span(start, span.end)
    return span if entry.is_of_period else Span(None, span.end)
