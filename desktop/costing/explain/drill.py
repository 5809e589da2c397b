"""Why a figure of the month is what it is: its parts, their parts, at last the entries; Esc goes back one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from core import costing
from core.costing import Estimate, Figure, FigureKey, FigurePart, ReviewEntry
from core.i18n import _
from desktop.context import AppContext
from desktop.costing.explain.figures import figure_title, figure_words
from desktop.costing.why import entry_rows
from desktop.widgets import DetailPanel, Label, PageBase, WhyEntry, WhyFigure, WhyPanel, Words, money_words

WIDTH = 520
BUDGETS, POSTING = "month_end.budgets", "stock.posting"


@dataclass(frozen=True, slots=True)
class _Step:
    """A figure on the way, and what it is called there."""

    figure: Figure
    title: Words


class Drill:
    """Opens figures in the side panel of a page. The panel closes to the figure it was opened from, and at last altogether.

    Until the figure's amount is told by whoever opens it, the sum of its parts stands for it.
    """

    def __init__(self, context: AppContext, page: PageBase) -> None:
        self._context, self._page = context, page
        self._trail: list[_Step] = []
        self.estimate: Estimate | None = None

    def open(self, figure: Figure, title: Words = "") -> None:
        """Show what a figure is made of."""
        self._trail = []
        self._go(_Step(figure, title or figure_title(figure)))

    def forget(self) -> None:
        """What is open belongs to another month now."""
        self._trail = []

    def back(self) -> bool:
        """Go back to the figure before; False from the first."""
        if len(self._trail) < 2:
            self._trail = []
            return False
        del self._trail[-1]
        self._ask(self._trail[-1])
        return True

    def _go(self, step: _Step) -> None:
        figure = step.figure
        if figure.key is FigureKey.BUDGET:
            if self._context.shell.can_go(BUDGETS):
                self._context.shell.go(BUDGETS, month=figure.month)
            return
        if figure.key is FigureKey.ESTIMATE:
            if self.estimate is not None:
                self._page.open_panel(EstimatePanel(self.estimate), WIDTH)
            return
        self._trail.append(step)
        self._ask(step)

    def _ask(self, step: _Step) -> None:
        bare = replace(step.figure, amount=None, percent=None)
        self._context.ops.ask(
            self._page, costing.list_figure_parts, figure=bare, key="drill",
            then=lambda parts: self._show_parts(step, parts) if parts else self._ask_entries(step, bare),
        )  # fmt: skip

    def _ask_entries(self, step: _Step, bare: Figure) -> None:
        self._context.ops.ask(
            self._page, costing.list_figure_entries, figure=bare, key="drill",
            then=lambda entries: self._show_entries(step, entries),
        )  # fmt: skip

    def _show_parts(self, step: _Step, parts: list[FigurePart]) -> None:
        rows = [WhyEntry(at, part.title, part.amount, detail=part.code, data=part) for at, part in enumerate(parts)]
        panel = self._panel(step, rows)
        panel.entry_activated.connect(lambda row: self._open_part(step, row.data))
        self._show(panel)

    def _open_part(self, step: _Step, part: FigurePart) -> None:
        if part.figure is not None:
            self._go(
                _Step(
                    replace(part.figure, amount=part.amount), _("{part} of: {whole}", part=part.title, whole=step.title)
                )
            )

    def _show_entries(self, step: _Step, entries: list[ReviewEntry]) -> None:
        panel = self._panel(step, entry_rows(entries, of_item=step.figure.item_id is not None))
        panel.entry_activated.connect(self._open_posting)
        self._show(panel)

    def _panel(self, step: _Step, rows: list[WhyEntry]) -> WhyPanel:
        amount = step.figure.amount
        if amount is None:
            amount = sum((row.amount for row in rows), Decimal(0))
        return WhyPanel(WhyFigure(step.title, amount, "", True, figure_words(step.figure.key)), rows)

    def _show(self, panel: WhyPanel) -> None:
        self._page.open_panel(panel, WIDTH)
        panel.table.select_row(0)
        panel.table.setFocus()

    def _open_posting(self, entry: WhyEntry) -> None:
        if entry.data and self._context.shell.can_go(POSTING):
            self._context.shell.go(POSTING, posting_id=entry.data)


class EstimatePanel(DetailPanel):
    """How the estimate of the running month comes about."""

    def __init__(self, found: Estimate) -> None:
        super().__init__(_("Estimate for the whole month"), found.as_of.isoformat())
        self.add_facts(
            [
                (_("Opening"), _said(found.opening)),
                (_("Purchases until now"), _said(found.purchases)),
                (_("Purchases to come"), _said(found.purchases_to_come)),
                (_("Cost until now"), _said(found.cost_until_now)),
                (_("Usage to come"), _said(found.usage_to_come)),
                (_("Closing expected"), _said(found.closing)),
                (_("Cost expected"), _said(found.cost)),
                (_("Likely between"), _range(found)),
            ]
        )
        words = _(
            "{days} days are left, today among them. They count as their weekdays did in the {weeks} weeks before. In four of "
            "five months the cost lies in the range.",
            days=found.days_left, weeks=found.weeks,
        )  # fmt: skip
        self.add_widget(Label(words, "muted", wrap=True))


def _said(amount: Decimal) -> str:
    return money_words(amount, sign=True)


def _range(found: Estimate) -> Words:
    if found.low is None or found.high is None:
        return _("Too little is known for a range")
    return _("{low} to {high}", low=_said(found.low), high=_said(found.high))
