"""What is owed: by age on top, every invoice below; the way to a payment proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import purchasing
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.i18n import _, _n
from core.purchasing import Due, PayableRow
from core.words import Permission, word
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.purchasing.payables.columns import AGES, DEBTS
from desktop.purchasing.payables.debt_panel import DebtPanel
from desktop.purchasing.payables.propose_form import ProposeForm
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    ChipSpec,
    FigureCard,
    FormPanel,
    PageBase,
    RowTable,
    local_time,
    money_words,
)

_MEANINGS = {Due.NOT_DUE: Meaning.PLAIN, Due.TO_30: Meaning.SOON}


class DebtsPage(PageBase):
    """A card of an age narrows the list; Enter opens an invoice beside it; F2 proposes what to pay."""

    def __init__(self, context: AppContext, *, supplier_id: int | None = None, is_proposing: bool = False) -> None:
        super().__init__(_("Payables"), _("What is owed to suppliers, when it is due, and what may be paid."))
        self._context, self._supplier_id = context, supplier_id
        self._rows: Sequence[PayableRow] = ()
        self._age: Due | None = None
        self._may_pay = context.shell.may(Permission.PAYMENT_EDIT)
        self.cards = {due: FigureCard(words, partial(self._choose, due)) for due, words in AGES.items()}
        self.table = RowTable(DEBTS, name=_("Payables"), key="purchasing.payables")
        self.set_table(self.table, self._with_cards())
        self.setFocusProxy(self.table)
        self.set_empty(
            _("Nothing is owed"),
            _("Invoices that are entered and not paid yet stand here, oldest debt first."),
            icon_name="money",
        )
        self._search = self.add_search(lambda _text: self._show_rows(), _("Number or supplier"))
        self.chips.add(ChipSpec("age", _("Age of the debt"), tuple(AGES.items())))
        self.chips.add(ChipSpec("free", _("May be paid")))
        self.chips.changed.connect(self._show_rows)
        for words, route in ((_("Proposals"), "purchasing.proposals"), (_("Statements"), "purchasing.statements")):
            self.head.add_button(Button(words, partial(context.shell.go, route)))
        if self._may_pay:
            self.set_primary(_("Propose payments"), self.propose, "money")
        file = ListFile(context, self, _("Payables"), self.prepare_sheet)
        self.add_more(_("Export as Excel"), lambda: file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: file.ask("csv"), "export")
        self.table.row_activated.connect(self.open_debt)
        context.hub.watch(self, ("invoice", "payment", "supplier"), self.reload)
        self.reload()
        if is_proposing and self._may_pay:
            self.propose()

    def reload(self) -> None:
        """Ask again for what is owed."""
        self.start_loading()
        self._context.ops.ask(self, purchasing.list_payables, key="list", then=self._take, failed=self.show_error)

    def open_debt(self, row: PayableRow) -> None:
        """Show an invoice with its payments beside the list."""
        self.open_panel(DebtPanel(self._context, row, self._today(), self.close_panel), 400)

    def propose(self) -> None:
        """The form that proposes what to pay."""
        panel = ProposeForm(self._context, self._today(), self._supplier_id).panel
        panel.saved.connect(self._proposed)
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, 400)
        panel.focus_field()

    def prepare_sheet(self) -> MakeSheet:
        """The list as it is narrowed, for a file."""
        rows, said = self._fitting(), self._context.language
        heads = (
            FileColumn("supplier", _("Supplier")), FileColumn("number", _("Invoice")),
            FileColumn("own_number", _("Our number")), FileColumn("invoiced_on", _("Invoice date"), "date"),
            FileColumn("due_on", _("Due date"), "date"), FileColumn("age", _("Age of the debt")), FileColumn("state", _("State")),
            FileColumn("currency", _("Currency")), FileColumn("open", _("Still open"), "money"),
            FileColumn("open_site", _("In the site's currency"), "money"), FileColumn("proposal", _("Payment proposal")),
        )  # fmt: skip

        def cells(row: PayableRow) -> tuple[Cell, ...]:
            return (
                row.supplier.render(said), row.number, row.own_number, row.invoiced_on, row.due_on, AGES[row.age],
                word(row.state), row.currency, row.open, row.open_site, row.proposal,
            )  # fmt: skip

        return lambda: Sheet(_("Payables"), heads, (cells(row) for row in rows))

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def _with_cards(self) -> QWidget:
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 12)
        line.setSpacing(12)
        for card in self.cards.values():
            line.addWidget(card)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        return content

    def _today(self) -> date:
        return local_time(self._context.office.clock.now()).date()

    def _choose(self, due: Due) -> None:
        self.chips.set_value("age", None if self.chips.values()["age"] is due else due)

    def _proposed(self, made: Sequence[int]) -> None:
        self.close_panel()
        self._context.shell.say(_n("{n} payment proposal made.", "{n} payment proposals made.", len(made)))
        self._context.shell.go("purchasing.proposals", proposal_id=made[0])

    def _take(self, rows: Sequence[PayableRow]) -> None:
        self._rows = rows
        for due, card in self.cards.items():
            own = [row for row in rows if row.age is due]
            card.set_figure(money_words(sum((row.open_site for row in own), Decimal(0))))
            meaning = _MEANINGS.get(due, Meaning.DANGER) if own else Meaning.PLAIN
            card.set_note(_n("{n} invoice", "{n} invoices", len(own)), meaning)
        self._show_rows()

    def _fitting(self) -> list[PayableRow]:
        chosen, letters = self.chips.values(), self.head.search_text().casefold()
        return [
            row
            for row in self._rows
            if (chosen["age"] is None or row.age is chosen["age"])
            and (not chosen["free"] or row.is_free)
            and (self._supplier_id is None or row.supplier_id == self._supplier_id)
            and letters in f"{row.number} {row.own_number} {row.supplier.zh} {row.supplier.en}".casefold()
        ]

    def _show_rows(self) -> None:
        rows = self._fitting()
        self.table.set_rows(rows)
        self.set_count(len(rows), len(self._rows))
        total = sum((row.open_site for row in rows), Decimal(0))
        self.set_answer(_("{amount} are owed to suppliers.", amount=money_words(total, sign=True)))
        if not self._rows:
            self.show_empty()
