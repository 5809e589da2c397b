"""What a row or a figure of a report leads to: its record, another report, the entries it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core import reports
from core.i18n import Text, _
from core.reports import Asked, Drill, Opened, ReportEntry
from core.reports import ReportPage as Answer
from core.uow import SiteFacts
from desktop.context import AppContext
from desktop.reports.report.going import REPORT_ROUTE, WORDS, can_open, open_drill, shared_filters
from desktop.reports.report.lines import Line, is_figure
from desktop.reports.report.panels import FigurePanel
from desktop.widgets import ui_text


@dataclass(frozen=True)
class FigureWays:
    """The ways from one answer. `known` are the reports this person may see, `asked` is what the answer was asked with."""

    context: AppContext
    known: Mapping[str, ReportEntry]
    answer: Answer
    asked: Asked
    site: SiteFacts | None

    def go(self, drill: Drill) -> None:
        """Open the record or report, where this person may see it."""
        if self._may_open(drill):
            filters = shared_filters(self.asked, self.known.get(drill.report))
            open_drill(self.context, drill, Asked(self.answer.span, filters))

    def panel(self, line: Line | None, key: str) -> FigurePanel:
        """What a figure of a line (None: the total) is, and the ways on from it."""
        answer, shell = self.answer, self.context.shell
        at = next(at for at, column in enumerate(answer.columns) if column.key == key)
        cell = answer.totals[at] if line is None else line.cells[at]
        value = Decimal(cell) if isinstance(cell, Decimal | int) else None
        panel = FigurePanel(answer.columns[at], value, self._of_words(line))
        drill, opened = None if line is None else line.drill, self._entries(line, key)
        if opened is not None and opened.report in self.known:
            panel.add_way(_("Open the entries"), lambda: shell.go(REPORT_ROUTE, name=opened.report, asked=opened.asked))
        if drill is not None and self._may_open(drill) and not (opened is not None and drill.report):
            panel.add_way(WORDS[drill.kind], lambda: self.go(drill))
        return panel

    def _may_open(self, drill: Drill) -> bool:
        return can_open(self.context, drill) and (not drill.report or drill.report in self.known)

    def _entries(self, line: Line | None, key: str) -> Opened | None:
        """The entries behind a figure of a row or a total; heads of groups have none of their own."""
        if self.site is None or (line is not None and line.keys is None):
            return None
        keys = None if line is None else line.keys
        return reports.entries_behind(self.answer.entry.behind, key, keys, self.asked, self.answer.span, self.site)

    def _of_words(self, line: Line | None) -> Text | str:
        if line is None:
            return _("Total")
        words = [
            ui_text(cell) for column, cell in zip(self.answer.columns, line.cells, strict=True)
            if not is_figure(column) and isinstance(cell, Text | str) and column.key != "unit"
        ]  # fmt: skip
        return " · ".join(words[:3])
