"""What happens while an invoice is typed: the supplier's terms, lines as received, what it comes to, sending it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from core import purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _, _n
from core.purchasing import InvoiceDocument, InvoiceOutcome, InvoicePreview, InvoiceProposal, NewInvoice, ProposedLine
from core.values import digits_of
from core.words import InvoiceKind, InvoiceLineKind
from desktop.context import AppContext
from desktop.errors import ProgramFault
from desktop.purchasing.invoices.entry_view import incomplete
from desktop.purchasing.invoices.lines import EntryLine, as_received
from desktop.shell.attachments import attach_file
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.invoices.entry_page import EntryPage

PREVIEW_MS = 160
MOST_AT_ONCE = 200


class Entering:
    """Serves one page. `invoice_id` and `version` while a stored invoice is corrected; `document` came as a file."""

    def __init__(self, context: AppContext, page: EntryPage) -> None:
        self._context, self._page = context, page
        self.deal: InvoiceProposal | None = None
        self.invoice_id, self.version = 0, 0
        self.document: InvoiceDocument | None = None
        self._sent: list[EntryLine] = []
        self._is_sending = False
        self._keeps_tax = False
        self._quiet = ""
        self._soon = QTimer(page)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREVIEW_MS)
        self._soon.timeout.connect(self.preview)
        page.entry.head.changed.connect(self._soon.start)
        page.lines.changed.connect(self._soon.start)

    # --- the supplier

    def ask_deal(self, then: Callable[[InvoiceProposal], object] | None = None, **args: Any) -> None:
        """What the supplier usually does, and which receipts wait for this invoice."""
        head = self._page.entry.head
        supplier_id = args.pop("supplier_id", None) or head.supplier_id()
        if supplier_id is None and not args:
            return
        self._context.ops.ask(
            self._page, purchasing.propose_invoice, key=(id(self), "deal"), then=partial(self._take_deal, then),
            failed=self._page.show_error, supplier_id=supplier_id, is_credit=head.is_credit(),
            currency=head.sums.value("currency") or "", **args,
        )  # fmt: skip

    def _take_deal(self, then: Callable[[InvoiceProposal], object] | None, deal: InvoiceProposal) -> None:
        page = self._page
        self.deal = deal
        page.lines.digits = digits_of(deal.currency)
        page.entry.head.supplier.set_value(deal.supplier_id)
        page.entry.head.take_deal(deal, keeps_tax=self._keeps_tax)
        page.offer_receipts()
        page.say_title()
        self._soon.start()
        if then is not None:
            then(deal)

    def keep_tax(self, is_kept: bool) -> None:
        """Whether prices are with tax was said by the document: the supplier's habit does not change it."""
        self._keeps_tax = is_kept

    # --- lines

    def take_all(self) -> None:
        """F6: everything that waits stands on this invoice as it was received."""
        if self.deal is None:
            self._page.say(_("Choose the supplier the invoice is from."), Meaning.SOON)
            self._page.entry.head.focus()
            return
        if len(self.deal.lines) > MOST_AT_ONCE:
            words = _("{n} lines wait. Choose the deliveries this invoice is for.", n=len(self.deal.lines))
            self._page.say(words, Meaning.SOON)
            self._page.show_receipts()
            return
        self.take(self.deal.lines)

    def take(self, lines: Sequence[ProposedLine]) -> None:
        """Receipts' lines come onto the invoice as they were received."""
        page = self._page
        taken = page.lines.taken()
        is_incl = bool(page.entry.head.is_incl.value())
        if self.deal is not None and is_incl != self.deal.is_tax_incl:
            self._ask_again(is_incl, {line.entry_id for line in lines})
            return
        count = page.lines.add(as_received(line) for line in lines if line.entry_id not in taken)
        said = _n("{n} line taken as received.", "{n} lines taken as received.", count)
        self._context.shell.say(said if count else _("Nothing more waits for this invoice."))
        page.show_beside()
        page.entry.focus_goods()

    def _ask_again(self, is_incl: bool, wanted: set[int]) -> None:
        """The box says another thing of the tax than the supplier usually does: the prices are asked anew."""
        self._keeps_tax = True

        def then(deal: InvoiceProposal) -> None:
            self.take([line for line in deal.lines if line.entry_id in wanted])

        self.ask_deal(then, is_tax_incl=is_incl)

    # --- reckoning

    def invoice(self, lines: Sequence[EntryLine], head: dict[str, Any], *, is_preview: bool) -> NewInvoice:
        """The invoice as it stands in the form."""
        stated = self._page.entry.head.stated()
        tax = head.get("tax")
        rates = {line.made.tax_rate for line in lines if line.made is not None}
        taxes = ((rates.pop(), tax),) if tax is not None and len(rates) == 1 else ()
        number = head.get("number") or ""
        return NewInvoice(
            supplier_id=head["supplier_id"],
            number=number or uuid.uuid4().hex if is_preview else number,
            invoiced_on=head.get("invoiced_on") or self._page.finder.today(),
            lines=tuple(line.new_line(row) for row, line in enumerate(lines, start=1)),
            kind=head.get("kind") or InvoiceKind.INVOICE,
            due_on=head.get("due_on"),
            currency=head.get("currency") or "",
            rate=head.get("rate"),
            is_tax_incl=bool(self._page.entry.head.is_incl.value()),
            net=None if is_preview else head.get("net"),
            tax=None if is_preview else tax,
            gross=None if is_preview else stated,
            taxes=taxes,
            note=head.get("note") or "",
        )

    def preview(self) -> None:
        """Ask what everything that is complete comes to."""
        page = self._page
        head = page.entry.head.typed()
        is_credit = page.entry.head.is_credit()
        lines = [line for line in page.lines.all() if line.missing(is_credit=is_credit) is None]
        if head["supplier_id"] is None or not lines:
            page.entry.show_preview(None)
            return
        self._context.ops.ask(
            page, purchasing.preview_invoice, key=(id(self), "preview"), then=partial(self._on_preview, lines),
            failed=lambda _error: page.entry.show_preview(None),
            invoice=self.invoice(lines, head, is_preview=True), invoice_id=self.invoice_id,
        )  # fmt: skip

    def _on_preview(self, lines: list[EntryLine], preview: InvoicePreview) -> None:
        page = self._page
        if preview.faults:
            self._say_fault(lines, preview.faults[0])
            page.entry.show_preview(None)
            return
        if self._quiet:
            page.entry.head.say_quietly(self._quiet, None)
            self._quiet = ""
        page.lines.take_made({line.id: made for line, made in zip(lines, preview.lines, strict=True)})
        page.entry.show_preview(preview)

    def _say_fault(self, lines: list[EntryLine], fault: CoreError) -> None:
        """What would refuse it stands at its field while it is typed."""
        row = fault.row or 0
        if 0 < row <= len(lines):
            if self._page.lines.line(lines[row - 1].id) == lines[row - 1]:
                self._page.lines.mark_error(lines[row - 1].id, fault.text, fault.field or "")
            return
        self._quiet = fault.field or ""
        self._page.entry.head.say_quietly(self._quiet, fault)

    # --- sending

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
        new = self.invoice(lines, head, is_preview=False)
        args: dict[str, Any] = {"invoice": new, "document": self.document}
        command: Any = purchasing.enter_invoice
        if self.invoice_id:
            command = purchasing.update_invoice
            args = {"invoice_id": self.invoice_id, "version": self.version, "invoice": new}
        self._context.ops.do(
            page, command, then=self._on_sent, failed=self.refuse, request_id=page.drafting.box.send(), **args
        )

    def _set_sending(self, is_sending: bool) -> None:
        self._is_sending = is_sending
        self._page.entry.setEnabled(not is_sending)

    def refuse(self, error: CoreError) -> None:
        """The sentence stands at its line and field, or over the form; what is typed stays."""
        page = self._page
        self._set_sending(False)
        if not isinstance(error, ProgramFault):
            page.drafting.box.came_back()
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
        page.drafting.box.clear()
        for path in page.entry.head.files.paths:
            attach_file(self._context, page, ("invoice", outcome.invoice_id), path, page.show_error)
        words: Text = _("{own} entered: {number}", own=outcome.own_number, number=outcome.number)
        if self.invoice_id:
            words = _("{own} corrected: {number}", own=outcome.own_number, number=outcome.number)
        self._context.shell.say(words)
        self.forget()
        page.show_invoice(outcome.invoice_id)

    def forget(self) -> None:
        """An empty form."""
        self.deal, self.document = None, None
        self.invoice_id = self.version = 0
        self._keeps_tax = False
        self._page.lines.start()
        self._page.entry.head.clear()

    def add_charge(self) -> None:
        """F7: freight or a fee, spread over the goods."""
        words = self._context.words(_("Freight"))
        self.add_line(EntryLine(0, kind=InvoiceLineKind.CHARGE, description=words))

    def add_cost(self) -> None:
        """Shift+F7: a cost of its own account."""
        self.add_line(EntryLine(0, kind=InvoiceLineKind.COST))

    def add_line(self, line: EntryLine) -> None:
        """A further line; the keyboard goes to what it wants first."""
        self._page.lines.add([replace(line, id=0)])
        current = self._page.lines.current()
        if current is not None:
            self._page.edit(current)


def missing_at(words: Text, line: EntryLine, *, is_credit: bool) -> CoreError:
    """What is missing of a line, at its field."""
    wants_qty = line.is_goods and line.qty is None and not is_credit
    return CoreError(words, field="qty" if wants_qty else "price" if line.is_goods else "amount")
