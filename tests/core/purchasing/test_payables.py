"""What is owed, what is proposed to be paid, what was paid and taken back."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import update

from core import purchasing
from core.clock import FixedClock
from core.errors import Conflict, InvalidInput, Refused, Rejected
from core.office import Office
from core.purchasing import PayableFilter, PayableRow
from core.purchasing.types.money import Due
from db.engine import open_engine, url_of
from db.enums import InvoiceState, ProposalState
from db.purchasing import PurchaseRules
from tests.core.catalog.makers import make_supplier
from tests.core.purchasing.invoices import book_invoice

D = Decimal
TODAY = date(2026, 3, 4)  # what the clock of the tests says


@pytest.fixture
def farm(office: Office) -> int:
    return make_supplier(office, "绿源农场", bank_account="6222 0210 0101 2345", bank_name="工商银行")


def payables(office: Office, **over: object) -> list[PayableRow]:
    return office.ask(purchasing.list_payables, filters=PayableFilter(**over))  # type: ignore[arg-type]


def propose(office: Office, **over: object) -> purchasing.ProposalCard:
    facts: dict[str, Any] = {"due_by": date(2026, 3, 31), "pay_on": TODAY, **over}
    (proposal_id,) = office.do(purchasing.propose_payments, **facts)
    return card(office, proposal_id)


def card(office: Office, proposal_id: int) -> purchasing.ProposalCard:
    return office.ask(purchasing.get_proposal, proposal_id=proposal_id)


def state_of(office: Office, site: str, invoice_id: int) -> tuple[str, int]:
    from sqlalchemy import select

    from db.purchasing import Invoice

    engine = open_engine(url_of(site), read_only=True)
    try:
        with engine.begin() as sql:
            row = sql.execute(select(Invoice.state, Invoice.paid).where(Invoice.id == invoice_id)).one()
            return row.state, row.paid
    finally:
        engine.dispose()


def test_debts_are_listed_by_age_and_sum_by_supplier(office: Office, site_url: str, farm: int) -> None:
    book_invoice(site_url, farm, "100.00", due_on=date(2026, 3, 4))
    book_invoice(site_url, farm, "50.50", due_on=date(2026, 3, 3))
    book_invoice(site_url, farm, "-20.25", due_on=date(2025, 12, 1))
    book_invoice(site_url, farm, "7.00", state=InvoiceState.CANCELLED)
    rows = payables(office)
    assert [(row.open, row.age, row.days_late) for row in rows] == [
        (D("-20.25"), Due.OVER_90, 93), (D("50.50"), Due.TO_30, 1), (D("100.00"), Due.NOT_DUE, 0),
    ]  # fmt: skip
    (aged,) = office.ask(purchasing.list_ageing)
    assert aged.total == D("130.25") == sum(aged.by_age.values())
    assert aged.by_age[Due.TO_30] == D("50.50")
    assert [row.open for row in payables(office, age=Due.TO_30)] == [D("50.50")]


def test_debts_in_another_currency_stand_in_the_sites_too(office: Office, site_url: str, farm: int) -> None:
    book_invoice(site_url, farm, "10.00", currency="EUR", rate=D("7.85"))
    (row,) = payables(office)
    assert (row.open, row.currency, row.open_site) == (D("10.00"), "EUR", D("78.50"))


def test_debts_of_a_past_day_do_not_know_later_payments(office: Office, site_url: str, farm: int) -> None:
    one = book_invoice(site_url, farm, "100.00")
    office.do(purchasing.pay_invoice, invoice_id=one, amount=D(30), paid_on=date(2026, 2, 20))
    office.do(purchasing.pay_invoice, invoice_id=one, paid_on=date(2026, 3, 1))
    assert payables(office) == []
    assert [row.open for row in payables(office, on=date(2026, 2, 19))] == [D("100.00")]
    assert [row.open for row in payables(office, on=date(2026, 2, 20))] == [D("70.00")]
    assert payables(office, on=date(2026, 1, 31)) == []


def test_a_proposal_takes_what_is_due_and_credit_notes_off(office: Office, site_url: str, farm: int) -> None:
    due = book_invoice(site_url, farm, "100.00")
    book_invoice(site_url, farm, "9.00", due_on=date(2026, 4, 1))
    credit = book_invoice(site_url, farm, "-30.00", due_on=date(2026, 4, 1))
    book_invoice(site_url, farm, "5.00", state=InvoiceState.MATCHED)
    made = propose(office)
    assert {line.invoice_id: line.amount for line in made.lines} == {due: D("100.00"), credit: D("-30.00")}
    assert (made.row.total, made.row.suppliers, made.faults) == (D("70.00"), 1, ())
    assert {row.id for row in payables(office, is_free=True)}.isdisjoint({due, credit})
    with pytest.raises(Refused):
        office.do(purchasing.propose_payments, due_by=date(2026, 3, 31), pay_on=TODAY)


def test_a_supplier_who_owes_us_is_left_out(office: Office, site_url: str, farm: int) -> None:
    other = make_supplier(office, "江海水产", bank_account="1")
    book_invoice(site_url, farm, "10.00")
    book_invoice(site_url, farm, "-30.00")
    paid = book_invoice(site_url, other, "12.00")
    assert [line.invoice_id for line in propose(office).lines] == [paid]


def test_the_file_is_the_same_each_time_and_names_every_invoice(office: Office, site_url: str, farm: int) -> None:
    book_invoice(site_url, farm, "100.00", number="F-1")
    book_invoice(site_url, farm, "0.05", number="F-2")
    made = propose(office)
    with pytest.raises(Refused):
        office.ask(purchasing.get_payment_file, proposal_id=made.row.id)
    version = office.do(purchasing.export_proposal, proposal_id=made.row.id, version=made.row.version, way="csv")
    first = office.ask(purchasing.get_payment_file, proposal_id=made.row.id)
    assert first == office.ask(purchasing.get_payment_file, proposal_id=made.row.id)
    rows = list(csv.reader(io.StringIO(first.content.decode("utf-8-sig"))))
    assert rows[1][1:] == ["绿源农场", "6222021001012345", "工商银行", "", "100.05", "CNY", "F-1, F-2", rows[1][8]]
    with pytest.raises(Refused, match="Take it back"):
        office.do(purchasing.update_proposal, proposal_id=made.row.id, version=version, note="late")
    version = office.do(purchasing.withdraw_proposal, proposal_id=made.row.id, version=version)
    office.do(purchasing.drop_proposal, proposal_id=made.row.id, version=version)
    assert len(payables(office, is_free=True)) == 2


def test_a_proposal_without_accounts_says_so_and_becomes_no_file(office: Office, site_url: str) -> None:
    nameless = make_supplier(office, "无账号商行")
    book_invoice(site_url, nameless, "10.00")
    made = propose(office)
    assert [fault.render("en") for fault in made.faults] == [
        "无账号商行 has no bank account. Write it on the supplier's page."
    ]
    with pytest.raises(Rejected):
        office.do(purchasing.export_proposal, proposal_id=made.row.id, version=made.row.version, way="csv")
    assert card(office, made.row.id).row.state is ProposalState.DRAFT


def test_euro_goes_out_as_sepa_with_the_sites_account(office: Office, site_url: str) -> None:
    mill = make_supplier(office, "面粉厂", currency="EUR", iban="DE89 3704 0044 0532 0130 00")
    book_invoice(site_url, mill, "120.50", currency="EUR", rate=D("7.8"), number="4711")
    engine = open_engine(url_of(site_url))
    with engine.begin() as sql:
        sql.execute(update(PurchaseRules).values(account_name="Kitchen", iban="IE29AIBK93115212345678", bic="AIBKIE2D"))
    engine.dispose()
    made = propose(office)
    office.do(purchasing.export_proposal, proposal_id=made.row.id, version=made.row.version, way="pain001")
    content = office.ask(purchasing.get_payment_file, proposal_id=made.row.id).content
    said = {str(one.tag).rpartition("}")[2]: one.text for one in ET.fromstring(content).iter()}
    assert (said["InstdAmt"], said["CtrlSum"], said["Ustrd"]) == ("120.50", "120.50", "4711")


def test_no_sepa_file_for_yuan(office: Office, site_url: str, farm: int) -> None:
    book_invoice(site_url, farm, "10.00")
    made = propose(office)
    with pytest.raises(Refused, match="euro"):
        office.do(purchasing.export_proposal, proposal_id=made.row.id, version=made.row.version, way="pain001")


def test_a_booked_proposal_pays_its_invoices_and_can_be_taken_back(office: Office, site_url: str, farm: int) -> None:
    one = book_invoice(site_url, farm, "100.00")
    two = book_invoice(site_url, farm, "40.00")
    made = propose(office)
    version = office.do(
        purchasing.update_proposal, proposal_id=made.row.id, version=made.row.version, amounts={two: D("15.00")}
    )
    version = office.do(purchasing.export_proposal, proposal_id=made.row.id, version=version, way="csv")
    version = office.do(purchasing.book_proposal, proposal_id=made.row.id, version=version)
    assert state_of(office, site_url, one) == ("paid", 10000)
    assert state_of(office, site_url, two) == ("approved", 1500)
    assert [row.open for row in payables(office)] == [D("25.00")]
    assert office.ask(purchasing.list_payments, invoice_id=two)[0].proposal == made.row.number
    with pytest.raises(Refused):
        office.do(purchasing.book_proposal, proposal_id=made.row.id, version=version)
    office.do(purchasing.unbook_proposal, proposal_id=made.row.id, version=version)
    assert state_of(office, site_url, one) == ("approved", 0)
    assert sum(row.open for row in payables(office)) == D("140.00")


def test_no_more_is_paid_than_is_open(office: Office, site_url: str, farm: int) -> None:
    one = book_invoice(site_url, farm, "100.00")
    for amount in (D("100.01"), D(-1), D(0)):
        with pytest.raises(InvalidInput, match="100"):
            office.do(purchasing.pay_invoice, invoice_id=one, amount=amount)
    with pytest.raises(InvalidInput, match="ahead"):
        office.do(purchasing.pay_invoice, invoice_id=one, paid_on=date(2026, 3, 5))
    matched = book_invoice(site_url, farm, "1.00", state=InvoiceState.MATCHED)
    with pytest.raises(Refused):
        office.do(purchasing.pay_invoice, invoice_id=matched)


def test_a_payment_is_taken_back_once(office: Office, site_url: str, farm: int) -> None:
    one = book_invoice(site_url, farm, "100.00")
    office.do(purchasing.pay_invoice, invoice_id=one)
    (payment,) = office.ask(purchasing.list_payments, invoice_id=one)
    office.do(purchasing.undo_payment, payment_id=payment.id)
    assert state_of(office, site_url, one) == ("approved", 0)
    with pytest.raises(Refused):
        office.do(purchasing.undo_payment, payment_id=payment.id)


def test_an_invoice_in_a_proposal_is_not_paid_beside_it(office: Office, site_url: str, farm: int) -> None:
    one = book_invoice(site_url, farm, "100.00")
    made = propose(office)
    with pytest.raises(Refused, match=made.row.number):
        office.do(purchasing.pay_invoice, invoice_id=one)


def test_two_people_on_one_proposal(office: Office, site_url: str, farm: int) -> None:
    book_invoice(site_url, farm, "100.00")
    made = propose(office)
    office.do(purchasing.update_proposal, proposal_id=made.row.id, version=made.row.version, note="mine")
    with pytest.raises(Conflict):
        office.do(purchasing.export_proposal, proposal_id=made.row.id, version=made.row.version, way="csv")


def test_days_that_passed_are_no_day_to_pay_on(office: Office, site_url: str, farm: int, clock: FixedClock) -> None:
    book_invoice(site_url, farm, "100.00")
    with pytest.raises(InvalidInput):
        propose(office, pay_on=date(2026, 3, 3))


def test_the_proposal_on_paper(office: Office, site_url: str, farm: int) -> None:
    book_invoice(site_url, farm, "100.00", number="F-1")
    made = propose(office)
    paper = office.ask(purchasing.get_proposal_paper, proposal_id=made.row.id, language="en")
    assert paper.number == made.row.number
    assert paper.totals[-1].value == D("100.00")
    (table,) = paper.body
    assert table.lines[-1].cells[-1] == D("100.00")  # type: ignore[union-attr]
