"""What the dock asks besides: goods in quarantine, and what became of a delivery whose answer was lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from core import purchasing
from core.office import Office
from core.purchasing import NewDelivery
from db.enums import InspectionState
from tests.core.purchasing.dock import came, receive
from tests.factories import make_item, make_supplier

Q = InspectionState.QUARANTINE


def test_goods_in_quarantine_are_listed_until_they_are_released_those_that_expire_first_on_top(office: Office) -> None:
    late, soon = make_item(office, code="A", lot_tracked=True), make_item(office, code="B", lot_tracked=True)
    supplier = make_supplier(office)
    receive(
        office, supplier,
        came(late, "4", price="2", lot="L1", expires_on=date(2026, 5, 1), inspection=Q),
        came(soon, "6", price="2", lot="L2", expires_on=date(2026, 4, 1), inspection=Q),
        came(soon, "1", price="2", lot="L3", expires_on=date(2026, 3, 20)),
    )  # fmt: skip
    rows = office.ask(purchasing.list_quarantine)
    assert [(row.code, row.lot, row.left, row.accrued) for row in rows] == [
        ("B", "L2", D(6), D("12.00")), ("A", "L1", D(4), D("8.00")),
    ]  # fmt: skip
    assert office.ask(purchasing.list_quarantine, supplier_id=supplier + 1) == []
    office.do(purchasing.release_inspection, receipt_line_ids=(rows[0].id,))
    assert [row.code for row in office.ask(purchasing.list_quarantine)] == ["A"]


def test_a_delivery_is_found_by_the_request_it_was_sent_with(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    new = NewDelivery((came(item, "2", price="3"),), supplier)
    made = office.do(purchasing.receive_delivery, new=new, request_id="dock-1")
    assert office.ask(purchasing.find_delivery, request_id="dock-1") == made
    assert office.ask(purchasing.find_delivery, request_id="dock-2") is None
