"""Why a figure is what it is: the entries that make it, and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from core.i18n import _, _n
from desktop.theme import Meaning
from desktop.widgets.figures import money_words, number_words
from desktop.widgets.language import Words, ui_text
from desktop.widgets.notice import Notice
from desktop.widgets.table import Column, Kind, RowTable
from desktop.widgets.words import Button, IconLabel, Label, line


@dataclass(frozen=True, slots=True)
class WhyEntry:
    """One entry behind a figure. `detail` says more (who, from where); `data` comes back when it is opened; `count` is how
    many entries it stands for, where those beyond a limit stand in one line."""

    id: Any
    words: Words
    amount: Decimal
    at: datetime | None = None
    detail: Words = ""
    unit: Words = ""
    data: Any = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class WhyFigure:
    """The figure asked about: its name, how much, whether money or a quantity, and a sentence about its rule."""

    title: Words
    amount: Decimal
    unit: Words = ""
    is_money: bool = False
    sentence: Words = ""

    def said(self, amount: Decimal) -> str:
        """An amount of its kind in words."""
        if self.is_money:
            return money_words(amount, sign=True)
        return f"{number_words(amount)} {ui_text(self.unit)}".strip()


class WhyPanel(QFrame):
    """Stands in the side panel. `entry_activated(WhyEntry)` when the person opens one; `close_requested`.

    The sum is added up here from the entries shown, so a figure that does not agree with them is seen at once.
    """

    entry_activated = Signal(object)
    close_requested = Signal()

    def __init__(self, figure: WhyFigure, entries: Sequence[WhyEntry]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._figure = figure
        kind = Kind.MONEY if figure.is_money else Kind.QTY
        has_detail = any(entry.detail for entry in entries)
        has_time = any(entry.at is not None for entry in entries) or not entries
        self.table = RowTable(
            [
                *([Column("at", _("When"), 132, kind=Kind.INSTANT, muted=True)] if has_time else []),
                Column("words", _("Entry"), 140, stretch=True),
                *([Column("detail", _("Detail"), 132, muted=True)] if has_detail else []),
                Column("amount", _("How much"), 110, kind=kind, unit="" if figure.is_money else "unit"),
            ],
            name=_("Entries behind this figure"),
        )
        self.table.set_rows(entries)
        self.table.row_activated.connect(self.entry_activated)
        self._sum = sum((entry.amount for entry in entries), Decimal(0))
        self._lay_out(sum(entry.count for entry in entries))

    def sum_words(self) -> str:
        """The sum as it is written below the entries."""
        return self._figure.said(self._sum)

    def agrees(self) -> bool:
        """Whether the entries sum to the figure exactly."""
        return self._sum == self._figure.amount

    def _lay_out(self, count: int) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 0)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(_("Why: {figure}", figure=self._figure.title), "heading", wrap=True))
        words.addWidget(Label(self._figure.said(self._figure.amount), "figure"))
        if self._figure.sentence:
            words.addWidget(Label(self._figure.sentence, "muted", wrap=True))
        head.addLayout(words, 1)
        close = Button(_("Close"), self.close_requested.emit, icon_name="close", kind="icon")
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        agrees = self.agrees()
        foot.addWidget(IconLabel("check" if agrees else "error", Meaning.GOOD if agrees else Meaning.DANGER))
        foot.addWidget(Label(_n("Sum of {n} entry", "Sum of {n} entries", count), "muted"), 1)
        foot.addWidget(Label(self.sum_words(), "strong"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(line())
        column.addLayout(foot)
        if not agrees:
            told = _(
                "The entries sum to {sum}, the figure says {figure}. Please run the check of the ledger.",
                sum=self.sum_words(),
                figure=self._figure.said(self._figure.amount),
            )
            column.addWidget(Notice(told, Meaning.DANGER))
