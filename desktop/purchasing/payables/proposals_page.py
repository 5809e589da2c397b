"""Payment proposals: what is to be paid together, the file for the bank, what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from core import purchasing
from core.i18n import _
from core.purchasing import PaymentFile, ProposalCard, ProposalRow
from core.words import Permission, ProposalState, word
from desktop.context import AppContext
from desktop.printing.list_file import write_file
from desktop.printing.source import PaperSource
from desktop.purchasing.payables.columns import PROPOSALS
from desktop.purchasing.payables.proposal_panel import ProposalPanel
from desktop.widgets import ChipSpec, PageBase, RowTable, ui_text

WIDTH = 540


class ProposalsPage(PageBase):
    """The newest first; Enter opens one beside the list, F8 prints it."""

    def __init__(self, context: AppContext, *, proposal_id: int | None = None) -> None:
        super().__init__(
            _("Payment proposals"), _("Invoices to be paid together: check, make the bank's file, book what was paid.")
        )
        self._context, self._shown = context, proposal_id
        self._rows: Sequence[ProposalRow] = ()
        self.table = RowTable(PROPOSALS, name=_("Payment proposals"), key="purchasing.proposals")
        self.set_table(self.table)
        starts = []
        if context.shell.may(Permission.PAYMENT_EDIT):
            starts = [(_("Propose payments"), self.propose)]
            self.set_primary(_("Propose payments"), self.propose, "money")
        self.set_empty(
            _("No payment proposal yet"), _("A proposal gathers approved invoices that are due, one a currency."), starts,
            "money",
        )  # fmt: skip
        self.chips.add(ChipSpec("state", _("State"), tuple((state, word(state)) for state in ProposalState)))
        self.chips.changed.connect(self._show_rows)
        self.add_more(_("Print"), self.print_page, "print", key="F8")
        self.table.row_activated.connect(lambda row: self.open_proposal(row.id))
        context.hub.watch(self, ("payment", "invoice", "supplier"), self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask again for the proposals and the one that is shown."""
        self.start_loading()
        self._context.ops.ask(self, purchasing.list_proposals, key="list", then=self._take, failed=self.show_error)
        if self._shown is not None:
            self.open_proposal(self._shown)

    def propose(self) -> None:
        """Go to what is owed with the form open."""
        self._context.shell.go("purchasing.payables", is_proposing=True)

    def open_proposal(self, proposal_id: int) -> None:
        """Show a proposal beside the list."""
        self._shown = proposal_id
        self._context.ops.ask(
            self, purchasing.get_proposal, key="one", then=self._show_one, failed=lambda _error: self._gone(),
            proposal_id=proposal_id,
        )  # fmt: skip

    def print_page(self) -> None:
        """The proposal shown, on paper (F8)."""
        row = self.table.current_row()
        shown = self._shown if self._shown is not None else (row.id if row is not None else None)
        if shown is None:
            return
        office = self._context.office
        source = PaperSource(
            "proposal", self._context.language,
            lambda said: office.ask(purchasing.get_proposal_paper, proposal_id=shown, language=said), "proposal",
            "payment_proposal", shown,
        )  # fmt: skip
        self._context.shell.make_paper(self, source)

    def save_file(self, proposal_id: int) -> None:
        """Ask for the bank's file of a proposal and where to save it."""
        self._context.ops.ask(self, purchasing.get_payment_file, proposal_id=proposal_id, then=self._ask_where)

    def detail_title(self) -> str:
        panel = self.panel()
        return panel.card.row.number if isinstance(panel, ProposalPanel) else ""

    def _ask_where(self, made: PaymentFile) -> None:
        asked = QFileDialog(self, ui_text(_("Save as")), made.name)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.fileSelected.connect(lambda name: self.write(made, Path(name)))
        asked.open()

    def write(self, made: PaymentFile, path: Path) -> None:
        """Write the bank's file beside the window."""

        def then(_done: object) -> None:
            self._context.shell.say(_("Saved as {file}.", file=path.name))

        self._context.ops.run(
            self, lambda: write_file(path, lambda part: part.write_bytes(made.content)), then=then,
            failed=lambda error: self._context.shell.show_error(error.text),
        )  # fmt: skip

    def _take(self, rows: Sequence[ProposalRow]) -> None:
        self._rows = rows
        self._show_rows()

    def _show_rows(self) -> None:
        state = self.chips.values()["state"]
        rows = [row for row in self._rows if state is None or row.state is state]
        self.table.set_rows(rows)
        self.set_count(len(rows), len(self._rows))
        if not self._rows:
            self.show_empty()

    def _show_one(self, card: ProposalCard) -> None:
        panel = ProposalPanel(self._context, card, self.save_file, self._gone)
        self.open_panel(panel, WIDTH)
        self.title_changed.emit(card.row.number)

    def _gone(self) -> None:
        self._shown = None
        self.close_panel()
