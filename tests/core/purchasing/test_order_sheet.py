"""The sheet an order is written on: what the supplier sells and for how much, its days, its minimum and budget."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from core import purchasing
from core.catalog import Break, NewTerm, PackUnit
from core.errors import NotFound
from core.office import Office
from core.purchasing import NewOrderLine, OrderSheetItem
from core.words import Permission, SendWay
from tests.core.purchasing.order_makers import draft
from tests.core.purchasing.people import sign_in_as
from tests.factories import make_item, make_supplier

ANY = frozenset({"below_minimum", "slips", "over_budget", "second_order", "deliver_on_passed"})


def sold(office: Office, supplier: int, code: str = "TOM", **over: object) -> int:
    """An item in cases of 10 for 50, 45 from ten cases on, two cases at least and by twos."""
    term = NewTerm(
        supplier, unit="箱", price=D(50), supplier_code=f"S-{code}", breaks=(Break(D(10), D(45)),), minimum_qty=D(2),
        multiple_qty=D(2),
    )  # fmt: skip
    return make_item(office, code, terms=(term,), pack_units=(PackUnit("箱", D(10)),), **over)


def item_of(office: Office, supplier: int, item: int) -> OrderSheetItem:
    sheet = office.ask(purchasing.get_order_sheet, supplier_id=supplier, item_ids=(item,))
    return next(one for one in sheet.items if one.item_id == item)


def test_the_sheet_holds_what_the_supplier_sells_and_what_is_asked_for(office: Office) -> None:
    supplier = make_supplier(office, minimum_value=D(400), monthly_budget=D(5000))
    item, other = sold(office, supplier), make_item(office, "BRUSH", name="刷子")
    sheet = office.ask(purchasing.get_order_sheet, supplier_id=supplier, item_ids=(other,))
    assert (sheet.minimum_value, sheet.budget, sheet.spent) == (D(400), D(5000), D(0))
    assert sheet.rate == 1 and sheet.slot is not None and not sheet.is_blocked
    known = {one.item_id: one for one in sheet.items}
    assert (known[item].unit, known[item].factor, known[item].price) == ("箱", D(10), D(50))
    assert known[item].supplier_code == "S-TOM" and known[item].is_termed
    assert not known[other].is_termed and known[other].price is None
    with pytest.raises(NotFound):
        office.ask(purchasing.get_order_sheet, supplier_id=supplier + 999)


def test_the_price_follows_quantity_and_unit(office: Office) -> None:
    supplier = make_supplier(office)
    item = item_of(office, supplier, sold(office, supplier))
    assert purchasing.sheet_price(item, D(9), "箱") == D(50)
    assert purchasing.sheet_price(item, D(10), "箱") == D(45)
    assert purchasing.sheet_price(item, D(90), "kg") == D(5)
    assert purchasing.sheet_price(item, D(100), "kg") == D("4.5")


def test_hints_say_what_the_terms_ask_for(office: Office) -> None:
    supplier = make_supplier(office)
    item = item_of(office, supplier, sold(office, supplier))
    said = [text.render("en") for text in purchasing.sheet_hints(item, D(1), "箱")]
    assert said == ["At least 2 箱 can be ordered", "Sold in multiples of 2 箱"]
    assert [text.render("en") for text in purchasing.sheet_hints(item, D(6), "箱")] == ["From 10 箱 the price is 45"]
    assert purchasing.sheet_hints(item, D(12), "箱") == ()


def test_what_was_sent_this_month_is_spent_and_the_order_at_hand_is_not(office: Office) -> None:
    supplier = make_supplier(office, monthly_budget=D(5000))
    order = draft(office, supplier, NewOrderLine(sold(office, supplier), D(4)))
    office.do(purchasing.send_order, order_id=order, version=1, way=SendWay.PHONE, confirmed=ANY)
    assert office.ask(purchasing.get_order_sheet, supplier_id=supplier).spent == D(200)
    own = office.ask(purchasing.get_order_sheet, supplier_id=supplier, order_id=order)
    assert own.spent == D(0) and own.orders == ()


def test_orders_for_days_to_come_are_named(office: Office) -> None:
    supplier = make_supplier(office)
    day = office.ask(purchasing.list_due_board).today + timedelta(days=2)
    draft(office, supplier, NewOrderLine(sold(office, supplier), D(4)), deliver_on=day)
    sheet = office.ask(purchasing.get_order_sheet, supplier_id=supplier)
    assert [one.on for one in sheet.orders] == [day]


def test_days_without_delivery_are_known(office: Office) -> None:
    supplier = make_supplier(office, delivery_days=1)
    sheet = office.ask(purchasing.get_order_sheet, supplier_id=supplier)
    assert sheet.delivers_on(date(2026, 3, 2)) and not sheet.delivers_on(date(2026, 3, 3))


def test_sums_are_those_the_order_will_say(office: Office) -> None:
    supplier = make_supplier(office)
    order = draft(office, supplier, NewOrderLine(sold(office, supplier), D(3), price=D("12.345"), tax_rate=D(13)))
    card = office.ask(purchasing.get_order, order_id=order)
    lines = [(line.qty, line.price, line.tax_rate) for line in card.lines]
    assert purchasing.order_sums(lines, "CNY", is_incl=card.is_tax_incl, rate=D(1), site_digits=2) == card.sums


def test_who_may_not_see_costs_sees_no_money(office: Office) -> None:
    supplier = make_supplier(office, minimum_value=D(400), monthly_budget=D(5000))
    item = sold(office, supplier)
    sign_in_as(office, "Storekeeper")
    assert office.actor is not None and not office.actor.may(Permission.COST_VIEW)
    sheet = office.ask(purchasing.get_order_sheet, supplier_id=supplier)
    assert (sheet.minimum_value, sheet.budget, sheet.spent) == (None, None, None)
    assert [(one.item_id, one.price, one.breaks) for one in sheet.items] == [(item, None, ())]
    assert purchasing.sheet_price(sheet.items[0], D(1), "箱") is None
