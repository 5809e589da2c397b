"""The head of a pivot: chips for the time, saved views, how many stand alone, groups, shading and chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from core.i18n import Text, _
from core.reports import ChartSpec, PivotAsked, PivotTable, Span, SpanKind, ViewRow
from core.words import Period
from desktop.context import AppContext
from desktop.reports.pivot.body import PivotBody
from desktop.reports.report.period import PeriodChips
from desktop.widgets import Chip, ChipSpec, MenuChip, PageBase

TOPS = (5, 10, 20, 50)


@dataclass(frozen=True)
class OfPeriod:
    """What the period chips are told of a pivot: it can be about any time."""

    span: SpanKind = SpanKind.PERIOD
    is_of_period: bool = True
    chart: ChartSpec | None = None


class PivotShaping(QObject):
    """`time_changed`, `view_chosen(ViewRow | None)`, `top_chosen(int)` when the person means otherwise."""

    time_changed = Signal()
    view_chosen = Signal(object)
    top_chosen = Signal(int)

    def __init__(self, context: AppContext, page: PageBase, body: PivotBody) -> None:
        super().__init__(page)
        self._page = page
        self._rows: dict[int, ViewRow] = {}
        self.period = PeriodChips(context, page.chips, OfPeriod(), (Period.WEEK_TO_DATE,))
        self.period.changed.connect(self.time_changed)
        self.views = self._menu("view", _("View"))
        self.views.hide()
        self.views.chosen.connect(lambda view_id: self.view_chosen.emit(self._rows.get(view_id)))
        self.top = self._menu("top", _("Largest"))
        self.top.set_options([(number, _("The first {n}", n=number)) for number in TOPS])
        self.top.chosen.connect(lambda number: self.top_chosen.emit(number or 0))
        self.shut = self._chip(_("Groups only"), body.grid.shut_all)
        self.shading = self._chip(_("Shading"), body.grid.shade)
        self.chart = self._chip(_("Chart"), body.want_chart, is_on=True)
        body.chart_shown.connect(self._show_chart)

    def begin(self, asked: PivotAsked, table: PivotTable) -> None:
        """Show the time of a pivot opened as a view or from elsewhere; without one the last twelve months."""
        word = asked.period
        if not word and asked.span.start is None and asked.span.end is None and table.is_of_period:
            word = Period.LAST_12_MONTHS.value
        self.period.show(asked.span, word)

    def show(self, asked: PivotAsked, table: PivotTable) -> None:
        """Show what is asked, without telling."""
        if (self.period.word, self.period.span()) != (asked.period, asked.span) and table.is_of_period:
            self.period.show(asked.span, asked.period)
        self.period.set_shown(table.is_of_period)
        self.shut.setVisible(len(asked.rows) > 1)
        self.top.setVisible(bool(asked.rows))
        with QSignalBlocker(self.top):
            self.top.choose(asked.top or None)

    def _show_chart(self, is_shown: bool) -> None:
        with QSignalBlocker(self.chart):
            self.chart.setChecked(is_shown)

    def span(self, table: PivotTable) -> Span:
        """The time chosen, as it is now; none where the table is about now."""
        return self.period.span() if table.is_of_period else Span()

    def set_views(self, rows: Sequence[ViewRow], chosen: int) -> None:
        """The saved views there are."""
        self._rows = {row.id: row for row in rows}
        with QSignalBlocker(self.views):
            self.views.set_options([(row.id, row.name) for row in rows])
            self.views.choose(chosen if chosen in self._rows else None)
        self.views.setVisible(bool(rows))

    def _menu(self, key: str, words: Text) -> MenuChip:
        chip = self._page.chips.add(ChipSpec(key, words, ()))
        assert isinstance(chip, MenuChip)
        return chip

    def _chip(self, words: Text, tell: Callable[[bool], object], *, is_on: bool = False) -> Chip:
        chip = Chip(words, is_on=is_on)
        chip.toggled.connect(tell)
        self._page.chips.add_widget(chip)
        return chip
