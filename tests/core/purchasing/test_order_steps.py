"""Orders made in one go, what is awaited of them, where they stand after a delivery."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from core import catalog
from core.catalog import Break, NewTerm
from core.errors import InvalidInput, NotFound, Refused, Rejected
from core.office import Office
from core.purchasing.types.orders import NewOrder, NewOrderLine
from db.enums import OrderState
from tests.core.purchasing.order_makers import (
    create_orders_for_test,
    draft,
    get_on_order_for_test,
    get_open_lines_for_test,
    get_order_row,
    list_line_rows,
    receive_for_test,
    set_state_for_test,
    take_back_for_test,
)
from tests.factories import make_item, make_supplier

S = OrderState


def case_item(office: Office, supplier_id: int, code: str = "TOM-001", **term: object) -> int:
    """An item sold by the case of 12 kg at 60, from 10 cases at 54."""
    item_id = make_item(office, code, purchase_unit="case", pack_units=(catalog.PackUnit("case", D(12)),))
    fields = {"supplier_code": "S-77", "unit": "case", "price": D(60), "breaks": (Break(D(10), D(54)),), **term}
    office.do(catalog.save_term, item_id=item_id, term=NewTerm(supplier_id, **fields))  # type: ignore[arg-type]
    return item_id


def test_a_draft_takes_unit_price_code_and_tax_from_the_supplier(office: Office) -> None:
    supplier = make_supplier(office, tax_rate=D(9), language="en", prices_incl_tax=True)
    item = case_item(office, supplier)
    key = draft(office, supplier, NewOrderLine(item, D(3)), NewOrderLine(item, D(12)), NewOrderLine(item, D(24), "kg"))
    head, lines = office.ask(get_order_row, order_id=key), office.ask(list_line_rows, order_id=key)
    assert (head.number, head.state, head.currency, head.rate) == ("PO-2026-000001", "draft", "CNY", D(1))
    assert (head.language, head.is_tax_incl) == ("en", True)
    assert [(one.unit, one.price, one.amount, one.base_qty) for one in lines] == [
        ("case", D(60), 18000, 36_000_000), ("case", D(54), 64800, 144_000_000), ("kg", D(5), 12000, 24_000_000),
    ]  # fmt: skip
    assert {(one.supplier_code, one.tax_rate) for one in lines} == {("S-77", D(9))}


def test_many_orders_are_made_in_the_order_given(office: Office) -> None:
    first, second = make_supplier(office, "S1"), make_supplier(office, "S2")
    item = make_item(office)
    line = NewOrderLine(item, D(2), price=D("1.255"))
    made = office.do(create_orders_for_test, orders=(NewOrder(second, (line,)), NewOrder(first, (line, line))))
    assert [office.ask(get_order_row, order_id=key).supplier_id for key in made] == [second, first]
    assert [one.amount for one in office.ask(list_line_rows, order_id=made[1])] == [251, 251]


def test_wrong_rows_are_named(office: Office) -> None:
    good, blocked = make_supplier(office, "S1"), make_supplier(office, "S2")
    office.do(catalog.block_supplier, supplier_id=blocked, version=1, note="Rotten fish")
    item, retired = make_item(office), make_item(office, "OLD-001")
    office.do(catalog.retire_item, item_id=retired, version=1)
    fine = NewOrderLine(item, D(1), price=D(1))
    cases = [
        (NewOrder(blocked, (fine,)), Refused, "blocked for orders (Rotten fish)", 1),
        (NewOrder(good, (fine, NewOrderLine(retired, D(1)))), Refused, "is retired", 2),
        (NewOrder(good, ()), InvalidInput, "at least one line", 1),
        (NewOrder(good, (NewOrderLine(item, D(0)),)), InvalidInput, "more than 0", 1),
        (NewOrder(good, (NewOrderLine(item, D(1), price=D(-1)),)), InvalidInput, "below zero", 1),
        (NewOrder(good, (NewOrderLine(item, D(1), "bucket"),)), InvalidInput, "has no unit bucket", 1),
        (NewOrder(good, (NewOrderLine(99999, D(1)),)), NotFound, "no such item", 1),
        (NewOrder(99999, (fine,)), NotFound, "no such supplier", 1),
        (NewOrder(good, (fine,), location_id=99999), NotFound, "no such place", 1),
        (NewOrder(good, (fine,), currency="EUR"), InvalidInput, "no exchange rate", 1),
        (NewOrder(good, (fine,), rate=D(2)), InvalidInput, "its rate is 1", 1),
        (NewOrder(good, (fine,), currency="XXX"), InvalidInput, "not a currency", 1),
    ]
    for order, kind, words, row in cases:
        with pytest.raises(kind) as refused:
            office.do(create_orders_for_test, orders=(order,))
        assert words in str(refused.value) and refused.value.row == row
    with pytest.raises(Rejected) as many:
        office.do(
            create_orders_for_test, orders=(NewOrder(blocked, (fine,)), NewOrder(good, (NewOrderLine(9999, D(1)),)))
        )
    assert [fault.row for fault in many.value.errors] == [1, 2]


def test_a_foreign_order_keeps_its_rate_and_mixes_no_currency(office: Office) -> None:
    supplier = make_supplier(office, currency="EUR")
    item = case_item(office, supplier)
    draft(office, supplier, NewOrderLine(item, D(1)), rate=D("7.8"))
    key = draft(office, supplier, NewOrderLine(item, D(1)))
    assert office.ask(get_order_row, order_id=key).rate == D("7.8")
    with pytest.raises(Refused, match="this order is in CNY"):
        draft(office, supplier, NewOrderLine(item, D(1)), currency="CNY")


def test_what_is_awaited_follows_states_receipts_and_tolerance(office: Office) -> None:
    supplier = make_supplier(office, short_tolerance=D(5))
    item, other = case_item(office, supplier), make_item(office, "ONI-001")
    key = draft(office, supplier, NewOrderLine(item, D(10)), NewOrderLine(other, D(4), price=D(1)))
    assert office.ask(get_open_lines_for_test) == []
    office.do(set_state_for_test, order_id=key, state=S.APPROVED)
    assert office.ask(get_on_order_for_test, item_ids=[item, other]) == {item: D(120), other: D(4)}
    receipt = office.do(receive_for_test, order_id=key, came=(D(24), D(0)))
    assert office.ask(get_order_row, order_id=key).state == "part_received"
    lines = office.ask(get_open_lines_for_test, supplier_id=supplier, item_ids=[item])
    assert [(one.ordered, one.received, one.outstanding, one.factor) for one in lines] == [
        (D(120), D(24), D(96), D(12))
    ]
    office.do(take_back_for_test, receipt_id=receipt, order_id=key)
    assert office.ask(get_order_row, order_id=key).state == "approved"
    office.do(set_state_for_test, order_id=key, state=S.SENT)
    office.do(receive_for_test, order_id=key, came=(D(50), D(4)), is_free=True)
    assert office.ask(get_order_row, order_id=key).state == "sent"
    office.do(receive_for_test, order_id=key, came=(D(114), D(4)))
    assert office.ask(get_order_row, order_id=key).state == "received"
    assert office.ask(get_open_lines_for_test) == []


def test_lines_due_first_stand_first(office: Office) -> None:
    supplier, item = make_supplier(office), make_item(office)
    line = NewOrderLine(item, D(1), price=D(1))
    days = [None, date(2026, 3, 9), date(2026, 3, 5)]
    keys = [draft(office, supplier, line, deliver_on=day) for day in days]
    for key in keys:
        office.do(set_state_for_test, order_id=key, state=S.SENT)
    assert [one.order_id for one in office.ask(get_open_lines_for_test)] == keys[::-1]
