"""Orders found, sorted, counted; the card; what is due when; why so much is on order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from core import purchasing
from core.clock import FixedClock
from core.errors import InvalidInput, NotFound
from core.office import Office
from core.purchasing import NewOrderLine, OrderFilter
from db.enums import OrderState, SendWay
from tests.core.purchasing.order_makers import (
    draft,
    get_on_order_for_test,
    list_line_rows,
    receive_for_test,
    take_back_for_test,
)
from tests.core.purchasing.people import sign_in_as
from tests.core.purchasing.test_order_steps import case_item
from tests.core.purchasing.test_orders import sent
from tests.factories import make_item, make_supplier

S = OrderState
THURSDAY = date(2026, 3, 5)


@pytest.fixture
def line(office: Office) -> NewOrderLine:
    """5 kg at 20.00."""
    return NewOrderLine(make_item(office, name="番茄"), D(5), price=D(20))


def found(office: Office, sort: str = "number", *, descending: bool = False, **filters: object) -> list[int]:
    wanted = OrderFilter(**filters)  # type: ignore[arg-type]
    listed = office.ask(purchasing.list_orders, filters=wanted, sort=sort, descending=descending)
    assert listed.total == len(listed.rows)
    return [row.id for row in listed.rows]


def test_orders_are_found_sorted_and_paged(office: Office, line: NewOrderLine, clock: FixedClock) -> None:
    near, far = make_supplier(office, "S1", name="绿源"), make_supplier(office, "S2", name="阿里", currency="JPY")
    other = NewOrderLine(make_item(office, "ONI-001"), D(3000), price=D(1))
    first = sent(office, near, line, deliver_on=THURSDAY)
    clock.advance(days=2)
    second = draft(office, far, other, rate=D("0.05"), deliver_on=date(2026, 3, 4))
    third = draft(office, near, line, other)
    assert found(office) == [first, second, third]
    assert found(office, "value") == [first, second, third]
    assert found(office, "due_on") == [second, first, third]
    assert found(office, "supplier")[:2] == [first, third] or found(office, "supplier")[0] == second
    assert found(office, "lines", descending=True)[0] == third
    assert found(office, states=(S.DRAFT,)) == [second, third]
    assert found(office, supplier_id=near) == [first, third]
    assert found(office, item_id=other.item_id) == [second, third]
    assert found(office, text="绿源 番茄") == [first, third]
    assert found(office, text="po-2026-000002") == [second]
    assert found(office, text="100%") == []
    assert found(office, from_on=date(2026, 3, 6)) == [second, third]
    assert found(office, to_on=date(2026, 3, 4)) == [first]
    assert found(office, overdue=True) == [first]
    page = office.ask(purchasing.list_orders, offset=1, limit=1)
    assert [row.id for row in page.rows] == [second] and page.total == 3
    assert page.value == D("100.00") + D("150.00") + D("3100.00")
    assert (page.rows[0].amount, page.rows[0].value, page.rows[0].currency) == (D(3000), D("150.00"), "JPY")
    counts = office.ask(purchasing.count_orders)
    assert counts.by_state == {S.SENT: 1, S.DRAFT: 2} and counts.overdue == 1
    assert office.ask(purchasing.find_order, number=" po-2026-000003 ") == third
    assert office.ask(purchasing.find_order, number="PO-9") is None


def test_money_is_for_who_may_see_costs(office: Office, line: NewOrderLine) -> None:
    key = sent(office, make_supplier(office), line, deliver_on=THURSDAY)
    sign_in_as(office, "Storekeeper")
    listed = office.ask(purchasing.list_orders)
    card = office.ask(purchasing.get_order, order_id=key)
    assert (listed.value, listed.rows[0].value, listed.rows[0].amount) == (None, None, None)
    assert (card.sums, card.lines[0].price, card.lines[0].amount, card.approvals[0].amount) == (None,) * 4
    assert office.ask(purchasing.list_due_board).later[0].value is None
    day = office.ask(purchasing.list_calendar, from_on=THURSDAY, to_on=THURSDAY)[0]
    assert day.value is None and len(day.deliveries) == 1
    paper = office.ask(purchasing.get_order_paper, order_id=key)
    assert [total.label.render("en") for total in paper.totals] == ["Lines"]


def test_the_card_tells_how_far_each_line_is(office: Office, line: NewOrderLine) -> None:
    supplier = make_supplier(office, tax_rate=D(13))
    item = case_item(office, supplier, "CAN-001")
    key = sent(office, supplier, NewOrderLine(item, D(10)), line, deliver_on=THURSDAY)
    receipt = office.do(receive_for_test, order_id=key, came=(D(30), D(0)))
    office.do(receive_for_test, order_id=key, came=(D(6), D(2)))
    card = office.ask(purchasing.get_order, order_id=key)
    cans, tomatoes = card.lines
    assert (cans.received, cans.outstanding, cans.qty, cans.unit, cans.due_on) == (D(3), D(7), D(10), "case", THURSDAY)
    assert (tomatoes.received, tomatoes.outstanding) == (D(2), D(3))
    assert card.sums is not None
    assert (card.sums.net, card.sums.tax, card.sums.gross) == (D("640.00"), D("83.20"), D("723.20"))
    assert [one.lines for one in card.receipts] == [2, 2] and card.row.open_lines == 2
    parts = office.ask(purchasing.explain_received, line_id=cans.id)
    assert [(one.qty, one.counts) for one in parts] == [(D(30), True), (D(6), True)]
    office.do(take_back_for_test, receipt_id=receipt, order_id=key)
    office.do(receive_for_test, order_id=key, came=(D(12), D(1)), is_free=True)
    parts = office.ask(purchasing.explain_received, line_id=cans.id)
    assert [(one.qty, one.counts, one.is_free) for one in parts] == [
        (D(30), False, False), (D(6), True, False), (D(12), False, True),
    ]  # fmt: skip
    assert office.ask(purchasing.get_order, order_id=key).lines[0].received == D("0.5")
    with pytest.raises(NotFound):
        office.ask(purchasing.get_order, order_id=999)
    with pytest.raises(NotFound):
        office.ask(purchasing.explain_received, line_id=999)


def test_the_due_board_puts_the_longest_late_first(office: Office, line: NewOrderLine, clock: FixedClock) -> None:
    supplier = make_supplier(office, phone="555-1")
    days = [date(2026, 3, 6), date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 12), None]
    keys = [sent(office, supplier, line, deliver_on=day) for day in days]
    clock.advance(days=5)
    board = office.ask(purchasing.list_due_board)
    assert [(one.order_id, one.days_late, one.phone) for one in board.late] == [
        (keys[1], 4, "555-1"), (keys[0], 3, "555-1"),
    ]  # fmt: skip
    assert [one.order_id for one in board.due_today] == [keys[2]]
    assert [one.order_id for one in board.later] == [keys[3]]
    assert [one.order_id for one in board.undated] == [keys[4]]
    assert office.ask(purchasing.count_overdue) == 2
    week = office.ask(purchasing.list_calendar, from_on=date(2026, 3, 6), to_on=date(2026, 3, 12))
    assert [len(one.deliveries) for one in week] == [1, 0, 0, 1, 0, 0, 1] and week[0].value == D("100.00")
    with pytest.raises(InvalidInput, match="at most 400 days"):
        office.ask(purchasing.list_calendar, from_on=THURSDAY, to_on=THURSDAY + timedelta(days=401))


def test_what_is_on_order_is_explained(office: Office, line: NewOrderLine) -> None:
    supplier = make_supplier(office)
    keys = [sent(office, supplier, line, deliver_on=day) for day in (date(2026, 3, 9), THURSDAY)]
    office.do(receive_for_test, order_id=keys[0], came=(D(2),))
    parts = office.ask(purchasing.explain_on_order, item_id=line.item_id)
    assert [(one.order_id, one.outstanding, one.received) for one in parts] == [
        (keys[1], D(5), D(0)),
        (keys[0], D(3), D(2)),
    ]
    sums = office.ask(get_on_order_for_test, item_ids=[line.item_id])
    assert sums == {line.item_id: sum(one.outstanding for one in parts)}


def test_a_cancelled_order_awaits_nothing(office: Office, line: NewOrderLine) -> None:
    key = sent(office, make_supplier(office), line)
    office.do(purchasing.cancel_order, order_id=key, version=2, reason="x", tells_supplier=False)
    card = office.ask(purchasing.get_order, order_id=key)
    assert card.lines[0].outstanding == 0 and card.row.open_lines == 0 and card.versions[0].way is SendWay.PHONE
    assert len(office.ask(list_line_rows, order_id=key)) == 1
