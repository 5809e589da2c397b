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

    def load_supplier(self, supplier_id: int, then: Callable[[OrderSheet], object]) -> None:
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

    def propose(self, item_id: int, then: Callable[[NeedLine], object]) -> None:
        """How an item is bought: from whom, and how much of it is needed."""
        self._ops.ask(self._page, purchasing.get_need_line, item_id=item_id, then=then, key="need")

    def _typed(self) -> set[int]:
        return {line.item.item_id for line in self._page.desk.lines()}

    def _here(self) -> set[int]:
        sheet = self._page.desk.sheet
        return {one.item_id for one in sheet.items if not one.is_termed} if sheet is not None else set()
