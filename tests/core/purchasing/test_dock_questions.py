"""What is asked or refused at the dock: slips of the hand, too much, too warm, twice, too old, the wrong order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal as D
from threading import Barrier
from typing import Any

import pytest

from core import catalog, purchasing
from core.clock import FixedClock
from core.errors import CoreError, InvalidInput, NeedsConfirmation, NotFound, Refused
from core.office import Office
from core.purchasing import NewCheck, NewDeliveryLine
from core.purchasing.types.orders import NewOrderLine
from db.enums import ClaimKind, InspectionState, OrderState, StorageKind
from tests.core.purchasing.dock import came, order, receive, state_of, worth
from tests.core.purchasing.order_makers import set_state_for_test
from tests.factories import make_item, make_supplier
from tests.helpers.sites import ADMIN, PASSWORD


def asked(office: Office, supplier: int | None, *lines: NewDeliveryLine, **over: Any) -> tuple[str, str]:
    """The key of the question, and what it says."""
    with pytest.raises(NeedsConfirmation) as question:
        receive(office, supplier, *lines, **over)
    return question.value.key, question.value.text.render("en")


def refused(office: Office, supplier: int | None, *lines: NewDeliveryLine, **over: Any) -> tuple[type, str, int | None]:
    """The kind of the error, its field and its row."""
    with pytest.raises(CoreError) as fault:
        receive(office, supplier, *lines, **over)
    return type(fault.value), fault.value.field or "", fault.value.row


def test_more_than_ordered_needs_confirmation_beyond_the_suppliers_tolerance(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office, over_tolerance=D(10))
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    key, said = asked(office, supplier, came(item, "11.5", line))
    assert key == "over_delivery"
    assert "11.5 kg came, 10 were awaited" in said
    made = receive(office, supplier, came(item, "11", line))
    assert made.orders == ((order_id, OrderState.RECEIVED),)
    assert receive(office, supplier, came(item, "1", line), confirmed=frozenset({key})).value == D("2.00")


def test_two_lines_of_one_order_line_are_counted_together(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    assert asked(office, supplier, came(item, "6", line), came(item, "6", line))[0] == "over_delivery"


@pytest.mark.parametrize("state", [OrderState.DRAFT, OrderState.CLOSED, OrderState.CANCELLED])
def test_an_order_that_is_not_on_its_way_takes_nothing(office: Office, state: OrderState) -> None:
    item, supplier = make_item(office), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    office.do(set_state_for_test, order_id=order_id, state=state)
    assert refused(office, supplier, came(item, "1", line))[:2] == (Refused, "order")
    assert state_of(office, order_id) is state


def test_the_same_delivery_note_is_asked_about_until_its_receipt_is_taken_back(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    made = receive(office, supplier, came(item, "1", price="2"), document="DN-7")
    key, said = asked(office, supplier, came(item, "1", price="2"), document=" DN-7 ")
    assert (key, "RC-2026-000001" in said) == ("same_document", True)
    assert asked(office, supplier, came(item, "1", price="2"), document="DN-7")[0] == "same_document"
    office.do(purchasing.reverse_delivery, receipt_id=made.receipt_id)
    assert receive(office, supplier, came(item, "1", price="2"), document="DN-7").number == "RC-2026-000002"


def test_a_delivery_in_another_currency_than_its_order_is_refused(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office, currency="EUR")
    _order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)), rate=D("7.8"))
    assert refused(office, supplier, came(item, "10", line), currency="USD")[:2] == (Refused, "currency")
    assert receive(office, supplier, came(item, "10", line)).value == D("156.00")


def test_foreign_prices_need_a_rate_and_are_kept_in_their_currency(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office, currency="EUR")
    assert refused(office, supplier, came(item, "3", price="3.33"))[:2] == (InvalidInput, "rate")
    assert asked(office, supplier, came(item, "3", price="3.33"), currency="USD", rate=D(7))[0] == "other_currency"
    assert receive(office, supplier, came(item, "3", price="3.33"), rate=D("7.85")).value == D("78.42")
    (price,) = office.ask(catalog.list_prices, item_id=item)
    assert (price.price, price.currency) == (D("3.33"), "EUR")


def test_a_price_of_nothing_is_asked_about_unless_the_goods_are_free(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    assert asked(office, supplier, came(item, "1", price="0"))[0] == "price_price_zero"
    assert receive(office, supplier, came(item, "1", is_free=True)).value == D(0)
    assert refused(office, supplier, came(item, "1", price="-1"))[:2] == (InvalidInput, "price")
    assert refused(office, supplier, came(item, "-1", price="1"))[:2] == (InvalidInput, "qty")


@pytest.mark.parametrize(
    ("price", "key"), [("50", "price_times_ten"), ("500", "price_times_hundred"), ("0.5", "price_tenth")]
)
def test_a_slip_of_the_hand_in_a_price_is_asked_about_and_needs_a_reason(office: Office, price: str, key: str) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, came(item, "1", price="5"))
    assert asked(office, supplier, came(item, "1", price=price))[0] == key
    with pytest.raises(InvalidInput) as fault:
        receive(office, supplier, came(item, "1", price=price), confirmed=frozenset({key}))
    assert fault.value.field == "price_reason"
    line = came(item, "1", price=price, price_reason="other grade")
    assert receive(office, supplier, line, confirmed=frozenset({key})).value == D(price)


@pytest.mark.parametrize(("qty", "key"), [("100", "qty_times_ten"), ("1000", "qty_times_hundred")])
def test_ten_or_a_hundred_times_the_order_is_asked_about(office: Office, qty: str, key: str) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    assert asked(office, supplier, came(item, qty, line))[0] == key


def test_a_price_over_the_suppliers_limit_needs_a_reason(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office, price_jump_percent=D(5))
    _order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D("10")))
    other = came(make_item(office, "B"), "1", price="1")
    assert refused(
        office,
        supplier,
        other,
        came(item, "5", line, price="10.60"),
        order_ids=(),
        confirmed=frozenset({"not_ordered"}),
    ) == (InvalidInput, "price_reason", 2)
    assert receive(office, supplier, came(item, "5", line, price="10.40")).value == D("52.00")
    line_with_reason = came(item, "5", line, price="12", price_reason="harvest failed")
    made = receive(office, supplier, line_with_reason)
    assert office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines[0].price_reason == "harvest failed"


def test_what_was_not_ordered_is_asked_about(office: Office) -> None:
    item, other, supplier = make_item(office), make_item(office, "B"), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    lines = (came(item, "10", line), came(other, "1", price="3"))
    key, said = asked(office, supplier, *lines)
    assert (key, said) == ("not_ordered", "物料 B: was not ordered. Take it in?")
    assert receive(office, supplier, *lines, confirmed=frozenset({key})).orders == ((order_id, OrderState.RECEIVED),)


def test_days_ahead_are_refused_and_days_long_ago_asked_about(office: Office, clock: FixedClock) -> None:
    item, supplier = make_item(office), make_supplier(office)
    line = came(item, "1", price="2")
    assert refused(office, supplier, line, at=datetime(2026, 3, 6, tzinfo=UTC))[:2] == (InvalidInput, "at")
    assert refused(office, supplier, line, at=datetime(2026, 3, 4, 9, tzinfo=UTC))[:2] == (InvalidInput, "at")
    assert asked(office, supplier, line, at=datetime(2025, 2, 1, tzinfo=UTC))[0] == "at_long_ago"
    _order_id, (line_id,) = order(office, supplier, NewOrderLine(item, D(1), price=D(2)), deliver_on=date(2026, 3, 20))
    assert asked(office, supplier, came(item, "1", line_id))[0] == "early"


def test_a_blocked_supplier_delivers_nothing(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    office.do(catalog.block_supplier, supplier_id=supplier, version=1, note="unpaid credit")
    assert refused(office, supplier, came(item, "1", price="2"))[:2] == (Refused, "supplier")


def test_goods_that_expired_are_refused_or_held(office: Office) -> None:
    item = make_item(office, lot_tracked=True, shelf_life_days=9)
    supplier = make_supplier(office)
    old: dict[str, Any] = {"lot": "L1", "expires_on": date(2026, 3, 3), "price": "2"}
    assert refused(office, supplier, came(item, "1", **old))[:2] == (Refused, "expires_on")
    receive(office, supplier, came(item, "1", inspection=InspectionState.QUARANTINE, **old))
    key, said = asked(office, supplier, came(item, "1", lot="L2", expires_on=date(2026, 3, 6), price="2"))
    assert (key, "keeps only 2 of its 9 days" in said) == ("short_life", True)


def test_perishable_goods_kept_by_lot_have_an_expiry_date(office: Office) -> None:
    item, supplier = make_item(office, lot_tracked=True, shelf_life_days=9), make_supplier(office)
    assert refused(office, supplier, came(item, "1", lot="L1", price="2")) == (InvalidInput, "expires_on", 1)
    assert refused(office, supplier, came(item, "1", price="2"))[1] == "lot"
    made = receive(office, supplier, came(item, "1", lot="L1", produced_on=date(2026, 3, 4), price="2"))
    assert office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines[0].expires_on == date(2026, 3, 13)
    made = receive(office, supplier, came(item, "1", lot="L1", price="2"))
    assert office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines[0].expires_on == date(2026, 3, 13)


def test_goods_too_warm_are_asked_about(office: Office) -> None:
    item, supplier = make_item(office, storage_kind="chilled"), make_supplier(office)
    checks = (NewCheck(StorageKind.CHILLED, D("7.5")),)
    key, said = asked(office, supplier, came(item, "1", price="2"), checks=checks)
    assert (key, "7.5 °C, at most 5 °C" in said) == ("too_warm", True)
    assert asked(office, supplier, came(item, "1", price="2", temperature=D("8")))[0] == "too_warm"
    line = came(item, "0", price="2", rejected_qty="1", reject_reason=ClaimKind.TOO_WARM)
    made = receive(office, supplier, line, checks=checks)
    assert (made.posting_id, made.number, made.value) == (None, "RC-2026-000001", D(0))
    (check,) = office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).checks
    assert (check.is_ok, check.highest) == (False, D(5))
    assert refused(office, supplier, came(item, "1", price="2", temperature=D(900)))[1] == "temperature"


def test_what_is_refused_has_a_reason(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    assert refused(office, supplier, came(item, "1", price="2", rejected_qty="1"))[1] == "reject_reason"
    assert refused(office, supplier, came(item, "0", price="2"))[1] == "qty"
    assert refused(office, supplier)[1] == "lines"
    assert refused(office, supplier, came(item, "1"))[1] == "price"
    assert refused(office, supplier, came(99, "1", price="1"))[:2] == (NotFound, "item")
    assert refused(office, supplier, came(item, "1", price="1"), document="x" * 61)[1] == "document"
    assert refused(office, supplier, came(item, "1", price="1", note="x" * 201))[1:] == ("note", 1)
    assert refused(office, supplier, came(item, "0.0000001", price="1"))[1] == "qty"
    assert receive(office, supplier, came(item, "3", price="0.33333333")).value == D("1.00")


def test_the_second_of_two_pcs_hears_what_came_meanwhile(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    first = office.ask(purchasing.get_delivery_sheet, order_ids=(order_id,))
    second = office.ask(purchasing.get_delivery_sheet, order_ids=(order_id,))
    receive(office, supplier, came(item, "8", line), sheet_version=first.version)
    key, said = asked(office, supplier, came(item, "10", line), sheet_version=second.version)
    assert key == "came_meanwhile"
    assert "RC-2026-000001" in said and "物料 TOM-001: 8" in said
    with pytest.raises(NeedsConfirmation) as question:
        receive(office, supplier, came(item, "10", line), sheet_version=second.version, confirmed=frozenset({key}))
    assert question.value.key == "over_delivery"
    assert worth(office, item) == (D(8), D("16.00"))


def test_two_pcs_at_the_same_moment_do_not_both_fill_the_order(
    office: Office, site_url: str, clock: FixedClock
) -> None:
    item, supplier = make_item(office), make_supplier(office)
    order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(2)))
    version = office.ask(purchasing.get_delivery_sheet, order_ids=(order_id,)).version
    with Office.open(site_url, station="second", clock=clock) as second:
        second.sign_in(ADMIN, PASSWORD)
        start = Barrier(2)

        def at_once(pc: Office) -> str:
            start.wait()
            try:
                return receive(pc, supplier, came(item, "10", line), sheet_version=version).number
            except NeedsConfirmation as question:
                return question.key

        with ThreadPoolExecutor(2) as pcs:
            answers = sorted(pcs.map(at_once, (office, second)))
    assert answers == ["RC-2026-000001", "came_meanwhile"]
    assert worth(office, item) == (D(10), D("20.00"))
    assert state_of(office, order_id) is OrderState.RECEIVED


def test_without_an_order_ten_times_the_usual_is_asked_about(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    assert receive(office, supplier, came(item, "100", price="2")).lines == 1
    receive(office, supplier, came(item, "110", price="2"))
    assert asked(office, supplier, came(item, "1100", price="2"))[0] == "qty_times_ten"
    assert receive(office, supplier, came(item, "300", price="2")).lines == 1


def test_a_price_of_a_delivery_taken_back_was_never_paid(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, came(item, "1", price="5"), at=datetime(2026, 3, 4, 3, tzinfo=UTC))
    line = came(item, "1", price="50", price_reason="typed wrong")
    made = receive(office, supplier, line, confirmed=frozenset({"price_times_ten"}))
    office.do(purchasing.reverse_delivery, receipt_id=made.receipt_id)
    assert [price.price for price in office.ask(catalog.list_prices, item_id=item)] == [D(5)]
    assert receive(office, supplier, came(item, "1", price="5")).value == D("5.00")
