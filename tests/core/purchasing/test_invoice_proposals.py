"""What an invoice is expected to say, from receipts."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from core import purchasing
from core.errors import NotFound
from core.office import Office
from core.purchasing import NewOrderLine
from tests.core.catalog.makers import make_item, make_supplier
from tests.core.purchasing import dock
from tests.core.purchasing.books import await_invoices, goods, invoice, receive, send_back


@pytest.fixture
def farm(office: Office) -> int:
    await_invoices(office)
    return make_supplier(office, "绿源农场")


def test_receipts_without_prices_of_their_own_are_proposed_at_their_estimate(office: Office, farm: int) -> None:
    item = make_item(office)
    posting, (entry,) = receive(office, farm, (item, "4", "10.00"), document="DN-7")
    proposal = office.ask(purchasing.propose_invoice, supplier_id=farm)
    (line,) = proposal.lines
    assert (line.entry_id, line.posting_id, line.document, line.qty) == (entry, posting, "DN-7", D(4))
    assert line.amount is not None and line.price is not None
    entered = invoice(office, farm, "F-1", goods(item, "4", str(line.amount)), is_tax_incl=proposal.is_tax_incl)
    assert entered.findings == ()
    assert office.ask(purchasing.propose_invoice, supplier_id=farm).lines == ()


def test_an_order_is_proposed_in_its_unit_and_at_its_price(office: Office, farm: int) -> None:
    item, other = make_item(office), make_item(office)
    order_id, (line_id,) = dock.order(office, farm, NewOrderLine(item, D(3), "", D("7.50")))
    dock.receive(office, farm, dock.came(item, "3", line_id), order_ids=(order_id,))
    receive(office, farm, (other, "1", "2.00"))
    (line,) = office.ask(purchasing.propose_invoice, order_id=order_id).lines
    assert (line.order_line_id, line.qty, line.price, line.amount) == (line_id, D(3), D("7.5"), D("22.50"))
    assert len(office.ask(purchasing.propose_invoice, supplier_id=farm).lines) == 2


def test_what_went_back_after_its_invoice_is_proposed_for_a_credit(office: Office, farm: int) -> None:
    item = make_item(office)
    posting, (entry,) = receive(office, farm, (item, "4", "10.00"))
    invoice(office, farm, "F-1", goods(item, "4", "10.00"), is_tax_incl=False)
    send_back(office, farm, item, "1", entry)
    assert office.ask(purchasing.propose_invoice, posting_id=posting).lines == ()
    (line,) = office.ask(purchasing.propose_invoice, supplier_id=farm, is_credit=True).lines
    assert (line.qty, line.entry_id) == (D(1), entry)


def test_goods_of_another_currency_are_counted_only(office: Office, farm: int) -> None:
    item = make_item(office)
    order_id, (line_id,) = dock.order(office, farm, NewOrderLine(item, D(3), "", D("7.50")))
    dock.receive(office, farm, dock.came(item, "3", line_id), order_ids=(order_id,))
    proposal = office.ask(purchasing.propose_invoice, supplier_id=farm, currency="EUR")
    assert (proposal.lines, proposal.other_currency, proposal.rate) == ((), 1, None)
    with pytest.raises(NotFound):
        office.ask(purchasing.propose_invoice, order_id=99_999)
