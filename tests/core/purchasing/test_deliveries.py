"""Deliveries: what is taken in, what it costs, what becomes of its orders."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from core import purchasing, stock
from core.errors import Refused
from core.office import Office
from core.purchasing.types.orders import NewOrderLine
from db.enums import OrderState
from tests.core.purchasing.dock import came, order, receive, state_of, worth
from tests.factories import make_item, make_supplier


def test_a_delivery_as_ordered_is_taken_in_at_the_orders_price(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D("2.50")))
    made = receive(office, supplier, came(item, "10", line), order_ids=(order_id,))
    assert made.number == "RC-2026-000001"
    assert (made.value, made.orders, made.claim_id) == (D("25.00"), ((order_id, OrderState.RECEIVED),), None)
    assert worth(office, item) == (D(10), D("25.00"))
    assert office.ask(stock.get_posting, posting_id=made.posting_id).row.supplier == "供应商 S1"


def test_parts_of_a_delivery_come_one_after_the_other(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    assert receive(office, supplier, came(item, "4", line)).orders == ((order_id, OrderState.PART_RECEIVED),)
    assert receive(office, supplier, came(item, "6", line)).orders == ((order_id, OrderState.RECEIVED),)


def test_a_reversed_delivery_is_awaited_again(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    made = receive(office, supplier, came(item, "10", line))
    office.do(purchasing.reverse_delivery, receipt_id=made.receipt_id)
    assert state_of(office, order_id) is OrderState.SENT
    assert worth(office, item) == (D(0), D("0.00"))
    with pytest.raises(Refused, match="taken back already"):
        office.do(purchasing.reverse_delivery, receipt_id=made.receipt_id)


def test_a_reversal_from_the_ledgers_page_keeps_the_order_true(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    made = receive(office, supplier, came(item, "10", line))
    office.do(stock.reverse_posting, posting_id=made.posting_id)
    assert state_of(office, order_id) is OrderState.SENT
    assert receive(office, supplier, came(item, "10", line)).orders == ((order_id, OrderState.RECEIVED),)
