"""One invoice with what was paid on it; a payment made another way than by a proposal is booked here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import purchasing
from core.errors import CoreError
from core.i18n import _
from core.purchasing import PayableRow, PaymentRow
from core.words import InvoiceState, Permission, word
from desktop.context import AppContext
from desktop.purchasing.payables.columns import AGES, invoice_look, said
from desktop.widgets import Button, DateEdit, DetailPanel, Form, Label, MoneyEdit, TextEdit, date_words, language


class DebtPanel(DetailPanel):
    """Facts, payments with their way back, and the form of a payment when the invoice may be paid."""

    def __init__(self, context: AppContext, row: PayableRow, today: date, close: Callable[[], object]) -> None:
        super().__init__(f"{row.number}", row.supplier.render(language()), invoice_look(row))
        self._context, self.row, self._close_panel = context, row, close
        self.add_facts(
            [
                (_("Kind"), word(row.kind)),
                (_("Our number"), row.own_number),
                (_("Invoice date"), date_words(row.invoiced_on)),
                (_("Due date"), f"{date_words(row.due_on)}"),
                (_("Age of the debt"), AGES[row.age]),
                (_("Amount"), said(row.gross, row.currency)),
                (_("Paid"), said(row.paid, row.currency)),
                (_("Still open"), said(row.open, row.currency)),
            ]
        )
        self._payments = QVBoxLayout()
        self._payments.setContentsMargins(0, 0, 0, 0)
        box = QWidget()
        box.setLayout(self._payments)
        self.add_section(_("Payments"), box)
        self.form = Form()
        self._may_pay = (
            context.shell.may(Permission.PAYMENT_EDIT) and row.state is InvoiceState.APPROVED and not row.proposal
        )
        if self._may_pay:
            self._add_form(today)
        elif row.proposal and context.shell.can_go("purchasing.proposals"):
            self.add_action(Button(_("Open the proposal"), lambda: context.shell.go("purchasing.proposals")))
        if context.shell.can_go("purchasing.invoice"):
            go = partial(context.shell.go, "purchasing.invoice", invoice_id=row.id)
            self.add_action(Button(_("Open the invoice"), go, icon_name="file"))
        context.ops.ask(self, purchasing.list_payments, invoice_id=row.id, then=self._take)

    def _add_form(self, today: date) -> None:
        amount, day = MoneyEdit(), DateEdit(today=lambda: today, is_past=True)
        amount.set_value(self.row.open)
        day.set_value(today)
        self.form.add("amount", _("Amount"), amount, required=True)
        self.form.add("paid_on", _("Paid on"), day, required=True)
        self.form.add("note", _("Remark"), TextEdit(placeholder=_("Cash, card, set off"), most=200))
        self.form.mark_unchanged()
        self.form.submitted.connect(self._pay)
        self.add_section(_("Paid another way"), self.form)
        self.add_action(Button(_("Book the payment"), self._pay, kind="primary"))

    def is_changed(self) -> bool:
        """Whether something typed here is not saved."""
        return self._may_pay and self.form.is_changed()

    def show_error(self, error: CoreError) -> None:
        """Say why it was refused."""
        self.form.show_error(error)

    def _pay(self) -> None:
        values: dict[str, Any] | None = self.form.read()
        if values is not None:
            self._context.ops.do(
                self, purchasing.pay_invoice, then=self._paid, invoice_id=self.row.id,
                amount=Decimal(values["amount"]), paid_on=values["paid_on"], note=values["note"] or "",
            )  # fmt: skip

    def _paid(self, _answer: object) -> None:
        self._context.shell.say(_("Payment of {number} booked.", number=self.row.number))
        self._close_panel()

    def _take(self, rows: Sequence[PaymentRow]) -> None:
        if not rows:
            self._payments.addWidget(Label(_("Nothing was paid yet."), "muted"))
        for row in rows:
            words = _("{day}: {amount} ({by})", day=row.paid_on, amount=said(row.amount, row.currency), by=row.by)
            self._payments.addWidget(Label(words, wrap=True))
            if self._context.shell.may(Permission.PAYMENT_EDIT) and not row.proposal:
                undo = partial(self._undo, row.id)
                self._payments.addWidget(Button(_("Take this payment back"), undo, kind="link"))

    def _undo(self, payment_id: int) -> None:
        self._context.ops.do(self, purchasing.undo_payment, then=self._undone, payment_id=payment_id)

    def _undone(self, _answer: object) -> None:
        self._context.shell.say(_("The payment was taken back."))
        self._close_panel()
