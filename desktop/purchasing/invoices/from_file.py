"""An invoice read from a file into the form, with what was not recognised marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core import catalog, documents, importing
from core.errors import CoreError
from core.i18n import Name, Text, _, _n, join
from core.purchasing import InvoiceDocument, InvoiceDraft, NewInvoice
from desktop.context import AppContext
from desktop.purchasing.invoices.lines import EntryLine
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.invoices.entry_page import EntryPage

MOST_TOLD = 4


class FromFile:
    """Reads for one page."""

    def __init__(self, context: AppContext, page: EntryPage) -> None:
        self._context, self._page = context, page

    def read(self, path: Path) -> None:
        """Read a file; what it says stands in the form afterwards."""
        self._context.ops.run(
            self._page, lambda: documents.read_file(path), then=partial(self._ask, path.name), failed=self._refuse
        )

    def _ask(self, name: str, content: bytes) -> None:
        self._context.ops.ask(
            self._page, importing.read_invoice_file, key=(id(self), "file"), then=partial(self._take, name, content),
            failed=self._refuse, content=content, name=name,
        )  # fmt: skip

    def _refuse(self, error: CoreError) -> None:
        self._page.show_content()
        self._page.say(error.text, Meaning.DANGER)

    def _take(self, name: str, content: bytes, draft: InvoiceDraft) -> None:
        ids = tuple(sorted({line.item_id for line in draft.invoice.lines if line.item_id is not None}))
        self._context.ops.ask(
            self._page, catalog.list_items_page, key=(id(self), "items"), ids=ids,
            then=partial(self._show, InvoiceDocument(name, content, draft.source), draft), failed=self._refuse,
        )  # fmt: skip

    def _show(self, document: InvoiceDocument, draft: InvoiceDraft, items: Sequence[catalog.ItemRow]) -> None:
        page, new = self._page, draft.invoice
        page.entering.forget()
        page.entering.document = document
        page.entering.keep_tax(new.is_tax_incl is not None)
        fill_head(page, new)
        unknown = {one.line for one in draft.unknown}
        page.lines.add(replace(line, is_unknown=at in unknown) for at, line in enumerate(entry_lines(new, items)))
        page.show_content()
        if new.supplier_id > 0:
            page.entering.ask_deal(supplier_id=new.supplier_id)
        self._tell(draft)
        first = next((line for line in page.lines.all() if line.is_unknown), None)
        if new.supplier_id <= 0:
            page.entry.head.focus()
        elif first is not None:
            page.edit(first)

    def _tell(self, draft: InvoiceDraft) -> None:
        """What is to be looked at before it is entered."""
        told: list[Text] = []
        if draft.known_as:
            told.append(_("This file was entered already as {number}.", number=draft.known_as))
        if draft.invoice.supplier_id <= 0:
            told.append(_("The supplier “{name}” is not known: choose one.", name=draft.supplier_said))
        if draft.unknown:
            told.append(
                _n("{n} line was not recognised: choose its item.", "{n} lines were not recognised: choose their items.",
                   len(draft.unknown))
            )  # fmt: skip
        told += draft.troubles[:MOST_TOLD]
        if told:
            self._page.say(join(told, " "), Meaning.SOON)
        else:
            self._page.say(_("Everything was recognised. Look it over, then enter it."), Meaning.GOOD)


def fill_head(page: EntryPage, new: NewInvoice) -> None:
    """The head of the form, as a document says it."""
    tax = new.tax if new.tax is not None else sum(tax for _rate, tax in new.taxes) if new.taxes else None
    page.entry.head.fill(
        {
            "supplier_id": new.supplier_id if new.supplier_id > 0 else None, "number": new.number,
            "invoiced_on": new.invoiced_on, "due_on": new.due_on, "kind": new.kind, "currency": new.currency,
            "rate": new.rate, "is_tax_incl": new.is_tax_incl, "net": new.net, "tax": tax, "gross": new.gross,
            "note": new.note,
        }
    )  # fmt: skip


def entry_lines(new: NewInvoice, items: Sequence[catalog.ItemRow]) -> list[EntryLine]:
    """A document's lines as they are typed, with their items' names."""
    known = {row.id: row for row in items}
    found = []
    for line in new.lines:
        row = known.get(line.item_id or 0)
        found.append(
            EntryLine(
                0, kind=line.kind, item_id=line.item_id, code="" if row is None else row.code,
                name=Name("") if row is None else Name(row.name, row.name_en), order_line_id=line.order_line_id,
                supplier_code=line.supplier_code, description=line.description, qty=line.qty, unit=line.unit,
                price=line.price, amount=line.amount, tax_rate=line.tax_rate, split_by=line.split_by,
                account=line.account, note=line.note,
            )
        )  # fmt: skip
    return found
