"""A claim being typed, beside the list: what for, the bar, its lines; F9 submits it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from core import expenses
from core.errors import Conflict, CoreError, NeedsConfirmation
from core.expenses import ExpenseCard, ExpenseSaved, NewExpense
from core.i18n import _, _n
from desktop.context import AppContext
from desktop.expenses.entry import EntryBar
from desktop.expenses.lines import FormLine, Lines, from_card
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    Column,
    DetailPanel,
    Form,
    Kind,
    Notice,
    RowTable,
    TextEdit,
    local_time,
    money_words,
    reveal,
)

HIGH_LINES = 170


class _Head(Form):
    """The head; lines that are not saved count as typing."""

    def __init__(self, has_more: Callable[[], bool]) -> None:
        super().__init__()
        self._has_more = has_more

    def has_typing(self) -> bool:
        return super().has_typing() or self._has_more()


class ExpenseForm(DetailPanel):
    """Without a card a new claim. `saved(ExpenseSaved)`, `cancelled`."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, context: AppContext, card: ExpenseCard | None = None) -> None:
        title = _("New expense claim") if card is None else _("Change {number}", number=card.row.number)
        super().__init__(title, _("Enter goes from field to field; after the amount it adds the line."))
        self._context, self._card = context, card
        self._is_sending = False
        self._first: tuple[FormLine, ...] = ()
        self.lines = Lines(self)
        self.notice = Notice()
        self.notice.hide()
        self.bar = EntryBar(context, lambda: local_time(context.office.clock.now()).date())
        self.form = _Head(self._has_lines_typed)
        self.form.add(
            "purpose", _("Spent for"), TextEdit(most=200, placeholder=_("For instance: missing vegetables")), span=True
        )
        self.table = self._make_table()
        for widget in (self.notice, self.form, self.bar, self.table):
            self.add_widget(widget)
        self.add_action(Button(_("Submit"), self.submit, kind="primary", icon_name="check", key="F9"))
        self.add_action(Button(_("Save as draft"), self.save_draft, icon_name="save"))
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        self.bar.entered.connect(self.lines.put)
        self.bar.failed.connect(self.show_error)
        self.lines.changed.connect(self._show_lines)
        context.ops.ask(self, expenses.list_expense_kinds, then=self.bar.set_kinds)
        context.ops.ask(self, expenses.list_expense_shops, then=self.bar.set_shops, failed=lambda _error: None)
        if card is not None:
            self._take_card(card)

    def _make_table(self) -> RowTable:
        table = RowTable(
            [
                Column("day", _("Day"), 100, kind=Kind.DATE, sortable=False),
                Column("kind", _("Kind of expense"), 120, stretch=True, sortable=False),
                Column("supplier", _("Paid to"), 120, stretch=True, sortable=False),
                Column("receipts", _("Bills"), 84, kind=Kind.QTY, sortable=False, meaning=_without),
                Column("amount", _("Amount"), 100, kind=Kind.MONEY, sortable=False),
            ],
            name=_("Lines"),
        )
        table.set_empty(_("Nothing is claimed yet. Add what was paid."))
        table.set_rows([])
        table.setMinimumHeight(HIGH_LINES)
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        table.row_activated.connect(self.bar.load)
        return table

    def _take_card(self, card: ExpenseCard) -> None:
        self.form.editor("purpose").set_value(card.row.purpose)
        self.lines.set(from_card(card.lines))
        self._first = self.lines.all()
        self.form.mark_unchanged()

    # --- typing

    def begin(self) -> None:
        """The keyboard goes where typing begins, once the form has its place on screen."""
        self.bar.begin()
        QTimer.singleShot(0, self.bar, lambda: reveal(self.bar))

    def _show_lines(self) -> None:
        lines = self.lines.all()
        self.table.set_rows(lines)
        total = money_words(self.lines.total(), sign=True)
        words = _n("{n} line, {total}", "{n} lines, {total}", len(lines), total=total)
        self.set_title(self._title.words(), words if lines else self._subtitle.words())

    def _has_lines_typed(self) -> bool:
        return self.lines.all() != self._first or self.bar.has_typing()

    def has_unsaved(self) -> bool:
        """Whether something typed here is not saved."""
        return self.form.has_typing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.table.current_row()
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and row is not None:
            self.lines.remove(row.id)
        elif event.key() == Qt.Key.Key_F6:
            self.bar.choose()
        else:
            super().keyPressEvent(event)

    # --- saving

    def submit(self) -> None:
        """Save it and let it wait for approval (F9)."""
        self._save(is_submitted=True)

    def save_draft(self) -> None:
        """Save it, to go on later."""
        self._save(is_submitted=False)

    def _save(self, *, is_submitted: bool) -> None:
        if self._is_sending:
            return
        if self.bar.has_typing():
            self.bar.enter()
            if self.bar.has_typing():
                return
        values = self.form.read()
        if values is None:
            return
        lines = self.lines.all()
        new = NewExpense(tuple(line.given() for line in lines), values["purpose"] or "", self.lines.removed())
        self._is_sending = True
        self.setEnabled(False)
        do = self._context.ops.do
        if self._card is None:
            do(
                self,
                expenses.create_expense,
                new=new,
                is_submitted=is_submitted,
                then=self._done,
                failed=self.show_error,
            )
            return
        row = self._card.row
        do(
            self, expenses.update_expense, expense_id=row.id, version=row.version, new=new, is_submitted=is_submitted,
            then=self._done, failed=self.show_error,
        )  # fmt: skip

    def _done(self, saved: ExpenseSaved) -> None:
        self._is_sending = False
        self.setEnabled(True)
        self._first = self.lines.all()
        self.form.mark_unchanged()
        self.saved.emit(saved)

    def show_error(self, error: CoreError) -> None:
        """It was not saved: say why at its field or line; what is typed stays."""
        self._is_sending = False
        self.setEnabled(True)
        lines = self.lines.all()
        if isinstance(error, NeedsConfirmation):
            return
        if isinstance(error, Conflict):
            self.notice.say(
                _("Somebody else changed this meanwhile. Close the form and look at it again."), Meaning.SOON
            )
        elif error.row and error.row <= len(lines):
            self.bar.load(lines[error.row - 1])
            if not self.bar.show_error(error):
                self.notice.say(error.text, Meaning.DANGER)
        elif error.field == "purpose":
            self.form.show_error(error)
        else:
            self.notice.say(error.text, Meaning.DANGER)


def _without(line: FormLine) -> Meaning | None:
    return None if line.receipts else Meaning.SOON
