"""A claim being typed, beside the list: what for, the bar, its lines; F9 submits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from core import expenses
from core.expenses import ExpenseCard, NewExpense
from core.i18n import Text, _, _n
from desktop.context import AppContext
from desktop.expenses.entry import EntryBar
from desktop.expenses.lines import FormLine, Lines, from_card
from desktop.shell.lines_form import LinesForm, lines_table
from desktop.theme import Meaning
from desktop.widgets import Column, Kind, TextEdit, local_time, money_words

HIGH_LINES = 170


class ExpenseForm(LinesForm):
    """Without a card a new claim. `saved(ExpenseSaved)`."""

    def __init__(self, context: AppContext, card: ExpenseCard | None = None) -> None:
        title = _("New expense claim") if card is None else _("Change {number}", number=card.row.number)
        super().__init__(title, _("Enter goes from field to field; after the amount it adds the line."))
        self._context, self._card = context, card
        self.lines = Lines(self)
        self.bar = EntryBar(context, lambda: local_time(context.office.clock.now()).date())
        self.form.add(
            "purpose", _("Spent for"), TextEdit(most=200, placeholder=_("For instance: missing vegetables")), span=True
        )
        table = lines_table(_COLUMNS, _("Nothing is claimed yet. Add what was paid."), HIGH_LINES)
        self.arrange(self.bar, self.lines, table, submit=_("Submit"))
        self.bar.entered.connect(self.lines.put)
        self.bar.failed.connect(self.show_error)
        context.ops.ask(self, expenses.list_expense_kinds, then=self.bar.set_kinds)
        context.ops.ask(self, expenses.list_expense_shops, then=self.bar.set_shops, failed=lambda _error: None)
        if card is not None:
            self.form.editor("purpose").set_value(card.row.purpose)
            self.lines.set(from_card(card.lines))
            self.take_as_saved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F6:
            self.bar.choose()
        else:
            super().keyPressEvent(event)

    def _count_words(self, lines: Sequence[Any]) -> Text:
        return _n(
            "{n} line, {total}", "{n} lines, {total}", len(lines), total=money_words(self.lines.total(), sign=True)
        )

    def _send(self, values: dict[str, Any], *, is_submitted: bool) -> None:
        lines = self.lines.all()
        new = NewExpense(tuple(line.given() for line in lines), values["purpose"] or "", self.lines.removed())
        do = self._context.ops.do
        if self._card is None:
            do(
                self, expenses.create_expense, new=new, is_submitted=is_submitted, then=self.done,
                failed=self.show_error,
            )  # fmt: skip
            return
        row = self._card.row
        do(
            self, expenses.update_expense, expense_id=row.id, version=row.version, new=new, is_submitted=is_submitted,
            then=self.done, failed=self.show_error,
        )  # fmt: skip


def _without(line: FormLine) -> Meaning | None:
    return None if line.receipts else Meaning.SOON


_COLUMNS = (
    Column("day", _("Day"), 100, kind=Kind.DATE, sortable=False),
    Column("kind", _("Kind of expense"), 120, stretch=True, sortable=False),
    Column("supplier", _("Paid to"), 120, stretch=True, sortable=False),
    Column("receipts", _("Bills"), 84, kind=Kind.QTY, sortable=False, meaning=_without),
    Column("amount", _("Amount"), 100, kind=Kind.MONEY, sortable=False),
)
