"""The lines behind a check, beside the checklist; each opens what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from core.costing import CHECK_TITLES, CheckLine, MonthCheck
from core.i18n import _, _n
from desktop.costing.explain.rows import ListTable
from desktop.widgets import Button, Column, Kind, Label, language, line, money_words


class LinesPanel(QFrame):
    """`opened(line)` on Enter; `listed()` for the list where all of them are mended; `close_requested`."""

    opened = Signal(object)
    listed = Signal()
    close_requested = Signal()

    def __init__(self, check: MonthCheck, lines: Sequence[CheckLine], *, has_list: bool) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.check = check
        has_qty = any(one.qty is not None for one in lines)
        has_note = any(one.note is not None for one in lines)
        has_money = any(one.amount is not None for one in lines)
        self.table = ListTable(
            _columns(has_qty=has_qty, has_money=has_money, has_note=has_note), name=CHECK_TITLES[check.kind]
        )
        self.table.row_activated.connect(self.opened)
        self.table.show_list(lines)
        self._lay_out(lines, has_list=has_list, has_money=has_money)

    def _lay_out(self, lines: Sequence[CheckLine], *, has_list: bool, has_money: bool) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 0)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(CHECK_TITLES[self.check.kind], "heading", wrap=True))
        words.addWidget(Label(self.check.words, "muted", wrap=True))
        head.addLayout(words, 1)
        head.addWidget(Button(_("Close"), self.close_requested.emit, icon_name="close", kind="icon"))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.addWidget(Label(_n("{n} line", "{n} lines", len(lines)), "muted"), 1)
        if has_money:
            total = sum((abs(one.amount) for one in lines if one.amount is not None), Decimal(0))
            foot.addWidget(Label(money_words(total, sign=True), "strong"))
        if has_list:
            foot.addWidget(Button(_("Open the list"), self.listed.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(line())
        column.addLayout(foot)


def _columns(*, has_qty: bool, has_money: bool, has_note: bool) -> list[Column]:
    qty = [Column("qty", _("Quantity"), 104, kind=Kind.QTY, unit="unit", sortable=False)] if has_qty else []
    money = [Column("amount", _("At stake"), 104, kind=Kind.MONEY, sortable=False)] if has_money else []
    note = [Column("note", _("Note"), 140, muted=True, sortable=False, wide_only=True)] if has_note else []
    return [
        Column("number", _("Number"), 132, muted=True, sortable=False),
        Column("name", _("What"), 120, stretch=True, value=lambda one: one.title(language()), sortable=False),
        *note,
        Column("day", _("Day"), 104, kind=Kind.DATE, muted=True, sortable=False, wide_only=True),
        *qty,
        *money,
    ]
