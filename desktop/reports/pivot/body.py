"""Fields at the left; wells, chart and grid beside them. What stands in the grid's place says why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.i18n import Text, _
from core.reports import Pivot, PivotAsked, PivotTable
from desktop.reports.chart import SeriesChart
from desktop.reports.pivot.drawing import chart_of
from desktop.reports.pivot.fields import FieldList
from desktop.reports.pivot.grid import PivotGrid
from desktop.reports.pivot.wells import Wells
from desktop.theme import text_px
from desktop.widgets import Choice, EmptyState, ErrorState, Label, LoadingState, Words

LEFT = 254
WAIT_MS = 1000
CHART_FROM = 400
CHART_SHARE, LEAST_CHART, MOST_CHART = 0.3, 110, 280


class PivotBody(QWidget):
    """`table_chosen(name)`, `chart_shown(bool)` whenever that may have changed; the parts have signals of their own. Where
    there is no room for both, the chart stands in the grid's place while it is wanted."""

    table_chosen = Signal(str)
    chart_shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.table = Choice(_("Table"), search=False)
        self.table.committed.connect(self._on_table)
        self.fields, self.wells, self.grid = FieldList(), Wells(), PivotGrid()
        self.chart = SeriesChart(_("Chart of the result"))
        self._note = Label("", "small", wrap=True)
        self._loading, self._nothing, self._error = LoadingState(), EmptyState(), ErrorState()
        self._stack = QStackedWidget()
        for state in (self.grid, self._loading, self._nothing, self._error):
            self._stack.addWidget(state)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(lambda: self._stack.setCurrentWidget(self._loading))
        self._has_chart = False
        self._wants_chart: bool | None = None
        self._lay_out()
        self.setFocusProxy(self.fields)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(text_px(LEFT))
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 0, 8, 12)
        column.setSpacing(6)
        column.addWidget(self.table)
        column.addWidget(self.fields, 1)
        right = QWidget()
        rows = QVBoxLayout(right)
        rows.setContentsMargins(0, 0, 16, 12)
        rows.setSpacing(4)
        rows.addWidget(self.wells)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        upper = QWidget()
        over = QVBoxLayout(upper)
        over.setContentsMargins(0, 0, 0, 0)
        over.setSpacing(0)
        over.addWidget(self.chart, 1)
        over.addWidget(self._note)
        split.addWidget(upper)
        split.addWidget(self._stack)
        split.setStretchFactor(1, 1)
        self._upper, self._split = upper, split
        rows.addWidget(split, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(right, 1)

    # --- showing

    def offer(self, tables: Sequence[PivotTable]) -> None:
        """The prepared tables there are."""
        self.table.set_options([(one.name, one.title) for one in tables])

    def show_asked(self, table: PivotTable, asked: PivotAsked) -> None:
        """What stands in which well."""
        self.table.set_value(table.name)
        self.fields.show_fields(table, asked)
        self.wells.show_fields(table, asked)

    def show_pivot(self, pivot: Pivot) -> None:
        """The answer."""
        self.grid.show_pivot(pivot)
        content, note = chart_of(pivot)
        self._has_chart = content is not None
        self.chart.set_content(content)
        self._note.set_words(note)
        self._note.setVisible(bool(note))
        self._fit_chart()
        self._show(self.grid)

    def want_chart(self, is_wanted: bool) -> None:
        """Draw the chart, or leave its room to the grid."""
        self._wants_chart = is_wanted
        self._fit_chart()

    def start_loading(self, words: Words, cancel: Callable[[], object]) -> None:
        """Asked, not answered: what is shown stays; after a second a bar takes its place."""
        self._loading.start(words, cancel)
        self._wait.start()

    def show_nothing(self, title: Text, words: Text, starts: Sequence[tuple[Words, Callable[[], object]]] = ()) -> None:
        """There is nothing to show, and what to do."""
        self._nothing.set_up(title, words, starts, "sum")
        self._has_chart = False
        self._fit_chart()
        self._show(self._nothing)

    def show_error(self, words: Words, retry: Callable[[], object]) -> None:
        """It could not be answered."""
        self._error.say(words, retry)
        self._has_chart = False
        self._fit_chart()
        self._show(self._error)

    def error_text(self) -> str:
        """The error in the grid's place; empty when there is none."""
        return self._error.text() if self._stack.currentWidget() is self._error else ""

    def is_answered(self) -> bool:
        """Whether the grid shows what is asked."""
        return self._stack.currentWidget() is self.grid

    # --- inside

    def _show(self, state: QWidget) -> None:
        self._wait.stop()
        self._stack.setCurrentWidget(state)

    def _on_table(self) -> None:
        name = self.table.value()
        if name:
            self.table_chosen.emit(name)

    def _fit_chart(self) -> None:
        """Chart and grid under one another, or one of them; until the person says, whether there is room for both."""
        is_roomy = self.height() >= CHART_FROM
        is_wanted = is_roomy if self._wants_chart is None else self._wants_chart
        is_shown = self._has_chart and is_wanted
        self._stack.setVisible(is_roomy or not is_shown)
        if is_shown and not self._upper.isVisible():
            high = min(max(int(self.height() * CHART_SHARE), LEAST_CHART), MOST_CHART)
            self._split.setSizes([high, max(self.height() - high, 1)])
        self._upper.setVisible(is_shown)
        self.chart_shown.emit(is_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_chart()
