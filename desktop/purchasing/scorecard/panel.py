"""One supplier's scorecard: its figures with their definitions, its months, the order lines behind."""

from __future__ import annotations

from collections.abc import Callable

from core.i18n import _
from core.purchasing import DEFINITIONS, FIGURES, ScoreLine, SupplierScore, figures_of
from desktop.purchasing.scorecard.columns import LINES
from desktop.widgets import Button, DetailPanel, Facts, Label, Words, money_words, number_words, small_table
from desktop.widgets.language import language

MOST_LINES = 60


class ScorePanel(DetailPanel):
    """`figure` is the one that was asked about: its lines come alone. `open_order(order_id)`, `show_paper()`."""

    def __init__(
        self,
        score: SupplierScore,
        figure: str,
        *,
        open_order: Callable[[int], object] | None,
        show_paper: Callable[[], object],
        sees_cost: bool,
    ) -> None:
        row = score.row
        super().__init__(
            row.supplier.render(language()),
            _("{lines} order lines of {orders} orders", lines=row.lines, orders=row.orders),
        )
        self.score = score
        shown: list[tuple[Words, Words]] = []
        for (_key, title), cell in zip(FIGURES, figures_of(row.card), strict=True):
            shown.append((title, cell if cell is not None else "–"))
        if sees_cost:
            shown.append((_("Ordered, without tax"), money_words(row.ordered, sign=True)))
        if row.claims:
            shown.append((_("Open claims"), number_words(row.claims)))
        self.add_facts(shown)
        if figure in DEFINITIONS:
            self.add_section(dict(FIGURES)[figure], Label(DEFINITIONS[figure], "muted", wrap=True))
        if len(score.months) > 1:
            self.add_section(_("By month: on time, in full"), self._months())
        self._add_lines(figure, open_order)
        self.add_action(Button(_("Print"), show_paper, icon_name="print", key="F8"))

    def _months(self) -> Facts:
        facts: list[tuple[Words, Words]] = []
        for month in self.score.months:
            cells = figures_of(month.card)
            words = _("{on_time}, {in_full}", on_time=cells[1] or "–", in_full=cells[2] or "–")
            facts.append((month.month.strftime("%Y-%m"), words))
        return Facts(facts)

    def _add_lines(self, figure: str, open_order: Callable[[int], object] | None) -> None:
        lines = [line for line in self.score.lines if figure not in _BAD or _BAD[figure](line)]
        if not lines:
            self.add_section(_("Order lines behind it"), Label(_("No line was late, short or refused."), "muted"))
            return
        table = small_table(LINES, lines[:MOST_LINES], name=_("Order lines behind it"))
        if open_order is not None:
            table.row_activated.connect(lambda line: open_order(line.order_id))
        self.add_section(_("Order lines behind it"), table)
        if len(lines) > MOST_LINES:
            self.add_widget(Label(_("{n} more lines stand on the paper.", n=len(lines) - MOST_LINES), "small"))


_BAD: dict[str, Callable[[ScoreLine], bool]] = {
    "on_time_first": lambda line: bool(line.days_late),
    "on_time_last": lambda line: bool(line.days_late),
    "in_full": lambda line: line.is_short,
    "rejected": lambda line: bool(line.rejected),
    "overdue": lambda line: line.arrived_on is None and bool(line.days_late),
}
