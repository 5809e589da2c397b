"""Invoices and credit notes: what each is worth, whether it may be paid, and what is to be done first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from core import catalog, purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _, _n, join
from core.purchasing import InvoiceFilter, InvoiceRow
from core.words import InvoiceKind, InvoiceState, Permission, Verdict, word
from desktop.context import AppContext
from desktop.purchasing.files import add_files
from desktop.purchasing.invoices.columns import INVOICES
from desktop.purchasing.invoices.file_start import ask_invoice_file
from desktop.widgets import SEASONS, Button, ChipSpec, MenuChip, PageBase, PeriodFilter, RowTable, local_time

ROUTE, DIFFERENCES, WAITING = "purchasing.invoice", "purchasing.differences", "purchasing.not_invoiced"
SHOWN_STATES = (
    InvoiceState.TO_MATCH, InvoiceState.DIFFERENCES, InvoiceState.MATCHED, InvoiceState.APPROVED, InvoiceState.PAID,
    InvoiceState.CANCELLED,
)  # fmt: skip


class InvoicesPage(PageBase):
    """Enter opens an invoice, F2 enters one, F6 matches all that wait, F9 approves those chosen."""

    def __init__(self, context: AppContext, *, state: str = "", supplier_id: int | None = None, text: str = "") -> None:
        super().__init__(_("Invoices"), _("What suppliers ask, held against what was ordered and received."))
        self._context, self._supplier_id = context, supplier_id
        self._rows: Sequence[InvoiceRow] = ()
        self.table = RowTable(INVOICES, name=_("Invoices"), key="purchasing.invoices")
        self.set_table(self.table)
        self._search = self.add_search(lambda _text: self._show_rows(), _("Number, amount or supplier"))
        self._add_chips()
        self._add_actions()
        self.set_empty(
            _("No invoice yet"),
            _("Enter the first one: its lines are proposed from the goods that were received, or read it from a file."),
            [(_("Enter an invoice"), self.enter), (_("From a file"), self.from_file)],
            "file",
        )
        self.table.row_activated.connect(self.open_invoice)
        self.table.why_requested.connect(lambda row, _key: self.open_invoice(row))
        context.hub.watch(self, ("invoice", "claim", "payment", "supplier"), self.reload)
        context.ops.ask(self, catalog.list_suppliers, then=self._take_suppliers, failed=lambda _error: None)
        if state:
            self.chips.set_value("state", InvoiceState(state))
        if text:
            self._search.setText(text)
        self.reload()

    def _add_chips(self) -> None:
        self.chips.add(ChipSpec("state", _("State"), tuple((one, word(one)) for one in SHOWN_STATES)))
        self.chips.add(ChipSpec("verdict", _("Verdict"), tuple((one, word(one)) for one in Verdict)))
        self.chips.add(ChipSpec("late", _("Overdue")))
        self.chips.add(ChipSpec("credit", _("Credit notes")))
        self.chips.add(ChipSpec("supplier", _("Supplier"), ()))
        self.period = PeriodFilter(self.chips, self._today, SEASONS, "year")
        self.period.changed.connect(self.reload)
        self.chips.changed.connect(self._show_rows)

    def _add_actions(self) -> None:
        shell = self._context.shell
        self.head.add_button(Button(_("Differences"), partial(shell.go, DIFFERENCES)))
        if shell.may(Permission.PURCHASE_VIEW) and shell.may(Permission.COST_VIEW):
            self.head.add_button(Button(_("Not invoiced yet"), partial(shell.go, WAITING)))
        self.set_primary(_("Enter an invoice"), self.enter)
        self.add_more(_("Enter a credit note"), self.enter_credit, "return", "Shift+F2")
        self.add_more(_("From a file"), self.from_file, "import", "F4")
        self.add_more(_("Match all that wait"), self.match_all, "check", "F6")
        if shell.may(Permission.INVOICE_APPROVE):
            self.add_more(_("Approve those chosen"), self.post, "check", "F9")
        self.file = add_files(self, self._context, _("Invoices"), self.table, self.fitting)

    # --- what it shows

    def reload(self) -> None:
        """Ask again for the invoices of these days."""
        first, last = self.period.days()
        self.start_loading()
        self._context.ops.ask(
            self, purchasing.list_invoices, key="list", then=self._take, failed=self.show_error,
            wanted=InvoiceFilter(from_on=first, to_on=last),
        )  # fmt: skip

    def fitting(self) -> list[InvoiceRow]:
        """The invoices that chips and search leave."""
        chosen, letters = self.chips.values(), self.head.search_text().casefold()
        supplier = chosen["supplier"] or self._supplier_id
        return [
            row
            for row in self._rows
            if chosen["state"] in (None, row.state)
            and chosen["verdict"] in (None, row.verdict)
            and supplier in (None, row.supplier_id)
            and (not chosen["late"] or row.is_overdue)
            and (not chosen["credit"] or row.kind is InvoiceKind.CREDIT_NOTE)
            and all(part in _found_by(row) for part in letters.split())
        ]

    def _take(self, rows: Sequence[InvoiceRow]) -> None:
        self._rows = rows
        self._show_rows()

    def _take_suppliers(self, rows: Sequence[catalog.SupplierRow]) -> None:
        chip = self.chips.chip("supplier")
        assert isinstance(chip, MenuChip)
        chip.set_options([(row.id, row.title(self._context.language)) for row in rows])
        if self._supplier_id is not None:
            found, self._supplier_id = self._supplier_id, None
            chip.choose(found)

    def _show_rows(self) -> None:
        rows = self.fitting()
        self.table.set_rows(rows)
        self.set_count(len(rows), len(self._rows))
        self.set_answer(self._answer())
        if not self._rows and self.period.days() == (None, None):
            self.show_empty()

    def _answer(self) -> Text:
        count = {state: sum(row.state is state for row in self._rows) for state in SHOWN_STATES}
        late = sum(row.is_overdue for row in self._rows)
        parts = []
        if count[InvoiceState.DIFFERENCES]:
            parts.append(_n("{n} with differences", "{n} with differences", count[InvoiceState.DIFFERENCES]))
        if count[InvoiceState.TO_MATCH]:
            parts.append(_n("{n} waiting for goods", "{n} waiting for goods", count[InvoiceState.TO_MATCH]))
        if count[InvoiceState.MATCHED]:
            parts.append(_n("{n} to approve", "{n} to approve", count[InvoiceState.MATCHED]))
        if late:
            parts.append(_n("{n} overdue", "{n} overdue", late))
        return join(parts, " · ") if parts else _("What suppliers ask, held against what was ordered and received.")

    def _today(self) -> date:
        return local_time(self._context.office.clock.now()).date()

    # --- what a person does

    def open_invoice(self, row: InvoiceRow) -> None:
        """One invoice with everything on it."""
        self._context.shell.go(ROUTE, invoice_id=row.id)

    def enter(self) -> None:
        """F2: a new invoice."""
        self._context.shell.go(ROUTE, supplier_id=self.chips.values()["supplier"])

    def enter_credit(self) -> None:
        """A new credit note."""
        self._context.shell.go(ROUTE, is_credit=True, supplier_id=self.chips.values()["supplier"])

    def from_file(self) -> None:
        """A new invoice, read from a file."""
        ask_invoice_file(self, lambda path: self._context.shell.go(ROUTE, path=str(path)))

    def match_all(self) -> None:
        """F6: match all invoices that wait."""
        self._context.ops.do(self, purchasing.match_all, then=self._matched, failed=self._refuse)

    def post(self) -> None:
        """F9: approve the invoices chosen."""
        ids = tuple(row.id for row in self.table.selected_rows() if row.state is InvoiceState.MATCHED)
        if not self._context.shell.may(Permission.INVOICE_APPROVE):
            return
        if not ids:
            self._context.shell.say(_("Choose matched invoices first."))
            return
        self._context.ops.do(
            self, purchasing.approve_invoices, then=self._approved, failed=self._refuse, invoice_ids=ids
        )

    def _matched(self, made: purchasing.MatchedMany) -> None:
        if not made.outcomes:
            self._context.shell.say(_("No invoice waits to be matched."))
            return
        self._context.shell.say(
            _("{pay} to pay, {wait} wait for goods, {look} to look into.", pay=made.count(Verdict.PAY),
              wait=made.count(Verdict.WAIT), look=made.count(Verdict.EXCEPTION))
        )  # fmt: skip

    def _approved(self, count: int) -> None:
        self._context.shell.say(_n("{n} invoice approved.", "{n} invoices approved.", count))

    def _refuse(self, error: CoreError) -> None:
        if not isinstance(error, NeedsConfirmation):
            self._context.shell.show_error(error.text)


def _found_by(row: InvoiceRow) -> str:
    """What an invoice is found by: its numbers, supplier, note and amount as it is typed or printed."""
    amounts = f"{abs(row.gross)} {abs(row.gross):,}"
    return f"{row.number} {row.own_number} {row.supplier.zh} {row.supplier.en} {row.note} {amounts}".casefold()
