"""Verify finds what was changed of invoices behind the program's back."""

from __future__ import annotations

import pytest

from core.maintenance import Area
from core.office import Office
from tests.core.maintenance.test_verify import behind_the_back, look, words_of
from tests.core.purchasing.books import await_invoices, charge, goods, invoice, receive
from tests.factories import make_item, make_supplier


@pytest.fixture
def billed(office: Office) -> Office:
    """A receipt, an invoice with a small difference and freight."""
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    invoice(office, supplier, "A1", goods(item, "10", "101"), charge("8"))
    return office


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("", ""),
        ("update invoice set net = net + 1", "lines, tax and total do not add up"),
        ("update invoice_match set qty = qty + 1", "not within what was received"),
        ("update invoice_match set accrued = accrued + 100", "not within what was received"),
        ("update invoice_match set decision = 'open'", "something else than what was booked"),
        ("update invoice_match set posting_id = null", "something else than what was booked"),
        ("update invoice set state = 'cancelled'", "something else than what was booked"),
        ("update invoice_match set invoiced = invoiced + 5", "do not agree"),
        ("update invoice_charge set amount = amount - 1", "LC-2026-000002 and its invoice IN-2026-000001 do not agree"),
        ("update invoice_charge set undone_at = 1", "do not agree"),
    ],
)
def test_what_was_changed_is_found(billed: Office, site_url: str, statement: str, said: str) -> None:
    if statement:
        behind_the_back(site_url, statement)
    words = words_of(look(billed), Area.INVOICES)
    assert said in words if said else not words
