"""One invoice beside order and receipt: the verdict on top, every difference to be settled, approval."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import purchasing
from core.errors import CoreError
from core.i18n import _
from core.purchasing import InvoiceCard
from core.words import InvoiceKind, InvoiceState
from core.words import Permission as P
from desktop.context import AppContext
from desktop.purchasing.files import add_files
from desktop.purchasing.invoices.acts import Acts
from desktop.purchasing.invoices.card_rows import CardRow
from desktop.purchasing.invoices.card_view import CardView
from desktop.purchasing.invoices.facts_panel import FactsPanel
from desktop.purchasing.invoices.row_panel import RowPanel
from desktop.theme import Meaning
from desktop.widgets import Button, FormPanel, KeyHint, Offer, PageBase, Words, above_form, language

ROUTE = "purchasing.invoice"
WIDE = 380
BESIDE_FROM = 1080


class CardPage(PageBase):
    """`line_id`: the line to begin with. What can be done with the current line stands beside it."""

    def __init__(self, context: AppContext, *, invoice_id: int, line_id: int = 0) -> None:
        super().__init__(_("Invoice"), "")
        self.context, self.invoice_id, self._line_id = context, invoice_id, line_id
        self.card: InvoiceCard | None = None
        self._rows: list[CardRow] = []
        self.view, self.notice = CardView(), Offer()
        self.table = self.view.table
        self.acts = Acts(context, self)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above_form(self.notice))
        column.addWidget(self.view, 1)
        self.set_table(self.table, content)
        self.setFocusProxy(self.table)
        self._set_up_keys()
        self.table.current_changed.connect(self._on_row)
        self.table.row_activated.connect(lambda _row: self.acts.do_next())
        context.hub.watch(self, ("invoice", "claim", "payment"), self.reload)
        self.reload()

    def _set_up_keys(self) -> None:
        acts, may = self.acts, self.context.shell.may
        self._approve = self.head.add_button(Button(_("Approve"), acts.approve, icon_name="check", key="F9"))
        self._approve.hide()
        self.set_primary(_("Next invoice"), self.enter_next)
        if may(P.INVOICE_APPROVE):
            self.add_more(_("Accept the difference"), acts.accept, "check", "F6")
        if may(P.CLAIM_EDIT):
            self.add_more(_("Claim it"), acts.claim, "return", "F7")
        self.add_more(_("Match by hand"), acts.choose, "link", "F4")
        self.add_more(_("Against a claim"), acts.credit, "link")
        self.add_more(_("Take back"), acts.take_back, "undo", "Shift+F4")
        self.add_more(_("Match again"), acts.match_again, "refresh", "Shift+F5")
        self.add_more(_("Details and files"), self.show_facts, "attachment", "F3")
        self.add_more(_("Correct"), self.correct, "edit", "Ctrl+E")
        if may(P.INVOICE_APPROVE):
            self.add_more(_("Approve"), acts.approve, "check", "F9")
            self.add_more(_("Take the approval back"), acts.withdraw, "undo")
        self.add_more(_("Cancel the invoice"), acts.cancel, "trash")
        add_files(self, self.context, _("Invoice"), self.table, lambda: self._rows)

    # --- loading

    def reload(self) -> None:
        """Ask again for the invoice."""
        self.start_loading()
        self.context.ops.ask(
            self, purchasing.get_invoice, key="card", then=self._take, failed=self.show_error,
            invoice_id=self.invoice_id,
        )  # fmt: skip

    def _take(self, card: InvoiceCard) -> None:
        self.card = card
        row = card.row
        kind = _("Credit note") if row.kind is InvoiceKind.CREDIT_NOTE else _("Invoice")
        self.set_title(_("{kind} {number}", kind=kind, number=row.number), self._answer(card))
        before = self.current()
        self._rows = self.view.show_card(card)
        self.show_content()
        self.head.hide_count()
        self._approve.setVisible(row.state is InvoiceState.MATCHED and self.context.shell.may(P.INVOICE_APPROVE))
        self.title_changed.emit(self.detail_title())
        self._go_on(before)

    def _answer(self, card: InvoiceCard) -> Words:
        row = card.row
        supplier = row.supplier.render(language())
        return _("{supplier} · our number {own}", supplier=supplier, own=row.own_number)

    def _go_on(self, before: CardRow | None) -> None:
        """To the line that was asked for, else the one before, else the first that is to be settled."""
        line_id, self._line_id = self._line_id, 0
        wanted = line_id or (before.line.id if before is not None else 0)
        found = wanted and self.table.select_where(lambda one: one.line.id == wanted and (one.part == 0 or not line_id))
        if (not found or (before is not None and not line_id)) and not self.table.select_where(
            lambda one: not one.is_settled
        ):
            self.table.select_first()
        panel = self.panel()
        if panel is None or isinstance(panel, RowPanel):
            self._show_row(self.current())
        elif isinstance(panel, FactsPanel):
            self.show_facts()

    def current(self) -> CardRow | None:
        """The row the person is on."""
        row = self.table.current_row()
        return row if isinstance(row, CardRow) else None

    # --- panels

    def _on_row(self, row: object) -> None:
        panel = self.panel()
        if panel is None or isinstance(panel, RowPanel):
            self._show_row(row if isinstance(row, CardRow) else None)

    def _show_row(self, row: CardRow | None) -> None:
        is_beside = self.width() >= BESIDE_FROM
        self.view.words.setVisible(not is_beside)
        if row is None or self.card is None or not is_beside:
            return
        self.open_panel(RowPanel(self.context, self.card, row, self.acts), WIDE)
        self.table.setFocus()

    def show_facts(self) -> None:
        """F3: facts, taxes and files of the invoice."""
        if self.card is not None:
            self.open_panel(FactsPanel(self.context, self.card), WIDE)

    def focus_search(self) -> None:
        """F3 shows the details: there is nothing to search for here."""
        self.show_facts()

    def done(self) -> None:
        """Something was settled: on to what is left."""
        self.notice.hide()
        self.close_panel()
        self.table.setFocus()
        self.reload()

    # --- going on

    def enter_next(self) -> None:
        """F2: enter the next invoice."""
        self.context.shell.go(ROUTE)

    def correct(self) -> None:
        """Correct what was typed; its matches are taken back and made anew."""
        if self.acts.may_match():
            self.context.shell.go(ROUTE, invoice_id=self.invoice_id, is_editing=True)
        else:
            self.say(_("It is approved or over: take the approval back first."), Meaning.SOON)

    def post(self) -> None:
        """F9: approve."""
        self.acts.approve()

    # --- telling

    def say(self, words: Words, meaning: Meaning) -> None:
        """Say something over the invoice."""
        self.notice.say(words, meaning)

    def show_error(self, error: CoreError | Words) -> None:
        """Before the first answer the page says it, afterwards it stands over the invoice."""
        if self.card is None:
            super().show_error(error)
        else:
            self.show_content()
            self.say(error.text if isinstance(error, CoreError) else error, Meaning.DANGER)

    def detail_title(self) -> str:
        return "" if self.card is None else self.card.row.number

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def more_keys(self) -> list[KeyHint]:
        return [KeyHint("Enter", _("Do what comes next on this line"))]
