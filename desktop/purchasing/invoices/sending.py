"""Sending an invoice: what is missing or refused comes back to its line and field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core import purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _
from core.purchasing import InvoiceOutcome
from desktop.context import AppContext
from desktop.errors import ProgramFault
from desktop.purchasing.invoices.entry_view import incomplete
from desktop.purchasing.invoices.lines import EntryLine
from desktop.shell.attachments import attach_file
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.invoices.entry_page import EntryPage


class Sending:
    """Serves one page; what stands in the form is sent once."""

    def __init__(self, context: AppContext, page: EntryPage) -> None:
        self._context, self._page = context, page
        self._sent: list[EntryLine] = []
        self._is_sending = False

    def send(self) -> None:
        """F9: enter the invoice and match it."""
        page = self._page
        if self._is_sending:
            return
        page.notice.hide()
        panel = page.line_panel()
        if panel is not None and not panel.is_right():
            return
        head = page.entry.head.read()
        if head is None:
            return
        lines = [line for line in page.lines.all() if not line.is_empty()]
        found = incomplete(lines, is_credit=page.entry.head.is_credit())
        if not lines:
            page.say(_("An invoice needs at least one line."), Meaning.SOON)
            page.entry.focus_goods()
        elif found is not None:
            page.edit(found[0])
            page.say_at(found[0], missing_at(found[1], found[0], is_credit=page.entry.head.is_credit()))
        else:
            self._send(head, lines)

    def _send(self, head: dict[str, Any], lines: list[EntryLine]) -> None:
        page = self._page
        self._sent = lines
        self._set_sending(True)
        new = page.entering.invoice(lines, head, is_preview=False)
        args: dict[str, Any] = {"invoice": new, "document": page.entering.document}
        command: Any = purchasing.enter_invoice
        if page.entering.invoice_id:
            command = purchasing.update_invoice
            args = {"invoice_id": page.entering.invoice_id, "version": page.entering.version, "invoice": new}
        self._context.ops.do(
            page, command, then=self._on_sent, failed=self.refuse, request_id=page.drafting.send(), **args
        )

    def _set_sending(self, is_sending: bool) -> None:
        self._is_sending = is_sending
        self._page.entry.setEnabled(not is_sending)

    def refuse(self, error: CoreError) -> None:
        """The sentence stands at its line and field, or over the form; what is typed stays."""
        page = self._page
        self._set_sending(False)
        if not isinstance(error, ProgramFault):
            page.drafting.came_back()
        if isinstance(error, NeedsConfirmation):
            page.entry.focus_goods()
            return
        row = error.row or 0
        if 0 < row <= len(self._sent):
            page.say_at(self._sent[row - 1], error)
        elif not page.entry.head.show_error_at(error):
            page.say(error.text, Meaning.DANGER)

    def _on_sent(self, outcome: InvoiceOutcome) -> None:
        page = self._page
        self._set_sending(False)
        page.drafting.forget()
        for path in page.entry.head.files.paths:
            attach_file(self._context, page, ("invoice", outcome.invoice_id), path, page.show_error)
        words: Text = _("{own} entered: {number}", own=outcome.own_number, number=outcome.number)
        if page.entering.invoice_id:
            words = _("{own} corrected: {number}", own=outcome.own_number, number=outcome.number)
        self._context.shell.say(words)
        page.entering.forget()
        page.show_invoice(outcome.invoice_id)


def missing_at(words: Text, line: EntryLine, *, is_credit: bool) -> CoreError:
    """What is missing of a line, at its field."""
    wants_qty = line.is_goods and line.qty is None and not is_credit
    return CoreError(words, field="qty" if wants_qty else "price" if line.is_goods else "amount")
