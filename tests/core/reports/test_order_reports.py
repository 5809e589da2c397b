"""The report of open orders, as people and programs read it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal as D

import pytest

from core.errors import InvalidInput, NotAllowed
from core.office import Office
from core.purchasing import NewOrderLine
from tests.core.purchasing.order_makers import draft, receive_for_test
from tests.core.purchasing.people import sign_in_as
from tests.core.purchasing.test_order_steps import case_item
from tests.core.purchasing.test_orders import sent
from tests.core.reports.test_reports import made
from tests.factories import make_supplier


def test_open_orders_line_by_line(office: Office) -> None:
    supplier = make_supplier(office, name="绿源农场")
    item = case_item(office, supplier)
    key = sent(office, supplier, NewOrderLine(item, D(10)), deliver_on=date(2026, 3, 5))
    draft(office, supplier, NewOrderLine(item, D(99)))
    office.do(receive_for_test, order_id=key, came=(D(36),))
    (row,) = json.loads(made(office, "open-orders"))
    assert [row[name] for name in ("number", "ordered", "received", "outstanding", "unit", "due_on", "value")] == [
        "PO-2026-000001", "10", "3", "7", "case", "2026-03-05", "378.00",
    ]  # fmt: skip
    assert "绿源农场" in made(office, "open-orders", "table", language="zh").decode()
    assert made(office, "open-orders", "pdf").startswith(b"%PDF")
    assert made(office, "open-orders", "xlsx").startswith(b"PK")
    with pytest.raises(InvalidInput, match="as of now"):
        made(office, "open-orders", as_of="2026-02-01")
    sign_in_as(office, "Technician")
    with pytest.raises(NotAllowed):
        made(office, "open-orders")
