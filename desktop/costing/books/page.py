"""Accounts and journals: a month's vouchers, balanced, before they are handed over; the account map; the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core import costing
from core.costing import AccountRow, BookLayout, Journal, JournalFile, KeptJournal, MonthRow, MonthState
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _, _n, join
from desktop.context import AppContext
from desktop.costing.books.forms import account_panel, settings_panel
from desktop.costing.books.rows import (
    VoucherLine,
    account_columns,
    balance_words,
    is_balanced,
    line_columns,
    suggested,
    voucher_lines,
)
from desktop.costing.explain.months import MonthChooser
from desktop.costing.explain.rows import ListTable
from desktop.costing.explain.sheet import table_sheet
from desktop.printing.list_file import ListFile, write_file
from desktop.theme import Meaning
from desktop.widgets import Choice, FormPanel, Label, Notice, Offer, PageBase, Tabs, ui_text

LAYOUTS: dict[BookLayout, Text] = {
    BookLayout.GENERAL: _("General CSV"),
    BookLayout.KINGDEE: _("Kingdee"),
    BookLayout.YONYOU: _("Yonyou"),
    BookLayout.XERO: _("Xero"),
    BookLayout.QUICKBOOKS: _("QuickBooks"),
}
LAYOUT = "month_end.layout"
PANEL, CHOICE = 420, 190
INVOICE = "purchasing.invoice"


class BooksPage(PageBase):
    """F2 exports the journal of the month; Enter on an account sets it. `part` is journal or accounts."""

    def __init__(
        self, context: AppContext, *, month: str = "", part: str = "journal", is_setting: bool = False
    ) -> None:
        super().__init__(_("Accounts and journals"), _("What a month books, for the accountant's program"))
        self._context, self._wanted = context, month
        self._journal: Journal | None = None
        self._is_setting = is_setting
        self.chooser = MonthChooser()
        self.chooser.chosen.connect(lambda _month: self._ask_journal())
        self.layout_choice = Choice(_("Accounting program"), list(LAYOUTS.items()))
        self.layout_choice.setFixedWidth(CHOICE)
        kept = context.settings.get(LAYOUT, BookLayout.GENERAL.value)
        self.layout_choice.set_value(BookLayout(kept) if kept in tuple(BookLayout) else BookLayout.GENERAL)
        named = QWidget()
        side_by_side = QHBoxLayout(named)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(8)
        side_by_side.addWidget(Label(_("Accounting program"), "muted"), 0, Qt.AlignmentFlag.AlignVCenter)
        side_by_side.addWidget(self.layout_choice)
        for widget in (self.chooser, named):
            self.chips.add_widget(widget)
        self.notice, self.balance = Offer(), Notice()
        self.lines = ListTable(line_columns(), name=_("Vouchers"), key="books.lines")
        self.lines.set_empty(_("This month books nothing."))
        self.accounts = ListTable(account_columns(), name=_("Accounts"), key="books.accounts")
        self.tabs = Tabs(_("Accounts and journals"))
        self._lay_out(part)
        self._connect()
        self.start_loading(_("Making the journal…"))
        self.reload()

    def _lay_out(self, part: str) -> None:
        journal = QWidget()
        column = QVBoxLayout(journal)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.balance)
        column.addWidget(self.lines, 1)
        self.tabs.add(_("Vouchers"), journal)
        self.tabs.add(_("Accounts"), self.accounts)
        self.tabs.setCurrentIndex(1 if part == "accounts" else 0)
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(16, 0, 16, 0)
        outer.addWidget(self.notice)
        outer.addWidget(self.tabs, 1)
        self.set_content(content)
        self.setFocusProxy(self.accounts if part == "accounts" else self.lines)

    def _connect(self) -> None:
        self.set_primary(_("Export the journal"), self.export, "export")
        self._file = ListFile(self._context, self, _("Vouchers"), lambda: table_sheet(_("Vouchers"), self._shown()))
        self.add_more(_("How journals are made…"), self.set_up, "settings")
        self.add_more(_("Account for one kind of thing…"), lambda: self.open_account(None), "plus")
        self.add_more(_("Confirm all usual accounts"), self.confirm_usual, "check")
        self.add_more(_("Export as Excel"), lambda: self._file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: self._file.ask("csv"), "export")
        self.accounts.row_activated.connect(self.open_account)
        self.lines.row_activated.connect(self._open_document)
        self.layout_choice.committed.connect(
            lambda: self._context.settings.put(LAYOUT, str(self.layout_choice.value()))
        )
        self._context.hub.watch(self, ("account", "month", "stock", "invoice", "payment", "expense"), self.reload)

    def _shown(self) -> ListTable:
        return self.accounts if self.tabs.currentIndex() else self.lines

    # --- asking

    def reload(self) -> None:
        """Ask again for the months, the journal and the accounts."""
        self._context.ops.ask(self, costing.list_months, then=self._take_months, key="months", failed=self.show_error)
        self._context.ops.ask(self, costing.list_accounts, then=self._take_accounts, key="accounts")

    def _take_months(self, rows: Sequence[MonthRow]) -> None:
        month = self.chooser.month or self._wanted
        if month not in [row.month for row in rows]:
            month = next((row.month for row in rows if row.state is not MonthState.RUNNING), rows[0].month)
        self.chooser.set_months(rows, month)
        self._ask_journal()
        if self._is_setting:
            self._is_setting = False
            self.set_up()

    def _ask_journal(self) -> None:
        self._context.ops.ask(
            self, costing.get_journal, month=self.chooser.month, then=self._take, key="journal", failed=self.show_error
        )

    def _take(self, journal: Journal) -> None:
        self._journal = journal
        self.lines.show_list(voucher_lines(journal))
        is_good = is_balanced(journal)
        self.balance.say(balance_words(journal), Meaning.GOOD if is_good else Meaning.DANGER)
        if journal.suggested:
            self.set_answer(
                _n(
                    "{n} account is only the usual one: confirm it in Accounts before the journal is handed over.",
                    "{n} accounts are only the usual ones: confirm them in Accounts before the journal is handed over.",
                    len(journal.suggested),
                )
            )
        else:
            self.set_answer(_("What a month books, for the accountant's program"))
        self.show_content()

    def _take_accounts(self, rows: Sequence[AccountRow]) -> None:
        self.accounts.show_list(rows)
        left = suggested(rows)
        words = _n("Accounts ({n} not confirmed)", "Accounts ({n} not confirmed)", left) if left else _("Accounts")
        self.tabs.set_words(1, words)

    # --- doing

    def open_account(self, row: AccountRow | None) -> None:
        """Set an account beside the list."""
        self._open_form(account_panel(self._context, row, self._after))

    def confirm_usual(self) -> None:
        """Set every account that is only the usual one, as it stands."""
        for row in self.accounts.rows:
            if row.is_suggestion:
                self._context.ops.do(
                    self, costing.save_account, use=row.use, key=row.key, code=row.code, name=row.name,
                    failed=lambda error: self.notice.say(error.text, Meaning.DANGER),
                )  # fmt: skip

    def set_up(self) -> None:
        """How journals are made."""
        self._context.ops.ask(
            self, costing.get_book_settings, key="settings",
            then=lambda now: self._open_form(settings_panel(self._context, now, self._after)),
        )  # fmt: skip

    def _open_form(self, panel: FormPanel) -> None:
        panel.cancelled.connect(self._side.ask_close)
        self.open_panel(panel, PANEL)
        panel.focus_field()

    def _after(self) -> None:
        self.close_panel()
        self.reload()

    def _open_document(self, row: VoucherLine) -> None:
        if row.voucher.kind == "invoice" and row.voucher.source_id and self._context.shell.can_go(INVOICE):
            self._context.shell.go(INVOICE, invoice_id=row.voucher.source_id)

    def export(self) -> None:
        """The journal as a file (F2). That of a closed month is kept first, so that it never changes afterwards."""
        row = self.chooser.row
        if row is None:
            return
        if row.state is not MonthState.CLOSED:
            self._make(row.month)
            return

        def kept(_found: KeptJournal) -> None:
            self._make(row.month)

        def failed(error: CoreError) -> None:
            if not isinstance(error, NeedsConfirmation):
                self.notice.say(error.text, Meaning.DANGER)

        self._context.ops.do(self, costing.keep_journal, month=row.month, then=kept, failed=failed)

    def _make(self, month: str) -> None:
        layout = BookLayout(self.layout_choice.value() or BookLayout.GENERAL)
        self._context.ops.ask(
            self, costing.get_journal_file, month=month, layout=layout, language=self._context.language, key="file",
            then=self._ask_where,
        )  # fmt: skip

    def _ask_where(self, made: JournalFile) -> None:
        asked = QFileDialog(self, ui_text(_("Save as")), made.name)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.fileSelected.connect(lambda name: self.save(made, Path(name)))
        asked.open()

    def save(self, made: JournalFile, path: Path) -> None:
        """Write the file and say what to know before it is read in."""
        try:
            write_file(path, lambda part: part.write_bytes(made.content))
        except CoreError as error:
            self.notice.say(error.text, Meaning.DANGER)
            return
        told = [_("Saved as {file}.", file=path.name), *made.notes]
        self.notice.say(join(told, " "), Meaning.GOOD if made.is_final else Meaning.WATCH)
        self.reload()

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def detail_title(self) -> str:
        return self.chooser.month
