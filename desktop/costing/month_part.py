"""What the review of a period shows more when the period is a month: summary, bridge, prices, idle goods, accruals, budget."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from core import costing
from core.costing import Against, Days, Figure, Month, MonthReview, month_to_date
from core.documents import Notation
from core.errors import CoreError
from core.i18n import Text, _
from desktop.context import AppContext
from desktop.costing.close.files import pack_paper
from desktop.costing.explain.accruals import AccrualsTab
from desktop.costing.explain.against import AgainstChips
from desktop.costing.explain.bridge_tab import BridgeTab
from desktop.costing.explain.drill import BUDGETS, Drill
from desktop.costing.explain.sheet import table_sheet
from desktop.costing.explain.standing import BudgetTab, DeadTab, MoversTab
from desktop.costing.explain.summary import SummaryView
from desktop.printing.list_file import ListFile
from desktop.widgets import PageBase, Tabs, Words

MONTH_TABS: tuple[tuple[str, Text], ...] = (
    ("bridge", _("Cost bridge")),
    ("prices", _("Price changes")),
    ("idle", _("Goods that do not move")),
    ("accruals", _("Not invoiced")),
    ("budget", _("Budget")),
)
MOST_SENTENCES = 3


def month_of(days: Days, today: date) -> str:
    """The month a period is, whole or (the running one) until today; empty when it is none."""
    month = Month.of(days.first)
    return month.text if days in (month.days, month_to_date(today)) else ""


class MonthPart:
    """Its tabs stand behind those of the period and are there only while the period is a month."""

    def __init__(
        self, context: AppContext, page: PageBase, tabs: Tabs, shown: Callable[[], object] = lambda: None
    ) -> None:
        self._shown = shown
        self._context, self._page, self._tabs = context, page, tabs
        self._month = ""
        self.review: MonthReview | None = None
        self.drill = Drill(context, page)
        self.summary = SummaryView(lambda figure: self.drill.open(figure))
        can_edit = context.shell.can_go(BUDGETS)
        self.bridge, self.movers, self.dead = BridgeTab(), MoversTab(), DeadTab()
        self.accruals = AccrualsTab(context)
        self.budget = BudgetTab((lambda: context.shell.go(BUDGETS, month=self._month)) if can_edit else None)
        self._parts: dict[str, Any] = dict(
            zip(
                (key for key, _title in MONTH_TABS),
                (self.bridge, self.movers, self.dead, self.accruals, self.budget),
                strict=True,
            )
        )
        self._first = tabs.count()
        for key, title in MONTH_TABS:
            tabs.add(title, self._parts[key])
            self._parts[key].asked.connect(self._on_asked)
        self.movers.wanted.connect(self._all_movers)
        self.dead.wanted.connect(self._all_dead)
        self.against = AgainstChips()
        self.against.changed.connect(self.compare)
        for chip in self.against.chips():
            self.bridge.add_chip(chip)
        self.show(None)

    def ask(self, days: Days, today: date) -> None:
        """Ask for the month the period is; of any other period nothing is shown."""
        month = month_of(days, today)
        if month != self._month:
            self.drill.forget()
        self._month = month
        if not month:
            self.show(None)
            return
        self._context.ops.ask(
            self._page, costing.get_month_review, month=month, against=self.against.value, key="month", then=self.show,
            failed=self._failed,
        )  # fmt: skip

    def _failed(self, _error: CoreError) -> None:
        """A month before the books began, or without the right: the period says so already."""
        self.show(None)

    def show(self, review: MonthReview | None) -> None:
        """Show a month, or that the period is none."""
        self.review = review if review is not None and review.month == self._month else None
        for at in range(self._first, self._tabs.count()):
            self._tabs.setTabVisible(at, self.review is not None)
        self.summary.setVisible(self.review is not None)
        if self.review is None:
            return
        site = self._context.office.site
        self.drill.estimate = self.review.estimate
        self.summary.show_sentences(
            self.review.summary[:MOST_SENTENCES], Notation(site.currency, site.digits, site.zone)
        )
        for part in self._parts.values():
            part.show_month(self.review)
        self._shown()

    def compare(self, against: Against) -> None:
        """Compare with the month before, the year before, or the budget."""
        self.against.choose(against)
        self.drill.forget()
        self._page.reload()

    def choose(self, key: str) -> None:
        """Show one of its tabs."""
        self._tabs.setCurrentWidget(self._parts[key])

    def print_pack(self) -> None:
        """The month's pack."""
        if self._month:
            paper = pack_paper(self._context.office, self._month, self._context.language, self.against.value)
            self._context.shell.make_paper(self._page, paper)

    def export(self, tab: QWidget | None) -> bool:
        """Save the list of a tab as CSV; False when the tab is none of the month's."""
        title = next((title for key, title in MONTH_TABS if self._parts[key] is tab), None)
        if title is None or tab is None:
            return False
        table = self._parts[next(key for key, one in self._parts.items() if one is tab)].table
        ListFile(self._context, self._page, title, lambda: table_sheet(title, table)).ask("csv")
        return True

    def _on_asked(self, figure: Figure, title: Words) -> None:
        self.drill.open(figure, title)

    def _all_movers(self) -> None:
        self._context.ops.ask(
            self._page, costing.list_price_movers, month=self._month, against=self.against.value, limit=100_000, key="movers",
            then=lambda found: self.movers.show_all(found.rows),
        )  # fmt: skip

    def _all_dead(self) -> None:
        self._context.ops.ask(
            self._page, costing.list_dead_stock, month=self._month, key="dead", then=self.dead.show_all
        )
