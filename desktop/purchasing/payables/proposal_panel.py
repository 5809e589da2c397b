"""One payment proposal: its invoices by supplier, what is in its way, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core import purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _
from core.purchasing import ProposalCard
from core.words import Permission, ProposalState
from desktop.context import AppContext
from desktop.purchasing.payables.columns import PROPOSED, proposal_look, said
from desktop.theme import Meaning
from desktop.widgets import Button, DetailPanel, Label, Notice, date_words, instant_words, small_table

MOST_SHOWN = 14


class ProposalPanel(DetailPanel):
    """`save_file(id)` hands the bank's file out, `gone()` follows when the proposal was dropped."""

    def __init__(
        self, context: AppContext, card: ProposalCard, save_file: Callable[[int], object], gone: Callable[[], object]
    ) -> None:
        row = card.row
        super().__init__(row.number, _("To be paid: {total}", total=said(row.total, row.currency)), proposal_look(row))
        self._context, self.card, self._save_file, self._gone = context, card, save_file, gone
        self._said = Notice(meaning=Meaning.DANGER)
        self._said.hide()
        self.add_widget(self._said)
        for fault in card.faults:
            self.add_widget(Notice(fault, Meaning.SOON))
        facts: list[tuple[Any, Any]] = [(_("Pay on"), date_words(row.pay_on)), (_("Made by"), row.by)]
        if row.exported_at is not None:
            way = "SEPA (pain.001)" if row.way == "pain001" else "CSV"
            facts.append((_("File made"), _("{at}, {way}", at=instant_words(row.exported_at), way=way)))
        if card.note:
            facts.append((_("Remark"), Label(card.note, wrap=True)))
        self.add_facts(facts)
        self.table = small_table(PROPOSED, card.lines, _("Invoices"), MOST_SHOWN)
        self.add_section(_("Invoices"), self.table)
        if context.shell.may(Permission.PAYMENT_EDIT):
            self._add_actions(row.state)

    def _add_actions(self, state: ProposalState) -> None:
        if state is ProposalState.DRAFT:
            self.add_action(Button(_("Make the file (CSV)"), lambda: self._export("csv"), kind="primary"))
            if self.card.row.currency == "EUR":
                self.add_action(Button(_("Make the file (SEPA)"), lambda: self._export("pain001")))
            self.add_action(Button(_("Leave the chosen one out"), self.leave_out))
            self.add_action(Button(_("Drop the proposal"), self._drop, kind="danger"))
        elif state is ProposalState.EXPORTED:
            self.add_action(Button(_("Book as paid"), lambda: self._do(purchasing.book_proposal), kind="primary"))
            self.add_action(Button(_("Save the file"), lambda: self._save_file(self.card.row.id), icon_name="save"))
            self.add_action(Button(_("Take the file back"), lambda: self._do(purchasing.withdraw_proposal)))
        else:
            self.add_action(Button(_("Save the file"), lambda: self._save_file(self.card.row.id), icon_name="save"))
            self.add_action(Button(_("The bank refused it"), lambda: self._do(purchasing.unbook_proposal)))

    def leave_out(self) -> None:
        """Take the chosen invoice out of the proposal."""
        line = self.table.current_row()
        if line is not None:
            self._do(purchasing.update_proposal, amounts={line.invoice_id: Decimal(0)})

    def show_error(self, error: CoreError) -> None:
        """Say why it was refused."""
        if not isinstance(error, NeedsConfirmation):
            self._said.say(error.text, Meaning.DANGER)
            self._said.show()

    def _export(self, way: str) -> None:
        self._do(purchasing.export_proposal, then=lambda _version: self._save_file(self.card.row.id), way=way)

    def _drop(self) -> None:
        self._do(purchasing.drop_proposal, then=lambda _answer: self._gone())

    def _do(self, command: Any, then: Callable[[Any], object] | None = None, **args: Any) -> None:
        row = self.card.row
        self._context.ops.do(
            self, command, then=then or (lambda _answer: None), failed=self.show_error, proposal_id=row.id,
            version=row.version, **args,
        )  # fmt: skip
