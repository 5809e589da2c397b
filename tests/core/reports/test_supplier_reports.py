"""What is owed and how suppliers did, as `steward report` prints it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from core.office import Office
from tests.core.catalog.makers import make_item, make_supplier
from tests.core.purchasing.invoices import book_invoice
from tests.core.purchasing.test_scorecards import Books, noon
from tests.core.reports.test_reports import made


def test_payables_at_a_past_day_and_now(office: Office, site_url: str) -> None:
    farm = make_supplier(office, "绿源农场")
    book_invoice(site_url, farm, "100.00", number="F-1", due_on=date(2026, 1, 1))
    book_invoice(site_url, farm, "-5.50", number="F-2", invoiced_on=date(2026, 3, 1))
    rows = json.loads(made(office, "payables"))
    assert [(row["number"], row["open"], row["age"]) for row in rows] == [
        ("F-1", "100.00", "to_90"), ("F-2", "-5.50", "to_30"),
    ]  # fmt: skip
    assert [row["number"] for row in json.loads(made(office, "payables", as_of="2026-02-20"))] == ["F-1"]
    assert "94.50" in made(office, "payables", "table").decode()
    assert made(office, "payables", "pdf").startswith(b"%PDF")


def test_scorecards_of_a_month(office: Office, site_url: str) -> None:
    books = Books(site_url, make_supplier(office, "绿源农场"), make_item(office))
    books.deliver(books.order(noon(1), date(2026, 3, 2)), noon(2))
    (row,) = json.loads(made(office, "supplier-scorecard", start="2026-03-01", end="2026-03-31"))
    assert (row["supplier"], row["lines"], row["on_time_first"], row["lead_days"]) == ("绿源农场", 1, "100.0", "1.00")
    assert Decimal(row["ordered"]) == 100
    assert "绿源农场" in made(office, "supplier-scorecard", "table", language="zh").decode()
    assert made(office, "supplier-scorecard", "pdf", language="zh").startswith(b"%PDF")
