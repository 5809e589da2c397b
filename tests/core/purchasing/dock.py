"""Deliveries for tests: an order on its way, and what came of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

from core import purchasing, stock
from core.office import Office
from core.purchasing import Delivery, NewDelivery, NewDeliveryLine
from core.purchasing.types.orders import NewOrderLine
from db.enums import OrderState
from tests.core.purchasing.order_makers import draft, get_order_row, list_line_rows, set_state_for_test

DAY = date(2026, 3, 4)


def order(office: Office, supplier_id: int, *lines: NewOrderLine, **over: Any) -> tuple[int, list[int]]:
    """An order that was sent, due on the day of the tests; its id and its lines' ids."""
    order_id = draft(office, supplier_id, *lines, deliver_on=over.pop("deliver_on", DAY), **over)
    office.do(set_state_for_test, order_id=order_id, state=OrderState.SENT)
    return order_id, [row.id for row in office.ask(list_line_rows, order_id=order_id)]


def came(item_id: int, qty: str, line_id: int | None = None, **over: Any) -> NewDeliveryLine:
    """A line of a delivery."""
    price = over.pop("price", None)
    rejected = D(over.pop("rejected_qty", "0"))
    return NewDeliveryLine(
        item_id, D(qty), order_line_id=line_id, price=None if price is None else D(price), rejected_qty=rejected, **over
    )


def receive(
    office: Office,
    supplier_id: int | None,
    *lines: NewDeliveryLine,
    confirmed: frozenset[str] = frozenset(),
    **over: Any,
) -> Delivery:
    """A delivery received."""
    new = NewDelivery(lines, supplier_id, **over)
    return office.do(purchasing.receive_delivery, new=new, confirmed=confirmed)


def state_of(office: Office, order_id: int) -> OrderState:
    """Where an order stands."""
    return OrderState(office.ask(get_order_row, order_id=order_id).state)


def worth(office: Office, item_id: int) -> tuple[D, D]:
    """Quantity and value of an item in stock."""
    row = office.ask(stock.list_values, item_id=item_id)[0]
    return row.qty, row.value
