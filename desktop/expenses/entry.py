"""The bar a claim's lines are typed in: day, what for, to whom, how much; Enter goes on, the last Enter adds the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import CoreError
from core.expenses import ExpenseKindRow, NewReceipt, ReceiptRow
from core.i18n import Text, _, verbatim
from desktop.context import AppContext
from desktop.expenses.lines import FormLine, named
from desktop.expenses.receipts import Thumbs, ask_receipts, read_receipts
from desktop.widgets import Button, Choice, DateEdit, MoneyEdit, Strip, TextEdit

WANTED = ("day", "kind_id", "supplier", "amount")


class _Fields(Strip):
    def is_wanted(self, key: str) -> bool:
        return key in WANTED


class EntryBar(QWidget):
    """`entered(FormLine)` when a line is complete; `failed(CoreError)` when a file cannot be read."""

    entered = Signal(object)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, context: AppContext, today: Callable[[], date]) -> None:
        super().__init__()
        self._context, self._today = context, today
        self._kinds: dict[int, Text] = {}
        self._id = self._line_id = 0
        self._new: tuple[NewReceipt, ...] = ()
        self._kept: tuple[ReceiptRow, ...] = ()
        self._removed: tuple[int, ...] = ()
        self.fields = _Fields()
        self.fields.narrow = 4000  # always in two rows: seven fields are too many for one beside a list
        self.day = cast(DateEdit, self.fields.add("day", _("Day"), DateEdit(today=today, is_past=True), share=13))
        self.kind = cast(Choice, self.fields.add("kind_id", _("Kind of expense"), Choice(), share=15))
        self.supplier = cast(TextEdit, self.fields.add("supplier", _("Paid to"), TextEdit(most=120), share=11))
        self.amount = cast(MoneyEdit, self.fields.add("amount", _("Amount paid"), MoneyEdit(), share=11))
        self.fields.add("tax", _("Tax in it"), MoneyEdit(), share=10)
        self.fields.add("document", _("Receipt number"), TextEdit(most=60), share=12)
        self.fields.add("note", _("Note"), TextEdit(most=200), share=15)
        for editor in (self.day, self.kind, self.amount):
            editor.set_required(True)
        self.thumbs = Thumbs(may_remove=True)
        self.thumbs.removed.connect(self._drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.fields)
        receipts = QHBoxLayout()
        receipts.setSpacing(12)
        receipts.addWidget(Button(_("Add receipts"), self.choose, icon_name="photo", key="F6"))
        receipts.addWidget(self.thumbs, 1)
        receipts.addStretch(0)
        column.addLayout(receipts)
        self.fields.finished.connect(self.enter)
        self.fields.changed.connect(self.changed)
        self._show_receipts()

    def set_kinds(self, rows: Sequence[ExpenseKindRow]) -> None:
        """What can be claimed; a retired kind stays with the lines that have it."""
        self._kinds = {row.id: named(row.name) for row in rows}
        self.kind.set_options([(row.id, self._kinds[row.id]) for row in rows if row.is_active])
        if self.kind.value() is None and rows:
            self.kind.set_value(next((row.id for row in rows if row.is_active), None))
        if not self.day.text():
            self.day.set_value(self._today())

    def set_shops(self, names: Sequence[str]) -> None:
        """Shops known from claims before."""
        completer = QCompleter(list(names), self.supplier)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.supplier.field().setCompleter(completer)

    def has_typing(self) -> bool:
        """Whether a line is begun: an amount, a shop or a receipt."""
        texts = (self.amount.text(), self.supplier.text())
        return bool(self._id or self._new or any(text.strip() for text in texts))

    def begin(self) -> None:
        """The keyboard goes to the first field."""
        self.fields.focus("day")

    def reset(self) -> None:
        """An empty bar; day and kind stay for the next line."""
        self._id = self._line_id = 0
        self._new, self._kept, self._removed = (), (), ()
        for key in ("supplier", "amount", "tax", "document", "note"):
            self.fields.editor(key).clear()
        self._show_receipts()

    def load(self, line: FormLine) -> None:
        """Change a line that was entered."""
        self._id, self._line_id = line.id, line.line_id
        self._new, self._kept, self._removed = line.new, line.kept, line.removed
        if line.kind_id not in [key for key, _words in self.kind._options]:
            self.kind.set_options([*self.kind._options, (line.kind_id, line.kind)])
        self.fields.set_values(
            {
                "day": line.day, "kind_id": line.kind_id, "supplier": line.supplier, "amount": line.amount,
                "tax": line.tax or None, "document": line.document, "note": line.note,
            }
        )  # fmt: skip
        self._show_receipts()
        self.fields.focus("amount")

    def enter(self) -> None:
        """The line is complete; what is wrong says so at its field."""
        values = self.fields.read()
        if values is None:
            return
        amount: Decimal = values["amount"]
        tax: Decimal = values["tax"] or Decimal(0)
        if amount <= 0:
            self.amount.set_error(_("The amount must be above zero."))
            self.fields.focus("amount")
            return
        line = FormLine(
            self._id, values["day"], values["kind_id"], self._kinds.get(values["kind_id"], verbatim("")),
            values["supplier"] or "", values["document"] or "", amount, tax, values["note"] or "",
            self._line_id, self._new, self._kept, self._removed,
        )  # fmt: skip
        self.reset()
        self.entered.emit(line)
        self.begin()

    def show_error(self, error: CoreError) -> bool:
        """Say an error at its field; False when there is none for it."""
        return self.fields.show_field_error(error.field or "", error)

    # --- receipts

    def choose(self) -> None:
        """Choose receipts for the line that is typed (F6)."""
        paths = ask_receipts(self)
        if paths:
            self.take_files(paths)

    def take_files(self, paths: Sequence[str]) -> None:
        """Add these files to the line that is typed."""
        read_receipts(self._context, self, paths, self._take, self.failed.emit)

    def _take(self, receipts: Sequence[NewReceipt]) -> None:
        known = {one.content for one in self._new}
        self._new += tuple(one for one in receipts if one.content not in known)
        self._show_receipts()
        self.changed.emit()

    def _drop(self, one: NewReceipt | ReceiptRow) -> None:
        if isinstance(one, ReceiptRow):
            self._kept = tuple(kept for kept in self._kept if kept.id != one.id)
            self._removed += (one.id,)
        else:
            self._new = tuple(new for new in self._new if new is not one)
        self._show_receipts()
        self.changed.emit()

    def _show_receipts(self) -> None:
        self.thumbs.show_receipts([*self._kept, *self._new])
