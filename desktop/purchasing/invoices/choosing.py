"""Panels to choose what a line belongs to: a receipt by hand, a claim for a credit, receipts that carry a charge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QAbstractItemView

from core import purchasing
from core.errors import CoreError
from core.i18n import Text, _
from core.purchasing import ClaimFilter, ClaimRow, InvoiceLineRow, OpenReceiptRow, ReceiptChoice
from core.words import SplitBy, word
from desktop.context import AppContext
from desktop.purchasing.invoices.columns import said
from desktop.theme import Meaning, row_height
from desktop.widgets import (
    Align,
    Button,
    Choice,
    Column,
    DetailPanel,
    Form,
    Kind,
    Label,
    MoneyEdit,
    Notice,
    QtyEdit,
    RowTable,
    language,
)

Command = Callable[..., None]
SHOWN = 11


class _Choosing(DetailPanel):
    """A list in a panel: the rows come later; Enter takes the row that is chosen."""

    def __init__(
        self, context: AppContext, line: InvoiceLineRow, words: tuple[Text, Text], columns: Sequence[Column]
    ) -> None:
        super().__init__(words[0], line.name.render(language()) or line.description)
        self._context, self.line = context, line
        self._nothing = Notice(words[1], Meaning.SOON)
        self._nothing.hide()
        self.form = Form()
        self.table = RowTable(columns, name=words[0])
        self.table.setFixedHeight(row_height() * (SHOWN + 1) + 4)
        self.table.row_activated.connect(lambda _row: self.take())
        self.add_widget(self.form)
        self.add_widget(self._nothing)
        self.add_widget(self.table)

    def take(self) -> None:
        """Take the row that is chosen."""

    def show_rows(self, rows: Sequence[Any]) -> None:
        """What can be chosen."""
        self.table.set_rows(rows)
        self._nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.select_first()
        if rows:
            self.table.setFocus()

    def show_error(self, error: CoreError) -> None:
        """It could not be read."""
        self._nothing.say(error.text, Meaning.DANGER)
        self._nothing.show()

    def focus_field(self, _key: str = "") -> None:
        """Put the keyboard into the list."""
        self.table.setFocus()


class ByHandPanel(_Choosing):
    """The receipts a line could belong to, best first; without a quantity as much as goes."""

    def __init__(self, context: AppContext, line: InvoiceLineRow, command: Command) -> None:
        columns = (
            Column("received_on", _("Received on"), 92, kind=Kind.DATE),
            Column("number", _("Receipt"), 132),
            Column("name", _("Item"), 100, stretch=True, value=lambda row: row.name.render(language())),
            Column("open_qty", _("Not invoiced"), 96, kind=Kind.QTY, unit="unit"),
            Column("not_invoiced", _("Booked"), 84, kind=Kind.MONEY),
        )
        nothing = _("No receipt of this supplier waits for an invoice.")
        super().__init__(context, line, (_("Match by hand"), nothing), columns)
        self._command = command
        if line.qty:
            self.form.add("qty", _("Quantity"), QtyEdit(_("Quantity"), unit=line.base_unit),
                          hint=_("Empty: as much as goes."))  # fmt: skip
        else:
            self.form.add("amount", _("Amount"), MoneyEdit(_("Amount")), hint=_("Empty: all of it."))
        self.add_action(Button(_("Match"), self.take, kind="primary", icon_name="check"))
        context.ops.ask(self, purchasing.list_matchable, then=self.show_rows, failed=self.show_error, line_id=line.id)

    def take(self) -> None:
        row, values = self.table.current_row(), self.form.read()
        if isinstance(row, OpenReceiptRow) and values is not None:
            given = {key: value for key, value in values.items() if value is not None}
            self._command(purchasing.match_line, line_id=self.line.id, entry_id=row.entry_id, **given)


class ClaimsPanel(_Choosing):
    """The claims of the supplier that still wait for their credit."""

    def __init__(self, context: AppContext, line: InvoiceLineRow, supplier_id: int, command: Command) -> None:
        columns = (
            Column("number", _("Claim"), 120),
            Column("receipt", _("For"), 130, stretch=True, muted=True,
                   value=lambda row: row.receipt_number or row.return_number or row.note),
            Column("state", _("State"), 90, value=lambda row: word(row.state)),
            Column("expected", _("Still expected"), 120, Align.RIGHT, sortable=False,
                   value=lambda row: "" if row.expected is None else said(row.expected, row.currency)),
        )  # fmt: skip
        nothing = _("No claim of this supplier waits for a credit.")
        super().__init__(context, line, (_("Against a claim"), nothing), columns)
        self._command = command
        self.form.hide()
        self.add_action(Button(_("Credit this claim"), self.take, kind="primary", icon_name="check"))
        context.ops.ask(
            self, purchasing.list_claims, then=self.show_rows, failed=self.show_error,
            filters=ClaimFilter(supplier_id=supplier_id, is_waiting=True),
        )  # fmt: skip

    def take(self) -> None:
        row = self.table.current_row()
        if isinstance(row, ClaimRow):
            self._command(purchasing.credit_claim, line_id=self.line.id, claim_id=row.id)


class SpreadPanel(_Choosing):
    """Receipts of the last weeks; the charge is spread over those chosen (Shift and Ctrl choose several)."""

    def __init__(self, context: AppContext, line: InvoiceLineRow, supplier_id: int, command: Command) -> None:
        columns = (
            Column("received_on", _("Received on"), 92, kind=Kind.DATE),
            Column("number", _("Receipt"), 132),
            Column("supplier", _("Supplier"), 110, stretch=True, value=lambda row: row.supplier.render(language())),
            Column("value", _("Value"), 84, kind=Kind.MONEY),
            Column("charged", _("Charged"), 76, kind=Kind.MONEY, muted=True),
        )
        nothing = _("Nothing was received in the last weeks.")
        super().__init__(context, line, (_("Spread over receipts"), nothing), columns)
        self._command, self._supplier_id = command, supplier_id
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.form.add(
            "split_by", _("Spread by"), Choice(_("Spread by"), [(one, word(one)) for one in SplitBy], search=False)
        )
        self.form.set_values({"split_by": line.split_by or SplitBy.VALUE})
        self.add_widget(Label(_("Choose several with Shift and Ctrl."), "small"))
        self.add_action(Button(_("Spread"), self.take, kind="primary", icon_name="check"))
        context.ops.ask(self, purchasing.list_chargeable, then=self._take_receipts, failed=self.show_error)

    def _take_receipts(self, rows: Sequence[ReceiptChoice]) -> None:
        """Those of this supplier first."""
        self.show_rows(sorted(rows, key=lambda row: row.supplier_id != self._supplier_id))

    def take(self) -> None:
        ids = tuple(row.posting_id for row in self.table.selected_rows())
        values = self.form.read()
        if ids and values is not None:
            self._command(purchasing.spread_charge, line_id=self.line.id, receipt_ids=ids, split_by=values["split_by"])
