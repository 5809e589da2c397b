"""Two people at the same thing at the same moment, on both databases: one of them does it, the other hears why not, and
what is in the books is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal as D
from threading import Barrier
from typing import Any

import pytest

from core import maintenance, purchasing
from core.clock import FixedClock
from core.errors import CoreError
from core.office import Office
from core.purchasing import InvoiceFilter
from core.purchasing.types.orders import NewOrderLine
from db.enums import InvoiceState
from tests.core.purchasing.books import await_invoices, goods, invoice, new_invoice, receive
from tests.core.purchasing.dock import came, order
from tests.core.purchasing.dock import receive as receive_delivery
from tests.factories import make_item, make_supplier
from tests.helpers.sites import ADMIN, PASSWORD

Act = Callable[[Office], object]


@pytest.fixture
def second(office: Office, site_url: str, clock: FixedClock) -> Iterator[Office]:
    """Another PC at the same site."""
    await_invoices(office)
    with Office.open(site_url, station="second", clock=clock) as pc:
        pc.sign_in(ADMIN, PASSWORD)
        yield pc


def by(command: Callable[..., object], **arguments: Any) -> Act:
    """A command as an act, its questions about the same amount or paper answered with yes."""
    yes = frozenset({"same_amount", "same_document"})
    return lambda office: office.do(command, confirmed=yes, **arguments)


def at_once(*acts: tuple[Office, Act]) -> list[str]:
    """What came of acts that start together: "done", or the name of what was said."""
    start = Barrier(len(acts))

    def run(one: tuple[Office, Act]) -> str:
        start.wait()
        try:
            one[1](one[0])
        except CoreError as fault:
            assert fault.text.render("zh") != fault.text.render("en")
            return type(fault).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pcs:
        return list(pcs.map(run, acts))


def approved(office: Office, turn: int, supplier: int) -> tuple[int, int]:
    """An approved invoice and its version."""
    item = make_item(office, f"T-{turn}")
    receive(office, supplier, (item, "10", "100"))
    key = invoice(office, supplier, f"A{turn}-9", goods(item, "10", "100"), confirmed={"same_amount"}).invoice_id
    office.do(purchasing.approve_invoices, invoice_ids=(key,))
    return key, version_of(office, key)


def version_of(office: Office, key: int) -> int:
    return next(row.version for row in office.ask(purchasing.list_invoices, wanted=InvoiceFilter()) if row.id == key)


def state_of(office: Office, key: int) -> InvoiceState:
    return next(row.state for row in office.ask(purchasing.list_invoices, wanted=InvoiceFilter()) if row.id == key)


def test_an_invoice_is_approved_and_changed(office: Office, second: Office) -> None:
    supplier = make_supplier(office)
    for turn in range(4):
        item = make_item(office, f"T-{turn}")
        receive(office, supplier, (item, "10", "100"))
        key = invoice(office, supplier, f"A{turn}-9", goods(item, "10", "100"), confirmed={"same_amount"}).invoice_id
        version = version_of(office, key)
        changed = new_invoice(supplier, f"A{turn}-9", goods(item, "5", "50"))
        said = at_once(
            (office, by(purchasing.approve_invoices, invoice_ids=(key,))),
            (
                second,
                by(
                    purchasing.update_invoice,
                    invoice_id=key,
                    version=version,
                    invoice=changed,
                ),
            ),
        )
        card = office.ask(purchasing.get_invoice, invoice_id=key)
        if said == ["done", "done"]:  # changed first: what was approved is what it says now
            assert card.row.gross == D(50)
        assert "done" in said and card.row.state in (InvoiceState.APPROVED, InvoiceState.MATCHED)
        assert sum(match.invoiced for line in card.lines for match in line.matches) == card.row.net
    assert office.ask(maintenance.verify_ledger).findings == ()


def test_a_proposal_goes_out_while_its_invoice_is_withdrawn(office: Office, second: Office) -> None:
    supplier = make_supplier(office, bank_account="6222020200112233")
    for turn in range(4):
        key, version = approved(office, turn, supplier)
        said = at_once(
            (
                office,
                by(purchasing.propose_payments, due_by=date(2027, 1, 1), pay_on=date(2026, 3, 4), invoice_ids=(key,)),
            ),
            (second, by(purchasing.withdraw_invoice, invoice_id=key, version=version, reason="wrong")),
        )
        held = [one for one in office.ask(purchasing.list_payables) if one.id == key and one.proposal]
        assert said.count("done") == 1, said
        assert bool(held) == (state_of(office, key) is InvoiceState.APPROVED)


def test_two_propose_to_pay_the_same_invoice(office: Office, second: Office) -> None:
    supplier = make_supplier(office, bank_account="6222020200112233")
    for turn in range(4):
        key, _version = approved(office, turn, supplier)
        propose = by(purchasing.propose_payments, due_by=date(2027, 1, 1), pay_on=date(2026, 3, 4), invoice_ids=(key,))
        assert at_once((office, propose), (second, propose)).count("done") == 1


def test_an_invoice_is_paid_by_two(office: Office, second: Office) -> None:
    supplier = make_supplier(office)
    for turn in range(4):
        key, _version = approved(office, turn, supplier)
        pay: Act = by(purchasing.pay_invoice, invoice_id=key)
        assert sorted(at_once((office, pay), (second, pay))).count("done") == 1
        assert state_of(office, key) is InvoiceState.PAID
        assert sum(one.amount for one in office.ask(purchasing.list_payments, invoice_id=key)) == D(100)


def test_a_receipt_is_taken_back_while_it_is_invoiced(office: Office, second: Office) -> None:
    supplier = make_supplier(office)
    for turn in range(4):
        item = make_item(office, f"T-{turn}")
        _order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(10)))
        made = receive_delivery(office, supplier, came(item, "10", line), confirmed=frozenset({"same_document"}))
        asked = new_invoice(supplier, f"R{turn}-9", goods(item, "10", "100"))
        said = at_once(
            (office, by(purchasing.reverse_delivery, receipt_id=made.receipt_id)),
            (
                second,
                by(
                    purchasing.enter_invoice,
                    invoice=asked,
                ),
            ),
        )
        assert said[1] == "done"
        matched = [
            match
            for row in office.ask(purchasing.list_invoices, wanted=InvoiceFilter())
            if row.number == f"R{turn}-9"
            for bill in office.ask(purchasing.get_invoice, invoice_id=row.id).lines
            for match in bill.matches
        ]
        assert bool(matched) == (said[0] != "done")
    assert office.ask(maintenance.verify_ledger).findings == ()
