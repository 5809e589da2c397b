"""Suppliers' statements: what they say is open beside what the books say."""

from __future__ import annotations

from collections.abc import Sequence

from core import purchasing
from core.i18n import _
from core.purchasing import StatementCard, StatementRow
from core.words import Permission
from desktop.context import AppContext
from desktop.printing.source import PaperSource
from desktop.purchasing.payables.columns import STATEMENTS
from desktop.purchasing.payables.statement_form import StatementForm
from desktop.purchasing.payables.statement_panel import StatementPanel
from desktop.widgets import ChipSpec, FormPanel, PageBase, RowTable, language, local_time

WIDTH = 560


class StatementsPage(PageBase):
    """Those with differences first; Enter opens one beside the list with every invoice, F2 enters one, F8 prints it."""

    def __init__(self, context: AppContext, *, statement_id: int | None = None, is_entering: bool = False) -> None:
        super().__init__(
            _("Suppliers' statements"), _("What suppliers say is open, held against the books invoice by invoice.")
        )
        self._context, self._shown = context, statement_id
        self._rows: Sequence[StatementRow] = ()
        self._may_enter = context.shell.may(Permission.INVOICE_EDIT)
        self.table = RowTable(STATEMENTS, name=_("Suppliers' statements"), key="purchasing.statements")
        self.set_table(self.table)
        starts = [(_("Enter a statement"), self.enter)] if self._may_enter else []
        self.set_empty(
            _("No statement was entered yet"),
            _("Paste the lines of a supplier's statement: what agrees and what does not is said at once."), starts, "file",
        )  # fmt: skip
        if self._may_enter:
            self.set_primary(_("Enter a statement"), self.enter)
        self.chips.add(ChipSpec("open", _("Not settled")))
        self.chips.changed.connect(self._show_rows)
        self.add_more(_("Print"), self.print_page, "print", key="F8")
        self.table.row_activated.connect(lambda row: self.open_statement(row.id))
        self.table.why_requested.connect(lambda row, _key: self.open_statement(row.id))
        context.hub.watch(self, ("payment", "invoice", "supplier"), self.reload)
        self.reload()
        if is_entering and self._may_enter:
            self.enter()

    def reload(self) -> None:
        """Ask again for the statements and the one that is shown."""
        self.start_loading()
        self._context.ops.ask(self, purchasing.list_statements, key="list", then=self._take, failed=self.show_error)
        if self._shown is not None:
            self.open_statement(self._shown)

    def enter(self) -> None:
        """The form of a new statement."""
        self._shown = None
        today = local_time(self._context.office.clock.now()).date()
        panel = StatementForm(self._context, today).panel
        panel.saved.connect(self._entered)
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, 460)
        panel.focus_field()

    def open_statement(self, statement_id: int) -> None:
        """Show a statement beside the list."""
        self._shown = statement_id
        self._context.ops.ask(
            self, purchasing.get_statement, key="one", then=self._show_one, failed=lambda _error: self._gone(),
            statement_id=statement_id,
        )  # fmt: skip

    def print_page(self) -> None:
        """The statement shown, on paper (F8)."""
        row, office = self.table.current_row(), self._context.office
        shown = self._shown if self._shown is not None else (row.id if row is not None else None)
        if shown is not None:
            source = PaperSource(
                "statement", self._context.language,
                lambda said: office.ask(purchasing.get_statement_paper, statement_id=shown, language=said), "statement",
            )  # fmt: skip
            self._context.shell.make_paper(self, source)

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def detail_title(self) -> str:
        panel = self.panel()
        return panel.card.row.supplier.render(language()) if isinstance(panel, StatementPanel) else ""

    def _entered(self, statement_id: int) -> None:
        self.close_panel()
        self.open_statement(statement_id)

    def _take(self, rows: Sequence[StatementRow]) -> None:
        self._rows = rows
        self._show_rows()

    def _show_rows(self) -> None:
        is_open = self.chips.values()["open"]
        rows = [row for row in self._rows if not is_open or not row.is_settled]
        self.table.set_rows(rows)
        self.set_count(len(rows), len(self._rows))
        if not self._rows:
            self.show_empty()

    def _show_one(self, card: StatementCard) -> None:
        self.open_panel(StatementPanel(self._context, card, self._gone), WIDTH)

    def _gone(self) -> None:
        self._shown = None
        self.close_panel()
