"""What the page of an order asks: the order, and its supplier's sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from core import purchasing
from core.errors import CoreError
from core.purchasing import NeedLine, OrderCard, OrderSheet, OrderSheetItem

if TYPE_CHECKING:
    from desktop.purchasing.orders.order_page import OrderPage

Shown = Callable[[OrderCard, OrderSheet], object]


class Opening:
    """Asks for one page; late answers of another order or supplier are dropped."""

    def __init__(self, page: OrderPage) -> None:
        self._page = page
        self._ops = page.context.ops

    def load(self, order_id: int, shown: Shown, failed: Callable[[CoreError], object]) -> None:
        """The order as it is saved, with its supplier's sheet."""

        def ask_sheet(card: OrderCard) -> None:
            items = tuple({line.item_id for line in card.lines} | self._typed())
            self._ops.ask(
                self._page, purchasing.get_order_sheet, supplier_id=card.row.supplier_id, item_ids=items,
                order_id=order_id, then=lambda sheet: shown(card, sheet), failed=failed, key="sheet",
            )  # fmt: skip

        self._ops.ask(
            self._page, purchasing.get_order, order_id=order_id, then=ask_sheet, failed=failed, key="order"
        )  # fmt: skip

    def _load_supplier(self, supplier_id: int, then: Callable[[OrderSheet], object]) -> None:
        """What a supplier sells, with what stands in the lines already."""
        self._ops.ask(
            self._page, purchasing.get_order_sheet, supplier_id=supplier_id, item_ids=tuple(self._typed()),
            order_id=self._page.order_id or 0, then=then, key="sheet",
        )  # fmt: skip

    def know(self, item_id: int, then: Callable[[OrderSheetItem], object]) -> None:
        """An item as this supplier sells it; one it has no terms for is asked for."""
        desk = self._page.desk
        known = desk.item(item_id)
        if known is not None:
            then(known)
            return

        def take(sheet: OrderSheet) -> None:
            desk.take_sheet(sheet)
            item = desk.item(item_id)
            if item is not None:
                then(item)

        supplier_id = self._page.supplier_id()
        assert supplier_id is not None
        self._ops.ask(
            self._page, purchasing.get_order_sheet, supplier_id=supplier_id,
            item_ids=tuple({*self._typed(), *self._here(), item_id}), order_id=self._page.order_id or 0, then=take,
            key=("sheet", item_id),
        )  # fmt: skip

    def choose(self, then: Callable[[], object] | None = None) -> None:
        """The supplier in the head is the one it is ordered from: its days, its prices."""
        page, supplier_id = self._page, self._page.order_head.supplier_id()
        if supplier_id is None:
            return

        def take(sheet: OrderSheet) -> None:
            desk = page.desk
            is_other = desk.sheet is not None and desk.sheet.supplier_id != sheet.supplier_id
            if is_other:
                page.order_head.day.set_value(None)
            page.order_head.take_sheet(sheet, is_new=page.order_id is None, site_currency=page.site_currency())
            desk.take_sheet(sheet)
            if is_other:
                desk.price_anew()
            page.telling.show_state()
            if then is not None:
                then()

        self._load_supplier(supplier_id, take)

    def propose(self, item_id: int) -> None:
        """An item comes from its first supplier, as much as is needed of it."""
        page = self._page

        def take(need: NeedLine) -> None:
            if need.choice.supplier_id:
                page.order_head.strip.set_values({"supplier_id": need.choice.supplier_id})
                self.choose(lambda: self.know(item_id, lambda item: begin(need, item)))

        def begin(need: NeedLine, item: OrderSheetItem) -> None:
            page.entry.begin(item, need.choice.unit_word, need.qty)

        self._ops.ask(page, purchasing.get_need_line, item_id=item_id, then=take, key="need")

    def _typed(self) -> set[int]:
        return {line.item.item_id for line in self._page.desk.lines()}

    def _here(self) -> set[int]:
        sheet = self._page.desk.sheet
        return {one.item_id for one in sheet.items if not one.is_termed} if sheet is not None else set()
