"""Making orders of the sheet: sent once, said with links and Undo, refused at its line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core import purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _, _n, join
from core.purchasing import NewOrder, OrderMade
from core.values import digits_of
from desktop.context import AppContext
from desktop.purchasing.need.basket import Basket
from desktop.purchasing.need.looks import amount_words
from desktop.theme import Meaning
from desktop.widgets import Offer, Words

ORDER_ROUTE, ORDERS_ROUTE = "purchasing.order", "purchasing.orders"


class Maker(QObject):
    """`made(suppliers)` when orders are made or taken back, `refused(row)`, `settled` when nothing is on its way."""

    made = Signal(object)
    refused = Signal(int)
    settled = Signal()

    def __init__(self, context: AppContext, owner: QWidget, basket: Basket, offer: Offer) -> None:
        super().__init__(owner)
        self._context, self._owner, self._basket, self._offer = context, owner, basket, offer
        self.is_sending = False

    def send(self, orders: Sequence[NewOrder]) -> None:
        """Make these orders, once."""
        if not orders or self.is_sending:
            return
        self.is_sending = True
        self.settled.emit()
        self._context.ops.do(
            self._owner, purchasing.make_orders, choices=tuple(orders), then=self.tell, failed=self._on_refused
        )

    def tell(self, made: Sequence[OrderMade]) -> None:
        """Say what was made, where it is, and how it is taken back."""
        self.is_sending = False
        told = [
            _("{number} {supplier} ({amount})", number=one.number, supplier=one.supplier, amount=_sum(one))
            for one in made
        ]
        words = _n("{n} order is made: {what}", "{n} orders are made: {what}", len(made), what=join(told, ", "))
        choices: list[tuple[Words, Callable[[], object]]] = []
        shell = self._context.shell
        if len(made) == 1 and shell.can_go(ORDER_ROUTE):
            choices.append((_("Open"), lambda: shell.go(ORDER_ROUTE, order_id=made[0].order_id)))
        elif shell.can_go(ORDERS_ROUTE):
            choices.append((_("To the orders"), lambda: shell.go(ORDERS_ROUTE)))
        choices.append((_("Undo"), lambda: self._take_back(made)))
        self._offer.offer(words, choices, Meaning.GOOD)
        self.made.emit(frozenset(one.supplier_id for one in made))

    def _take_back(self, made: Sequence[OrderMade]) -> None:
        def then(_answer: object) -> None:
            self._context.shell.say(_n("{n} order was taken back.", "{n} orders were taken back.", len(made)))
            self.made.emit(frozenset())

        self._context.ops.do(
            self._owner, purchasing.take_back_orders, order_ids=tuple(one.order_id for one in made), then=then,
            failed=lambda error: self._offer.say(error.text, Meaning.DANGER),
        )  # fmt: skip

    def _on_refused(self, error: CoreError) -> None:
        self.is_sending = False
        self.settled.emit()
        if isinstance(error, NeedsConfirmation):
            return
        line = self._basket.line_at(error.row or 0)
        words = error.text if line is None else _("{item}: {why}", item=line.name, why=error.text)
        self._offer.say(words, Meaning.DANGER)
        self.refused.emit(error.row or 0)


def _sum(one: OrderMade) -> str:
    return amount_words(one.value, one.currency, digits_of(one.currency))
