"""One line beside the list: what differs in words, order and receipt, and the buttons for what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import Text, _
from core.purchasing import InvoiceCard
from core.words import InvoiceLineKind, word
from desktop.context import AppContext
from desktop.purchasing.invoices.card_rows import CardRow, row_look
from desktop.purchasing.invoices.columns import qty_said, said
from desktop.widgets import (
    Button,
    DetailPanel,
    Label,
    Words,
    date_words,
    language,
    money_words,
    number_words,
)

if TYPE_CHECKING:
    from desktop.purchasing.invoices.acts import Acts


class RowPanel(DetailPanel):
    """Buttons only for what this person can do on this line now."""

    def __init__(self, context: AppContext, card: InvoiceCard, row: CardRow, acts: Acts) -> None:
        name = row.line.name.render(language()) or row.line.description or context.words(word(row.line.kind))
        super().__init__(name, row.line.code, row_look(row))
        self._context, self._card, self.row = context, card, row
        self.add_widget(Label(row.told(), wrap=True))
        self.add_facts(self._facts())
        self._add_actions(acts)

    def _facts(self) -> list[tuple[Words, Words]]:
        line, currency = self.row.line, self._card.row.currency
        facts: list[tuple[Words, Words]] = []
        if line.qty:
            facts.append((_("Invoiced"), qty_said(line.qty, line.unit)))
        if line.price is not None:
            facts.append((_("Unit price"), number_words(line.price)))
        facts += [(_("Amount"), said(line.amount, currency)), (_("Tax rate"), f"{number_words(line.tax_rate)} %")]
        told: list[tuple[Text, str]] = [
            (_("Order"), line.order_number), (_("Supplier's code"), line.supplier_code),
            (_("As the paper says"), line.description if line.item_id is not None else ""), (_("Account"), line.account),
            (_("Note"), line.note),
        ]  # fmt: skip
        facts += [(name, words) for name, words in told if words]
        if line.open_qty and line.kind is InvoiceLineKind.GOODS:
            facts.append((_("Not matched"), qty_said(line.open_qty, line.base_unit)))
        return facts + self._match_facts() + self._charge_facts()

    def _match_facts(self) -> list[tuple[Words, Words]]:
        one = self.row.match
        if one is None:
            return []
        facts: list[tuple[Words, Words]] = []
        if one.received_on is not None:
            facts.append((_("Receipt"), f"{one.receipt} · {date_words(one.received_on)}"))
        if one.document:
            facts.append((_("Delivery note"), one.document))
        facts += [
            (_("Of it received"), qty_said(one.qty, self.row.line.base_unit)),
            (_("Booked"), money_words(one.accrued, sign=True)),
            (_("Invoice amount"), money_words(one.invoiced, sign=True)),
        ]
        if one.returned:
            facts.append((_("Left with returns"), money_words(one.returned, sign=True)))
        if one.difference:
            facts.append((_("Difference"), money_words(one.difference, sign=True)))
        facts.append((_("Found by"), word(one.ground)))
        told: list[tuple[Text, str]] = [
            (_("Booked with"), one.posting), (_("Claim"), one.claim), (_("By"), one.by),
        ]  # fmt: skip
        return facts + [(name, words) for name, words in told if words]

    def _charge_facts(self) -> list[tuple[Words, Words]]:
        return [(charge.receipt, money_words(charge.amount, sign=True)) for charge in self.row.line.charges]

    def _add_actions(self, acts: Acts) -> None:
        row = self.row
        is_charge = row.line.kind is InvoiceLineKind.CHARGE and acts.may_match()
        offers = (
            (acts.may_accept(row), _("Accept"), acts.accept, "check", "F6"),
            (acts.may_claim(row), _("Claim it"), acts.claim, "return", "F7"),
            (acts.may_choose(row), _("Match by hand"), acts.choose, "link", "F4"),
            (is_charge, _("Spread over receipts"), acts.choose, "link", "F4"),
            (acts.may_choose(row) and row.line.amount < 0, _("Against a claim"), acts.credit, "link", ""),
            (acts.may_take_back(row), _("Take back"), acts.take_back, "undo", "Shift+F4"),
        )
        is_first = True
        for is_possible, words, do, icon_name, key in offers:
            if is_possible:
                kind = "primary" if is_first else "plain"
                self.add_action(Button(words, do, kind=kind, icon_name=icon_name, key=key))
                is_first = False
