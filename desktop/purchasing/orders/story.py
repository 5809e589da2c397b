"""What happened to an order: facts, deliveries, invoices, e-mails, revisions with what changed, approvals, files."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import documents
from core.i18n import Text, _, _n, join, verbatim
from core.purchasing import (
    OrderApprovalRow,
    OrderCard,
    OrderInvoiceRow,
    OrderMailRow,
    OrderReceiptRow,
    OrderVersionRow,
)
from core.words import InvoiceKind, Permission, word
from desktop.context import AppContext, Paper
from desktop.purchasing.orders.changes import changes_box
from desktop.purchasing.orders.looks import mail_look, money_in, named, state_look
from desktop.shell.attachments import FilesOf
from desktop.widgets import (
    Badge,
    Button,
    DetailPanel,
    Label,
    Words,
    date_words,
    instant_words,
    money_words,
)


class StoryPanel(DetailPanel):
    """Links lead to deliveries, invoices, e-mails and the papers as they were sent."""

    def __init__(self, context: AppContext, card: OrderCard) -> None:
        row = card.row
        super().__init__(row.number, named(row.supplier), state_look(row))
        self._context, self.card = context, card
        self.add_facts(self._facts())
        if card.unsent and row.revision:
            self.add_section(_("Not sent yet"), changes_box(card.unsent))
        for title, boxes in (
            (_("Deliveries"), [self._receipt(one) for one in card.receipts]),
            (_("Invoices"), [self._invoice(one) for one in card.invoices]),
            (_("E-mails"), [self._mail(one) for one in card.mails]),
            (_("Sent"), [self._version(one) for one in card.versions]),
            (_("Approvals"), [self._approval(one) for one in card.approvals]),
        ):
            if boxes:
                self.add_section(title, _column(boxes))
        may_add = context.shell.may(Permission.PURCHASE_ORDER)
        self.add_section(_("Files"), FilesOf(context, "order", row.id, may_add=may_add))

    def _facts(self) -> list[tuple[Words, Words | QWidget]]:
        card, row = self.card, self.card.row
        told: tuple[tuple[Text, str], ...] = (
            (_("Made by"), f"{row.by}, {instant_words(row.created_at)}"),
            (_("Phone"), row.phone),
            (_("Sent on"), instant_words(row.sent_at) if row.sent_at else ""),
            (_("Confirmed on"), instant_words(card.confirmed_at) if card.confirmed_at else ""),
            (_("First promise"), date_words(row.first_promise) if row.first_promise else ""),
            (_("Last promise"), _other_day(row.last_promise, row.first_promise)),
            (_("Supplier's number"), row.supplier_ref),
            (_("Reason"), card.close_reason),
        )
        return [*((words, fact) for words, fact in told if fact), *self._origins()]

    def _origins(self) -> list[tuple[Words, Words | QWidget]]:
        """What it was made of: an earlier order, a request for quotation."""
        go, card = self._context.shell.go, self.card
        found: list[tuple[Words, Words | QWidget]] = []
        if card.copied_from_id is not None:
            open_it = partial(go, "purchasing.order", order_id=card.copied_from_id)
            found.append((_("Copied from"), Button(_("Open it"), open_it, kind="link")))
        if card.rfq_id is not None and self._context.shell.can_go("purchasing.quotation"):
            open_it = partial(go, "purchasing.quotation", rfq_id=card.rfq_id)
            found.append((_("Request for quotation"), Button(_("Open it"), open_it, kind="link")))
        return found

    def _link(self, words: Text, route: str, **args: object) -> QWidget:
        if not self._context.shell.can_go(route):
            return Label(words, wrap=True)
        return Button(words, partial(self._context.shell.go, route, **args), kind="link")

    def _receipt(self, one: OrderReceiptRow) -> QWidget:
        words = _told(one.number, instant_words(one.received_at), one.by)
        link = self._link(words, "purchasing.receipts", receipt_id=one.receipt_id)
        more = [_n("{n} line", "{n} lines", one.lines)]
        if one.document:
            more.append(_("delivery note {number}", number=one.document))
        if one.is_reversed:
            more.append(_("Reversed"))
        return _column([link, Label(join(more, " · "), "small", wrap=True)])

    def _invoice(self, one: OrderInvoiceRow) -> QWidget:
        is_credit = one.kind is InvoiceKind.CREDIT_NOTE
        gross = money_in(one.gross, one.currency)
        words = _told(one.number, date_words(one.invoiced_on), gross)
        link = self._link(words, "purchasing.invoice", invoice_id=one.invoice_id)
        told = [word(one.kind), word(one.state)] if is_credit else [word(one.state)]
        return _column([link, Label(join(told, " · "), "small")])

    def _mail(self, one: OrderMailRow) -> QWidget:
        words = _told(instant_words(one.made_at), one.recipients)
        parts: list[QWidget] = [self._link(words, "settings.outbox", mail_id=one.mail_id)]
        look = mail_look(one.state)
        if look is not None:
            parts.append(Badge(look))
        return _column(parts)

    def _version(self, one: OrderVersionRow) -> QWidget:
        words = join(
            [_("Revision {n}", n=one.revision), word(one.way), verbatim(one.by), verbatim(instant_words(one.at))], " · "
        )
        parts: list[QWidget] = [Label(words, wrap=True)]
        if one.reason:
            parts.append(Label(one.reason, "small", wrap=True))
        if one.changes:
            parts.append(changes_box(one.changes))
        if one.print_id is not None:
            parts.append(Button(_("The paper as it was sent"), partial(self._show_print, one.print_id), kind="link"))
        return _column(parts)

    def _approval(self, one: OrderApprovalRow) -> QWidget:
        verb = _("taken back") if one.is_withdrawn else _("approved")
        told: list[Text] = [verbatim(one.by), verb, verbatim(instant_words(one.at))]
        if one.amount is not None:
            told.append(verbatim(money_words(one.amount, sign=True)))
        parts: list[QWidget] = [Label(join(told, " · "), wrap=True)]
        if one.asked_by != one.by:
            parts.append(Label(_("asked for by {name}", name=one.asked_by), "small"))
        if one.note:
            parts.append(Label(one.note, "small", wrap=True))
        return _column(parts)

    def _show_print(self, print_id: int) -> None:
        show_print(self._context, self, print_id)


def _other_day(day: date | None, first: date | None) -> str:
    return date_words(day) if day is not None and day != first else ""


def _told(*parts: str) -> Text:
    return join([verbatim(part) for part in parts if part], " · ")


def _column(widgets: list[QWidget]) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(
            widget, 0, Qt.AlignmentFlag.AlignLeft if isinstance(widget, Button | Badge) else Qt.AlignmentFlag(0)
        )
    return box


def show_print(context: AppContext, owner: QWidget, print_id: int) -> None:
    """The paper as it was kept."""

    def show(printed: documents.PrintedFile) -> None:
        row = printed.row
        context.shell.preview(
            Paper(
                row.title, printed.content, row.kind, f"{row.number or row.title}.pdf", row.number, row.language,
                owner_kind=row.owner_kind, owner_id=row.owner_id,
            )
        )  # fmt: skip

    context.ops.ask(owner, documents.get_printed_paper, printed_id=print_id, then=show)
