"""The form of a supplier's statement: the lines are pasted or typed, one invoice each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core import catalog, purchasing
from core.errors import CoreError
from core.i18n import _
from core.purchasing import NewStatement
from desktop.context import AppContext
from desktop.widgets import Choice, DateEdit, Form, FormPanel, Label, MoneyEdit, NoteEdit, TextEdit, number_words


class StatementForm:
    """`panel` is shown by the page; what the lines come to is said while they are typed."""

    def __init__(self, context: AppContext, today: date) -> None:
        self._context = context
        self.form = Form()
        self.panel = FormPanel(
            _("Enter a statement"),
            self.form,
            self._send,
            subtitle=_("What the supplier says is open at the end of a day."),
        )
        self.supplier = Choice(_("Supplier"))
        self.lines = NoteEdit()
        self.balance = MoneyEdit()
        self.sum = Label("", "muted", wrap=True)
        self.form.add("supplier_id", _("Supplier"), self.supplier, required=True)
        self.form.add("until", _("Until"), DateEdit(today=lambda: today, is_past=True), required=True)
        self.form.add("lines", _("Open invoices"), self.lines, required=True)
        self.form.add_widget(self.sum)
        self.form.add("balance", _("Balance of the statement"), self.balance, required=True)
        self.form.add("note", _("Remark"), TextEdit(most=200))
        self.sum.set_words(
            _("One a line: number, date if you like, amount. Credit notes with a minus. Paste from a list.")
        )
        self.lines.changed.connect(self._say_sum)
        self.form.mark_unchanged()
        context.ops.ask(self.panel, catalog.list_suppliers, then=self._take)

    def _take(self, rows: Sequence[catalog.SupplierRow]) -> None:
        self.supplier.set_options([(row.id, row.title(self._context.language)) for row in rows])
        self.form.mark_unchanged()

    def _say_sum(self) -> None:
        try:
            found = purchasing.statement_lines(self.lines.value() or "")
        except CoreError as fault:
            self.sum.set_words(fault.text)
            return
        total = sum((line.amount for line in found), Decimal(0))
        self.sum.set_words(_("{n} lines come to {total}.", n=len(found), total=number_words(total)))

    def _send(self, values: dict[str, Any]) -> None:
        try:
            lines = purchasing.statement_lines(values["lines"])
        except CoreError as fault:
            self.panel.show_error(fault)
            return
        new = NewStatement(values["supplier_id"], values["until"], values["balance"], lines, note=values["note"] or "")
        self._context.ops.do(self.panel, purchasing.enter_statement, then=self.panel.done, statement=new)
