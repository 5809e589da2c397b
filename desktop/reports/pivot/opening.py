"""What opens beside a pivot: the values of a field, the entries behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core import reports
from core.reports import Drill, Pivot, PivotAsked, PivotFilter, PivotTable
from desktop.context import AppContext
from desktop.reports.pivot.behind import BehindPanel
from desktop.reports.pivot.filter_panel import FilterPanel
from desktop.reports.pivot.layout import filter_of, is_measure
from desktop.reports.pivot.lines import GridColumn, GridLine, figure_at
from desktop.reports.report.going import can_open, open_drill
from desktop.widgets import PageBase, Words

FILTER_WIDTH, BEHIND_WIDTH = 340, 520


class PivotPanels:
    """Opens panels beside a page."""

    def __init__(self, context: AppContext, page: PageBase) -> None:
        self._context, self._page = context, page

    def open_filter(
        self, table: PivotTable, asked: PivotAsked, key: str, chosen: Callable[[PivotFilter], object]
    ) -> None:
        """The values of a field, to be ticked; `chosen` is told with every tick. A figure has none."""
        if is_measure(table, key):
            return
        field = next(one for one in table.dimensions if one.key == key)
        panel = FilterPanel(field, filter_of(asked, key))
        panel.chosen.connect(chosen)
        self._page.open_panel(panel, FILTER_WIDTH)
        self._context.ops.ask(
            panel, reports.list_pivot_values, then=panel.show_values, failed=panel.show_error,
            table=table.name, field=key, language=self._context.language,
        )  # fmt: skip

    def open_behind(self, pivot: Pivot, line: GridLine, column: GridColumn, heading: Words) -> None:
        """The entries behind a figure."""
        measure = pivot.measures[column.measure]
        panel = BehindPanel(measure, figure_at(line, column), heading)
        panel.opened.connect(self._go)
        self._page.open_panel(panel, BEHIND_WIDTH)
        asked = replace(pivot.asked, measures=(measure.key,), sort=None, top=0)
        if line.is_rest:
            alone = tuple(dict.fromkeys(row.keys[0] for row in pivot.rows if not row.is_rest))
            asked = replace(asked, filters=(*asked.filters, PivotFilter(asked.rows[0], alone, is_without=True)))
        across = () if column.is_total else pivot.columns[column.head].keys
        self._context.ops.ask(
            panel, reports.list_pivot_lines, then=panel.show_lines, failed=panel.show_error, asked=asked,
            row=line.keys, column=across,
        )  # fmt: skip
        panel.table.setFocus()

    def _go(self, drill: Drill) -> None:
        if can_open(self._context, drill):
            open_drill(self._context, drill, reports.Asked())
