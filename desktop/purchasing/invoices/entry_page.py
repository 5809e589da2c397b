"""Entering an invoice or credit note: lines as received, only what differs is typed, and it is matched at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import Name, _
from core.purchasing import InvoiceProposal
from core.words import InvoiceKind
from desktop.context import AppContext
from desktop.purchasing.invoices.correcting import Correcting
from desktop.purchasing.invoices.drafting import Drafting
from desktop.purchasing.invoices.entering import Entering
from desktop.purchasing.invoices.entry_view import EntryView
from desktop.purchasing.invoices.file_start import ask_invoice_file
from desktop.purchasing.invoices.from_file import FromFile
from desktop.purchasing.invoices.line_panel import LinePanel
from desktop.purchasing.invoices.lines import EntryLine, Lines
from desktop.purchasing.invoices.receipts import BESIDE_FROM, PANEL_WIDE, Receipts
from desktop.purchasing.invoices.receipts_panel import ReceiptsPanel
from desktop.purchasing.invoices.sending import Sending
from desktop.purchasing.receive.finding import Finder, Picked
from desktop.theme import Meaning
from desktop.widgets import KeyHint, Offer, PageBase, Words, above_form

ROUTE = "purchasing.invoice"


@dataclass(frozen=True, slots=True)
class Start:
    """What a new invoice begins with: a supplier, an order, or a receipt by its posting."""

    supplier_id: int | None = None
    order_id: int | None = None
    posting_id: int | None = None

    def draft_name(self) -> str:
        """What its draft is kept under."""
        parts = (self.supplier_id, self.order_id, self.posting_id)
        return "-".join(["invoice", *(str(part or 0) for part in parts)]) if any(parts) else "invoice"


NOWHERE = Start()


class EntryPage(PageBase):
    """Begins with nothing, with a start, a file (`path`), or a stored invoice to correct."""

    def __init__(
        self,
        context: AppContext,
        *,
        invoice_id: int | None = None,
        start: Start = NOWHERE,
        is_credit: bool = False,
        path: str = "",
    ) -> None:
        super().__init__(_("Credit note") if is_credit else _("Invoice"), "")
        self.context = context
        self._start = start
        self._invoice_id, self._path = invoice_id, path
        self.finder = Finder(context, self)
        self.lines = Lines(self)
        self.entry = EntryView(self.finder, self.lines)
        self.notice, self.offer = Offer(), Offer(Meaning.ACCENT)
        self.entering = Entering(context, self)
        self.drafting = Drafting(context, self, start.draft_name())
        self.from_file = FromFile(context, self)
        self.correcting = Correcting(context, self)
        self.sending = Sending(context, self)
        self.receipts = Receipts(self)
        self._lay_out()
        self._set_up_keys()
        self._connect()
        if is_credit:
            self.entry.head.kind.set_value(InvoiceKind.CREDIT_NOTE)
        self.start_loading()
        if self.finder.is_ready():
            self._on_ready()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above_form(self.offer, self.notice))
        column.addWidget(self.entry, 1)
        self.set_content(content)

    def _set_up_keys(self) -> None:
        self.set_primary(_("All as received"), self.entering.take_all, "check")
        self.add_more(_("All as received"), self.entering.take_all, "check", "F6")
        self.add_more(_("Receipts that wait"), self.receipts.show, "receive", "F4")
        self.add_more(_("Freight or fee"), self.entering.add_charge, "plus", "F7")
        self.add_more(_("Other cost"), self.entering.add_cost, "plus", "Shift+F7")
        self.add_more(_("Take the line off"), self.remove_line, "trash", "Ctrl+D")
        self.add_more(_("From a file"), self.choose_file, "import")
        self.add_more(_("Empty the form"), self.empty, "trash")

    def _connect(self) -> None:
        head = self.entry.head
        self.finder.ready.connect(self._on_ready)
        head.supplier_changed.connect(self._on_supplier)
        head.kind_changed.connect(self._on_supplier)
        self.entry.picked.connect(self.add_item)
        self.entry.edit_asked.connect(self.edit)
        self.entry.send_asked.connect(self.sending.send)
        self.context.hub.watch(self, ("receipt", "stock", "invoice"), self._on_news)

    # --- beginning

    def reload(self) -> None:
        """Ask anew for suppliers, units and the receipts that wait; what is typed stays."""
        self.finder.load()
        self._on_news()

    def _on_ready(self) -> None:
        if self.is_loaded():
            return
        self.show_content()
        self.entry.head.fill_suppliers()
        self.entry.head.focus()
        if self._invoice_id is not None:
            self.correcting.load(self._invoice_id)
        elif self._path:
            path, self._path = self._path, ""
            self.from_file.read(Path(path))
        elif not self.drafting.offer(self._begin):
            self._begin()

    def _begin(self) -> None:
        if self._start != NOWHERE:
            self.entering.ask_deal(self._on_begun, **asdict(self._start))

    def _on_begun(self, deal: InvoiceProposal) -> None:
        """From an order or a receipt all its lines are taken at once."""
        if self._start.order_id is not None or self._start.posting_id is not None:
            self.entering.take(deal.lines)
            if not deal.lines:
                self.say(_("Nothing of it waits for an invoice."), Meaning.SOON)
        self.entry.head.focus()

    def _on_supplier(self) -> None:
        """Another supplier, kind or currency: other receipts wait."""
        if self.entry.head.supplier_id() is not None:
            self.entering.ask_deal()

    def _on_news(self) -> None:
        if self.is_loaded() and self.entering.deal is not None and isinstance(self.panel(), ReceiptsPanel):
            self.entering.ask_deal()

    # --- the panels

    def line_panel(self) -> LinePanel | None:
        """The panel of the line that is worked at, while it is open."""
        panel = self.panel()
        return panel if isinstance(panel, LinePanel) else None

    def show_beside(self) -> None:
        """The panel of the current line, where there is room for it beside the lines."""
        if self.line_panel() is None and self.width() >= BESIDE_FROM and self.lines.current() is not None:
            self._open_line()

    def _open_line(self) -> LinePanel:
        panel = LinePanel(self.finder, self.lines)
        panel.finished.connect(self.leave_line)
        self.open_panel(panel, PANEL_WIDE)
        return panel

    def edit(self, line: EntryLine, field: str = "") -> None:
        """Say something of a line: the keyboard goes into its panel."""
        self.lines.go_to(line.id)
        (self.line_panel() or self._open_line()).focus_field(field)

    def say_at(self, line: EntryLine, error: CoreError) -> None:
        """What is wrong with a line, at its field."""
        self.lines.go_to(line.id)
        self.lines.mark_error(line.id, error.text, error.field or "")
        (self.line_panel() or self._open_line()).show_core_error(error)
        self.say(error.text, Meaning.DANGER)

    def leave_line(self) -> None:
        """Done with the line: back to where items are typed."""
        if self.width() < BESIDE_FROM:
            self.close_panel()
        self.entry.focus_goods()

    # --- what a person does

    def add_item(self, picked: object) -> None:
        """A line for an item that was chosen or scanned."""
        if isinstance(picked, Picked):
            row = picked.item
            name = Name(row.name, row.name_en)
            fresh = EntryLine(0, item_id=row.id, code=row.code, name=name, unit=picked.unit)
            self.entering.add_line(self.entering.waiting_for(row.id) or fresh)
            panel = self.line_panel()
            if panel is not None:
                panel.focus_field("qty")

    def remove_line(self) -> None:
        """Ctrl+D: take the line that is chosen off."""
        current = self.lines.current()
        if current is not None:
            self.entry.remove(current)

    def choose_file(self) -> None:
        """Read an invoice from a file."""
        ask_invoice_file(self, self.from_file.read)

    def empty(self) -> None:
        """Begin anew; what was typed is gone."""
        self.entering.forget()
        self.drafting.box.clear()
        self.notice.hide()
        self.offer.hide()
        self.close_panel()
        self.set_title(_("Invoice"), "")
        self.entry.head.focus()

    def post(self) -> None:
        """F9: enter and match it."""
        self.sending.send()

    def focus_search(self) -> None:
        """F3: where items are typed."""
        self.entry.focus_goods()

    def show_invoice(self, invoice_id: int) -> None:
        """It is entered: show it beside what it is held against. One that was corrected is shown on the page before."""
        self.close_panel()
        if self._invoice_id is not None:
            self.context.shell.back()
        else:
            self.context.shell.go(ROUTE, invoice_id=invoice_id)

    # --- telling

    def say(self, words: Words, meaning: Meaning) -> None:
        """Say something over the form."""
        self.notice.say(words, meaning)

    def say_title(self) -> None:
        """Whose invoice it is, in the bar above."""
        self.title_changed.emit(self.detail_title())

    def show_error(self, error: CoreError | Words) -> None:
        """A question failed: before the first answer the page says it, afterwards it stands over the form."""
        if not self.is_loaded():
            super().show_error(error)
        else:
            self.say(error.text if isinstance(error, CoreError) else error, Meaning.DANGER)

    def detail_title(self) -> str:
        deal = self.entering.deal
        return "" if deal is None else deal.supplier.render(self.context.language)

    def has_unsaved(self) -> bool:
        is_new = not self.entering.invoice_id
        return self.lines.has_typing() or (is_new and bool(self.entry.head.top.value("number")))

    def escape(self) -> bool:
        """Esc leaves the field of a line, then the panel, then the page."""
        panel = self.line_panel()
        if panel is not None and panel.is_typing():
            self.leave_line()
            return True
        return super().escape() if isinstance(self.panel(), ReceiptsPanel) else False

    def more_keys(self) -> list[KeyHint]:
        return [
            KeyHint("F9", _("Enter and match")),
            KeyHint("Enter", _("Change the line that is chosen")),
            KeyHint("Up", _("Line before")),
            KeyHint("Down", _("Next line")),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_loaded() and self.panel() is None:
            self.show_beside()
