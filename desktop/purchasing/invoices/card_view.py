"""One invoice as it stands: the verdict in a sentence on top, below it every line beside order and receipt."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import Text, _, _n, join
from core.purchasing import Finding, InvoiceCard
from core.words import InvoiceState, Verdict
from desktop.purchasing.invoices.card_rows import ROWS, CardRow, card_rows
from desktop.purchasing.invoices.columns import difference_meaning, said, state_look, verdict_look
from desktop.theme import Meaning
from desktop.widgets import (
    Badge,
    BadgeLook,
    Label,
    Notice,
    RowTable,
    date_words,
    instant_words,
    language,
    money_words,
)

MOST_TOLD = 3


class CardView(QWidget):
    """Filled by `show_card`; `table` holds the rows."""

    def __init__(self) -> None:
        super().__init__()
        self.verdict = Notice(meaning=Meaning.ACCENT)
        self._state, self._said = Badge(BadgeLook("")), Badge(BadgeLook(""))
        self._facts = Label("", "muted", elide=True)
        self.words = Label("", "", wrap=True)
        self.table = RowTable(ROWS, name=_("Lines beside order and receipt"), key="purchasing.invoice_match")
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(self._state)
        facts.addWidget(self._said)
        facts.addWidget(self._facts, 1)
        top = QVBoxLayout()
        top.setContentsMargins(16, 0, 16, 8)
        top.setSpacing(8)
        top.addWidget(self.verdict)
        top.addLayout(facts)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.current_changed.connect(self._say_row)

    def show_card(self, card: InvoiceCard) -> list[CardRow]:
        """Show an invoice; answers its rows."""
        rows = card_rows(card)
        row = card.row
        self.verdict.say(*verdict_said(card))
        self._state.set_look(state_look(row))
        look = verdict_look(row)
        self._said.setVisible(look is not None)
        if look is not None:
            self._said.set_look(look)
        facts = _("Dated {day}, due {due} · {gross} with tax, {net} without", day=date_words(row.invoiced_on),
                  due=date_words(row.due_on), gross=said(row.gross, row.currency), net=said(row.net, row.currency))  # fmt: skip
        self._facts.set_words(facts)
        self.table.set_rows(rows)
        self._say_row(self.table.current_row())
        return rows

    def _say_row(self, row: CardRow | None) -> None:
        if row is None:
            self.words.set_words("")
            return
        name = row.line.name.render(language())
        self.words.set_words(_("{item}: {told}", item=name, told=row.told()) if name else row.told())


def verdict_said(card: InvoiceCard) -> tuple[Text, Meaning]:
    """What is to be done with an invoice, in one sentence, and its colour."""
    row = card.row
    if row.state is InvoiceState.CANCELLED:
        return _("Cancelled: nothing of it counts."), Meaning.PLAIN
    if row.state is InvoiceState.PAID:
        return _("Paid."), Meaning.GOOD
    if row.state is InvoiceState.APPROVED:
        when = instant_words(card.approved_at) if card.approved_at is not None else ""
        return _("Approved for payment by {person}, {when}.", person=card.approved_by, when=when), Meaning.GOOD
    told = join([_named(card, one) for one in card.findings[:MOST_TOLD]], " ")
    if row.verdict is None:
        return _("Not matched yet. F5 looks again, “Match again” holds it against the receipts."), Meaning.SOON
    if row.verdict is Verdict.WAIT:
        return _("Wait for the goods. {told}", told=told), Meaning.SOON
    if row.verdict is Verdict.EXCEPTION and card.findings:
        return _exception_said(card, told)
    if card.findings:
        return _("It may be paid, but look: {told}", told=told), Meaning.SOON
    return _pay_said(card)


def _named(card: InvoiceCard, one: Finding) -> Text:
    """A finding with the item it is about."""
    line = next((line for line in card.lines if line.id == one.invoice_line_id), None)
    name = "" if line is None else line.name.render(language()) or line.description
    return _("{item}: {told}", item=name, told=one.text) if name else one.text


def _exception_said(card: InvoiceCard, told: Text) -> tuple[Text, Meaning]:
    count = len(card.findings)
    more = count - MOST_TOLD
    words = _n("Do not pay yet: {n} thing is to be settled. {told}", "Do not pay yet: {n} things are to be settled. {told}",
               count, told=told)  # fmt: skip
    if more > 0:
        words = join([words, _n("And {n} more.", "And {n} more.", more)], " ")
    return words, Meaning.DANGER


def _pay_said(card: InvoiceCard) -> tuple[Text, Meaning]:
    settled = sum((one.difference for line in card.lines for one in line.matches if one.difference), start=Decimal(0))
    if difference_meaning(settled) is None:
        return _("Pay: everything agrees with what was received."), Meaning.GOOD
    return _("Pay: differences of {amount} are settled.", amount=money_words(settled, sign=True)), Meaning.GOOD
