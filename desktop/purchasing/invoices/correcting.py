"""A stored invoice in the form, to correct what was typed of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from core import catalog, purchasing
from core.i18n import _
from core.purchasing import InvoiceCard, NewInvoice
from desktop.context import AppContext
from desktop.purchasing.invoices.from_file import entry_lines, fill_head

if TYPE_CHECKING:
    from desktop.purchasing.invoices.entry_page import EntryPage


class Correcting:
    """Serves one page: asks for the invoice, its items' names, and what was typed."""

    def __init__(self, context: AppContext, page: EntryPage) -> None:
        self._context, self._page = context, page

    def load(self, invoice_id: int) -> None:
        """Show a stored invoice; what is sent replaces it."""
        page = self._page
        self._context.ops.ask(
            page, purchasing.get_invoice, invoice_id=invoice_id, then=self._card_came, failed=page.show_error
        )

    def _card_came(self, card: InvoiceCard) -> None:
        page = self._page
        page.entering.invoice_id, page.entering.version = card.row.id, card.row.version
        page.set_title(_("Correct {number}", number=card.row.own_number), "")
        ids = tuple(sorted({line.item_id for line in card.lines if line.item_id is not None}))
        self._context.ops.ask(
            page, catalog.list_items_page, ids=ids, then=partial(self._items_came, card.row.id), failed=page.show_error
        )

    def _items_came(self, invoice_id: int, rows: Sequence[catalog.ItemRow]) -> None:
        page = self._page
        self._context.ops.ask(
            page, purchasing.get_invoice_draft, invoice_id=invoice_id, then=partial(self._show, rows),
            failed=page.show_error,
        )  # fmt: skip

    def _show(self, rows: Sequence[catalog.ItemRow], new: NewInvoice) -> None:
        page = self._page
        fill_head(page, new)
        page.lines.start(entry_lines(new, rows))
        page.entering.keep_tax(True)
        page.entering.ask_deal(supplier_id=new.supplier_id)
        page.lines.step(0)
        page.entry.focus_goods()
