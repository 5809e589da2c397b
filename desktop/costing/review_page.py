"""The month's cost: figures, bridge, categories, items, waste, count differences; every figure opens its entries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core import costing
from core.clock import business_day
from core.costing import TITLES, CountRow, Days, Review, ReviewEntry, ReviewPart, WasteRow
from core.i18n import _
from desktop.context import AppContext
from desktop.costing.cards import FigureRow
from desktop.costing.export import ask_and_save
from desktop.costing.items_tab import ItemsTab
from desktop.costing.lines import CATEGORY_COLUMNS, QUANTITIES, ReviewLine, category_lines
from desktop.costing.losses import CountsTab, WasteTab
from desktop.costing.month_part import MONTH_TABS, MonthPart
from desktop.costing.overview import Overview
from desktop.costing.papers import review_paper
from desktop.costing.period import PeriodChooser
from desktop.costing.why import figure_of, why_panel
from desktop.widgets import PageBase, RowTable, Tabs, WhyEntry, WhyFigure, Words, scrolled

PANEL = 560
LEAST_TABS = 340
ROOMY = 520
"""Where a page is lower, figures and summary stand above the overview only: lists need the room."""
TAB_KEYS = ("overview", "categories", "items", "waste", "counts", *(key for key, _title in MONTH_TABS))
FIRST_MONTH = 5
CSV_SHEETS = {"overview": 0, "categories": 0, "items": 1, "waste": 2, "counts": 3}
NEW_DAY_MS = 60_000


class ReviewPage(PageBase):
    """What a period cost. `period` is this or last (month), or give `first` and `last` as ISO days; `tab` one of TAB_KEYS."""

    def __init__(
        self,
        context: AppContext,
        *,
        period: str = "this",
        first: str = "",
        last: str = "",
        tab: str = "overview",
    ) -> None:
        super().__init__(_("Monthly cost"), "")
        self._context = context
        self._review: Review | None = None
        self._before: Review | None = None
        self.period = PeriodChooser(self.chips, self._today, self._first_period(period, first, last))
        self.period.changed.connect(lambda _days: self._on_period())
        self._make_parts()
        self._wanted = tab if tab in TAB_KEYS[FIRST_MONTH:] else ""
        self.tabs.setCurrentIndex(TAB_KEYS.index(tab) if tab in TAB_KEYS[:FIRST_MONTH] else 0)
        self._add_actions()
        self.set_empty(
            _("Nothing in this period"),
            _("What was received, used, lost and counted adds up here. Choose another period, or begin to post."),
            [(_("Receive goods"), lambda: context.shell.go("purchasing.receive"))],
            "month-end",
        )
        context.hub.watch(self, ["stock", "item", "month", "budget", "invoice"], self.reload)
        self._new_day = QTimer(self)
        self._new_day.setInterval(NEW_DAY_MS)
        self._new_day.timeout.connect(self._on_minute)
        self._new_day.start()
        self.reload()

    # --- making

    def _first_period(self, period: str, first: str, last: str) -> Days:
        if first and last:
            return Days(date.fromisoformat(first), date.fromisoformat(last))
        today = self._today()
        return costing.last_month(today) if period == "last" else costing.month_to_date(today)

    def _today(self) -> date:
        site = self._context.office.site
        return business_day(self._context.office.clock.now(), site.zone, site.day_start_hour)

    def _make_parts(self) -> None:
        self.cards = FigureRow(self.why_of_total)
        self.overview, self.items, self.waste, self.counts = Overview(), ItemsTab(), WasteTab(), CountsTab()
        self.categories = RowTable(CATEGORY_COLUMNS, name=_("Monthly cost by category"), key="costing.categories")
        self.overview.asked.connect(self.why_of_total)
        self.categories.why_requested.connect(self.why_of_line)
        self.categories.row_activated.connect(self._open_category)
        self.items.asked.connect(self.why_of_line)
        self.waste.asked.connect(self.why_of_waste)
        self.counts.asked.connect(self.why_of_count)
        self.tabs = Tabs(_("Parts of the review"))
        parts: tuple[tuple[Words, QWidget], ...] = (
            (_("Overview"), self.overview),
            (_("By category"), self.categories),
            (_("By item"), self.items),
            (_("Waste by reason"), self.waste),
            (TITLES["counts"], self.counts),
        )
        for words, part in parts:
            self.tabs.add(words, part)
        self.month = MonthPart(self._context, self, self.tabs, self._on_month)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(12)
        self.top = _stacked(self.cards, self.month.summary)
        column.addWidget(self.top)
        column.addWidget(self.tabs, 1)
        # The tabs take what is left; what they would like to have must not make the page scroll.
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.tabs.setMinimumHeight(LEAST_TABS)
        self.tabs.currentChanged.connect(lambda _at: self._make_room())
        self.set_content(scrolled(content))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self.top.setVisible(self.height() >= ROOMY or self.tabs.currentWidget() is self.overview)

    def _add_actions(self) -> None:
        self.add_search(self._find, _("Find an item"))
        self.set_primary(_("Export as Excel"), lambda: self._export(None), "export")
        self.add_more(_("Print"), self.print_page, "print", "F8")
        self.add_more(_("Preview the pack"), self.month.print_pack, "print")
        self.add_more(_("Export this part as CSV"), self._export_part, "export")

    # --- asking

    def reload(self) -> None:
        """Ask for the period and the one before."""
        self.start_loading(_("Adding up the ledger…"))
        days = self.period.days
        self.set_answer(
            _(
                "What {first} to {last} cost, compared with {before_first} to {before_last}",
                **_dates(days, costing.days_before(days)),
            )
        )
        self._ask("period", days)
        self.month.ask(days, self._today())

    def _ask(self, key: str, days: Days) -> None:
        site = self._context.office.site
        start, end = costing.period_moments(days, site.zone, site.day_start_hour)
        then = self._take if key == "period" else self._take_before
        self._context.ops.ask(self, costing.get_review, then=then, key=key, start=start, end=end)

    def _take(self, review: Review) -> None:
        is_same = self._review is not None and (self._review.start, self._review.end) == (review.start, review.end)
        self._review = review
        self._before = self._before if is_same else None
        if review.is_empty:
            self.show_empty()
        else:
            self._show_review()
            self.show_content()
        self._ask("before", costing.days_before(self.period.days))

    def _take_before(self, before: Review) -> None:
        self._before = before
        if self._review is not None and not self._review.is_empty:
            self._show_review()

    def _show_review(self) -> None:
        review = self._review
        if review is None:
            return
        for part in (self.cards, self.overview, self.items, self.waste, self.counts):
            part.show_review(review, self._before)
        self.categories.set_rows(category_lines(review, self._before))

    def _on_month(self) -> None:
        """The parts of the month are there: show the one the page was opened for."""
        if self._wanted:
            self.month.choose(self._wanted)
            self._wanted = ""

    def _on_panel_closed(self) -> None:
        if not self.month.drill.back():
            super()._on_panel_closed()

    def _on_period(self) -> None:
        self.month.drill.forget()
        self.close_panel()
        self.reload()

    def _on_minute(self) -> None:
        if self.isVisible() and self.period.follow():
            self._on_period()

    # --- why

    def why_of_total(self, column: str) -> None:
        """Open the entries behind a figure of the whole."""
        if self._review is None:
            return
        review = self._review
        amounts = {"gain": review.count_gain, "loss": review.count_loss, "variance": review.total.variance}
        amount = amounts[column] if column in amounts else review.total.value(column)
        self._why(column, ReviewPart(), figure_of(column, TITLES[column], amount, None))

    def why_of_line(self, line: ReviewLine, key: str) -> None:
        """Open the entries behind a figure of an item or a category."""
        column = QUANTITIES.get(key, key)
        if column not in TITLES:
            return
        title = _("{column}, {what}", column=TITLES[column], what=line.title())
        qty = line.row.qty(column) if key in QUANTITIES else None
        if key in QUANTITIES and qty is None:
            return
        amount = line.row.value(column) if qty is None else qty
        self._why(column, line.part, figure_of(column, title, amount, None if qty is None else line.unit))

    def why_of_waste(self, row: WasteRow) -> None:
        """Open the entries of waste of one reason."""
        title = _("{column}, {what}", column=TITLES["waste"], what=row.title(self._context.language))
        self._why("waste", ReviewPart(reason=row.reason), figure_of("waste", title, row.value, None))

    def why_of_count(self, row: CountRow, key: str) -> None:
        """Open the entries of counts of one item."""
        column = {"gain": "gain", "loss": "loss"}.get(key, "counts")
        amounts: dict[str, Decimal] = {"gain": row.gain, "loss": row.loss, "qty": row.qty}
        title = _("{column}, {what}", column=TITLES[column], what=row.title(self._context.language))
        figure = figure_of(column, title, amounts.get(key, row.net), row.unit if key == "qty" else None)
        self._why(column, ReviewPart(item_id=row.item_id), figure)

    def _why(self, column: str, part: ReviewPart, figure: WhyFigure) -> None:
        review = self._review
        if review is None:
            return
        self.month.drill.forget()

        def arrived(entries: list[ReviewEntry]) -> None:
            panel = why_panel(figure, entries, of_item=part.item_id is not None)
            panel.entry_activated.connect(self._open_posting)
            self.open_panel(panel, PANEL)
            panel.table.setFocus()

        self._context.ops.ask(
            self,
            costing.list_review_entries,
            then=arrived,
            key="why",
            start=review.start,
            end=review.end,
            column=column,
            part=part,
        )

    def _open_posting(self, entry: WhyEntry) -> None:
        if entry.data and self._context.shell.can_go("stock.posting"):
            self._context.shell.go("stock.posting", posting_id=entry.data)

    # --- going on

    def _open_category(self, line: ReviewLine) -> None:
        """The items of a category; of the total all."""
        self.items.category.choose(None if line.is_total else line.id)
        self.tabs.setCurrentWidget(self.items)
        self.items.table.setFocus()

    def _find(self, text: str) -> None:
        self.items.search(text)
        if text:
            self.tabs.setCurrentWidget(self.items)

    def print_page(self) -> None:
        """The review as a paper."""
        office, days, language = self._context.office, self.period.days, self._context.language
        self._context.shell.make_paper(self, review_paper(office, days, language))

    def _export(self, sheet: int | None) -> None:
        ask_and_save(self._context, self, self.period.days, sheet)

    def _export_part(self) -> None:
        if self.month.export(self.tabs.currentWidget()):
            return
        self._export(CSV_SHEETS[TAB_KEYS[self.tabs.currentIndex()]])


def _stacked(*parts: QWidget) -> QWidget:
    """Parts that are shown and hidden together, one below the other."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part)
    return whole


def _dates(days: Days, before: Days) -> dict[str, Any]:
    return {
        "first": days.first.isoformat(),
        "last": days.last.isoformat(),
        "before_first": before.first.isoformat(),
        "before_last": before.last.isoformat(),
    }
