"""The report of goods received and not invoiced, now and as of an earlier day."""

from __future__ import annotations

import json

import pytest

from core.clock import FixedClock
from core.errors import NotAllowed
from core.office import Office
from tests.core.purchasing.books import await_invoices, goods, invoice, receive, send_back
from tests.core.purchasing.people import sign_in_as
from tests.core.reports.test_reports import made
from tests.factories import make_item, make_supplier


def test_what_came_and_was_not_invoiced(office: Office, clock: FixedClock) -> None:
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office, name="绿源农场")
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"), document="DN-1")
    clock.advance(days=1)
    send_back(office, supplier, item, "1", entry)
    clock.advance(days=1)
    invoice(office, supplier, "A1", goods(item, "4", "40"))
    (row,) = json.loads(made(office, "goods-received-not-invoiced"))
    assert [row[name] for name in ("document", "received", "returned", "matched", "open", "value")] == [
        "DN-1", "10", "1", "4", "5", "50.00",
    ]  # fmt: skip
    for as_of, value in (("2026-03-03", []), ("2026-03-04", ["100.00"]), ("2026-03-05", ["90.00"])):
        rows = json.loads(made(office, "goods-received-not-invoiced", as_of=as_of))
        assert [one["value"] for one in rows] == value
    assert "绿源农场" in made(office, "goods-received-not-invoiced", "table", language="zh").decode()
    assert made(office, "goods-received-not-invoiced", "pdf").startswith(b"%PDF")
    sign_in_as(office, "Technician")
    with pytest.raises(NotAllowed):
        made(office, "goods-received-not-invoiced")
