"""What the page of an order says: its sums, its state, what is possible next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.i18n import Text, _, _n, join
from core.purchasing import OrderCard
from core.words import MailState, OrderState, word
from desktop.purchasing.orders.line_columns import PROGRESS
from desktop.purchasing.orders.looks import named, order_look
from desktop.purchasing.orders.ways import lines_words
from desktop.theme import Meaning
from desktop.widgets import money_words

if TYPE_CHECKING:
    from desktop.purchasing.orders.order_page import OrderPage

SUPPLIERS = "catalog.suppliers"
TROUBLED = (MailState.FAILED, MailState.UNSURE)


class Telling:
    """For one page."""

    def __init__(self, page: OrderPage) -> None:
        self._page = page

    def show_totals(self) -> None:
        """What the lines come to as they are typed."""
        page, desk = self._page, self._page.desk
        site = page.finder.site
        if desk.sheet is None or not page.sees_cost or site is None:
            page.totals.show_lines(len(desk.lines()))
            return
        sums = desk.sums(page.order_head.rate(), site.digits)
        value = money_words(sums.value, sign=True) if desk.currency() != site.currency else ""
        page.totals.show_sums(
            sums, desk.sheet, desk.currency(), value, is_incl=desk.is_tax_incl(), is_planned=page.order_head.is_planned
        )

    def show_state(self) -> None:
        """Where the order stands, and what can be done now."""
        page, card = self._page, self._page.desk.card
        page.set_primary(*page.ways.next_step())
        page.head.clear_more()
        for entry in page.ways.entries():
            page.add_more(*entry)
        self._show_parts(card)
        if card is None:
            return
        page.set_title(_("Order {number}", number=card.row.number), self._answer(card))
        page.title_changed.emit(card.row.number)
        if card.row.is_changed:
            page.say(_("It was changed after it was sent: the supplier does not know yet."), Meaning.SOON)
        self._say_mail(card)

    def say_no_supplier(self) -> None:
        """Nothing can be ordered from nobody."""
        shell = self._page.context.shell
        choices = ((_("Suppliers"), partial(shell.go, SUPPLIERS)),) if shell.can_go(SUPPLIERS) else ()
        self._page.offer.offer(_("No supplier is entered yet. Enter the first one, then order."), choices, Meaning.SOON)

    def _say_mail(self, card: OrderCard) -> None:
        """An e-mail that did not go, or perhaps did, needs a person."""
        if card.row.mail not in TROUBLED or not card.mails:
            return
        shell, mail_id = self._page.context.shell, card.mails[0].mail_id
        words = _("The e-mail with this order: {state}", state=word(card.row.mail))
        open_it = partial(shell.go, "settings.outbox", mail_id=mail_id)
        choices = ((_("Outbox"), open_it),) if shell.can_go("settings.outbox") else ()
        self._page.offer.offer(words, choices, Meaning.DANGER)

    def _show_parts(self, card: OrderCard | None) -> None:
        page = self._page
        may_edit, is_sent = page.may_edit(), card is not None and card.row.revision > 0
        page.entry.setVisible(may_edit and (not is_sent or not page.entry.is_empty()))
        page.save_button.setVisible(may_edit)
        page.history_button.setVisible(card is not None)
        page.approve_button.setVisible(card is not None and {"approve", "send"} <= card.can)
        is_plan = card is None or card.row.state in (OrderState.DRAFT, OrderState.APPROVED)
        for at, column in enumerate(page.table.columns):
            if column.key in PROGRESS:
                page.table.setColumnHidden(at, is_plan)

    def _answer(self, card: OrderCard) -> Text:
        state = order_look(card.row, self._page.finder.now()).words
        parts = [state if isinstance(state, Text) else Text(state), named(card.row.supplier), lines_words(card)]
        if card.row.days_late:
            parts.append(_n("{n} day late", "{n} days late", card.row.days_late))
        return join(parts, " · ")
