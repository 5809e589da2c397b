"""What a form proposes for a line of an order: the supplier's unit, price for the quantity, minimum, last prices."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from core import catalog, purchasing
from core.errors import InvalidInput, NotAllowed, NotFound, Refused
from core.office import Office
from core.purchasing import ORDER_GROUPS, NewOrderLine
from db.enums import OrderState
from tests.core.purchasing.people import sign_in_as
from tests.core.purchasing.test_order_steps import case_item
from tests.core.purchasing.test_orders import sent
from tests.factories import make_item, make_supplier

propose = purchasing.propose_order_lines


def test_a_line_is_proposed_as_the_supplier_sells(office: Office) -> None:
    supplier = make_supplier(office, tax_rate=D(13), prices_incl_tax=True)
    item = case_item(office, supplier, minimum_qty=D(2), multiple_qty=D(2))
    plain_item = make_item(office, "ONI-001")
    sent(office, supplier, NewOrderLine(plain_item, D(5), price=D(2)))
    wanted = [(item, None, ""), (item, D(12), ""), (item, D(24), "kg"), (plain_item, None, "")]
    lines = office.ask(propose, supplier_id=supplier, wanted=wanted)
    assert [(one.qty, one.unit, one.price, one.amount) for one in lines] == [
        (D(2), "case", D(60), D("120.00")), (D(12), "case", D(54), D("648.00")), (D(24), "kg", D(5), D("120.00")),
        (D(1), "kg", None, D("0.00")),
    ]  # fmt: skip
    assert (lines[0].minimum_qty, lines[0].multiple_qty, lines[2].minimum_qty) == (D(2), D(2), None)
    assert [price for _day, price in lines[0].last_prices] == [D(60)]
    assert (lines[0].supplier_code, lines[0].tax_rate, lines[3].on_order) == ("S-77", D(13), D(5))


def test_what_cannot_be_ordered_is_not_proposed(office: Office) -> None:
    supplier, item = make_supplier(office), make_item(office)
    with pytest.raises(InvalidInput, match="has no unit"):
        office.ask(propose, supplier_id=supplier, wanted=[(item, D(1), "bucket")])
    with pytest.raises(NotFound):
        office.ask(propose, supplier_id=supplier, wanted=[(999, None, "")])
    office.do(catalog.block_supplier, supplier_id=supplier, version=1, note="Rats")
    with pytest.raises(Refused):
        office.ask(propose, supplier_id=supplier, wanted=[(item, None, "")])
    sign_in_as(office, "Storekeeper")
    with pytest.raises(NotAllowed):
        office.ask(propose, supplier_id=supplier, wanted=[(item, None, "")])


def test_the_groups_of_states_hold_them_all() -> None:
    assert {*ORDER_GROUPS["open"], *ORDER_GROUPS["done"]} == set(OrderState)
    assert {*ORDER_GROUPS["to_send"], *ORDER_GROUPS["awaited"]} == set(ORDER_GROUPS["open"])
