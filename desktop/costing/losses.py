"""Waste by reason, and what counts found: two parts of the review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.costing import TITLES, WITHOUT_REASON, Review, WasteRow, share_of
from core.i18n import _
from desktop.theme import Meaning
from desktop.widgets import Bar, BarChart, Column, Kind, Label, RowTable, Words, language, money_words

MOST_BARS = 8


@dataclass(frozen=True, slots=True)
class WasteLine:
    """Waste of one reason, its share of all waste, and how much it was in the period before."""

    row: WasteRow
    share: Decimal | None
    before: Decimal | None

    @property
    def id(self) -> str:
        """The reason's code."""
        return self.row.reason

    def title(self) -> Words:
        """The reason's name."""
        return self.row.title(language()) or WITHOUT_REASON


class WasteTab(QWidget):
    """Bars and a list of reasons. `asked(WasteRow)` when the person wants to know why."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.chart = BarChart(_("Waste by reason"), shown=money_words)
        self.chart.picked.connect(self.asked)
        self.table = RowTable(
            [
                Column("title", _("Reason"), 150, stretch=True, value=lambda line: line.title()),
                Column("entries", _("Ledger entries"), 96, kind=Kind.QTY, value=lambda line: line.row.entries),
                Column("value", _("Value"), 112, kind=Kind.MONEY, why=True, value=lambda line: line.row.value),
                Column("share", _("Share of waste"), 96, kind=Kind.PERCENT, wide_only=True),
                Column("before", _("Last period"), 112, kind=Kind.MONEY, wide_only=True),
            ],
            name=_("Waste by reason"),
            key="costing.waste",
        )
        self.table.row_activated.connect(lambda line: self.asked.emit(line.row))
        self.table.why_requested.connect(lambda line, _key: self.asked.emit(line.row))
        self._nothing = Label(_("No waste was posted in this period."), "muted")
        self._halves = _halves(_with_words(self.chart), self.table, self._nothing, self)

    def show_review(self, review: Review, before: Review | None) -> None:
        """Show a period, against the one before once that is known."""
        whole = review.total.value("waste")
        earlier = None if before is None else {row.reason: row.value for row in before.waste}
        lines = [
            WasteLine(row, share_of(row.value, whole), None if earlier is None else earlier.get(row.reason, Decimal(0)))
            for row in review.waste
        ]
        self.table.set_rows(lines)
        self.chart.set_bars(
            [Bar(line.row, line.title(), line.row.value, Meaning.SOON, line.before) for line in lines[:MOST_BARS]]
        )
        self._halves.setVisible(bool(lines))
        self._nothing.setVisible(not lines)


class CountsTab(QWidget):
    """Items with a difference, the largest first. `asked(CountRow, column)` when the person wants to know why."""

    asked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.table = RowTable(
            [
                Column("code", _("Code"), 110),
                Column("title", _("Name"), 220, stretch=True, value=lambda row: row.title(language())),
                Column("qty", _("Difference"), 140, kind=Kind.QTY, unit="unit", why=True),
                Column("gain", TITLES["gain"], 120, kind=Kind.MONEY, why=True),
                Column("loss", TITLES["loss"], 120, kind=Kind.MONEY, why=True),
                Column("net", _("Gain less loss"), 130, kind=Kind.MONEY, why=True),
            ],
            name=TITLES["counts"],
            key="costing.counts",
        )
        self.table.row_activated.connect(lambda row: self.asked.emit(row, "net"))
        self.table.why_requested.connect(self.asked)
        self._sum = Label("", "muted")
        self._nothing = Label(_("No count of this period found a difference."), "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        for widget in (self._sum, self._nothing):
            widget.setContentsMargins(16, 0, 16, 0)
            column.addWidget(widget)
        column.addWidget(self.table, 1)

    def show_review(self, review: Review, _before: Review | None) -> None:
        """Show a period."""
        rows = [replace(row, unit=review.unit_title(row.unit, language())) for row in review.counts]
        self.table.set_rows(rows)
        gain, loss = review.count_gain, review.count_loss
        self._sum.set_words(
            _(
                "Found more: {gain}, found less: {loss}, together {net}.",
                gain=money_words(gain, sign=True),
                loss=money_words(loss, sign=True),
                net=money_words(gain - loss, sign=True),
            )
        )
        self._sum.setVisible(bool(rows))
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)


def _with_words(chart: BarChart) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 8)
    column.addWidget(chart, 1)
    words = Label(_("The line across a bar is last period."), "small")
    words.setContentsMargins(8, 0, 0, 0)
    column.addWidget(words)
    return box


def _halves(left: QWidget, right: QWidget, nothing: Label, owner: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    row.addWidget(left, 5)
    row.addWidget(right, 5)
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 8, 0, 0)
    nothing.setContentsMargins(16, 0, 16, 0)
    column.addWidget(nothing)
    column.addWidget(box, 1)
    return box
