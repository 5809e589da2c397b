"""Deliveries: what is taken in, what it costs, what becomes of its orders."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from core import catalog, purchasing, stock
from core.errors import InvalidInput, Refused
from core.office import Office
from core.purchasing import ReceiptFilter
from core.purchasing.types.orders import NewOrderLine
from db.enums import OrderState
from tests.core.purchasing.dock import DAY, came, order, receive, state_of, worth
from tests.factories import make_item, make_place, make_supplier


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


def test_prices_with_tax_come_into_stock_without_the_tax_that_is_given_back(office: Office) -> None:
    item = make_item(office, tax_rate=D(13))
    supplier = make_supplier(office, prices_incl_tax=True)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D("11.30")))
    made = receive(office, supplier, came(item, "10", line), order_ids=(order_id,))
    assert (made.value, worth(office, item)) == (D("100.00"), (D(10), D("100.00")))
    assert [price.price for price in office.ask(catalog.list_prices, item_id=item) if price.source == "receipt"] == [
        D(10)
    ]


def test_lines_that_round_still_sum_to_the_whole(office: Office) -> None:
    items = [make_item(office, code) for code in ("A", "B", "C")]
    supplier = make_supplier(office, currency="EUR")
    made = receive(office, supplier, *(came(item, "1", price="0.33") for item in items), rate=D("7.775"))
    assert made.value == D("7.70")  # 0.99 EUR
    assert sum(worth(office, item)[1] for item in items) == D("7.70")


def test_goods_without_prices_are_accrued_at_the_orders_then_the_terms_then_the_last_price(office: Office) -> None:
    supplier = make_supplier(office)
    ordered, sold, bought = (make_item(office, code) for code in ("A", "B", "C"))
    office.do(catalog.save_term, item_id=sold, term=catalog.NewTerm(supplier, price=D(7)))
    receive(office, supplier, came(bought, "1", price="9"))
    _order_id, (line,) = order(office, supplier, NewOrderLine(ordered, D(1), price=D(5)))
    lines = (came(ordered, "1", line), came(sold, "1"), came(bought, "1"))
    made = receive(office, supplier, *lines, confirmed=frozenset({"not_ordered"}))
    assert [line.price for line in office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines] == [5, 7, 9]


def test_a_delivery_without_prices_keeps_none_in_the_history(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    receive(office, supplier, came(item, "10", line, is_priced=False))
    assert office.ask(catalog.list_prices, item_id=item) == []
    assert worth(office, item) == (D(10), D("20.00"))


def test_a_substitute_counts_for_what_was_ordered(office: Office) -> None:
    wanted = make_item(office, "WANTED", pack_units=(catalog.PackUnit("箱", D(10)),))
    other = make_item(office, "OTHER", base_unit="each", pack_units=(catalog.PackUnit("箱", D(12)),))
    supplier = make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(wanted, D(2), "箱", price=D(50)))
    with pytest.raises(InvalidInput) as fault:
        receive(office, supplier, came(other, "24", line, instead_of_id=wanted, price="4", unit="each"))
    assert fault.value.field == "unit"
    with pytest.raises(Refused, match="stands in for"):
        receive(office, supplier, came(other, "2", line, price="4", unit="箱"))
    made = receive(office, supplier, came(other, "2", line, instead_of_id=wanted, price="45", unit="箱"))
    assert made.orders == ((order_id, OrderState.RECEIVED),)
    assert worth(office, other) == (D(24), D("90.00"))
    (row,) = office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines
    assert (row.instead_of, row.outstanding) == ("物料 WANTED", D(0))


def test_free_goods_come_on_top_and_do_not_fill_the_order(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    made = receive(office, supplier, came(item, "9", line), came(item, "1", is_free=True), order_ids=(order_id,))
    assert (made.value, made.orders) == (D("18.00"), ((order_id, OrderState.PART_RECEIVED),))
    assert worth(office, item) == (D(10), D("18.00"))


def test_one_delivery_serves_several_orders(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    first, (one,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    second, (two,) = order(office, supplier, NewOrderLine(item, D(5), price=D(2)))
    made = receive(office, supplier, came(item, "10", one), came(item, "4", two), order_ids=(first, second))
    assert dict(made.orders) == {first: OrderState.RECEIVED, second: OrderState.PART_RECEIVED}


def test_goods_go_where_most_of_them_are_kept(office: Office) -> None:
    cold, item, supplier = make_place(office, "COLD"), make_item(office), make_supplier(office)
    receive(office, supplier, came(item, "5", price="2", location_id=cold))
    made = receive(office, supplier, came(item, "1", price="2"))
    assert office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines[0].location_id == cold


def test_what_the_supplier_calls_the_goods_is_learned(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, came(item, "1", price="2", supplier_code="GS-77"))
    assert [row.supplier_code for row in office.ask(catalog.list_supplier_terms, supplier_id=supplier)] == ["GS-77"]


def test_deliveries_are_found_by_what_stands_on_them(office: Office) -> None:
    item, other, supplier = make_item(office), make_item(office, "B"), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    first = receive(office, supplier, came(item, "10", line), document="DN-1", order_ids=(order_id,))
    second = receive(office, None, came(other, "1", price="2"))
    wanted: list[tuple[ReceiptFilter, list[int]]] = [
        (ReceiptFilter(), [second.receipt_id, first.receipt_id]),
        (ReceiptFilter(text="dn-1"), [first.receipt_id]),
        (ReceiptFilter(text="PO-2026"), [first.receipt_id]),
        (ReceiptFilter(item_id=other), [second.receipt_id]),
        (ReceiptFilter(order_id=order_id), [first.receipt_id]),
        (ReceiptFilter(supplier_id=supplier, since=DAY, until=DAY), [first.receipt_id]),
        (ReceiptFilter(in_quarantine=True), []),
    ]
    for filters, ids in wanted:
        assert [row.id for row in office.ask(purchasing.list_receipts, filters=filters)] == ids, filters
    assert office.ask(purchasing.find_receipt, number="dn-1") == first.receipt_id
    assert office.ask(purchasing.find_receipt_of, posting_id=first.posting_id) == first.receipt_id
    assert office.ask(purchasing.find_receipt, number="") is None
