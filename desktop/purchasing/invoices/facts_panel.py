"""Everything else of an invoice: who entered and approved it, its taxes by rate, its files."""

from __future__ import annotations

from core.i18n import Text, _
from core.purchasing import InvoiceCard
from core.words import Permission, word
from desktop.context import AppContext
from desktop.purchasing.invoices.columns import said, state_look
from desktop.shell.attachments import FilesOf
from desktop.widgets import (
    Column,
    DetailPanel,
    Kind,
    Words,
    date_words,
    instant_words,
    language,
    number_words,
    small_table,
)

TAXES = (
    Column("rate", _("Tax rate"), 76, value=lambda row: f"{number_words(row.rate)} %", sortable=False),
    Column("net", _("Without tax"), 96, kind=Kind.MONEY, stretch=True, sortable=False),
    Column("tax", _("Tax"), 84, kind=Kind.MONEY, sortable=False),
    Column("stated", _("Stated"), 84, kind=Kind.MONEY, sortable=False),
)


class FactsPanel(DetailPanel):
    """Opened with F3."""

    def __init__(self, context: AppContext, card: InvoiceCard) -> None:
        row = card.row
        super().__init__(row.number, row.supplier.render(language()), state_look(row))
        self._card = card
        self.add_facts(self._facts())
        self.add_section(_("Taxes"), small_table(TAXES, card.taxes, _("Taxes")))
        may_add = context.shell.may(Permission.INVOICE_EDIT)
        self.files = FilesOf(context, "invoice", row.id, may_add=may_add)
        self.add_section(_("Files"), self.files)
        context.hub.watch(self, ("attachment",), self.files.reload)

    def _facts(self) -> list[tuple[Words, Words]]:
        card, row = self._card, self._card.row
        facts: list[tuple[Words, Words]] = [
            (_("Kind"), word(row.kind)), (_("Our number"), row.own_number),
            (_("Invoice date"), date_words(row.invoiced_on)), (_("Came in on"), date_words(row.received_on)),
            (_("Due date"), date_words(row.due_on)), (_("Without tax"), said(row.net, row.currency)),
            (_("Tax"), said(row.tax, row.currency)), (_("With tax"), said(row.gross, row.currency)),
            (_("Paid"), said(row.paid, row.currency)), (_("Still to be paid"), said(row.open_amount, row.currency)),
        ]  # fmt: skip
        if card.rate != 1:
            facts.append((_("Exchange rate"), number_words(card.rate)))
        facts.append((_("Entered"), f"{card.by} · {instant_words(card.created_at)}"))
        if card.approved_at is not None:
            facts.append((_("Approved"), f"{card.approved_by} · {instant_words(card.approved_at)}"))
        told: list[tuple[Text, str]] = [(_("Note"), row.note)]
        return facts + [(name, words) for name, words in told if words]
