"""How a delivery begins: with orders, with goods nobody ordered, or with more orders of the same supplier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from core import purchasing
from core.errors import CoreError
from core.i18n import Text, _
from core.purchasing import DeliverySheet
from desktop.context import AppContext
from desktop.purchasing.receive.finding import Picked
from desktop.purchasing.receive.scans import Then
from desktop.theme import Meaning
from desktop.widgets import Found, Words, date_words

if TYPE_CHECKING:
    from desktop.purchasing.receive.page import ReceivePage

MOST_OFFERED = 4


class Opening:
    """Asks for the sheet of a delivery and shows it."""

    def __init__(self, context: AppContext, page: ReceivePage) -> None:
        self._context, self._page = context, page

    def open_orders(self, order_ids: Sequence[int], then: Then) -> None:
        """Begin a delivery of these orders, or bring them to the one at the dock."""
        page = self._page
        if not page.is_at_dock():
            self.begin(then, order_ids=tuple(order_ids))
            return

        def came(sheet: DeliverySheet) -> None:
            self.show_sheet(sheet, is_more=True)
            then()

        self.ask_sheet(came, order_ids=tuple(dict.fromkeys((*page.dock.order_ids(), *order_ids))))

    def open_blank(self, then: Then) -> None:
        """Begin a delivery that was not ordered."""
        self.begin(then)

    def begin(self, then: Then, **args: Any) -> None:
        """Begin a delivery; what was typed for it before stands in it again."""

        def came(sheet: DeliverySheet) -> None:
            self.show_sheet(sheet, is_more=False)
            self._page.drafting.resume(sheet, then)

        self.ask_sheet(came, **args)

    def take_code(self, code: str) -> None:
        """Begin with the item of a code that another page hands over."""

        def found(answers: Sequence[Found]) -> None:
            picked = answers[0].data if answers else None
            if isinstance(picked, Picked):
                self._page.scans.take(picked)

        self._page.finder.complete(code, found)

    # --- what scans ask

    def is_at_dock(self) -> bool:
        """Whether a delivery is being received."""
        return self._page.is_at_dock()

    def supplier_id(self) -> int | None:
        """Whose goods are at the dock."""
        return self._page.supplier_id()

    def say(self, words: Words, meaning: Meaning) -> None:
        """Say something over the lines."""
        self._page.say(words, meaning)

    # --- the sheet

    def ask_sheet(self, then: Callable[[DeliverySheet], object], **args: Any) -> None:
        """Ask for the sheet of orders, or of a supplier without any."""
        self._context.ops.ask(
            self._page, purchasing.get_delivery_sheet, then=then, failed=self._failed,
            key=(id(self), "sheet"), **args,
        )  # fmt: skip

    def _failed(self, error: CoreError) -> None:
        self._page.scans.drop()
        self._page.show_error(error)

    def show_sheet(self, sheet: DeliverySheet, *, is_more: bool) -> None:
        """Show a sheet; a further one keeps what was typed."""
        page = self._page
        if is_more:
            page.dock.take_sheet(sheet)
        else:
            page.offer.hide()
            page.notice.hide()
            page.sheet.head.clear()
            page.dock.start(sheet)
        supplier = sheet.supplier
        if sheet.orders and supplier is not None:
            page.sheet.head.fix_supplier(supplier.supplier_id)
        self._ask_rate(sheet)
        page.show_dock()
        if supplier is not None and supplier.is_blocked:
            name = supplier.supplier_title(self._context.language)
            page.say(_("{supplier} is blocked: {why}", supplier=name, why=supplier.block_note), Meaning.DANGER)

    def _ask_rate(self, sheet: DeliverySheet) -> None:
        site = self._page.finder.site
        is_own = site is None or sheet.currency == site.currency
        rate = sheet.rate if sheet.orders and not is_own else None
        self._page.sheet.head.ask_rate("" if is_own else sheet.currency, rate)

    def on_supplier(self) -> None:
        """Another supplier of goods without an order: his currency, tax and limits hold."""
        page = self._page
        if not page.dock.has_orders():
            items = tuple({line.known.item_id for line in page.dock.lines()})
            self.ask_sheet(self._take_supplier, supplier_id=page.supplier_id(), item_ids=items)
            self._offer_orders(is_asked=False)

    def _take_supplier(self, sheet: DeliverySheet) -> None:
        self._page.dock.take_sheet(sheet)
        self._ask_rate(sheet)

    def offer_orders(self) -> None:
        """The other orders of the supplier, to be received with this delivery."""
        self._offer_orders(is_asked=True)

    def _offer_orders(self, *, is_asked: bool) -> None:
        page, supplier_id = self._page, self._page.supplier_id()
        rows = page.board.of_supplier(supplier_id, page.dock.order_ids()) if supplier_id is not None else []
        if rows:
            choices = [
                (row.number, partial(self.open_orders, (row.order_id,), _nothing)) for row in rows[:MOST_OFFERED]
            ]
            page.notice.offer(_("Orders of this supplier that are awaited:"), choices, Meaning.ACCENT)
        elif is_asked:
            page.say(_("No other order of this supplier is awaited."), Meaning.PLAIN)

    def words(self) -> Text:
        """The orders at the dock with their days, and what was noted on them."""
        sheet = self._page.dock.sheet
        if sheet is None or not sheet.orders:
            return _("Goods that were not ordered")
        named = [
            f"{one.number} · {date_words(one.due_on)}" if one.due_on is not None else one.number for one in sheet.orders
        ]
        notes = [one.note for one in sheet.orders if one.note]
        words = _("Order {number}", number=named[0])
        if len(named) > 1:
            words = _("Orders {numbers}", numbers=", ".join(named))
        return _("{orders}: {notes}", orders=words, notes="; ".join(notes)) if notes else words


def _nothing() -> None:
    """Nothing follows."""
