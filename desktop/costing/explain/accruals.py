"""Goods received and not invoiced at a month's end: by supplier, by receipt, and as the lines an accountant books."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core import costing
from core.costing import AccrualStyle, Figure, FigureKey, MonthReview
from core.i18n import Text, _, _n
from core.words import word
from desktop.context import AppContext
from desktop.costing.explain.rows import ListTable
from desktop.widgets import Chip, Column, FlowLayout, Kind, Label, language, money_words

WAYS: tuple[tuple[Text, AccrualStyle | None], ...] = (
    (_("By supplier"), None),
    (_("By receipt"), None),
    (word(AccrualStyle.MONTH_START), AccrualStyle.MONTH_START),
    (word(AccrualStyle.ON_INVOICE), AccrualStyle.ON_INVOICE),
)
SUPPLIERS, RECEIPTS = 0, 1


class AccrualsTab(QWidget):
    """`asked(figure, title)` for a supplier's figure; a receipt opens its posting."""

    asked = Signal(object, object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context, self._review = context, None
        self.words = Label("", wrap=True)
        self._chips: list[Chip] = []
        self._stack = QStackedWidget()
        self.tables = [
            ListTable(columns, name=WAYS[at][0], key=f"costing.accruals{at}") for at, columns in enumerate(_columns())
        ]
        ways = FlowLayout()
        ways.setContentsMargins(16, 0, 16, 0)
        for at, (words, _style) in enumerate(WAYS):
            chip = Chip(words, is_on=at == SUPPLIERS)
            chip.clicked.connect(partial(self.choose, at))
            self._chips.append(chip)
            ways.addWidget(chip)
            self._stack.addWidget(self.tables[at])
            self.tables[at].set_empty(_("Everything received is invoiced."))
        self.tables[SUPPLIERS].why_requested.connect(lambda row, _key: self._ask_supplier(row))
        self.tables[SUPPLIERS].row_activated.connect(self._ask_supplier)
        for table in self.tables[RECEIPTS:]:
            table.row_activated.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self.words.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self.words)
        column.addLayout(ways)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.tables[SUPPLIERS])

    _review: MonthReview | None

    @property
    def table(self) -> ListTable:
        """The table on show."""
        return self.tables[self._stack.currentIndex()]

    def show_month(self, review: MonthReview) -> None:
        """Show a month's."""
        self._review, found = review, review.accruals
        self.words.set_words(
            _n(
                "{n} receipt is not invoiced on {day}: {total}; a month before it was {before}.",
                "{n} receipts are not invoiced on {day}: {total}; a month before it was {before}.",
                found.receipts, day=found.as_of.isoformat(), total=money_words(found.total, sign=True),
                before=money_words(found.before, sign=True),
            )
        )  # fmt: skip
        self.tables[SUPPLIERS].show_list(found.suppliers)
        if self._stack.currentIndex() != SUPPLIERS:
            self._ask_list()

    def choose(self, at: int, _on: bool = False) -> None:
        """Another way to see it."""
        self._stack.setCurrentIndex(at)
        for number, chip in enumerate(self._chips):
            chip.setChecked(number == at)
        self._ask_list()

    def _ask_list(self) -> None:
        at, review = self._stack.currentIndex(), self._review
        if review is None or at == SUPPLIERS:
            return
        style = WAYS[at][1]
        if style is None:
            self._context.ops.ask(
                self, costing.list_accrued_receipts, month=review.month, key=at, then=partial(self._fill, at)
            )
        else:
            self._context.ops.ask(
                self, costing.list_accrual_lines, month=review.month, style=style, key=at, then=partial(self._fill, at)
            )

    def _fill(self, at: int, rows: Sequence[Any]) -> None:
        self.tables[at].show_list(rows)

    def _ask_supplier(self, row: Any) -> None:
        if self._review is not None:
            figure = Figure(FigureKey.ACCRUAL, self._review.month, supplier_id=row.supplier_id, amount=row.amount)
            self.asked.emit(figure, row.supplier.render(language()))

    def _open(self, row: Any) -> None:
        if row.posting_id and self._context.shell.can_go("stock.posting"):
            self._context.shell.go("stock.posting", posting_id=row.posting_id)


def _columns() -> tuple[list[Column], ...]:
    supplier = Column("supplier", _("Supplier"), 180, stretch=True, value=lambda row: row.supplier.render(language()))
    amount = Column("amount", _("Amount"), 130, kind=Kind.MONEY)
    lines = [
        Column("on", _("Day"), 112, kind=Kind.DATE, sortable=False),
        Column("number", _("Receipt"), 150, sortable=False),
        supplier,
        Column("document", _("Invoice"), 150, muted=True, sortable=False),
        amount,
    ]
    return (
        [
            supplier,
            Column("receipts", _("Number of receipts"), 150, kind=Kind.QTY),
            Column("amount", _("Amount"), 130, kind=Kind.MONEY, why=True),
        ],
        [
            Column("number", _("Receipt"), 150),
            Column("document", _("Delivery note"), 150, muted=True),
            Column("received_on", _("Received"), 112, kind=Kind.DATE),
            supplier,
            amount,
        ],
        lines,
        lines,
    )
