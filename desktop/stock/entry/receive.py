"""Receive goods without an order: supplier, delivery note, lines by scan or search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core import catalog, stock
from core.i18n import Text, _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.attachments import FilesToCome, attach_file
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.lines import EntryLine
from desktop.stock.entry.page import EntryPage, FormText
from desktop.stock.entry.papers import print_slip
from desktop.widgets import CheckEdit, Choice, CodeEdit, DateEdit, TextEdit
from desktop.widgets.strip import Strip

PRINTS = "receive/prints"
TEXT = FormText(
    "receive",
    _("Receive"),
    _("Goods that came without an order"),
    _("Post receipt"),
    _("Lines of the receipt"),
)
FIELDS = Fields(unit="purchase", comes_in=True, priced=True, price_needed=True, place=_("Place"))


class ReceivePage(EntryPage):
    """Each scan adds one pack of the right unit; the last price is proposed; F9 posts and prints the slip."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, TEXT, FIELDS)
        self.add_link(_("Return to supplier"), "stock.return_to_supplier", Permission.STOCK_RETURN, "return")
        self._load_suppliers()
        context.hub.watch(self, ("supplier",), self._load_suppliers)

    def make_head(self, strip: Strip) -> None:
        self.supplier = Choice(_("Supplier"), search=True)
        strip.add("supplier_id", _("Supplier"), self.supplier, share=26)
        strip.add("document", _("Delivery note"), CodeEdit(_("Delivery note"), most=60), share=18)
        if self.context.shell.may(Permission.STOCK_BACKDATE):
            today = self.finder.today
            strip.add("at", _("Received on"), DateEdit(_("Received on"), today=today, is_past=True), share=16)
        strip.add("note", _("Note"), TextEdit(_("Note"), most=400), share=24)
        self.prints = CheckEdit(_("Print the slip"))
        self.prints.set_value(self.context.settings.get(PRINTS, "1") == "1")
        self.prints.changed.connect(lambda: self.context.settings.put(PRINTS, "1" if self.prints.value() else "0"))
        self.files = FilesToCome()
        self.prints.setFixedHeight(self.files.sizeHint().height())
        strip.add_widget(self.files)
        strip.add_widget(self.prints)
        self.supplier.changed.connect(self._on_supplier)

    def command(self) -> Callable[..., Any]:
        return stock.receive_goods

    def arguments(self, head: Mapping[str, Any], lines: Sequence[EntryLine]) -> dict[str, Any]:
        return {
            "lines": tuple(line.new_line(row) for row, line in enumerate(lines, start=1)),
            "supplier_id": head.get("supplier_id"),
            "document": head.get("document") or "",
            "at": self.when(head.get("at")),
            "note": head.get("note") or "",
        }

    def posted_words(self, posted: stock.Posted) -> Text:
        return _("Receipt {number} posted", number=posted.number)

    def labels_of(self, posted: stock.Posted) -> Callable[[], None] | None:
        if not self.context.shell.can_go("labels"):
            return None
        return lambda: self.context.shell.go("labels", posting_id=posted.posting_id)

    def after_posting(self, posted: stock.Posted) -> None:
        for path in self.files.paths:
            attach_file(self.context, self, ("posting", posted.posting_id), path, self.show_error)
        self.files.clear()
        if self.prints.value():
            print_slip(self.context, self, posted.posting_id)

    def _load_suppliers(self) -> None:
        self.context.ops.ask(self, catalog.list_suppliers, then=self._on_suppliers)

    def _on_suppliers(self, rows: list[catalog.SupplierRow]) -> None:
        language = self.context.language
        self.supplier.set_options([(row.id, f"{row.title(language)}") for row in rows])

    def _on_supplier(self) -> None:
        self.sheet.bar.supplier_id = self.strip.value("supplier_id")
