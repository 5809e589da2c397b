"""What the dock is told before it receives: what is expected, the sheet, a price beside those paid before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from core import purchasing
from core.catalog import PackUnit
from core.errors import NotFound
from core.office import Office
from core.purchasing.types.orders import NewOrderLine
from db.enums import StorageKind
from tests.core.purchasing.dock import DAY, came, order, receive
from tests.core.purchasing.people import sign_in_as
from tests.factories import make_item, make_place, make_supplier


def test_expected_orders_stand_with_the_oldest_on_top(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office, phone="021-5555")
    later, _lines = order(office, supplier, NewOrderLine(item, D(5), price=D(4)), deliver_on=date(2026, 3, 9))
    late, _lines = order(office, supplier, NewOrderLine(item, D(3), price=D(4)), deliver_on=date(2026, 3, 1))
    rows = office.ask(purchasing.list_expected)
    assert [(row.order_id, row.is_late, row.days_late, row.value) for row in rows] == [
        (late, True, 3, D("12.00")),
        (later, False, 0, D("20.00")),
    ]
    assert (rows[0].phone, rows[0].lines, rows[0].open_lines) == ("021-5555", 1, 1)
    assert [row.order_id for row in office.ask(purchasing.list_expected, day=DAY)] == [late]


def test_a_scanned_thing_finds_the_orders_that_wait_for_it(office: Office) -> None:
    item, other, supplier = make_item(office, "A"), make_item(office, "B"), make_supplier(office)
    first, (line,) = order(office, supplier, NewOrderLine(item, D(5), price=D(4)))
    second, _lines = order(office, supplier, NewOrderLine(item, D(5), price=D(4)), deliver_on=date(2026, 3, 9))
    assert office.ask(purchasing.find_expected_for, item_id=item) == [first, second]
    assert office.ask(purchasing.find_expected_for, gtin="A") == [first, second]
    assert office.ask(purchasing.find_expected_for, document="po-2026-000002") == [second]
    assert office.ask(purchasing.find_expected_for, item_id=other) == []
    assert office.ask(purchasing.find_expected_for, gtin="4006381333931") == []
    receive(office, supplier, came(item, "5", line))
    assert office.ask(purchasing.find_expected_for, item_id=item, supplier_id=supplier) == [second]


def test_the_sheet_says_what_is_still_to_come_and_where_it_goes(office: Office) -> None:
    cold = make_place(office, "COLD")
    fish = make_item(office, "FISH", pack_units=(PackUnit("箱", D(10)),), purchase_unit="箱", storage_kind="chilled",
                     shelf_life_days=6, lot_tracked=True, sale_price=D(90))  # fmt: skip
    supplier = make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(fish, D(4), "箱", price=D(300), note="on ice"))
    receive(office, supplier, came(fish, "1", line, lot="L1", expires_on=date(2026, 3, 9), location_id=cold))
    sheet = office.ask(purchasing.get_delivery_sheet, order_ids=(order_id,))
    (row,) = sheet.lines
    assert (row.outstanding, row.ordered, row.received, row.unit, row.factor) == (D(3), D(4), D(1), "箱", D(10))
    assert (row.location_id, row.place, row.lot_tracked, row.shelf_life_days) == (cold, "COLD", True, 6)
    assert (row.storage_kind, row.price, row.note) == (StorageKind.CHILLED, D(300), "on ice")
    assert [(point.on, point.price, point.supplier) for point in row.last_prices] == [(DAY, D(300), "供应商 S1")]
    assert {one.storage_kind: one.highest for one in sheet.limits} == {
        StorageKind.CHILLED: D(5),
        StorageKind.FROZEN: D(-15),
    }
    assert sheet.supplier is not None and sheet.supplier.price_jump_percent == D(20)
    with pytest.raises(NotFound):
        office.ask(purchasing.get_delivery_sheet, order_ids=(99,))


def test_a_sheet_without_an_order_knows_the_suppliers_terms(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, came(item, "2", price="8"))
    sheet = office.ask(purchasing.get_delivery_sheet, supplier_id=supplier, item_ids=(item,))
    assert [(row.order_line_id, row.outstanding, row.unit) for row in sheet.lines] == [(None, D(0), "kg")]
    assert [point.price for point in sheet.lines[0].last_prices] == [D(8)]
    assert sheet.version == 1


def test_a_new_price_shows_its_change_and_what_is_left_of_the_margin(office: Office) -> None:
    item = make_item(office, sale_price=D("22.60"), tax_rate=D(13))
    supplier = make_supplier(office)
    receive(office, supplier, came(item, "2", price="8"))
    check = office.ask(purchasing.check_price, item_id=item, supplier_id=supplier, unit="kg", price=D(10))
    assert (check.last, check.percent, check.limit, check.needs_reason) == (D(8), D("25.0"), D(20), True)
    assert (check.margin_before, check.margin_after, check.is_margin_low) == (D("60.0"), D("50.0"), True)
    assert [point.price for point in check.last_prices] == [D(8)]
    check = office.ask(purchasing.check_price, item_id=item, supplier_id=supplier, unit="kg", price=D(80))
    assert check.slip is not None and "10 times" in check.slip.render("en")


def test_who_may_not_see_costs_sees_no_prices_at_the_dock(office: Office) -> None:
    item, supplier = make_item(office, sale_price=D(20)), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(5), price=D(4)))
    receive(office, supplier, came(item, "1", line))
    sign_in_as(office, "Storekeeper")
    rows = office.ask(purchasing.list_expected)
    sheet = office.ask(purchasing.get_delivery_sheet, order_ids=(order_id,))
    check = office.ask(
        purchasing.check_price, item_id=item, supplier_id=supplier, unit="kg", price=D(5), order_line_id=line
    )
    assert [row.value for row in rows] == [None]
    assert (sheet.lines[0].price, sheet.lines[0].last_prices, sheet.lines[0].sale_price) == (None, (), None)
    assert (check.last, check.margin_after, check.last_prices, check.percent) == (None, None, (), D("25.0"))
