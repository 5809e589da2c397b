"""Chart, table and totals of a report."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import CoreError
from core.reports import Cell, ChartData, ReportPage
from desktop.reports.chart import ChartContent, ChartLine, SeriesChart
from desktop.reports.report.lines import Ask, Line, Lines, figure_words, table_columns
from desktop.reports.report.totals import TotalsRow
from desktop.widgets import RowsWanted, RowTable, Words, date_words, instant_words, number_words
from desktop.widgets.table.model import Failed, Then

CHART_SHARE, LEAST_CHART, MOST_CHART, CHART_FROM = 0.36, 130, 300, 330


class ReportBody(QWidget):
    """`opened(Line)`, `why(Line | None, key)` (None: a total), `sorted(key, is_descending)`, `failed(CoreError)`,
    `chart_shown(bool)` whenever that may have changed. Where there is no room for both, the chart stands in the table's
    place while it is wanted."""

    opened = Signal(object)
    why = Signal(object, str)
    sorted = Signal(str, bool)
    failed = Signal(object)
    chart_shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.chart, self.totals = SeriesChart(), TotalsRow()
        self.table: RowTable | None = None
        self.lines: Lines | None = None
        self._keys: tuple[str, ...] = ()
        self._sort: tuple[str, bool] = ("", False)
        self._has_chart = True
        self._wants_chart: bool | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.chart)
        self._column.addWidget(self.totals)
        self.totals.asked.connect(lambda key: self.why.emit(None, key))

    def show_page(self, page: ReportPage, ask: Ask, sort: tuple[str, bool]) -> None:
        """Show a page of a report; place and current row stay while its columns are the same."""
        keys = tuple(column.key for column in page.columns)
        shut = self._shut_before(page)
        self.lines = Lines(page, ask, shut)
        self._sort = sort
        self._has_chart = page.chart is not None and bool(page.chart.labels)
        self.chart.set_content(None if page.chart is None else chart_content(page.chart))
        if self.table is None or keys != self._keys:
            self._keys = keys
            self._make_table(page)
        else:
            self.table.reload()
        self.totals.show_totals(page)
        self._fit_chart()

    def want_chart(self, is_wanted: bool) -> None:
        """Draw the chart, or leave its room to the table."""
        self._wants_chart = is_wanted
        self._fit_chart()

    def shut_groups(self, is_shut: bool) -> None:
        """Only the heads of groups, or everything."""
        if self.lines is not None and self.table is not None:
            self.lines.shut_all(is_shut)
            self.table.reload()

    def toggle(self, line: Line) -> None:
        """Open or shut the group of a head."""
        if self.lines is not None and self.table is not None:
            self.lines.toggle(line.group)
            self.table.reload()

    # --- inside

    def _shut_before(self, page: ReportPage) -> set[int]:
        """Groups that were shut stay shut while they are the same."""
        before = self.lines
        if before is None or len(before.page.groups) != len(page.groups):
            return set()
        return before.shut

    def _make_table(self, page: ReportPage) -> None:
        old = self.table
        table = RowTable(table_columns(page), name=page.entry.title, key=f"reports.{page.entry.name}")
        table.row_activated.connect(self._on_activated)
        table.why_requested.connect(self.why)
        table.failed.connect(self.failed)
        self.table = table
        self._column.insertWidget(1, table, 1)
        if old is not None:
            old.hide()
            old.deleteLater()
        self.totals.follow(table)
        table.set_fetch(self._fetch)
        if self._sort[0]:
            table.sort_by(*self._sort)
        table.sort_requested.connect(self.sorted)

    def _fetch(self, wanted: RowsWanted, then: Then, _failed: Failed) -> None:
        """A click on a head asks for the report anew; until it comes the table stays as it is."""
        if self.lines is not None and (wanted.sort, wanted.descending) == self._sort:
            self.lines.fetch(wanted.offset, wanted.limit, then)

    def _on_activated(self, line: Line) -> None:
        if line.is_head:
            self.toggle(line)
        else:
            self.opened.emit(line)

    def _fit_chart(self) -> None:
        """Chart and table under one another, or one of them; until the person says, whether there is room for both."""
        is_roomy = self.height() >= CHART_FROM
        is_wanted = is_roomy if self._wants_chart is None else self._wants_chart
        is_alone = self._has_chart and is_wanted and not is_roomy
        high = min(max(int(self.height() * CHART_SHARE), LEAST_CHART), MOST_CHART)
        self.chart.setMinimumHeight(0 if is_alone else high)
        self.chart.setMaximumHeight(self.height() if is_alone else high)
        self.chart.setVisible(self._has_chart and is_wanted)
        self.totals.setVisible(bool(self.totals.words()) and not is_alone)
        if self.table is not None:
            self.table.setVisible(not is_alone)
        self._column.setStretchFactor(self.chart, 1 if is_alone else 0)
        self.chart_shown.emit(is_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_chart()

    def show_error(self, error: CoreError) -> None:
        """Further rows did not come."""
        self.failed.emit(error)


def chart_content(data: ChartData) -> ChartContent:
    """A chart of the engine as it is drawn."""
    lines = tuple(ChartLine(series.title, series.values) for series in data.series)
    kind = data.y_kind

    def shown(value: Decimal) -> str:
        return figure_words(kind, value)

    return ChartContent(data.kind, tuple(label_words(one) for one in data.labels), lines, shown, data.x_title)


def label_words(label: Cell) -> Words:
    """A label of a chart in words."""
    if label is None or isinstance(label, str):
        return label or "–"
    if isinstance(label, Decimal | int):
        return number_words(label)
    if hasattr(label, "hour"):
        return instant_words(label)  # type: ignore[arg-type]
    return date_words(label) if hasattr(label, "isoformat") else label  # type: ignore[arg-type]
