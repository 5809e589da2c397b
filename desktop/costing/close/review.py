"""What the month cost, beside its checklist: summary, head figures, the bridge, and a table by category or section."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.costing import Against, Figure, FigureKey, MonthReview
from core.documents import Notation
from core.i18n import _
from desktop.costing.explain.bridge import BridgeTable, CostBridge, category_lines, figure_of, section_lines
from desktop.costing.explain.figures import FIGURE_TITLES
from desktop.costing.explain.summary import SummaryView
from desktop.theme import Meaning
from desktop.widgets import CardGrid, FigureCard, Label, Notice, Tabs, Words, money_words, percent_words

CARDS = (FigureKey.COST, FigureKey.USAGE, FigureKey.WASTE, FigureKey.COUNTS, FigureKey.CLOSING)
CHART, TABLE = 190, 240
MOST_SENTENCES = 4
SHORT = {
    FigureKey.COST: _("Cost"),
    FigureKey.COUNTS: _("Net count loss"),
}


class LowGrid(CardGrid):
    """Cards that are always low: beside a checklist there is little room."""

    def _set_low(self) -> bool:
        for card in self.cards():
            if isinstance(card, FigureCard):
                card.set_low(True)
        return True


class MonthView(QWidget):
    """`asked(figure, title)` for every figure that is clicked."""

    asked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._review: MonthReview | None = None
        self.head = Label("", "strong", wrap=True)
        self.cards = {
            key: FigureCard(SHORT.get(key, FIGURE_TITLES[key]), partial(self._open_card, key)) for key in CARDS
        }
        self.summary = SummaryView(lambda figure: self.asked.emit(figure, ""))
        self.chart = CostBridge()
        self.chart.picked.connect(self._open_step)
        self.chart.setFixedHeight(CHART)
        self.budget = Notice()
        self.budget.hide()
        self.categories = BridgeTable(_("Category"), _("Cost by category"), key="close.categories", is_narrow=True)
        self.sections = BridgeTable(_("Section"), _("Cost by section"), key="close.sections", is_narrow=True)
        self.tabs = Tabs(_("Cost of the month in parts"))
        for words, table in ((_("By category"), self.categories), (_("By section"), self.sections)):
            table.asked.connect(self.asked)
            self.tabs.add(words, table)
        self.tabs.setMinimumHeight(TABLE)
        self._lay_out()

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 16, 8)
        column.setSpacing(8)
        grid = LowGrid(list(self.cards.values()))
        for part in (self.head, grid, self.summary, self.budget, self.chart):
            column.addWidget(part)
        column.addWidget(self.tabs, 1)

    def set_alone(self, is_alone: bool) -> None:
        """Whether it fills the page, not the part beside the list."""
        self._column.setContentsMargins(16 if is_alone else 0, 0, 16, 8)

    def show_month(self, review: MonthReview, notation: Notation) -> None:
        """Show a month beside another."""
        self._review = review
        self.head.set_words(head_words(review))
        amounts = {figure.key: figure.amount for figure in review.figures}
        for key, card in self.cards.items():
            amount = amounts.get(key)
            card.set_figure("" if amount is None else money_words(amount, sign=True))
        change = review.bridge.ratio
        if change is not None:
            self.cards[FigureKey.COST].set_note(f"{'+' if change > 0 else ''}{percent_words(change)}")
        self.budget.setVisible(review.against is Against.BUDGET and not review.budget)
        if self.budget.isVisibleTo(self):
            self.budget.say(
                _("{month} has no budget: it is compared with the month before.", month=review.month), Meaning.WATCH
            )
        self.summary.show_sentences(review.summary[:MOST_SENTENCES], notation)
        self.chart.show_month(review)
        self.categories.show_lines(category_lines(review))
        self.sections.show_lines(section_lines(review))

    def _open_card(self, key: FigureKey) -> None:
        if self._review is not None:
            figure = next((one for one in self._review.figures if one.key is key), None)
            self._emit(figure)

    def _open_step(self, key: object) -> None:
        if self._review is not None:
            self._emit(figure_of(self._review, key))

    def _emit(self, figure: Figure | None) -> None:
        if figure is not None:
            self.asked.emit(figure, "")


def head_words(review: MonthReview) -> Words:
    """What is compared with what."""
    if review.against is Against.BUDGET and review.budget:
        return _("{month} against its budget, by way of {compared}", month=review.month, compared=review.compared)
    if review.is_running:
        return _("{month} until now against as many days of {compared}", month=review.month, compared=review.compared)
    return _("{month} against {compared}", month=review.month, compared=review.compared)
