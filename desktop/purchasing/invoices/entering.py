"""What happens while an invoice is typed: the supplier's terms, lines as received, what it comes to, sending it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from core import purchasing
from core.catalog import UnitTable
from core.errors import CoreError
from core.i18n import _, _n
from core.purchasing import InvoiceDocument, InvoicePreview, InvoiceProposal, NewInvoice, ProposedLine
from core.values import digits_of
from core.words import InvoiceKind, InvoiceLineKind
from desktop.context import AppContext
from desktop.purchasing.invoices.lines import EntryLine, as_received
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
        page.entry.head.take_deal(deal, keeps_tax=self._keeps_tax)
        page.entry.is_sure = not self.invoice_id
        self._tie()
        page.receipts.offer()
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
            self._page.receipts.show()
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

    def waiting_for(self, item_id: int) -> EntryLine | None:
        """An item's line as it was received, where it waits for this invoice."""
        taken = self._page.lines.taken()
        lines = () if self.deal is None else self.deal.lines
        found = next((one for one in lines if one.item_id == item_id and one.entry_id not in taken), None)
        return None if found is None else as_received(found)

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
        self._tie()

    def _tie(self) -> None:
        """Lines that were typed or read stand beside their receipts as soon as their units are known."""
        page = self._page
        for line in page.lines.unsized():
            page.finder.table(line.item_id or 0, partial(self._take_units, line))
        if self.deal is not None:
            page.lines.tie(self.deal.lines)
        page.entry.show_lines()

    def _take_units(self, line: EntryLine, table: UnitTable) -> None:
        if table.has(line.unit):
            self._page.lines.take_factor(line.id, line.unit, table.factor(line.unit))
            if self.deal is not None:
                self._page.lines.tie(self.deal.lines)
            self._page.entry.show_lines()

    def _say_fault(self, lines: list[EntryLine], fault: CoreError) -> None:
        """What would refuse it stands at its field while it is typed."""
        row = fault.row or 0
        if 0 < row <= len(lines):
            if self._page.lines.line(lines[row - 1].id) == lines[row - 1]:
                self._page.lines.mark_error(lines[row - 1].id, fault.text, fault.field or "")
            return
        self._quiet = fault.field or ""
        self._page.entry.head.say_quietly(self._quiet, fault)

    # --- its lines

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
