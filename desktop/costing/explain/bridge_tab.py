"""The bridge of a month in full: the chart, and below it every part by category, section or item."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.costing import MonthReview
from core.i18n import Text, _
from desktop.costing.explain.bridge import (
    BridgeLine,
    BridgeTable,
    CostBridge,
    category_lines,
    figure_of,
    item_lines,
    section_lines,
)
from desktop.costing.explain.rows import ListTable
from desktop.widgets import Chip, FlowLayout

CHART, LEAST_CHART = 200, 120
Lines = Callable[[MonthReview], list[BridgeLine]]
WAYS: tuple[tuple[Text, Text, Text, Lines], ...] = (
    (_("By category"), _("Category"), _("Cost by category"), category_lines),
    (_("By section"), _("Section"), _("Cost by section"), section_lines),
    (_("By item"), _("Item"), _("Cost by item"), item_lines),
)


class BridgeTab(QWidget):
    """`asked(figure, title)` for every figure."""

    asked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._review: MonthReview | None = None
        self.chart = CostBridge()
        self.chart.setMinimumHeight(LEAST_CHART)
        self.chart.setMaximumHeight(CHART)
        self.chart.picked.connect(self._open_step)
        self._stack, self._chips = QStackedWidget(), []
        self.tables: list[BridgeTable] = []
        self._ways = ways = FlowLayout()
        ways.setContentsMargins(16, 0, 16, 0)
        for at, (words, title, name, _lines) in enumerate(WAYS):
            chip = Chip(words, is_on=at == 0)
            chip.clicked.connect(partial(self.choose, at))
            self._chips.append(chip)
            ways.addWidget(chip)
            table = BridgeTable(title, name, key=f"costing.bridge{at}", with_code=at == 2)
            table.asked.connect(self.asked)
            self.tables.append(table)
            self._stack.addWidget(table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.chart, 1)
        column.addLayout(ways)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.tables[0].table)

    def add_chip(self, chip: Chip) -> None:
        """A further chip behind them, such as what is compared with."""
        self._ways.addWidget(chip)

    @property
    def table(self) -> ListTable:
        """The table on show."""
        return self.tables[self._stack.currentIndex()].table

    def choose(self, at: int, _on: bool = False) -> None:
        """By category (0), section (1) or item (2)."""
        self._stack.setCurrentIndex(at)
        for number, chip in enumerate(self._chips):
            chip.setChecked(number == at)
        self._fill()

    def show_month(self, review: MonthReview) -> None:
        """Show a month beside another."""
        self._review = review
        self.chart.show_month(review)
        self._fill()

    def _fill(self) -> None:
        """A hundred thousand items are made into lines only when they are asked for."""
        if self._review is not None:
            at = self._stack.currentIndex()
            self.tables[at].show_lines(WAYS[at][3](self._review))

    def _open_step(self, key: object) -> None:
        figure = figure_of(self._review, key) if self._review is not None else None
        if figure is not None:
            self.asked.emit(figure, "")
